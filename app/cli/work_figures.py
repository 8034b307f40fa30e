"""What ``mandat bench`` measures besides pages: messages, pushes, and sheets on the press."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from uuid import uuid4

import click
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.access import Viewer
from app.files.inspection import inspect_apart
from app.sealing import Seal
from canvassing.territory.models import Door
from documents.flyers.commands import making
from documents.flyers.commands.making import Studio, Typed
from documents.flyers.layout import Flyer as Laid
from documents.flyers.layout import print_sheet
from documents.flyers.models import Flyer
from documents.flyers.pack import FlyerPacks, Flyers
from documents.flyers.queries.flyers import get_flyer
from documents.flyers.rules.content import Content, Photo
from documents.flyers.rules.lint import PHOTO_PX
from documents.paperwork.models import PaperIssue
from documents.paperwork.printing import Snapshot
from documents.press.client import Press
from documents.sheets import Sheet
from documents.typesetting.queries import find_waiting_of
from fundraising.gateways.demo import DemoGateway, decided, message
from fundraising.gateways.protocol import Gateways
from fundraising.gateways.signing import signature
from fundraising.models import DemoPayment

PUSHED = 100
TIMES = 20
SHEETS = 8
PHOTO_SIZE = (4608, 3456)
SENTENCE = "Осмотр вместе с жителями в октябре, ремонт до конца зимы. "


def webhook_ms(client: FlaskClient, session: Session, gateways: Gateways) -> Sequence[float]:
    """Give the CPU milliseconds of taking each of some signed messages, its row committed."""
    gateway = gateways.known["demo"]
    assert isinstance(gateway, DemoGateway)
    tokens = session.scalars(select(DemoPayment.token).order_by(DemoPayment.id).limit(TIMES)).all()

    def send(token: str) -> None:
        body = message(decided(token, "paid"))
        header = {"Demo-Signature": signature(body, gateway.secret, clock.now())}
        answer = client.post("/hooks/demo", data=body, headers=header)
        _expect(answer.status_code, "/hooks/demo")

    return _each_ms([partial(send, token) for token in tokens])


def push_ms(client: FlaskClient, session: Session, campaign_id: int) -> Sequence[float]:
    """Give the CPU milliseconds of storing each of some batches of a hundred visits."""
    address = f"/campaigns/{campaign_id}/doors/sync"
    doors = session.scalars(
        select(Door.id).where(Door.campaign_id == campaign_id).order_by(Door.id).limit(PUSHED)
    ).all()
    token = client.get(address).get_json()["token"]
    device, sequence = str(uuid4()), iter(range(1, 1_000_000))

    def push() -> None:
        at = int(clock.now().timestamp() * 1000)
        items = [
            {"id": str(uuid4()), "seq": next(sequence), "door": door, "at": at, "outcome": "out"}
            for door in doors
        ]
        body = json.dumps({"device": device, "sent_at": at, "items": items})
        answer = client.post(
            address,
            data=body,
            headers={"X-CSRFToken": token, "Content-Type": "application/json"},
        )
        _expect(answer.status_code, address)

    return _each_ms([push] * TIMES)


def form_sheet(session: Session, seal: Seal, campaign_id: int) -> Sheet:
    """Give the sheet of a campaign's first issued paper."""
    snapshot = session.scalars(
        select(PaperIssue.snapshot)
        .where(PaperIssue.campaign_id == campaign_id)
        .order_by(PaperIssue.id)
    ).first()
    assert snapshot is not None, "the demo has issued a paper"
    return Sheet.from_json(Snapshot.from_json(seal.open(snapshot)).sheet)


def flyer_sheet(
    session: Session, seal: Seal, packs: FlyerPacks, viewer: Viewer, campaign_id: int, pack_id: str
) -> Sheet:
    """Give the sheet of one more version of a campaign's flyer."""
    number = session.scalars(
        select(Flyer.id).where(Flyer.campaign_id == campaign_id).order_by(Flyer.id)
    ).first()
    studio, now = Studio(flyers=packs[pack_id], seal=seal), clock.now()
    copy = making.begin(session, viewer, campaign_id, studio, copy_of=number, now=now)
    content = get_flyer(session, viewer, campaign_id, copy).content
    typed = Typed(
        slots={**content.slots, "headline": "Bench"},
        imprint=content.imprint,
        colour=content.colour,
        version=1,
    )
    making.save(session, viewer, campaign_id, copy, typed, studio, now=now)
    found = get_flyer(session, viewer, campaign_id, copy)
    waiting = find_waiting_of(session, campaign_id, found.print_digest)
    assert waiting is not None, "a headline nobody had before is typeset anew"
    return Sheet.from_json(seal.open(waiting.sealed))


def photo_flyer(flyers: Flyers) -> tuple[Sheet, dict[str, bytes]]:
    """Give a flyer with every text as long as it may be and a photo that is hard to compress.

    The photo goes the way of an uploaded one, from a phone's sixteen million points.
    """
    taken = io.BytesIO()
    Image.effect_noise(PHOTO_SIZE, 40).convert("RGB").save(taken, "JPEG")
    kept = inspect_apart(taken.getvalue(), cover=PHOTO_PX)
    name = sha256(kept.data).hexdigest()
    template = flyers.templates["a5"]
    content = Content(
        template="a5",
        slots={
            **{slot.key: (SENTENCE * 12)[: slot.max] for slot in template.slot},
            "link": "https://example.org/anna",
        },
        imprint={field.key: "Образец" for field in flyers.imprint.field},
        photo=Photo(sha256=name, width=kept.width, height=kept.height),
    )
    laid = Laid(
        identifier="bench",
        content=content,
        template=template,
        imprint=flyers.imprint,
        polling_day=clock.now().date(),
    )
    return print_sheet(laid), {name: kept.data}


def render_s(sheet: Sheet, pictures: Mapping[str, bytes]) -> Sequence[float]:
    """Give the seconds of CPU in which the warm press typesets a sheet, its preview included."""
    press, taken = Press(), []
    press.warm()
    try:
        for number in range(SHEETS):
            # Another identifier and other bytes behind each picture every time, so that nothing
            # can be taken from memory.
            each = replace(sheet, identifier=f"{sheet.identifier}-{number}")
            anew = {name: data + bytes(number) for name, data in pictures.items()}
            began = press_used_s(press)
            press.typeset(each, anew)
            taken.append(press_used_s(press) - began)
    finally:
        press.close()
    return taken[1:]


def press_used_s(press: Press) -> float:
    """Give the seconds of CPU that the press's own process has used; Linux counts nanoseconds."""
    return int(Path(f"/proc/{press.pid}/schedstat").read_text().split()[0]) / 1e9


def _each_ms(works: list[Callable[[], None]]) -> Sequence[float]:
    taken = []
    for work in works:
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    return taken[1:]


def _expect(status: int, address: str) -> None:
    if status != HTTPStatus.OK:
        raise click.ClickException(f"{address} answered {status}")

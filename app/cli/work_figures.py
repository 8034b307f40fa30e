"""What ``mandat bench`` measures besides pages: messages, pushes, and sheets on the press."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from statistics import median
from uuid import uuid4

import click
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.access import Viewer
from app.sealing import Seal
from canvassing.territory.models import Door
from documents.flyers.commands import making
from documents.flyers.commands.making import Studio, Typed
from documents.flyers.models import Flyer
from documents.flyers.pack import FlyerPacks
from documents.flyers.queries.flyers import get_flyer
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


def webhook_ms(client: FlaskClient, session: Session, gateways: Gateways) -> float:
    """Give the median CPU milliseconds of taking one signed message, its row committed."""
    gateway = gateways.known["demo"]
    assert isinstance(gateway, DemoGateway)
    tokens = session.scalars(select(DemoPayment.token).order_by(DemoPayment.id).limit(TIMES)).all()

    def send(token: str) -> None:
        body = message(decided(token, "paid"))
        header = {"Demo-Signature": signature(body, gateway.secret, clock.now())}
        answer = client.post("/hooks/demo", data=body, headers=header)
        _expect(answer.status_code, "/hooks/demo")

    return _median_ms([partial(send, token) for token in tokens])


def push_ms(client: FlaskClient, session: Session, campaign_id: int) -> float:
    """Give the median CPU milliseconds of storing a batch of a hundred visits."""
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

    return _median_ms([push] * TIMES)


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


def render_s(sheet: Sheet) -> float:
    """Give the median seconds in which the warm press typesets a sheet."""
    press, taken = Press(), []
    try:
        for number in range(SHEETS):
            # Another identifier each time, so that nothing can be taken from memory.
            each = replace(sheet, identifier=f"{sheet.identifier}-{number}")
            began = time.perf_counter()
            press.typeset(each)
            taken.append(time.perf_counter() - began)
    finally:
        press.close()
    return median(taken[1:])


def _median_ms(works: list[Callable[[], None]]) -> float:
    taken = []
    for work in works:
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    return median(taken[1:])


def _expect(status: int, address: str) -> None:
    if status != HTTPStatus.OK:
        raise click.ClickException(f"{address} answered {status}")

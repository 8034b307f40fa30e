"""The demo's flyers: drafts with something to mend, one being checked, one approved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.access import Viewer
from app.files.storage import FileStore
from app.reviews import commands as reviews
from app.sealing import Seal
from documents.flyers.commands import making
from documents.flyers.commands.handing_in import hand_in
from documents.flyers.commands.making import Studio, Typed
from documents.flyers.pack import Flyers
from documents.flyers.queries.flyers import get_flyer
from documents.press.client import Press
from documents.sheets import Sheet
from documents.typesetting.models import TypesetSheet
from documents.typesetting.previews import Previews
from documents.typesetting.queries import find_waiting_of
from documents.typesetting.rules import State


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoFlyer:
    """One flyer to plant: whose, how far it is, and who decides about it."""

    campaign_id: int
    candidate: Viewer
    designer: Viewer | None
    state: str
    """draft, submitted, returned or approved."""
    slots: Mapping[str, str]
    imprint: Mapping[str, str]
    colour: str
    reason: str = ""
    begun_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPress:
    """What planting needs to have real pages made at once, without a job."""

    press: Press
    seal: Seal
    files: FileStore
    previews: Previews


def plant_flyers(
    session: Session, flyers: Flyers, wanted: Sequence[DemoFlyer], tools: DemoPress
) -> None:
    """Plant flyers by the same commands that people use; about half a second a flyer."""
    for flyer in wanted:
        _plant(session, flyers, flyer, tools)


def _plant(session: Session, flyers: Flyers, flyer: DemoFlyer, tools: DemoPress) -> None:
    studio, now, who = Studio(flyers=flyers, seal=tools.seal), flyer.begun_at, flyer.candidate
    number = making.begin(session, who, flyer.campaign_id, studio, now=now)
    typed = Typed(slots=flyer.slots, imprint=flyer.imprint, colour=flyer.colour, version=1)
    making.save(session, who, flyer.campaign_id, number, typed, studio, now=now)
    session.flush()
    _typeset(session, flyer, number, tools)
    if flyer.state == "draft":
        return
    review = hand_in(
        session,
        who,
        flyer.campaign_id,
        number,
        flyers,
        previews=tools.previews,
        files=tools.files,
        now=now + timedelta(hours=2),
    )
    decided_at = now + timedelta(days=1)
    if flyer.designer is not None and flyer.state == "approved":
        reviews.accept(session, flyer.designer, review.review_id, now=decided_at)
    elif flyer.designer is not None and flyer.state == "returned":
        reviews.give_back(
            session, flyer.designer, review.review_id, reason=flyer.reason, now=decided_at
        )


def _typeset(session: Session, flyer: DemoFlyer, number: int, tools: DemoPress) -> None:
    """Typeset what was asked for, as the job would."""
    found = get_flyer(session, flyer.candidate, flyer.campaign_id, number)
    for digest in (found.print_digest, found.card_digest):
        waiting = find_waiting_of(session, flyer.campaign_id, digest)
        if waiting is None:
            continue
        done = tools.press.typeset(Sheet.from_json(tools.seal.open(waiting.sealed)))
        session.execute(
            update(TypesetSheet)
            .where(TypesetSheet.campaign_id == flyer.campaign_id, TypesetSheet.digest == digest)
            .values(
                state=State.READY.value,
                sheet=None,
                sha256=tools.previews.store.put(done.pdf),
                rasters=[tools.previews.store.put(raster) for raster in done.rasters],
                fitted=[asdict(place) for place in done.fitted],
                pages=done.pages,
                ready_at=flyer.begun_at,
            )
        )

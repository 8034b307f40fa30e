"""Freezing a flyer as a version and sending it to be checked."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.db import record
from app.errors import Conflict, Missing, Refused
from app.files.storage import FileStore
from app.reviews.commands import HandedInReview, submit
from app.reviews.rules import Queue
from documents.flyers import errors
from documents.flyers.events import FlyerHandedIn
from documents.flyers.models import Flyer, FlyerVersion
from documents.flyers.pack import Flyers
from documents.flyers.queries.flyers import FlyerRow, get_flyer
from documents.flyers.rules.content import Content
from documents.flyers.rules.lint import Asked, Finding, blocking, findings
from documents.flyers.rules.standing import SUBJECT_KIND, State
from documents.typesetting.previews import Previews
from documents.typesetting.queries import Typeset, find_typeset
from documents.typesetting.rules import State as SheetState


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """How far the press is with a flyer's two sides and its picture."""

    sides: Typeset | None
    card: Typeset | None

    @property
    def ready(self) -> bool:
        """Say whether all of it can be seen."""
        return all(found is not None and found.ready for found in (self.sides, self.card))

    @property
    def failed(self) -> bool:
        """Say whether the press has given up."""
        both = (self.sides, self.card)
        return any(found is not None and found.state is SheetState.FAILED for found in both)


def pages_of(session: Session, flyer: FlyerRow) -> Pages:
    """Give how far the press is with a flyer that was found for the viewer."""
    return Pages(
        sides=find_typeset(session, flyer.campaign.id, flyer.print_digest),
        card=find_typeset(session, flyer.campaign.id, flyer.card_digest),
    )


def lint(flyer: FlyerRow, flyers: Flyers, pages: Pages, *, now: datetime) -> tuple[Finding, ...]:
    """Give everything that is to mend on a flyer, as it was saved and as it was typeset."""
    fitted = [
        place
        for found in (pages.sides, pages.card)
        for place in (found.fitted if found is not None else ())
    ]
    return findings(
        Asked(
            content=flyer.content,
            template=flyers.templates[flyer.content.template],
            imprint=flyers.imprint,
            candidate=flyer.campaign.candidate_name,
            today=now.astimezone(ZoneInfo(flyer.campaign.timezone)).date(),
            fitted=fitted,
        )
    )


def hand_in(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    flyer_id: int,
    flyers: Flyers,
    *,
    previews: Previews,
    files: FileStore,
    now: datetime,
) -> HandedInReview:
    """Freeze what is saved, keep the very files that were looked at, and send it to be checked.

    Raises Missing, Forbidden, Conflict when it may not be changed or is not typeset yet, Refused
    while anything blocks.
    """
    found = get_flyer(session, viewer, campaign_id, flyer_id, Permission.FLYER_WORK, lock=True)
    if not found.editable:
        raise Conflict(errors.NOT_EDITABLE)
    pages = pages_of(session, found)
    problems = lint(found, flyers, pages, now=now)
    if stops := blocking(problems):
        raise Refused(None, errors.STILL_TO_MEND, count=len(stops))
    if pages.failed:
        raise Refused(None, errors.PRESS_FAILED)
    kept = _kept(pages, previews, files)
    review = submit(
        session,
        viewer,
        found.campaign,
        subject_kind=SUBJECT_KIND,
        subject_id=flyer_id,
        step_key=flyers.imprint.step,
        queue=Queue.DESIGNER,
        now=now,
    )
    number = _next_number(session, found)
    session.execute(
        insert(FlyerVersion).values(
            campaign_id=campaign_id,
            flyer_id=flyer_id,
            number=number,
            review_id=review.review_id,
            content=_snapshot(found.content),
            pack_version=flyers.version,
            warnings=[finding.rule for finding in problems if finding.rule],
            handed_in_at=now,
            handed_in_by=viewer.person_id,
            **kept,
        )
    )
    session.execute(
        update(Flyer)
        .where(Flyer.campaign_id == campaign_id, Flyer.id == flyer_id)
        .values(state=State.SUBMITTED.value, note="")
    )
    record(
        session,
        FlyerHandedIn(
            campaign_id=campaign_id,
            flyer_id=flyer_id,
            number=number,
            print_sha256=kept["print_sha256"],
            by=viewer.person_id,
            at=now,
        ),
    )
    return review


def _kept(pages: Pages, previews: Previews, files: FileStore) -> dict[str, str]:
    """Keep the typeset files for good: what was looked at is what is printed, byte for byte."""
    sides, card = pages.sides, pages.card
    if sides is None or card is None or not pages.ready or len(sides.rasters) < 2:
        raise Conflict(errors.NOT_TYPESET)
    wanted = {
        "print_sha256": sides.sha256,
        "front_sha256": sides.rasters[0],
        "back_sha256": sides.rasters[1],
        "card_sha256": card.rasters[0],
    }
    try:
        return {column: files.put(previews.get(name)) for column, name in wanted.items()}
    except Missing:
        # Thrown away after a day: the studio asks the press anew when it is opened.
        raise Conflict(errors.NOT_TYPESET) from None


def _next_number(session: Session, flyer: FlyerRow) -> int:
    last = select(func.coalesce(func.max(FlyerVersion.number), 0)).where(
        FlyerVersion.campaign_id == flyer.campaign.id, FlyerVersion.flyer_id == flyer.id
    )
    return int(session.execute(last).scalar_one()) + 1


def _snapshot(content: Content) -> dict[str, object]:
    return asdict(content)

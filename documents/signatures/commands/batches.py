"""Ordering sheets: a head frozen, numbers given, the sheet and its cover sent to be typeset."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import CampaignRow, get_campaign
from app.accounts.rules.elections import day_there
from app.db import record
from app.errors import Conflict, Missing, Refused
from app.sealing import Seal
from documents.paperwork.heading import Heading, heading_of
from documents.sheets import Sheet
from documents.signatures import errors
from documents.signatures.commands.heads import (
    Questions,
    head_answers,
    require_answers,
    require_name,
    require_place,
)
from documents.signatures.commands.issuing import issue
from documents.signatures.commands.recounting import hold_sheets
from documents.signatures.desk import SignaturesDesk, is_official
from documents.signatures.events import SheetsOrdered
from documents.signatures.models import SignatureBatch, SignatureSheet
from documents.signatures.printing import (
    FORM_KEY,
    NAME,
    Cover,
    Head,
    cover_sheet,
    head_of,
    rows_on,
    signature_sheet,
)
from documents.signatures.queries import (
    BatchRow,
    CollectorRow,
    batches_of,
    find_batch,
    find_collector,
    last_number,
    snapshot_of,
)
from documents.signatures.rules.heading import (
    Gender,
    Wording,
    asked_answers,
    is_too_long,
    letters_over,
)
from documents.signatures.shape import SheetForm

MOST_SHEETS = 100
BATCH_PATH = "/campaigns/{campaign}/signatures/batches/{batch}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEntry:
    """What is entered of an order."""

    key: str
    """Made by the page, so that pressing twice orders once."""
    count: int
    sides: int
    collector_id: int | None
    name: str
    """The candidate's name in the case the form wants, as somebody has confirmed it."""
    gender: Gender | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """What a batch was printed from."""

    name: str
    gender: str
    full_name: str
    sheet: str
    """JSON of the sheet: rendering it again gives the same bytes."""
    cover: str

    @classmethod
    def opened(cls, seal: Seal, sealed: str) -> Frozen | None:
        """Open it; None when the seal has been changed since."""
        text = seal.open(sealed) if sealed else ""
        return cls(**json.loads(text)) if text else None


def order(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    entry: OrderEntry,
    *,
    desk: SignaturesDesk,
    questions: Questions,
    now: datetime,
) -> int:
    """Number sheets and have them typeset; give the batch.

    Raises Missing, Refused, Conflict while the batch before is being made.
    """
    campaign = get_campaign(session, viewer, campaign_id, Permission.SIGNATURES_WORK)
    hold_sheets(session, campaign.id)
    earlier = batches_of(session, campaign.id)
    for batch in earlier:
        if batch.key == entry.key:
            return batch.id
    if earlier and earlier[0].state == "wanted":
        raise Conflict(errors.STILL_TYPESETTING)
    collector = _check(session, campaign, entry)
    form = desk.signatures(campaign.pack_id).shape.sheet
    given = head_answers(session, desk.seal, campaign.id, form)
    require_answers(form.needs, given, questions, today=day_there(now, campaign.timezone))
    heading = heading_of(campaign)
    require_place(heading)
    head = _head(form, given, entry, campaign, questions)
    official = is_official(session, campaign, FORM_KEY, form)
    batch = _number(session, viewer, campaign, entry, form, official=official, now=now)
    address = desk.base_url + BATCH_PATH.format(campaign=campaign.id, batch=batch.id)
    frozen = Frozen(
        name=entry.name,
        gender=str(entry.gender),
        full_name=head.full_name,
        sheet=signature_sheet(form, head, sides=entry.sides, official=official).as_json(),
        cover=_cover(form, heading, batch, head, collector, address).as_json(),
    )
    _typeset(session, desk.seal, campaign.id, batch.id, frozen, sides=entry.sides, now=now)
    record(
        session,
        SheetsOrdered(
            campaign_id=campaign.id,
            batch_id=batch.id,
            first_number=batch.first_number,
            last_number=batch.last_number,
            by=viewer.person_id,
            at=now,
        ),
    )
    return batch.id


def try_again(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    batch_id: int,
    *,
    desk: SignaturesDesk,
    now: datetime,
) -> None:
    """Have the files of a batch made once more when there are none. Raises Missing."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.SIGNATURES_WORK)
    batch = find_batch(session, campaign.id, batch_id)
    frozen = Frozen.opened(desk.seal, snapshot_of(session, campaign.id, batch_id))
    if batch is None or frozen is None:
        raise Missing
    if batch.state != "wanted" and not batch.has_files:
        _typeset(session, desk.seal, campaign.id, batch.id, frozen, sides=batch.sides, now=now)


def newest_wording(
    session: Session, seal: Seal, campaign_id: int, batch: BatchRow | None, name: str
) -> Wording | None:
    """Give the words that ``batch`` was printed with, if they were about somebody of this name."""
    sealed = snapshot_of(session, campaign_id, batch.id) if batch else ""
    frozen = Frozen.opened(seal, sealed)
    if frozen is None or frozen.full_name != name:
        return None
    return Wording(name=frozen.name, gender=Gender(frozen.gender))


def _number(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    entry: OrderEntry,
    form: SheetForm,
    *,
    official: bool,
    now: datetime,
) -> BatchRow:
    """Give the next numbers to a batch that has no files yet. Raises Conflict."""
    first = last_number(session, campaign.id) + 1
    new = insert(SignatureBatch).values(
        campaign_id=campaign.id,
        key=entry.key,
        collector_id=entry.collector_id,
        first_number=first,
        last_number=first + entry.count - 1,
        sides=entry.sides,
        rows_per_sheet=rows_on(form, entry.sides),
        form_version=form.version,
        official=official,
        snapshot="",
        digest="",
        ordered_at=now,
        ordered_by=viewer.person_id,
    )
    try:
        with session.begin_nested():
            batch_id = session.execute(new.returning(SignatureBatch.id)).scalar_one()
            session.execute(
                insert(SignatureSheet),
                [
                    {
                        "campaign_id": campaign.id,
                        "batch_id": batch_id,
                        "number": number,
                        "state": "printed",
                        "defects": [],
                    }
                    for number in range(first, first + entry.count)
                ],
            )
    except IntegrityError:
        # Somebody ordered at the same moment and has these numbers, or this key, already.
        raise Conflict(errors.STILL_TYPESETTING) from None
    batch = find_batch(session, campaign.id, batch_id)
    assert batch is not None
    return batch


def _cover(
    form: SheetForm,
    heading: Heading,
    batch: BatchRow,
    head: Head,
    collector: CollectorRow | None,
    address: str,
) -> Sheet:
    return cover_sheet(
        form,
        Cover(
            first=batch.first_number,
            last=batch.last_number,
            sides=batch.sides,
            candidate=head.full_name,
            council=heading.council,
            district_no=heading.district,
            collector=collector.name if collector else "",
            official=batch.official,
            address=address,
        ),
    )


def _typeset(
    session: Session,
    seal: Seal,
    campaign_id: int,
    batch_id: int,
    frozen: Frozen,
    *,
    sides: int,
    now: datetime,
) -> None:
    values = {"snapshot": seal.close(json.dumps(asdict(frozen))), "state": "ready"}
    for name, text in (("", frozen.sheet), ("cover_", frozen.cover)):
        issued = issue(session, seal, campaign_id, Sheet.from_json(text), now=now)
        values[f"{name}digest"] = issued.digest
        values[f"{name}sha256"] = issued.sha256
        if not issued.sha256:
            values["state"] = "wanted"
        elif not name and issued.pages != sides:
            # A sheet that runs over onto another page must never be handed out.
            values["state"] = "failed"
            break
    session.execute(
        update(SignatureBatch)
        .where(SignatureBatch.campaign_id == campaign_id, SignatureBatch.id == batch_id)
        .values(values)
    )


def _check(session: Session, campaign: CampaignRow, entry: OrderEntry) -> CollectorRow | None:
    if not 1 <= entry.count <= MOST_SHEETS:
        raise Refused("count", errors.SHEETS_RANGE, most=MOST_SHEETS)
    if entry.sides not in (1, 2):
        raise Refused("sides", errors.SIDES)
    if entry.gender is None:
        raise Refused("gender", errors.GENDER_MISSING)
    require_name(entry.name)
    if entry.collector_id is None:
        return None
    found = find_collector(session, campaign.id, entry.collector_id)
    if found is None or found.ended_at is not None:
        raise Refused("collector", errors.NO_SUCH_COLLECTOR)
    return found


def _head(
    form: SheetForm,
    given: Mapping[str, str],
    entry: OrderEntry,
    campaign: CampaignRow,
    questions: Questions,
) -> Head:
    assert entry.gender is not None
    head = head_of(
        form,
        given,
        Wording(name=entry.name, gender=entry.gender),
        polling_day=campaign.polling_day,
    )
    if head.size is None:
        said = asked_answers(form.needs, given)
        among = NAME if is_too_long(head.full_name) else tuple(said)
        longest = max(among, key=lambda key: len(said[key]))
        extra = letters_over(head.lines, head.sentence, head.full_name)
        raise Refused(None, errors.HEAD_TOO_LONG, answer=questions.label(longest), extra=extra)
    return head

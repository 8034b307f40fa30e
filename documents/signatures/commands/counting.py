"""Sheets out and back: given to collectors, counted row by row, spoilt."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Update, delete, insert, select, update
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import CampaignRow, get_campaign
from app.db import record
from app.errors import Conflict, Missing, Refused
from app.sealing import Seal
from documents.signatures import errors
from documents.signatures.commands.naming import of_sheets, require_sheets
from documents.signatures.commands.recounting import (
    count_again,
    count_sheets_of_marks,
    hold_sheets,
)
from documents.signatures.events import (
    SheetCounted,
    SheetsGivenOut,
    SheetSpoilt,
)
from documents.signatures.models import SignatureBatch, SignatureRow, SignatureSheet
from documents.signatures.pack import PackSignatures
from documents.signatures.planned import rulebook_of
from documents.signatures.queries import (
    SheetRow,
    find_collector,
    find_sheet,
    plan_of,
    rows_of,
)
from documents.signatures.rules.sheets import Counted, Row, RowState, Rulebook

_PASSPORT = re.compile(r"\d{10}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowEntry:
    """What is entered of one row; ``passport`` is turned into a mark and forgotten."""

    number: int
    state: RowState
    signed_on: date | None = None
    defects: tuple[str, ...] = ()
    passport: str = ""
    """Typed to notice a voter's second signature; empty keeps the mark that is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountEntry:
    """What is entered of a sheet that came back."""

    collector_id: int
    """Who brought it."""
    rows: tuple[RowEntry, ...]
    certified_on: date | None
    candidate_on: date | None
    defects: tuple[str, ...] = ()
    version: int
    """The version the page was opened with."""


def give_out(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    numbers: Sequence[int],
    collector_id: int,
    *,
    today: date,
    now: datetime,
) -> None:
    """Give sheets that lie here to a collector. Raises Missing, Refused."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.SIGNATURES_WORK)
    collector = find_collector(session, campaign.id, collector_id)
    if collector is None or collector.ended_at is not None:
        raise Refused("collector", errors.NO_SUCH_COLLECTOR)
    if not numbers:
        raise Refused("numbers", errors.NO_SHEETS)
    hold_sheets(session, campaign.id)
    # A sheet whose batch has no file can't have been printed: it is a number and no paper.
    made = select(SignatureBatch.id).where(
        SignatureBatch.campaign_id == campaign.id, SignatureBatch.state == "ready"
    )
    given = session.scalars(
        update(SignatureSheet)
        .where(
            SignatureSheet.campaign_id == campaign.id,
            SignatureSheet.number.in_(numbers),
            SignatureSheet.state == "printed",
            SignatureSheet.batch_id.in_(made),
        )
        .values(
            state="out",
            collector_id=collector_id,
            out_on=today,
            version=SignatureSheet.version + 1,
        )
        .returning(SignatureSheet.number)
    ).all()
    missing = tuple(sorted(set(numbers) - set(given)))
    if missing:
        require_sheets(session, campaign.id, missing)
        raise of_sheets("numbers", errors.NOT_IN_HAND, missing)
    record(
        session,
        SheetsGivenOut(
            campaign_id=campaign.id,
            collector_id=collector_id,
            count=len(given),
            by=viewer.person_id,
            at=now,
        ),
    )


def count_sheet(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    number: int,
    entry: CountEntry,
    *,
    pack: PackSignatures,
    seal: Seal,
    now: datetime,
) -> Counted:
    """Keep what stands on a sheet and count it; sheets of the same voters are counted anew.

    Raises Missing, Refused, Conflict when somebody has counted it meanwhile.
    """
    campaign = get_campaign(session, viewer, campaign_id, Permission.SIGNATURES_WORK)
    sheet = _hold(session, campaign, number)
    if sheet.version != entry.version:
        raise Conflict(errors.CHANGED_MEANWHILE)
    if sheet.folder:
        raise Refused(None, errors.HANDED_IN, folder=sheet.folder)
    if find_collector(session, campaign.id, entry.collector_id) is None:
        raise Refused("collector", errors.NO_SUCH_COLLECTOR)
    rules = _rules(session, campaign, pack)
    _check(entry, sheet, rules)
    before = {row.number: row.mark for row in _rows(session, campaign.id, sheet.id)}
    marks = {row.number: _mark(seal, campaign.id, row, before) for row in entry.rows}
    _write(session, viewer, campaign.id, sheet, entry, marks, now=now)
    touched = {mark for mark in (*before.values(), *marks.values()) if mark}
    counted = count_again(session, campaign.id, number, touched, rules)
    record(
        session,
        SheetCounted(
            campaign_id=campaign.id,
            sheet_id=sheet.id,
            number=number,
            signed=counted.signed,
            good=counted.good,
            by=viewer.person_id,
            at=now,
        ),
    )
    return counted


def spoil(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    number: int,
    *,
    version: int,
    pack: PackSignatures,
    now: datetime,
) -> None:
    """Take a sheet out of use: lost, torn, wrongly filled in; counting it brings it back.

    Raises Missing, Refused, Conflict when somebody has changed it meanwhile.
    """
    campaign = get_campaign(session, viewer, campaign_id, Permission.SIGNATURES_WORK)
    sheet = _hold(session, campaign, number)
    if sheet.state == "spoilt":
        return
    if sheet.version != version:
        raise Conflict(errors.CHANGED_MEANWHILE)
    if sheet.folder:
        raise Refused(None, errors.HANDED_IN, folder=sheet.folder)
    marks = {row.mark for row in _rows(session, campaign.id, sheet.id) if row.mark}
    session.execute(
        _of(campaign.id, sheet.id).values(
            state="spoilt", signed=0, struck=0, good=0, version=sheet.version + 1
        )
    )
    # Its voters may have signed elsewhere too: there it counts now.
    count_sheets_of_marks(session, campaign.id, marks, _rules(session, campaign, pack))
    record(
        session,
        SheetSpoilt(
            campaign_id=campaign.id,
            sheet_id=sheet.id,
            number=number,
            by=viewer.person_id,
            at=now,
        ),
    )


def _hold(session: Session, campaign: CampaignRow, number: int) -> SheetRow:
    """Lock the campaign's sheets and give one. Raises Missing."""
    hold_sheets(session, campaign.id)
    found = find_sheet(session, campaign.id, number)
    if found is None:
        raise Missing
    return found


def _rules(session: Session, campaign: CampaignRow, pack: PackSignatures) -> Rulebook:
    """Read the plan once the sheets are held: saving it counts them anew by other days."""
    return rulebook_of(pack, plan_of(session, campaign.id))


def _of(campaign_id: int, sheet_id: int) -> Update:
    return update(SignatureSheet).where(
        SignatureSheet.campaign_id == campaign_id, SignatureSheet.id == sheet_id
    )


def _rows(session: Session, campaign_id: int, sheet_id: int) -> tuple[Row, ...]:
    return rows_of(session, campaign_id, [sheet_id]).get(sheet_id, ())


def _check(entry: CountEntry, sheet: SheetRow, rules: Rulebook) -> None:
    if any(code not in rules.sheet_codes for code in entry.defects):
        raise Refused("defects", errors.SHEET_CODE)
    if len({row.number for row in entry.rows}) != len(entry.rows):
        raise Refused(None, errors.ROW_UNKNOWN, rows=sheet.rows_per_sheet)
    for row in entry.rows:
        if not 1 <= row.number <= sheet.rows_per_sheet:
            raise Refused(None, errors.ROW_UNKNOWN, rows=sheet.rows_per_sheet)
        if any(code not in rules.row_codes for code in row.defects):
            raise Refused(f"defects-{row.number}", errors.ROW_CODE)
        if row.passport and not is_passport(row.passport):
            raise Refused(f"passport-{row.number}", errors.ROW_PASSPORT)


def is_passport(text: str) -> bool:
    """Say whether this is the series and number of a passport: ten digits, nothing between."""
    return _PASSPORT.fullmatch(text) is not None


def _mark(seal: Seal, campaign_id: int, row: RowEntry, before: Mapping[int, str]) -> str:
    """Give the mark of a row: of this campaign only, so that it says nothing elsewhere."""
    if row.state is not RowState.SIGNED:
        return ""
    if not row.passport:
        return before.get(row.number, "")
    return seal.mark("voter", campaign_id, row.passport)


def _write(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    sheet: SheetRow,
    entry: CountEntry,
    marks: Mapping[int, str],
    *,
    now: datetime,
) -> None:
    session.execute(
        delete(SignatureRow).where(
            SignatureRow.campaign_id == campaign_id, SignatureRow.sheet_id == sheet.id
        )
    )
    rows = [
        {
            "campaign_id": campaign_id,
            "sheet_id": sheet.id,
            "number": row.number,
            "state": row.state.value,
            "signed_on": row.signed_on if row.state is RowState.SIGNED else None,
            "defects": sorted(set(row.defects)) if row.state is RowState.SIGNED else [],
            "mark": marks[row.number],
        }
        for row in entry.rows
    ]
    if rows:
        session.execute(insert(SignatureRow), rows)
    session.execute(
        _of(campaign_id, sheet.id).values(
            state="returned",
            collector_id=entry.collector_id,
            certified_on=entry.certified_on,
            candidate_on=entry.candidate_on,
            defects=sorted(set(entry.defects)),
            version=sheet.version + 1,
            counted_at=now,
            counted_by=viewer.person_id,
        )
    )

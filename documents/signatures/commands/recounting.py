"""Counting sheets anew: one that came back, those of the same voters, or all of a campaign."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.errors import Missing
from documents.signatures.models import SignatureBatch, SignatureSheet
from documents.signatures.queries import (
    SheetRow,
    filled,
    find_sheet,
    sheets_of,
    sheets_with_marks,
)
from documents.signatures.rules.sheets import Counted, Rulebook, count_sheets


def hold_sheets(session: Session, campaign_id: int) -> None:
    """Let only one at a time change the sheets of a campaign.

    A voter may stand on two sheets, so two people counting one each would both find them good.
    The first batch stands for all sheets: where there are sheets there is one.
    """
    session.execute(
        select(SignatureBatch.id)
        .where(SignatureBatch.campaign_id == campaign_id)
        .order_by(SignatureBatch.id)
        .limit(1)
        .with_for_update()
    )


def count_again(
    session: Session, campaign_id: int, number: int, marks: Collection[str], rules: Rulebook
) -> Counted:
    """Count a sheet and those of the same voters; give this one. Raises Missing."""
    own = find_sheet(session, campaign_id, number)
    if own is None:
        raise Missing
    return _count(session, campaign_id, {own.id: own}, marks, rules)[own.id]


def count_sheets_of_marks(
    session: Session, campaign_id: int, marks: Collection[str], rules: Rulebook
) -> None:
    """Count the sheets of these voters anew."""
    if marks:
        _count(session, campaign_id, {}, marks, rules)


def count_all(session: Session, campaign_id: int, rules: Rulebook) -> None:
    """Count every sheet anew, after the days have changed on which a signature counts."""
    hold_sheets(session, campaign_id)
    back = [sheet for sheet in sheets_of(session, campaign_id) if sheet.is_counted]
    known = {sheet.id: sheet for sheet in back}
    counted = count_sheets(
        filled(session, campaign_id, back), period=rules.period, codes=rules.found
    )
    _keep(session, campaign_id, known, counted)


def _count(
    session: Session,
    campaign_id: int,
    own: Mapping[int, SheetRow],
    marks: Collection[str],
    rules: Rulebook,
) -> dict[int, Counted]:
    others = {
        sheet.id: sheet
        for sheet in sheets_with_marks(session, campaign_id, marks)
        if sheet.is_counted
    }
    changed = {**others, **own}
    # A voter of another sheet may stand on a third one: without it that sheet would be counted
    # as if they had signed once.
    sheets = filled(session, campaign_id, changed.values())
    further = {row.mark for sheet in sheets for row in sheet.rows if row.mark} - set(marks)
    beside = [
        sheet
        for sheet in sheets_with_marks(session, campaign_id, further)
        if sheet.is_counted and sheet.id not in changed
    ]
    counted = count_sheets(
        (*sheets, *filled(session, campaign_id, beside)), period=rules.period, codes=rules.found
    )
    found = {one.sheet.id: one for one in counted if one.sheet.id in changed}
    _keep(session, campaign_id, changed, found.values())
    return found


def _keep(
    session: Session, campaign_id: int, known: Mapping[int, SheetRow], counted: Iterable[Counted]
) -> None:
    for one in counted:
        before = known[one.sheet.id]
        if (before.signed, before.struck, before.good) != (one.signed, one.struck, one.good):
            session.execute(
                update(SignatureSheet)
                .where(SignatureSheet.campaign_id == campaign_id, SignatureSheet.id == before.id)
                .values(signed=one.signed, struck=one.struck, good=one.good)
            )

"""Counting a sheet row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from documents.signatures.rules.sheets import (
    Counted,
    Found,
    Period,
    Row,
    RowState,
    Sheet,
    count_sheets,
)

CODES = {
    Found.OUTSIDE_PERIOD: "SG02",
    Found.NO_DATE: "SG05",
    Found.AFTER_CERTIFICATION: "SG13",
    Found.CERTIFIED_AFTER_CANDIDATE: "SG14",
    Found.TWICE: "SG15",
}
DAY = date(2026, 7, 1)
PERIOD = Period(first=DAY, last=date(2026, 7, 20))


def row(number: int, day: int | None = 5, mark: str = "") -> Row:
    signed_on = date(2026, 7, day) if day else None
    return Row(number=number, state=RowState.SIGNED, signed_on=signed_on, mark=mark)


def sheet(*rows: Row, number: int = 1) -> Sheet:
    return Sheet(id=number, number=number, collector_id=7, rows=rows)


def count(one: Sheet, period: Period = PERIOD) -> Counted:
    return count_sheets([one], period=period, codes=CODES)[0]


def test_a_struck_row_is_neither_signed_nor_bad() -> None:
    struck = Row(number=2, state=RowState.STRUCK)
    found = count(sheet(row(1), struck, Row(number=3, state=RowState.EMPTY)))
    assert (found.signed, found.struck, found.good) == (1, 1, 1)


def test_a_signature_before_the_sheets_were_paid_is_outside_the_period() -> None:
    paid = replace(PERIOD, paid_on=date(2026, 7, 6))
    assert count(sheet(row(1, 5), row(2, 6)), paid).rows == {1: {"SG02"}}


def test_a_signature_after_the_last_day_is_outside_the_period() -> None:
    assert count(sheet(row(1, 21), row(2, 20))).rows == {1: {"SG02"}}


def test_a_signature_without_its_date_does_not_count() -> None:
    assert count(sheet(row(1, None))).rows == {1: {"SG05"}}


def test_a_signature_may_not_be_later_than_the_certification() -> None:
    one = replace(sheet(row(1, 5), row(2, 8)), certified_on=date(2026, 7, 7))
    assert count(one).rows == {2: {"SG13"}}


def test_certifying_after_the_candidate_spoils_the_whole_sheet() -> None:
    one = replace(
        sheet(row(1), row(2)), certified_on=date(2026, 7, 9), candidate_on=date(2026, 7, 8)
    )
    found = count(one)
    assert found.whole == {"SG14"}
    assert (found.defective, found.good) == (2, 0)


def test_of_one_voters_signatures_the_earliest_counts() -> None:
    sheets = [sheet(row(1, 6, "m")), sheet(row(1, 5, "m"), row(2, 5, "n"), number=2)]
    first, second = count_sheets(sheets, period=PERIOD, codes=CODES)
    assert first.rows == {1: {"SG15"}}
    assert second.rows == {}


def test_what_a_person_saw_counts_as_well() -> None:
    seen = replace(row(1), noted=frozenset({"SG06"}))
    assert count(sheet(seen, row(2))).rows == {1: {"SG06"}}


def test_nothing_is_held_against_a_row_while_the_period_is_not_known() -> None:
    assert count(sheet(row(1, 30)), Period(first=None, last=None)).good == 1

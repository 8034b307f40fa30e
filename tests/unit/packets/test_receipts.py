"""A receipt as it was typed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.packets.rules.receipts import (
    FilingDays,
    HandedIn,
    Receipt,
    TypedReceipt,
    Wrong,
    doubt,
    packet_handed_in,
    read_receipt,
    read_time,
)

TODAY = date(2026, 7, 17)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-07-17", TODAY),
        (" 17.07.2026 ", TODAY),
        ("17/07/2026", TODAY),
        ("31.02.2026", None),
        ("0000-00-00", None),
        ("tomorrow", None),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: date | None) -> None:
    found = read_receipt(TypedReceipt(received_on=text), (), today=TODAY, photo=False)
    assert (found.received_on if isinstance(found, Receipt) else None) == day


@pytest.mark.parametrize(
    ("text", "clock"),
    [("9:05", "09:05"), ("17.40", "17:40"), ("", ""), ("24:00", None), ("17", None)],
)
def test_a_time_is_read_as_people_write_it(text: str, clock: str | None) -> None:
    assert read_time(text) == clock


def test_what_the_pack_asks_for_has_to_be_there() -> None:
    typed = TypedReceipt(received_on="2026-07-17")
    assert isinstance(read_receipt(typed, (), today=TODAY, photo=False), Receipt)
    for name, field in (("time", "received_time"), ("photo", "photo"), ("number", "number")):
        wrong = read_receipt(typed, (name,), today=TODAY, photo=False)
        assert isinstance(wrong, Wrong) and wrong.field == field


@given(*[st.text(max_size=40)] * 5)
def test_nothing_typed_brings_it_down(day: str, clock: str, sheets: str, no: str, by: str) -> None:
    typed = TypedReceipt(
        received_on=day, received_time=clock, sheets=sheets, number=no, received_by=by
    )
    read_receipt(typed, ("time", "photo"), today=TODAY, photo=True)


@pytest.mark.parametrize(
    ("chosen", "ready", "found"),
    [
        ("", [7, 3], 7),
        ("3", [7, 3], 3),
        ("5", [7, 3], Wrong(field="packet", code="packet_unknown")),
        ("", [], Wrong(field="without_packet", code="no_packet")),
        ("3", [], Wrong(field="without_packet", code="no_packet")),
    ],
)
def test_the_packet_of_a_receipt_is_the_chosen_or_the_last_one(
    chosen: str, ready: list[int], found: int | Wrong
) -> None:
    assert packet_handed_in(TypedReceipt(packet=chosen), ready) == found


OPENS, CLOSES = date(2026, 7, 1), date(2026, 7, 15)
DAYS = FilingDays(polling_day=date(2026, 9, 20), opens=OPENS, closes=CLOSES)
UNKNOWN = FilingDays(polling_day=date(2026, 9, 20))
MADE = HandedIn(made_on=date(2026, 7, 10), sheets=12)


def doubted(
    day: date,
    packet: HandedIn | None = None,
    days: FilingDays = DAYS,
    typed: TypedReceipt | None = None,
    sheets: int | None = 12,
) -> str:
    """The field and the code of what is doubted about a receipt of this day."""
    receipt = Receipt(received_on=day, received_time="", sheets=sheets, number="", received_by="")
    found = doubt(typed or TypedReceipt(), receipt, packet, days)
    return f"{found.field}: {found.code}" if found else ""


@pytest.mark.parametrize(
    ("day", "packet", "days", "said"),
    [
        (date(1999, 5, 5), None, DAYS, "received_on: day_before_opening"),
        (OPENS - timedelta(days=1), None, DAYS, "received_on: day_before_opening"),
        (OPENS, None, DAYS, ""),
        (MADE.made_on - timedelta(days=1), MADE, DAYS, "received_on: day_before_packet"),
        (MADE.made_on, MADE, DAYS, ""),
        (date(1999, 5, 5), None, UNKNOWN, "received_on: day_long_ago"),
        (date(2025, 9, 20), None, UNKNOWN, ""),
        (date(2025, 9, 19), None, UNKNOWN, "received_on: day_long_ago"),
    ],
)
def test_nothing_is_handed_in_before_it_can_be(
    day: date, packet: HandedIn | None, days: FilingDays, said: str
) -> None:
    assert doubted(day, packet, days) == said


def test_a_day_after_the_last_one_has_to_be_confirmed_for_it_may_be_true() -> None:
    after = CLOSES + timedelta(days=1)
    assert doubted(CLOSES, MADE) == ""
    assert doubted(after, MADE) == doubted(after) == "late: late"
    assert doubted(after, MADE, typed=TypedReceipt(late=True)) == ""
    assert doubted(after, MADE, days=UNKNOWN) == ""


@pytest.mark.parametrize(
    ("sheets", "packet", "said"),
    [
        (12, MADE, ""),
        (11, MADE, "sheets_differ: sheets_differ"),
        (None, MADE, ""),
        (11, None, ""),
        (11, HandedIn(made_on=MADE.made_on, sheets=None), ""),
    ],
)
def test_another_number_of_sheets_than_the_packet_has_is_confirmed(
    sheets: int | None, packet: HandedIn | None, said: str
) -> None:
    day = date(2026, 7, 12)
    assert doubted(day, packet, sheets=sheets) == said
    assert doubted(day, packet, sheets=sheets, typed=TypedReceipt(sheets_differ=True)) == ""

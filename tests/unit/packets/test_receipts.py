"""A receipt as it was typed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.packets.rules.receipts import (
    Receipt,
    TypedReceipt,
    Wrong,
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

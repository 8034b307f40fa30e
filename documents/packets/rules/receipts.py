"""What stands on the receipt of a desk, as it was typed and as it is kept."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time

from documents.paperwork.rules.answers import read_date

LONGEST_NUMBER = 60
LONGEST_NAME = 200
MOST_SHEETS = 100_000
_TIME = re.compile(r"([01]?\d|2[0-3])[:.\-]([0-5]\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedReceipt:
    """A receipt as it was typed."""

    received_on: str = ""
    received_time: str = ""
    sheets: str = ""
    number: str = ""
    received_by: str = ""
    without_packet: bool = False
    """Whether other papers were handed in than the portal has put together."""
    packet: str = ""
    """The number of the packet that was handed in; empty: the one put together last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A receipt as it is kept."""

    received_on: date
    received_time: str
    """HH:MM; empty when the receipt says none."""
    sheets: int | None
    number: str
    received_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """What is wrong with it: the field and a code that has words in ``errors``."""

    field: str
    code: str
    most: int = 0


def read_receipt(
    typed: TypedReceipt, needed: Collection[str], *, today: date, photo: bool
) -> Receipt | Wrong:
    """Give the receipt, or the first thing that is wrong with it."""
    day = read_date(typed.received_on.strip())
    if day is None:
        return Wrong(field="received_on", code="day_wrong" if typed.received_on else "day_missing")
    if day > today:
        return Wrong(field="received_on", code="day_ahead")
    clock = read_time(typed.received_time)
    if clock is None:
        return Wrong(field="received_time", code="time_wrong")
    sheets = _sheets(typed.sheets)
    if typed.sheets and sheets is None:
        return Wrong(field="sheets", code="sheets_wrong")
    wrong = _missing(typed, needed, photo=photo) or _too_long(typed)
    return wrong or Receipt(
        received_on=day,
        received_time=clock,
        sheets=sheets,
        number=typed.number,
        received_by=typed.received_by,
    )


def packet_handed_in(typed: TypedReceipt, ready: Sequence[int]) -> int | Wrong:
    """Give which packet the receipt is for; ``ready``: those put together, the last one first.

    A packet printed before another was put together may be the one that lies on the desk.
    """
    if not ready:
        return Wrong(field="without_packet", code="no_packet")
    if not typed.packet:
        return ready[0]
    known = {str(number): number for number in ready}
    return known.get(typed.packet) or Wrong(field="packet", code="packet_unknown")


def read_time(text: str) -> str | None:
    """Read 17:40 or 17.40; empty stays empty, None is no time."""
    if not text:
        return ""
    found = _TIME.fullmatch(text.strip())
    return time(int(found[1]), int(found[2])).strftime("%H:%M") if found else None


def _sheets(text: str) -> int | None:
    bare = text.strip()
    if not (bare.isascii() and bare.isdigit() and len(bare) < 8):
        return None
    return int(bare) if 0 < int(bare) <= MOST_SHEETS else None


def _missing(typed: TypedReceipt, needed: Collection[str], *, photo: bool) -> Wrong | None:
    there = {
        "time": (typed.received_time, "received_time", "time_missing"),
        "sheets": (typed.sheets, "sheets", "sheets_wrong"),
        "number": (typed.number, "number", "number_missing"),
        "received_by": (typed.received_by, "received_by", "who_missing"),
        "photo": (photo, "photo", "photo_missing"),
    }
    for name, (value, field, code) in there.items():
        if name in needed and not value:
            return Wrong(field=field, code=code)
    return None


def _too_long(typed: TypedReceipt) -> Wrong | None:
    if len(typed.number) > LONGEST_NUMBER:
        return Wrong(field="number", code="too_long", most=LONGEST_NUMBER)
    if len(typed.received_by) > LONGEST_NAME:
        return Wrong(field="received_by", code="too_long", most=LONGEST_NAME)
    return None

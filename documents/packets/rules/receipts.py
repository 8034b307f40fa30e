"""What stands on the receipt of a desk, as it was typed and as it is kept."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made_with
from datetime import date, time, timedelta

from app.errors import Param
from documents.paperwork.rules.answers import read_date

LONGEST_NUMBER = 60
LONGEST_NAME = 200
MOST_SHEETS = 100_000
LONGEST_AGO = timedelta(days=365)
"""Before polling day; no law, only what nobody can mean where the day of opening is not known."""
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
    late: bool = False
    """Whether it was said that the papers were taken after the last day."""
    sheets_differ: bool = False
    """Whether it was said that another number of sheets was taken than the packet has."""


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
    said: Mapping[str, Param] = made_with(default_factory=dict)
    """What fills the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingDays:
    """The days around a filing; None where the calendar can't reckon one yet."""

    polling_day: date
    opens: date | None = None
    closes: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """The packet that a receipt is for."""

    made_on: date
    sheets: int | None
    """None: some of them are counted by hand."""


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


def doubt(
    typed: TypedReceipt, receipt: Receipt, packet: HandedIn | None, days: FilingDays
) -> Wrong | None:
    """Give what can't be true of a receipt, or what has to be confirmed because it may be.

    ``packet``: None when other papers were handed in than were put together here.
    """
    return (
        _too_early(receipt.received_on, packet, days)
        or _late(typed, receipt.received_on, days)
        or _other_sheets(typed, receipt.sheets, packet)
    )


def is_late(day: date, closes: date | None) -> bool:
    """Say whether papers were taken after the last day, as far as that day is known."""
    return closes is not None and day > closes


def _too_early(day: date, packet: HandedIn | None, days: FilingDays) -> Wrong | None:
    if packet is not None:
        first, code = packet.made_on, "day_before_packet"
    elif days.opens is not None:
        first, code = days.opens, "day_before_opening"
    else:
        first, code = days.polling_day - LONGEST_AGO, "day_long_ago"
    if day >= first:
        return None
    return Wrong(field="received_on", code=code, said={"day": f"{first:%d.%m.%Y}"})


def _late(typed: TypedReceipt, day: date, days: FilingDays) -> Wrong | None:
    if days.closes is None or typed.late or not is_late(day, days.closes):
        return None
    return Wrong(field="late", code="late", said={"day": f"{days.closes:%d.%m.%Y}"})


def _other_sheets(typed: TypedReceipt, taken: int | None, packet: HandedIn | None) -> Wrong | None:
    expected = packet.sheets if packet else None
    if typed.sheets_differ or not taken or not expected or taken == expected:
        return None
    said: Mapping[str, Param] = {"expected": expected, "taken": taken}
    return Wrong(field="sheets_differ", code="sheets_differ", said=said)


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
    for name, (value, place, code) in there.items():
        if name in needed and not value:
            return Wrong(field=place, code=code)
    return None


def _too_long(typed: TypedReceipt) -> Wrong | None:
    if len(typed.number) > LONGEST_NUMBER:
        return Wrong(field="number", code="too_long", said={"most": LONGEST_NUMBER})
    if len(typed.received_by) > LONGEST_NAME:
        return Wrong(field="received_by", code="too_long", said={"most": LONGEST_NAME})
    return None

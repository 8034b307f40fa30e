"""Explanations of deadlines in English."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.calendar.rules import RuleKind
from app.calendar.wording import AnchorWords, Counted, grouped_days, joined_sentences

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    endings = {1: "st", 2: "nd", 3: "rd"}
    ending = "th" if number % 100 in (11, 12, 13) else endings.get(number % 10, "th")
    return f"{number}{ending}"


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def listed(days: Sequence[date]) -> str:
    """ "25, 28 December, 1 January"."""
    groups = grouped_days(days, MONTHS)
    return ", ".join(f"{', '.join(map(str, numbers))} {month}" for numbers, month in groups)


def _long(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _uncounted(counted: Counted) -> str:
    if counted.holidays:
        return f"not counting {listed(counted.holidays)} or weekends"
    return "not counting weekends" if counted.is_known else "only working days count"


def _full_days(counted: Counted, lead: str) -> str:
    days = _number(counted.count, "day", "days")
    full = _number(counted.count, "full day", "full days")
    return f"{lead}{days} before {counted.anchor.of}: {full} in between"


def _calendar_before(counted: Counted) -> str:
    if counted.count == 1:
        return f"the day before {counted.anchor.of}"
    return f"{ordinal(counted.count)} calendar day before {counted.anchor.of}"


def _calendar_after(counted: Counted) -> str:
    if counted.count == 1:
        return f"the day after {counted.anchor.of}"
    return (
        f"{ordinal(counted.count)} calendar day after {counted.anchor.of}; "
        "it does not move from a weekend or holiday"
    )


def _beginning_with(counted: Counted) -> str:
    return (
        f"{ordinal(counted.count)} day, with {counted.anchor.name} as the first; "
        "it does not move from a weekend or holiday"
    )


def _rolling(counted: Counted) -> str:
    start = f"{ordinal(counted.count)} calendar day after {counted.anchor.of}"
    if not counted.is_known:
        return f"{start}; from a day that is not a working day it moves to the next one that is"
    if counted.moved_from is None or counted.moved_to is None:
        return f"{start}; it is a working day, so it does not move"
    holidays = [day for day in counted.holidays if day != counted.moved_from]
    extra = f" (not counting {listed(holidays)})" if holidays else ""
    weekday = (
        "a holiday"
        if counted.moved_from in counted.holidays
        else f"a {WEEKDAYS[counted.moved_from.weekday()]}"
    )
    return (
        f"{start} is {listed([counted.moved_from])}, {weekday}; "
        f"it moves to the next working day, {listed([counted.moved_to])}{extra}"
    )


def _same_day(counted: Counted) -> str:
    if counted.is_clamped and counted.is_known:
        return "the last day of the month, which has no such day"
    return "on the same day of the month"


def _months_before(counted: Counted) -> str:
    months = _number(counted.count, "calendar month", "calendar months")
    return f"{months} before {counted.anchor.of}, {_same_day(counted)}"


def _months_after(counted: Counted) -> str:
    months = _number(counted.count, "calendar month", "calendar months")
    return (
        f"{months} after {counted.anchor.of}, {_same_day(counted)}; "
        "it does not move from a weekend or holiday"
    )


_CLAUSES: Mapping[RuleKind, Callable[[Counted], str]] = {
    RuleKind.ON: lambda counted: counted.anchor.on,
    RuleKind.BEFORE: lambda counted: f"before {counted.anchor.of}",
    RuleKind.GIVEN: lambda counted: (
        "the officially announced date"
        if counted.is_known
        else "the date is announced, not computed"
    ),
    RuleKind.NOT_LATER_THAN_DAYS_BEFORE: lambda counted: _full_days(counted, "at the latest "),
    RuleKind.NOT_EARLIER_THAN_DAYS_BEFORE: lambda counted: _full_days(counted, "at the earliest "),
    RuleKind.FULL_DAYS_BEFORE: lambda counted: _full_days(counted, ""),
    RuleKind.CALENDAR_DAYS_BEFORE: _calendar_before,
    RuleKind.CALENDAR_DAYS_AFTER: _calendar_after,
    RuleKind.DAYS_BEGINNING_WITH: _beginning_with,
    RuleKind.WORKING_DAYS_BEFORE: lambda counted: (
        f"{ordinal(counted.count)} working day before {counted.anchor.of}; {_uncounted(counted)}"
    ),
    RuleKind.WORKING_DAYS_AFTER: lambda counted: (
        f"{ordinal(counted.count)} working day after {counted.anchor.of}; {_uncounted(counted)}"
    ),
    RuleKind.DAYS_AFTER_ROLLING: _rolling,
    RuleKind.MONTHS_BEFORE: _months_before,
    RuleKind.MONTHS_AFTER: _months_after,
}


def _words(of: str, *, on: str | None = None) -> AnchorWords:
    return AnchorWords(of=of, on=on or f"on the day of {of}", name=f"the day of {of}")


_ANCHORS: Mapping[str, AnchorWords] = {
    "polling_day": AnchorWords(of="the poll", on="on polling day", name="polling day"),
    "first_polling_day": AnchorWords(
        of="the first polling day", on="on the first polling day", name="the first polling day"
    ),
    "called": _words("the decision to call the election"),
    "published": _words("publication of the decision to call the election"),
    "nominations_open": AnchorWords(
        of="the announced opening of nominations",
        on="on the announced first day of nominations",
        name="the announced first day of nominations",
    ),
    "nominated": _words("the party’s decision to nominate"),
    "consented": _words("handing in the statement of consent"),
    "sheets_paid": _words("paying for the signature sheets"),
    "representative_papers": _words("giving in the financial representative’s papers"),
    "proxy_papers": _words("giving in the proxies’ papers"),
    "submitted": _words("handing in the documents for registration"),
    "sitting": _words("the commission’s sitting on registration"),
    "decided": _words("the decision on registration"),
    "distribution": _words("the start of distribution"),
    "room_requested": _words("asking for the room"),
    "receipt": _words("receipt of the donation"),
    "declared": _words("the declaration of the result in the ward"),
    "member_returned": _words("the return of the member to the proper officer"),
    "office_began": _words("becoming a member of the council"),
    "return_delivered": _words("delivery of the return by the agent"),
    "back_in_country": _words("coming back to the country"),
    "results": _words("official publication of the general results"),
    "elected_notice": _words("the notice of being elected"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EnglishWording:
    """English sentences."""

    anchors: Mapping[str, AnchorWords]
    unscheduled: str

    def on_the_day(self, of: str) -> str:
        """ "On the day of ..."."""
        return f"on the day of {of}"

    def clause(self, counted: Counted) -> str:
        """How the day is counted."""
        return _CLAUSES[counted.kind](counted)

    def held_back(self, anchor: AnchorWords) -> str:
        """The later event decides."""
        return f"not before {anchor.of}"

    def not_in_force(self, since: date | None, until: date | None) -> str:
        """The rule does not govern this election."""
        limits = [f"from {_long(since)}"] if since else []
        limits += [f"to {_long(until)}"] if until else []
        if not limits:
            return "the rule does not apply to this poll"
        return f"the rule applies only to polls {' '.join(limits)}"

    def missing(self, names: Sequence[str]) -> str:
        """Which dates must be known first."""
        return f"not known yet: {' or '.join(names)}"

    def sentences(self, parts: Sequence[str]) -> str:
        """The parts as sentences."""
        return joined_sentences(parts)


ENGLISH = EnglishWording(anchors=_ANCHORS, unscheduled="no fixed date")

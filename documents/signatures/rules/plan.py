"""What is wrong with a plan of the collecting: everything at once, one sentence a field."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from app.errors import Refused
from documents.signatures import errors
from documents.signatures.rules.days import write_day

MOST_VOTERS = 20_000_000
MOST_MANDATES = 100
MOST_SIGNATURES = 2_000_000
LONGEST = 300
COUNTS = {
    "voters": MOST_VOTERS,
    "mandates": MOST_MANDATES,
    "published": MOST_SIGNATURES,
    "published_maximum": MOST_SIGNATURES,
}
TEXTS = ("published_where", "paid_by")
DAYS = ("first_day", "last_day", "paid_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEntry:
    """What is entered; None: not known."""

    voters: int | None
    mandates: int | None
    published: int | None
    published_maximum: int | None
    published_where: str
    first_day: date | None
    last_day: date | None
    paid_on: date | None
    paid_by: str


def plan_problems(
    entry: PlanEntry, *, polling_day: date, unread: Collection[str] = ()
) -> tuple[Refused, ...]:
    """Give what is wrong, at most once a field and in the order of the fields.

    ``unread`` are the fields in which something stands that is no number or day. Nothing is said
    of them, nor of others because of them.
    """
    found: dict[str, Refused] = {}
    for needs, problem in _problems(entry, polling_day):
        if not {*needs, problem.field} & set(unread):
            found.setdefault(str(problem.field), problem)
    order = (*COUNTS, "published_where", *DAYS, "paid_by")
    return tuple(found[field] for field in order if field in found)


def _problems(entry: PlanEntry, polling_day: date) -> Iterator[tuple[tuple[str, ...], Refused]]:
    """Give each problem with the other fields that it follows from."""
    for name, most in COUNTS.items():
        value = getattr(entry, name)
        if value is not None and not 1 <= value <= most:
            yield (), Refused(name, errors.COUNT_RANGE, most=most)
    if entry.published_maximum is not None and (
        entry.published is None or entry.published_maximum < entry.published
    ):
        yield ("published",), Refused("published_maximum", errors.MAXIMUM_BELOW)
    if entry.published is not None and not entry.published_where:
        yield ("published",), Refused("published_where", errors.PUBLISHED_WHERE)
    for name in TEXTS:
        if len(getattr(entry, name)) > LONGEST:
            yield (), Refused(name, errors.TOO_LONG, longest=LONGEST)
    for name in DAYS:
        day = getattr(entry, name)
        if day is not None and day > polling_day:
            yield (), Refused(name, errors.AFTER_THE_VOTE, day=write_day(polling_day))
    if entry.first_day and entry.last_day and entry.last_day < entry.first_day:
        yield ("first_day",), Refused("last_day", errors.DAYS_ORDER)
    if entry.paid_on and entry.last_day and entry.last_day < entry.paid_on:
        yield ("last_day",), Refused("paid_on", errors.PAID_TOO_LATE)

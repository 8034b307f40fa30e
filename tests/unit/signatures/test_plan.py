"""A plan with several mistakes is told of all of them, and of none that only follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from documents.signatures import errors
from documents.signatures.rules.plan import PlanEntry, plan_problems

VOTE = date(2026, 9, 20)
RIGHT = PlanEntry(
    voters=9000,
    mandates=5,
    published=25,
    published_maximum=29,
    published_where="Decision 12, page 3",
    first_day=date(2026, 6, 20),
    last_day=date(2026, 7, 20),
    paid_on=date(2026, 6, 19),
    paid_by="No. 7",
)


def wrong(entry: PlanEntry, *unread: str) -> dict[str | None, str]:
    found = plan_problems(entry, polling_day=VOTE, unread=unread)
    assert len({problem.field for problem in found}) == len(found)
    return {problem.field: problem.message for problem in found}


def test_a_right_plan_has_no_problems() -> None:
    assert wrong(RIGHT) == {}


def test_everything_wrong_is_found_at_once_and_in_the_order_of_the_form() -> None:
    after = VOTE + timedelta(days=1)
    entry = replace(
        RIGHT, voters=0, published_maximum=1, published_where="", first_day=after, paid_by="x" * 301
    )
    assert list(wrong(entry).items()) == [
        ("voters", errors.COUNT_RANGE),
        ("published_maximum", errors.MAXIMUM_BELOW),
        ("published_where", errors.PUBLISHED_WHERE),
        ("first_day", errors.AFTER_THE_VOTE),
        ("last_day", errors.DAYS_ORDER),
        ("paid_by", errors.TOO_LONG),
    ]


def test_a_field_that_could_not_be_read_makes_no_other_wrong() -> None:
    entry = replace(RIGHT, published=None, last_day=None, first_day=None)
    assert wrong(entry) == {"published_maximum": errors.MAXIMUM_BELOW}
    assert wrong(entry, "published", "last_day", "first_day") == {}

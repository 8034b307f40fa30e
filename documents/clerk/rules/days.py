"""Days: in lawful order, and somebody old enough on them."""

from __future__ import annotations

from datetime import date

from documents.clerk.rules.case import Case, Looked, Param, found
from documents.clerk.shape import Age, MonthStart, Order, YearBefore
from documents.paperwork.rules.answers import age_on, read_date


def check_order(rule: Order, case: Case) -> Looked:
    """Look whether one day is before another; a day nobody knows is not looked at."""
    earlier, later = day_at(rule.earlier, case), day_at(rule.later, case)
    if earlier is None or later is None:
        return
    wrong = earlier >= later if rule.strict else earlier > later
    told: dict[str, Param] = {"earlier": earlier, "later": later}
    kinds = [name for place in (rule.earlier, rule.later) if (name := _paper_of(place))]
    answers = tuple(
        place.partition(":")[2] for place in (rule.earlier, rule.later) if place[:7] == "answer:"
    )
    yield (
        found(rule, kind=kinds[-1] if kinds else "", answers=answers, params=told)
        if wrong
        else None
    )


def check_age(rule: Age, case: Case) -> Looked:
    """Look whether somebody is old enough."""
    birth = read_date(case.text(rule.answer))
    day = case.days.get(rule.on)
    if birth is None or day is None:
        return
    age = age_on(birth, day)
    told: dict[str, Param] = {"count": age, "most": rule.at_least, "day": day}
    young = age < rule.at_least
    yield found(rule, answers=(rule.answer,), params=told) if young else None


def check_month_start(rule: MonthStart, case: Case) -> Looked:
    """Look whether a day is the first of the month of another."""
    said, of = read_date(case.text(rule.answer)), case.days.get(rule.of)
    if said is None or of is None:
        return
    told: dict[str, Param] = {"day": of.replace(day=1), "other": said}
    wrong = said != of.replace(day=1)
    yield found(rule, answers=(rule.answer,), params=told) if wrong else None


def check_year_before(rule: YearBefore, case: Case) -> Looked:
    """Look whether a year is the one before that of a day."""
    said, of = case.text(rule.answer), case.days.get(rule.of)
    if not said.isdecimal() or of is None:
        return
    told: dict[str, Param] = {"count": of.year - 1, "text": said}
    wrong = said != str(of.year - 1)
    yield found(rule, answers=(rule.answer,), params=told) if wrong else None


def day_at(place: str, case: Case) -> date | None:
    """Give the day at a place of a rule, None while it is not known."""
    sort, _colon, name = place.partition(":")
    if sort == "today":
        return case.today
    if sort == "day":
        return case.days.get(name)
    if sort == "answer":
        return read_date(case.text(name))
    kind, _dot, spot = name.partition(".")
    seen = case.papers.get(kind)
    if seen is None:
        return None
    return seen.issued_on if sort == "issued" else seen.dates.get(spot)


def _paper_of(place: str) -> str:
    sort, _colon, name = place.partition(":")
    return name.partition(".")[0] if sort in ("hand", "issued") else ""

"""Whether a paid gift may be kept: one pure function over the checks of the pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fundraising.rules.clock import age_on


class CheckKind(StrEnum):
    """The kinds of checks a pack can ask for."""

    ANSWERED = "answered"
    CONFIRMED = "confirmed"
    ANSWER_IS = "answer_is"
    AGE = "age_on_polling_day"
    LOOKED_UP = "looked_up"
    LIMIT = "donor_limit"


class Outcome(StrEnum):
    """What becomes of a paid gift."""

    CLEAR = "clear"
    HOLD = "hold"
    RETURN = "return"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One condition of the pack; ``known`` is False when the law's number is not known."""

    key: str
    kind: CheckKind
    questions: tuple[str, ...] = ()
    accepts: tuple[str, ...] = ()
    years: int | None = None
    above_minor: int = 0
    """Asked only when all gifts of this giver together are more than this."""
    limit_minor: int | None = None
    holds: bool = False
    """Whether a gift that fails is held for the treasurer instead of going back at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Giver:
    """What the rules know about who gave, and what was given before."""

    answers: Mapping[str, str]
    looked_up: Mapping[str, bool]
    """Answers of the treasurer to the checks that a person has to make."""
    given_minor: int
    """Everything this giver has paid and that was not given back, this gift included."""
    cleared_minor: int
    """What of it counts already, without this gift."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What becomes of the held sum of a gift, and by which checks."""

    outcome: Outcome
    clear_minor: int = 0
    return_minor: int = 0
    reasons: tuple[str, ...] = ()
    """Keys of the checks that held it or turned (a part of) it down, in the pack's order."""


def judge(held_minor: int, giver: Giver, checks: Sequence[Check], *, polling_day: date) -> Verdict:
    """Decide about the held sum of one gift.

    A check that fails returns all of it; one that can't be decided holds all of it; a limit lets
    through what is left of it and returns the rest.
    """
    asked = [check for check in checks if giver.given_minor > check.above_minor]
    limits = [check for check in asked if check.kind is CheckKind.LIMIT]
    failed, open_ = _look(asked, giver, polling_day)
    open_ += [check.key for check in limits if check.limit_minor is None]
    left = {
        check.key: max(0, check.limit_minor - giver.cleared_minor)
        for check in limits
        if check.limit_minor is not None
    }
    over = [key for key, room in left.items() if room < held_minor]
    room = min([held_minor, *left.values()])
    if failed:
        return Verdict(outcome=Outcome.RETURN, return_minor=held_minor, reasons=tuple(failed))
    if open_:
        return Verdict(outcome=Outcome.HOLD, reasons=tuple(open_))
    if room <= 0:
        return Verdict(outcome=Outcome.RETURN, return_minor=held_minor, reasons=tuple(over))
    return Verdict(
        outcome=Outcome.CLEAR,
        clear_minor=room,
        return_minor=held_minor - room,
        reasons=tuple(over),
    )


def refused_beforehand(
    answers: Mapping[str, str], amount_minor: int, checks: Sequence[Check], *, polling_day: date
) -> tuple[str, ...]:
    """Give the checks that would send a gift back by its giver's own answers alone.

    It is kinder not to take such a gift than to return it.
    """
    giver = Giver(answers=answers, looked_up={}, given_minor=amount_minor, cleared_minor=0)
    asked = [check for check in checks if amount_minor > check.above_minor]
    return tuple(_look(asked, giver, polling_day)[0])


def _look(asked: Sequence[Check], giver: Giver, polling_day: date) -> tuple[list[str], list[str]]:
    """Give the checks that turn the gift down, and those that leave it open."""
    failed, open_ = [], []
    for check in asked:
        if check.kind is CheckKind.LIMIT:
            continue
        passed = _passes(check, giver, polling_day)
        if passed is None or (not passed and check.holds):
            open_.append(check.key)
        elif not passed:
            failed.append(check.key)
    return failed, open_


def _passes(check: Check, giver: Giver, polling_day: date) -> bool | None:
    answers = [giver.answers.get(question, "") for question in check.questions]
    match check.kind:
        case CheckKind.ANSWERED:
            return all(answers)
        case CheckKind.CONFIRMED:
            return all(answer == "yes" for answer in answers)
        case CheckKind.ANSWER_IS:
            return all(answer in check.accepts for answer in answers)
        case CheckKind.AGE:
            return _old_enough(answers, check.years, polling_day)
        case _:
            return giver.looked_up.get(check.key)


def _old_enough(answers: Sequence[str], years: int | None, polling_day: date) -> bool | None:
    if years is None:
        return None
    try:
        return all(age_on(polling_day, date.fromisoformat(born)) >= years for born in answers)
    except ValueError:
        return False

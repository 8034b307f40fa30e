"""What a held gift waits for from its giver."""

from __future__ import annotations

import pytest

from fundraising.rules.eligibility import Check, CheckKind
from fundraising.rules.missing import answered_since, missing_questions

NAMED = Check(key="named", kind=CheckKind.ANSWERED, questions=("full_name", "address"))
OWN = Check(key="own_money", kind=CheckKind.CONFIRMED, questions=("own_money",))
CITIZEN = Check(key="citizen", kind=CheckKind.ANSWER_IS, questions=("citizenship",))
REGISTER = Check(key="register", kind=CheckKind.LOOKED_UP)
CHECKS = (NAMED, OWN, CITIZEN, REGISTER)
EVERY = tuple(check.key for check in CHECKS)


def test_only_what_has_no_answer_is_missing() -> None:
    answers = {"full_name": "Jane Doe", "address": ""}
    assert missing_questions(CHECKS, EVERY, answers) == ("address", "own_money")


def test_a_check_that_does_not_hold_the_gift_asks_nothing() -> None:
    assert missing_questions(CHECKS, ("own_money", "register"), {}) == ("own_money",)
    assert missing_questions(CHECKS, (), {}) == ()


def test_an_answer_that_is_there_is_not_asked_for_again() -> None:
    assert missing_questions(CHECKS, ("own_money",), {"own_money": "no"}) == ()


@pytest.mark.parametrize("key", ["citizen", "register"])
def test_what_the_law_or_the_treasurer_decides_is_not_asked_of_the_giver(key: str) -> None:
    assert missing_questions(CHECKS, (key,), {}) == ()
    assert answered_since(CHECKS, (key,), {"citizenship": "ru"}) == frozenset()


def test_a_question_of_two_checks_is_asked_once() -> None:
    again = Check(key="again", kind=CheckKind.ANSWERED, questions=("address",))
    checks = (NAMED, again)
    assert missing_questions(checks, ("named", "again"), {}) == ("full_name", "address")


def test_what_was_answered_since_is_told_from_what_is_missing() -> None:
    answers = {"full_name": "Jane Doe", "address": "1 High Street"}
    assert answered_since(CHECKS, EVERY, answers) == {"named"}
    assert answered_since(CHECKS, ("register",), answers) == frozenset()

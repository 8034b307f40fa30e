"""What a giver adds to a held gift, while something else happens to the gift."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.config import Settings
from app.db import Database
from app.errors import Conflict
from fundraising.commands.answers import add_answers
from fundraising.commands.judging import opened
from fundraising.models import Donation, Donor
from fundraising.rules.ledger import Moved
from tests.builders import NOW
from tests.fund_world import ANSWERS, EN, FundWorld, a_fund_world
from tests.meanwhile import begin

ADDED = {"address": "2 Low Road", "own_money": "yes", "not_organisation": "yes"}


@pytest.fixture
def world(settings: Settings, database: Database) -> FundWorld:
    return a_fund_world(settings, database, pack_id=EN)


def a_held_gift(world: FundWorld) -> int:
    """Sixty pounds of a giver who was asked for no address."""
    number = world.paid(6_000, **dict.fromkeys(ADDED, ""))
    world.judge(number)
    return number


def add(world: FundWorld, number: int, **changed: str) -> None:
    with world.database.writing() as session:
        add_answers(session, world.fund, world.seal, number, {**ADDED, **changed}, now=NOW)


def told(world: FundWorld, number: int) -> str:
    return opened(world.seal, world.donation(number).sealed)[1]["address"]


def test_of_two_answers_at_once_the_first_is_kept(world: FundWorld) -> None:
    number = a_held_gift(world)
    with world.database.writing() as session:
        add_answers(session, world.fund, world.seal, number, ADDED, now=NOW)
        end = begin(world.database, lambda: add(world, number, address="Elsewhere"))
    with pytest.raises(Conflict):
        end()
    assert told(world, number) == "2 Low Road"


def test_answers_and_a_judgement_at_once_both_happen(world: FundWorld) -> None:
    number = a_held_gift(world)
    with world.database.writing() as session:
        add_answers(session, world.fund, world.seal, number, ADDED, now=NOW)
        end = begin(world.database, lambda: world.judge(number))
    end()
    assert list(world.donation(number).reasons) == ["register"]


def test_a_giver_whose_name_was_missing_is_recognised(world: FundWorld) -> None:
    whole = world.paid(2_000)
    number = world.paid(6_000, full_name="")
    world.judge(number)
    assert list(world.donation(number).reasons) == ["named", "register"]
    with world.database.writing() as session:
        name = opened(world.seal, world.donation(whole).sealed)[1]["full_name"]
        add_answers(session, world.fund, world.seal, number, {"full_name": name}, now=NOW)
    assert world.donation(number).donor_id == world.donation(whole).donor_id
    with world.database.reading() as session:
        marks = session.scalars(select(Donor.mark)).all()
        assert len(set(marks)) == len(marks)
        assert session.get_one(Donation, number).reasons == ["named", "register"]


def test_only_the_very_questions_that_are_missing_are_taken(world: FundWorld) -> None:
    number = a_held_gift(world)
    for wrong in (
        {},
        {"address": "2 Low Road"},
        {**ADDED, "full_name": "Somebody Else"},
        {**ADDED, "postcode": "AB12 3CD"},
    ):
        with pytest.raises(Conflict), world.database.writing() as session:
            add_answers(session, world.fund, world.seal, number, wrong, now=NOW)
    assert not told(world, number)


@pytest.mark.parametrize("at_once", [False, True])
def test_a_gift_is_not_judged_by_the_sums_of_whom_it_was_taken_for_before(
    world: FundWorld, *, at_once: bool
) -> None:
    world.judge(world.paid(4_000, email="b@example.org"))
    returned = world.paid(3_000, full_name="", email="a@example.org")
    number = world.paid(3_000, full_name="", email="a@example.org")
    world.judge(number)
    world.look(returned, 3_000, Moved(reference="r1", amount_minor=3_000))
    name = {"full_name": ANSWERS[EN]["full_name"]}
    judged = None
    with world.database.writing() as session:
        add_answers(session, world.fund, world.seal, number, name, now=NOW)
        if at_once:
            judged = begin(world.database, lambda: world.judge(number))
    if judged is not None:
        judged()
    world.judge(number)
    assert world.donation(number).cleared_minor == 0
    assert list(world.donation(number).reasons) == ["register"]

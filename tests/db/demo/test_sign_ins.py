"""Whoever is listed in the demo can sign in and stands where the list says."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Role
from app.accounts.models import Person
from app.accounts.passwords import matches
from app.demo import DEMO_SIGN_INS, PASSWORD
from quests.route.models import Milestone
from tests.builders import the_viewer
from tests.db.demo.reading import candidate_of


def test_everybody_listed_can_sign_in_and_stands_in_the_right_place(planted: Session) -> None:
    for sign_in in DEMO_SIGN_INS:
        person = planted.scalars(select(Person).where(Person.login == sign_in.login)).one()
        assert (person.totp_confirmed_at is not None) == (sign_in.totp_secret is not None)
        viewer = the_viewer(planted, person)
        assert sign_in.role in {grant.role for grant in viewer.grants}, sign_in.login
    assert matches(person.password_hash, PASSWORD)


def test_candidates_are_listed_as_far_as_they_have_come_before_everybody_else(
    planted: Session,
) -> None:
    for pack_id in ("ru-spb-municipal", "gb-eng-local"):
        listed = [one for one in DEMO_SIGN_INS if one.pack_id == pack_id]
        candidates = [one for one in listed if one.role is Role.CANDIDATE]
        assert listed[: len(candidates)] == candidates
        done = [
            planted.scalar(
                select(func.count()).where(
                    Milestone.campaign_id == candidate_of(planted, one.login).id
                )
            )
            or 0
            for one in candidates
        ]
        assert done[0] == 0 and done == sorted(done) and len(set(done)) == len(done)


def test_everybody_listed_says_in_one_line_what_is_to_be_seen() -> None:
    for one in DEMO_SIGN_INS:
        assert one.sees.endswith(".") and "\n" not in one.sees
        assert len(one.sees) <= 100, one.sees

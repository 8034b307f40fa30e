"""Proving an address, changing it, and coming back without a password."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import VISITOR
from app.accounts.commands.accounts import (
    confirm_email,
    request_email_change,
    request_reset,
    reset_password,
)
from app.accounts.commands.candidates import sign_up
from app.accounts.letters import (
    ConfirmNewAddress,
    ResetPassword,
)
from app.accounts.models import (
    Campaign,
    Person,
    TeamMember,
)
from app.accounts.sign_in_queries import viewer_for_session
from app.errors import Conflict, Forbidden, Refused
from app.ids import token_hash
from tests.builders import (
    a_district,
    a_person,
    a_session_token,
    the_viewer,
)
from tests.db.accounts.applying import application, letters, link_of, new_person


def test_confirming_in_the_same_browser_gives_the_login(session: Session, now: datetime) -> None:
    person_id, _ = sign_up(session, new_person(), application(a_district(session)), now=now)
    viewer = the_viewer(session, person_id)
    link = link_of(letters(session)[0])
    confirm_email(session, viewer, link, password_hash=None, device="", now=now)
    assert session.get_one(Person, person_id).login == "anna@example.org"
    with pytest.raises(Conflict):
        confirm_email(session, viewer, link, password_hash=None, device="", now=now)


def test_confirming_in_another_browser_demands_a_new_password_and_ends_the_old_session(
    session: Session, now: datetime
) -> None:
    person_id, _ = sign_up(session, new_person(), application(a_district(session)), now=now)
    old = a_session_token(session, person_id, now=now)
    link = link_of(letters(session)[0])
    with pytest.raises(Refused):
        confirm_email(session, VISITOR, link, password_hash=None, device="", now=now)
    confirm_email(session, VISITOR, link, password_hash="mine", device="", now=now)
    assert session.get_one(Person, person_id).password_hash == "mine"
    assert viewer_for_session(session, token_hash(old), now) is None


def test_the_owner_of_the_address_takes_the_application_over(
    session: Session, now: datetime
) -> None:
    owner = a_person(session, email="anna@example.org")
    person_id, campaign_id = sign_up(
        session, new_person(), application(a_district(session)), now=now
    )
    link = link_of(letters(session)[0])
    done = confirm_email(session, VISITOR, link, password_hash=None, device="", now=now)
    assert done.joined
    assert session.get_one(Campaign, campaign_id).candidate_id == owner.id
    members = session.scalars(select(TeamMember).where(TeamMember.campaign_id == campaign_id))
    assert [member.person_id for member in members] == [owner.id]
    assert session.get_one(Person, person_id).merged_into_id == owner.id


def test_a_confirmation_works_for_three_days(session: Session, now: datetime) -> None:
    person_id, _ = sign_up(session, new_person(), application(a_district(session)), now=now)
    late = now + timedelta(hours=72)
    with pytest.raises(Conflict):
        confirm_email(
            session,
            the_viewer(session, person_id),
            link_of(letters(session)[0]),
            password_hash=None,
            device="",
            now=late,
        )


def test_a_reset_link_works_once_for_half_an_hour(session: Session, now: datetime) -> None:
    person = a_person(session)
    old = a_session_token(session, person, now=now)
    request_reset(session, person.email, now=now)
    link = link_of(letters(session)[0])
    assert isinstance(letters(session)[0], ResetPassword)
    with pytest.raises(Conflict):
        late = now + timedelta(minutes=30)
        reset_password(session, link, password_hash="new", device="", now=late)
    token = reset_password(session, link, password_hash="new", device="", now=now)
    assert viewer_for_session(session, token_hash(token), now) is not None
    assert viewer_for_session(session, token_hash(old), now) is None
    with pytest.raises(Conflict):
        reset_password(session, link, password_hash="again", device="", now=now)


def test_nobody_is_written_to_for_an_unknown_address(session: Session, now: datetime) -> None:
    request_reset(session, "nobody@example.org", now=now)
    assert letters(session) == []


def test_asking_twice_sends_one_letter(session: Session, now: datetime) -> None:
    person = a_person(session)
    for _ in range(3):
        request_reset(session, person.email, now=now)
    assert len(letters(session)) == 1


def test_a_new_address_needs_its_letter_opened_by_the_same_person(
    session: Session, now: datetime
) -> None:
    person = a_person(session)
    viewer = the_viewer(session, person)
    request_email_change(session, viewer, "new@example.org", now=now)
    assert isinstance(letters(session)[0], ConfirmNewAddress)
    link = link_of(letters(session)[0])
    with pytest.raises(Forbidden):
        confirm_email(session, VISITOR, link, password_hash=None, device="", now=now)
    confirm_email(session, viewer, link, password_hash=None, device="", now=now)
    assert person.login == "new@example.org"

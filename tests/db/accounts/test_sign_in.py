"""Passwords, brakes, second factors and sessions."""

from __future__ import annotations

from datetime import datetime, timedelta

import pyotp
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Role, Viewer
from app.accounts.commands.operators import drop_second_factor
from app.accounts.commands.sessions import end_one_session, end_sessions_of, start_session
from app.accounts.commands.sign_in import (
    Attempt,
    begin_second_factor,
    braked,
    conclude_sign_in,
    find_account,
    pass_second_factor,
    set_up_second_factor,
)
from app.accounts.models import Person, RecoveryCode
from app.accounts.passwords import matches
from app.accounts.sign_in_queries import viewer_for_session
from app.errors import Missing, Refused
from app.ids import token_hash
from app.sealing import Seal
from tests.builders import (
    PASSWORD,
    a_campaign,
    a_coalition,
    a_person,
    a_session_token,
    a_staff,
    an_assignment,
    the_viewer,
)

SEAL = Seal.from_secret("tests")


def attempt(login: str) -> Attempt:
    return Attempt(login=login, network="192.0.2.0/24", device="Firefox · Linux")


def sign_in(session: Session, login: str, password: str, *, now: datetime) -> str | Refused:
    account = find_account(session, login)
    right = matches(account.password_hash if account else None, password)
    return conclude_sign_in(session, attempt(login), account, matched=right, now=now)


def viewer_of(session: Session, token: str, now: datetime) -> Viewer | None:
    return viewer_for_session(session, token_hash(token), now)


def test_the_right_password_starts_a_session(session: Session, now: datetime) -> None:
    person = a_person(session, password=PASSWORD)
    token = sign_in(session, person.email.upper(), PASSWORD, now=now)
    assert isinstance(token, str)
    viewer = viewer_of(session, token, now)
    assert viewer is not None and viewer.person_id == person.id


def test_unknown_address_wrong_password_and_suspension_read_the_same(
    session: Session, now: datetime
) -> None:
    person = a_person(session, password=PASSWORD)
    suspended = a_person(session, password=PASSWORD, suspended=True)
    answers = {
        str(sign_in(session, login, word, now=now))
        for login, word in (
            ("nobody@example.org", PASSWORD),
            (person.email, "wrong wrong wrong"),
            (suspended.email, PASSWORD),
        )
    }
    assert answers == {"Address and password do not match."}


def test_an_unproved_address_can_not_sign_in(session: Session, now: datetime) -> None:
    person = a_person(session, password=PASSWORD, confirmed=False)
    assert isinstance(sign_in(session, person.email, PASSWORD, now=now), Refused)


def test_after_five_failures_even_the_right_password_waits(session: Session, now: datetime) -> None:
    person = a_person(session, password=PASSWORD)
    for _ in range(5):
        conclude_sign_in(session, attempt(person.email), None, matched=False, now=now)
    assert isinstance(braked(session, attempt(person.email).keys, now=now), Refused)
    assert isinstance(sign_in(session, person.email, PASSWORD, now=now), Refused)
    later = now + timedelta(seconds=31)
    assert isinstance(sign_in(session, person.email, PASSWORD, now=later), str)


def test_many_logins_from_one_network_are_braked_together(session: Session, now: datetime) -> None:
    for number in range(30):
        conclude_sign_in(session, attempt(f"p{number}@example.org"), None, matched=False, now=now)
    assert isinstance(braked(session, attempt("other@example.org").keys, now=now), Refused)


def test_a_token_is_stored_as_its_hash_only(session: Session, now: datetime) -> None:
    token = a_session_token(session, a_person(session), now=now)
    assert viewer_of(session, token, now) is not None
    assert viewer_for_session(session, token, now) is None


def test_a_candidate_who_stays_away_two_weeks_is_signed_out(
    session: Session, now: datetime
) -> None:
    token = a_session_token(session, a_campaign(session).candidate_id, now=now)
    assert viewer_of(session, token, now + timedelta(days=13, hours=23)) is not None
    assert viewer_of(session, token, now + timedelta(days=14)) is None


def test_a_coordinator_who_stays_away_twelve_hours_is_signed_out(
    session: Session, now: datetime
) -> None:
    token = a_session_token(session, a_staff(session).person_id, now=now)
    assert viewer_of(session, token, now + timedelta(hours=11)) is not None
    assert viewer_of(session, token, now + timedelta(hours=12)) is None


def test_a_suspended_person_is_nobody(session: Session, now: datetime) -> None:
    person = a_person(session)
    token = a_session_token(session, person, now=now)
    person.suspended_at = now
    session.flush()
    assert viewer_of(session, token, now) is None


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CHIEF])
def test_without_the_second_factor_an_obliged_person_holds_nothing(
    session: Session, now: datetime, role: Role
) -> None:
    person = a_person(session)
    a_campaign(session, candidate=person)
    a_staff(session, role=role, person=person, coalition=a_coalition(session))
    token = a_session_token(session, person, now=now, second_factor=False)
    viewer = viewer_of(session, token, now)
    assert viewer is not None
    assert (viewer.grants, viewer.second_factor) == ((), False)


def test_grants_come_from_teams_staff_and_assignments(session: Session, now: datetime) -> None:
    person = a_person(session)
    mine = a_campaign(session, candidate=person)
    helped = a_campaign(session)
    an_assignment(session, helped, role=Role.LAWYER, person=person)
    a_staff(session, role=Role.AUDITOR, person=person, coalition=a_coalition(session))
    viewer = viewer_of(session, a_session_token(session, person, now=now), now)
    assert viewer is not None
    assert viewer.roles == {Role.CANDIDATE, Role.LAWYER, Role.AUDITOR}
    assert viewer.campaign_ids == tuple(sorted((mine.id, helped.id)))


@pytest.mark.parametrize("state", ["applied", "declined"])
def test_a_candidate_not_admitted_holds_nothing(
    session: Session, now: datetime, state: str
) -> None:
    campaign = a_campaign(session, state=state)
    viewer = viewer_of(session, a_session_token(session, campaign.candidate_id, now=now), now)
    assert viewer is not None and viewer.grants == ()


def set_up(session: Session, person: Person, now: datetime) -> tuple[str, tuple[str, ...]]:
    token = a_session_token(session, person, now=now, second_factor=False)
    begin_second_factor(session, the_viewer(session, person), seal=SEAL)
    outcome = set_up_second_factor(
        session, the_viewer(session, person), token, code_of(person, now), seal=SEAL, now=now
    )
    assert not isinstance(outcome, Refused)
    return outcome


def code_of(person: Person, moment: datetime) -> str:
    return pyotp.TOTP(SEAL.open(person.totp_secret or "")).at(moment)


def test_the_first_code_switches_the_second_factor_on(session: Session, now: datetime) -> None:
    staff = a_staff(session)
    person = session.get_one(Person, staff.person_id)
    token, codes = set_up(session, person, now)
    viewer = viewer_of(session, token, now)
    assert viewer is not None and viewer.second_factor and viewer.roles == {Role.COORDINATOR}
    assert len(set(codes)) == 10


def test_the_secret_and_the_recovery_codes_lie_sealed(session: Session, now: datetime) -> None:
    person = a_person(session)
    _, codes = set_up(session, person, now)
    assert person.totp_secret is not None and SEAL.open(person.totp_secret)
    assert SEAL.open(person.totp_secret) not in person.totp_secret
    stored = set(session.scalars(select(RecoveryCode.code_hash)))
    plain = [code.replace("-", "") for code in codes]
    assert stored.isdisjoint(token_hash(f"{person.id}:{code}") for code in plain)
    assert stored == {SEAL.mark("recovery code", person.id, code) for code in plain}


def test_a_secret_sealed_with_another_key_takes_no_code(session: Session, now: datetime) -> None:
    person = a_person(session)
    set_up(session, person, now)
    token, other = a_session_token(session, person, now=now), Seal.from_secret("another")
    later = now + timedelta(minutes=1)
    outcome = pass_second_factor(
        session,
        the_viewer(session, person),
        token,
        code_of(person, later),
        seal=other,
        now=later,
    )
    assert isinstance(outcome, Refused)


def test_the_operator_can_take_a_lost_second_factor_away(session: Session, now: datetime) -> None:
    staff = a_staff(session)
    person = session.get_one(Person, staff.person_id)
    token, _ = set_up(session, person, now)
    drop_second_factor(session, email=person.email, now=now)
    assert (person.totp_secret, person.totp_confirmed_at) == (None, None)
    assert session.scalars(select(RecoveryCode)).all() == []
    assert viewer_of(session, token, now) is None
    begin_second_factor(session, the_viewer(session, person), seal=Seal.from_secret("new"))
    assert person.totp_secret is not None


def test_an_unfinished_secret_that_can_not_be_opened_is_replaced(
    session: Session, now: datetime
) -> None:
    viewer = the_viewer(session, a_person(session))
    person = session.get_one(Person, viewer.person_id)
    begin_second_factor(session, viewer, seal=Seal.from_secret("old"))
    begin_second_factor(session, viewer, seal=SEAL)
    kept = SEAL.open(person.totp_secret or "")
    begin_second_factor(session, viewer, seal=SEAL)
    assert kept and SEAL.open(person.totp_secret or "") == kept


def test_no_code_works_twice(session: Session, now: datetime) -> None:
    person = a_person(session)
    set_up(session, person, now)
    token = a_session_token(session, person, now=now, second_factor=False)
    viewer = the_viewer(session, person)
    again = pass_second_factor(session, viewer, token, code_of(person, now), seal=SEAL, now=now)
    assert isinstance(again, Refused)
    later = now + timedelta(seconds=30)
    assert isinstance(
        pass_second_factor(session, viewer, token, code_of(person, later), seal=SEAL, now=later),
        str,
    )


def test_a_recovery_code_lets_in_once(session: Session, now: datetime) -> None:
    person = a_person(session)
    _, codes = set_up(session, person, now)
    viewer = the_viewer(session, person)
    token = a_session_token(session, person, now=now, second_factor=False)
    fresh = pass_second_factor(session, viewer, token, codes[0].upper(), seal=SEAL, now=now)
    assert isinstance(fresh, str)
    assert isinstance(
        pass_second_factor(session, viewer, fresh, codes[0], seal=SEAL, now=now), Refused
    )


def test_passing_the_second_factor_changes_the_token(session: Session, now: datetime) -> None:
    person = a_person(session)
    token, _ = set_up(session, person, now)
    later = now + timedelta(minutes=1)
    fresh = pass_second_factor(
        session, the_viewer(session, person), token, code_of(person, later), seal=SEAL, now=later
    )
    assert isinstance(fresh, str)
    assert viewer_of(session, token, later) is None
    assert viewer_of(session, fresh, later) is not None


def test_codes_are_braked_too(session: Session, now: datetime) -> None:
    person = a_person(session)
    token, _ = set_up(session, person, now)
    later = now + timedelta(minutes=5)
    for _ in range(5):
        pass_second_factor(
            session, the_viewer(session, person), token, "000000", seal=SEAL, now=later
        )
    right = pass_second_factor(
        session, the_viewer(session, person), token, code_of(person, later), seal=SEAL, now=later
    )
    assert isinstance(right, Refused) and "Too many tries" in right.message


def test_all_other_sessions_can_be_ended(session: Session, now: datetime) -> None:
    person = a_person(session)
    here, there = (start_session(session, person.id, device="", now=now) for _ in range(2))
    end_sessions_of(session, person.id, now=now, except_token=here)
    assert viewer_of(session, here, now) is not None
    assert viewer_of(session, there, now) is None


def test_nobody_ends_the_session_of_another(session: Session, now: datetime) -> None:
    token = a_session_token(session, a_person(session), now=now)
    sign_in_id = 1
    with pytest.raises(Missing):
        end_one_session(session, the_viewer(session, a_person(session)), sign_in_id, now=now)
    assert viewer_of(session, token, now) is not None

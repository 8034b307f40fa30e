"""Signing up, being admitted or declined."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Role
from app.accounts.commands.candidates import Application, admit, apply_again, decline, sign_up
from app.accounts.commands.invitations import Guest, invite_by_staff
from app.accounts.letters import (
    Admitted,
    AlreadyRegistered,
    ConfirmSignUp,
    Declined,
)
from app.accounts.models import (
    Campaign,
    Coalition,
    ConsentRecord,
    District,
    Organisation,
    Person,
)
from app.accounts.queries import applicants, find_districts, open_elections
from app.db import Database, recorded
from app.errors import Conflict, Missing, Refused
from tests.builders import (
    a_campaign,
    a_coalition,
    a_district,
    a_person,
    a_staff,
    an_election,
    an_organisation,
    the_viewer,
)
from tests.db.accounts.applying import application, letters, new_person


def test_signing_up_makes_person_campaign_consent_and_letter(
    session: Session, now: datetime
) -> None:
    person_id, campaign_id = sign_up(
        session, new_person(), application(a_district(session)), now=now
    )
    campaign = session.get_one(Campaign, campaign_id)
    assert (campaign.state, campaign.candidate_id) == ("applied", person_id)
    consent = session.scalars(select(ConsentRecord)).one()
    assert (consent.person_id, consent.words, consent.given_at) == (person_id, "I agree.", now)
    assert [type(letter) for letter in letters(session)] == [ConfirmSignUp]


def test_a_known_address_is_answered_alike_and_told_by_letter(
    session: Session, now: datetime
) -> None:
    a_person(session, email="Anna@example.org")
    sign_up(session, new_person(), application(a_district(session)), now=now)
    assert [type(letter) for letter in letters(session)] == [AlreadyRegistered]


@pytest.mark.parametrize("field", ["consent", "district", "organisation", "election"])
def test_what_is_wrong_in_an_application_is_said_at_its_field(
    session: Session, now: datetime, field: str
) -> None:
    district = a_district(session)
    wrong = {
        "consent": {"consent": False},
        "district": {"district_id": a_district(session).id},
        "organisation": {"organisation_id": an_organisation(session).id},
        "election": {"election_id": an_election(session, sign_up_open=False).id},
    }[field]
    values = {
        "election_id": district.election_id,
        "district_id": district.id,
        "organisation_id": None,
        "consent": True,
        "consent_words": "",
        "language": "en",
    }
    with pytest.raises(Refused) as refusal:
        sign_up(session, new_person(), Application(**{**values, **wrong}), now=now)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("zone", "hour", "is_taken"),
    [
        # Polling day is the 20th: at its first hour in Vladivostok it is still the 19th in UTC.
        ("Asia/Vladivostok", datetime(2026, 9, 19, 13, 59, tzinfo=UTC), True),
        ("Asia/Vladivostok", datetime(2026, 9, 19, 14, 0, tzinfo=UTC), False),
        ("America/New_York", datetime(2026, 9, 20, 3, 59, tzinfo=UTC), True),
        ("America/New_York", datetime(2026, 9, 20, 4, 0, tzinfo=UTC), False),
    ],
)
def test_candidates_are_taken_until_polling_day_begins_where_the_election_is(
    session: Session, zone: str, hour: datetime, *, is_taken: bool
) -> None:
    election = an_election(session, timezone=zone, polling_day=date(2026, 9, 20))
    offered = open_elections(session, now=hour, language="en")
    assert [row.id for row in offered] == ([election.id] if is_taken else [])
    sent = application(a_district(session, election))
    if is_taken:
        sign_up(session, new_person(), sent, now=hour)
        return
    with pytest.raises(Refused, match="no more candidates"):
        sign_up(session, new_person(), sent, now=hour)


@pytest.mark.parametrize(
    ("once", "expected"),
    [(None, ["made", "over"]), ("x" * 40, ["made", "made"])],
    ids=["two forms", "the same form"],
)
def test_an_invitation_to_candidates_used_twice_at_once_makes_one_campaign(
    database: Database, now: datetime, once: str | None, expected: list[str]
) -> None:
    with database.writing() as session:
        coalition = a_coalition(session)
        chief = a_staff(session, coalition=coalition, role=Role.CHIEF)
        election = an_election(session, coalition)
        token = invite_by_staff(
            session,
            the_viewer(session, chief.person_id),
            Guest(name="Anna", email="anna@example.org", role=Role.CANDIDATE),
            coalition_id=coalition.id,
            organisation_id=None,
            now=now,
        )
        form = application(a_district(session, election))
        sent = replace(form, invitation_token=token, once=once)
    outcomes: list[str] = []
    first_is_in = threading.Event()

    def send(*, first: bool) -> None:
        if not first:
            first_is_in.wait()
        try:
            with database.writing() as session:
                sign_up(session, new_person(), sent, now=now)
                if first:
                    first_is_in.set()
                    # On PostgreSQL the other one meanwhile finds the invitation open.
                    time.sleep(0.3)
            outcomes.append("made")
        except Conflict:
            outcomes.append("over")

    threads = [threading.Thread(target=send, kwargs={"first": first}) for first in (True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == expected
    with database.reading() as session:
        assert len(session.scalars(select(Campaign)).all()) == 1


def test_a_person_runs_once_in_an_election(session: Session, now: datetime) -> None:
    campaign = a_campaign(session)
    viewer = the_viewer(session, campaign.candidate_id)
    district = session.get_one(District, campaign.district_id)
    with pytest.raises(Conflict):
        apply_again(session, viewer, application(district), now=now)


def test_a_coordinator_admits_and_a_letter_says_so(session: Session, now: datetime) -> None:
    campaign = a_campaign(session, state="applied")
    staff = _coordinator_of(session, campaign)
    admit(session, the_viewer(session, staff), campaign.id, now=now)
    session.refresh(campaign)
    assert (campaign.state, campaign.decided_by) == ("active", staff)
    assert [type(letter) for letter in letters(session)] == [Admitted]


def test_the_second_coordinator_is_told(session: Session, now: datetime) -> None:
    campaign = a_campaign(session, state="applied")
    viewer = the_viewer(session, _coordinator_of(session, campaign))
    decline(session, viewer, campaign.id, "Not this year.", now=now)
    with pytest.raises(Conflict):
        admit(session, viewer, campaign.id, now=now)
    assert [type(letter) for letter in letters(session)] == [Declined]


def test_declining_needs_a_reason(session: Session, now: datetime) -> None:
    campaign = a_campaign(session, state="applied")
    viewer = the_viewer(session, _coordinator_of(session, campaign))
    with pytest.raises(Refused):
        decline(session, viewer, campaign.id, "  ", now=now)


def test_who_asked_to_be_placed_is_placed_by_the_chief(session: Session, now: datetime) -> None:
    organisation = an_organisation(session)
    campaign = a_campaign(session, organisation=organisation, state="applied", placed=False)
    coordinator = the_viewer(session, a_staff(session, organisation=organisation).person_id)
    chief = the_viewer(session, _chief_of(session, campaign.coalition_id))
    with pytest.raises(Missing):
        admit(session, coordinator, campaign.id, organisation.id, now=now)
    with pytest.raises(Refused):
        admit(session, chief, campaign.id, now=now)
    admit(session, chief, campaign.id, organisation.id, now=now)
    session.refresh(campaign)
    assert campaign.organisation_id == organisation.id


def test_applicants_of_other_organisations_and_coalitions_are_not_seen(
    session: Session, now: datetime
) -> None:
    coalition = a_coalition(session)
    mine, sibling = an_organisation(session, coalition), an_organisation(session, coalition)
    election = an_election(session, coalition)
    wanted = a_campaign(session, organisation=mine, election=election, state="applied")
    other = a_campaign(session, organisation=sibling, election=election, state="applied")
    foreign = a_campaign(session, state="applied")
    viewer = the_viewer(session, a_staff(session, organisation=mine).person_id)
    assert [row.campaign_id for row in applicants(session, viewer)] == [wanted.id]
    for hidden in (other, foreign):
        with pytest.raises(Missing):
            admit(session, viewer, hidden.id, now=now)


def test_districts_are_found_by_street_council_and_number(session: Session) -> None:
    election = an_election(session)
    by_street = a_district(session, election, number="7", places_text="Берёзовая ул., дома 1–9")
    a_district(session, election, number="8", places_text="Кленовая ул.")
    a_district(session, number="7", places_text="Берёзовая ул.")
    for query in ("березовая", "Тихая гавань 7", "ул. Берёз"):
        found = find_districts(session, election.id, query)
        assert [row.id for row in found] == [by_street.id], query
    assert find_districts(session, election.id, " ,. ") == ()
    assert find_districts(session, election.id, "%") == ()


def _coordinator_of(session: Session, campaign: Campaign) -> int:
    person = a_person(session)
    staff = a_staff(session, organisation=_organisation(session, campaign), person=person)
    return staff.person_id


def _organisation(session: Session, campaign: Campaign):  # type: ignore[no-untyped-def]

    return session.get_one(Organisation, campaign.organisation_id)


def _chief_of(session: Session, coalition_id: int) -> int:

    coalition = session.get_one(Coalition, coalition_id)
    return a_staff(session, role=Role.CHIEF, coalition=coalition).person_id


def test_the_same_form_sent_twice_at_once_is_one_application(
    database: Database, now: datetime
) -> None:
    with database.writing() as session:
        sent = replace(application(a_district(session)), once="x" * 40)
    made: list[tuple[int, int]] = []
    noted: list[int] = []
    first_is_in = threading.Event()

    def send(*, first: bool) -> None:
        if not first:
            first_is_in.wait()
        with database.writing() as session:
            made.append(sign_up(session, new_person(), sent, now=now))
            noted.append(len(recorded(session)))
            if first:
                first_is_in.set()
                # On PostgreSQL the other one meanwhile looks, sees nothing, and inserts.
                time.sleep(0.3)

    threads = [threading.Thread(target=send, kwargs={"first": first}) for first in (True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 2 and made[0] == made[1]
    assert sorted(noted)[0] == 0 and sorted(noted)[1] > 0
    with database.reading() as session:
        assert len(session.scalars(select(Campaign)).all()) == 1
        assert len(session.scalars(select(Person)).all()) == 1

"""Sensitive actions leave an entry in the log, in the transaction in which they happen."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from itertools import product

import pyotp
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Role
from app.accounts import events as accounts
from app.accounts.commands import accounts as own
from app.accounts.commands import invitations, operators, organisations, sign_in, teams
from app.accounts.models import Organisation, Person
from app.accounts.queries import find_campaign
from app.audit import queries
from app.audit.commands import check_chain
from app.audit.models import AuditEntry
from app.audit.rules import check_detail
from app.db import Database, record
from app.main import AUDITED, KEEP_LOG
from app.reviews import commands as reviews
from app.reviews.events import ReviewEvent
from app.reviews.rules import Queue
from app.sealing import Seal
from quests.dispatch.audit_words import ACTIONS
from quests.evidence.events import EvidenceChanged
from quests.help.events import QuestionAnswered, QuestionAsked
from tests import builders

EVENT_MODULES = (
    "app.accounts.events",
    "app.reviews.events",
    "app.jobs.events",
    "canvassing.doors.events",
    "canvassing.imports.events",
    "canvassing.turf.events",
    "documents.flyers.events",
    "documents.paperwork.events",
    "documents.typesetting.events",
    "fundraising.events",
    "quests.agenda.events",
    "quests.evidence.events",
    "quests.help.events",
    "quests.ranking.events",
    "quests.route.events",
)
UNAUDITED = {
    "ReviewEvent": "the base of the others; never recorded itself",
    "InvitationAct": "as above",
    "OwnAct": "as above",
    "PaperEvent": "as above",
    "FlyerEvent": "as above",
    "GiftEvent": "as above",
    "JobQueued": "the machine's own work",
    "FeedLinkMade": "a person's own way to their calendar; opens nothing they could not read",
    "FeedLinkVoided": "as above",
    "StepReached": "milestones are rows of their own, with their moment",
    "StepPutOff": "only the order in which steps are proposed; the row says until when",
    "AcceptanceOvertaken": "the acceptance beside it and the newer version are written",
    "SheetTypeset": "the press's own work; issuing a paper and handing in a flyer are written",
    "SheetFailed": "as above",
    "DoorVerified": "visits are rows that only grow, with who and when",
    "DoorRetracted": "as above",
    "PapersTouched": "says only that papers are to be reckoned anew; what was done is written",
    "PersonRenamed": "names never stand in the log; papers keep the one they were issued with",
    "GiftUncounted": "the refund or the lost dispute it follows from is written",
    "EvidenceChanged": "a draft of the team; handing it in is written",
    "QuestionAsked": "questions are rows of their own, with author and moment",
    "QuestionAnswered": "answers are rows of their own, with author and moment",
}
SAMPLES: dict[str, tuple[object, ...]] = {
    "str": ("lawyer", "coalition"),
    "str | None": ("press", None),
    "int": (7,),
    "int | None": (8,),
    "bool": (True, False),
}


def event_types() -> list[type]:
    found = []
    for name in EVENT_MODULES:
        module = importlib.import_module(name)
        found += [
            each
            for _, each in inspect.getmembers(module, inspect.isclass)
            if each.__module__ == name and is_dataclass(each)
        ]
    return found


def samples(event_type: type, now: datetime) -> Iterator[object]:
    names = [one.name for one in fields(event_type)]
    kinds = [str(one.type) for one in fields(event_type)]
    for values in product(*((now,) if kind == "datetime" else SAMPLES[kind] for kind in kinds)):
        yield event_type(**dict(zip(names, values)))


@pytest.fixture
def kept(database: Database) -> Database:
    database.before_commit.append(KEEP_LOG)
    return database


def entries(database: Database) -> list[AuditEntry]:
    with database.reading() as session:
        return list(session.scalars(select(AuditEntry).order_by(AuditEntry.number)))


def actions(database: Database) -> list[str]:
    return [entry.action for entry in entries(database)]


def plant(session: Session) -> dict[str, int]:
    """Give a coalition with a chief, a coordinator, a campaign and its manager."""
    coalition = builders.a_coalition(session)
    organisation = builders.an_organisation(session, coalition)
    campaign = builders.a_campaign(session, organisation=organisation)
    manager = builders.a_member(session, campaign)
    return {
        "coalition": coalition.id,
        "organisation": organisation.id,
        "campaign": campaign.id,
        "candidate": campaign.candidate_id,
        "manager": manager.person_id,
        "member": manager.id,
        "chief": builders.a_staff(session, coalition=coalition, role=Role.CHIEF).person_id,
    }


@pytest.mark.parametrize("event_type", event_types(), ids=lambda each: each.__name__)
def test_every_event_is_written_down_or_says_why_not(event_type: type) -> None:
    assert (event_type in AUDITED) is not (event_type.__name__ in UNAUDITED)


def test_reasons_are_given_only_for_events_that_exist() -> None:
    assert set(UNAUDITED) <= {each.__name__ for each in event_types()}
    assert ReviewEvent not in AUDITED
    assert not {EvidenceChanged, QuestionAnswered, QuestionAsked} & set(AUDITED)


@pytest.mark.parametrize("event_type", sorted(AUDITED, key=lambda each: each.__name__))
def test_what_is_written_is_codes_and_has_words(event_type: type, now: datetime) -> None:
    notes = [note for each in samples(event_type, now) if (note := AUDITED[event_type](each))]
    assert notes
    for note in notes:
        assert note.action in ACTIONS
        assert note.at == now
        check_detail(note.detail)
        assert note.campaign_id or note.coalition_id or note.subject_kind == "person"


def test_every_action_in_words_is_written_by_some_event(now: datetime) -> None:
    notes = [describe(each) for kind, describe in AUDITED.items() for each in samples(kind, now)]
    assert {note.action for note in notes if note is not None} == set(ACTIONS)


def test_an_entry_belongs_to_the_coalition_of_its_campaign(kept: Database, now: datetime) -> None:
    with kept.writing() as session:
        ids = plant(session)
        chief = builders.the_viewer(session, ids["chief"])
        helper = builders.a_staff(
            session, role=Role.LAWYER, organisation=session.get(Organisation, ids["organisation"])
        )
        teams.assign_helper(session, chief, ids["campaign"], helper.person_id, Role.LAWYER, now=now)
        helper_id = helper.person_id
    (entry,) = entries(kept)
    assert (entry.action, entry.actor_id) == ("helper.assigned", ids["chief"])
    assert (entry.campaign_id, entry.coalition_id) == (ids["campaign"], ids["coalition"])
    assert (entry.subject_kind, entry.subject_id) == ("person", helper_id)
    assert entry.detail == {"role": "lawyer"}
    with kept.reading() as session:
        assert queries.verify_chain(session) is None


def test_a_person_of_two_coalitions_gets_an_entry_in_each(kept: Database, now: datetime) -> None:
    with kept.writing() as session:
        ids = plant(session)
        other = builders.a_coalition(session)
        person = session.get_one(Person, ids["manager"])
        builders.a_staff(session, coalition=other, role=Role.AUDITOR, person=person)
        viewer = builders.the_viewer(session, person)
        own.change_password(session, viewer, "token", password_hash="x", now=now)
        other_id = other.id
    assert actions(kept) == ["account.password_changed"] * 2
    assert {entry.coalition_id for entry in entries(kept)} == {ids["coalition"], other_id}


def test_a_person_without_a_role_gets_one_entry_of_no_coalition(
    kept: Database, now: datetime
) -> None:
    with kept.writing() as session:
        viewer = builders.the_viewer(session, builders.a_person(session))
        own.change_password(session, viewer, "token", password_hash="x", now=now)
    (entry,) = entries(kept)
    assert entry.coalition_id is None


def test_what_is_rolled_back_is_not_written(kept: Database, now: datetime) -> None:
    with pytest.raises(ZeroDivisionError), kept.writing() as session:
        record(session, accounts.PasswordLinkMade(person_id=1, at=now))
        _ = 1 // 0
    assert entries(kept) == []


def test_only_the_first_sign_in_on_a_kind_of_device_is_written(
    kept: Database, now: datetime
) -> None:
    with kept.writing() as session:
        person = session.get_one(Person, plant(session)["manager"])
        account = sign_in.Account(person_id=person.id, password_hash=None)
        for device in ("Firefox · Linux", "Firefox · Linux", "Safari · iPhone"):
            attempt = sign_in.Attempt(login="x", network="y", device=device)
            sign_in.conclude_sign_in(session, attempt, account, matched=True, now=now)
    assert actions(kept) == ["account.new_device"] * 2


def test_the_second_factor_and_its_recovery_codes_are_written(
    kept: Database, now: datetime
) -> None:
    with kept.writing() as session:
        person = session.get_one(Person, plant(session)["chief"])
        token = builders.a_session_token(session, person)
        viewer = builders.the_viewer(session, person)
        seal = Seal.from_secret("tests")
        sign_in.begin_second_factor(session, viewer, seal=seal)
        code = pyotp.TOTP(seal.open(person.totp_secret or "")).at(now)
        done = sign_in.set_up_second_factor(session, viewer, token, code, seal=seal, now=now)
        assert isinstance(done, tuple)
        sign_in.pass_second_factor(session, viewer, done[0], done[1][0], seal=seal, now=now)
    assert actions(kept) == ["account.second_factor_on", "account.recovery_code_used"]


def test_team_and_invitations_are_written_with_who_did_it(kept: Database, now: datetime) -> None:
    with kept.writing() as session:
        ids = plant(session)
        candidate = builders.the_viewer(session, ids["candidate"])
        guest = invitations.Guest(name="Guest", email="guest@example.org", role=Role.PRESS)
        token = invitations.invite_to_team(session, candidate, ids["campaign"], guest, now=now)
        newcomer = builders.a_person(session)
        invitations.accept_invitation(
            session,
            builders.the_viewer(session, newcomer),
            token,
            new=None,
            session_token=None,
            device="Firefox",
            now=now,
        )
        teams.change_role(
            session, candidate, ids["campaign"], ids["member"], Role.TREASURER, now=now
        )
        teams.remove_member(session, candidate, ids["campaign"], ids["member"], now=now)
        newcomer_id = newcomer.id
    found = entries(kept)
    assert [(entry.action, entry.actor_id) for entry in found] == [
        ("invitation.made", ids["candidate"]),
        ("invitation.accepted", newcomer_id),
        ("team.joined", newcomer_id),
        ("team.role_changed", ids["candidate"]),
        ("team.left", ids["candidate"]),
    ]
    assert found[3].detail == {"role": "treasurer", "before": "manager"}
    assert found[4].detail == {"before": "treasurer"}
    assert {entry.coalition_id for entry in found} == {ids["coalition"]}


def test_staff_and_organisations_are_written(kept: Database, now: datetime) -> None:
    entry = organisations.OrganisationEntry(
        name="Third", short_name="Third", capacity=5, game_on=True
    )
    with kept.writing() as session:
        ids = plant(session)
        chief = builders.the_viewer(session, ids["chief"])
        staff = builders.a_staff(
            session, organisation=session.get(Organisation, ids["organisation"])
        )
        added = organisations.add_organisation(session, chief, ids["coalition"], entry, now=now)
        organisations.edit_organisation(session, chief, added, entry, now=now)
        organisations.suspend(session, chief, staff.person_id, now=now)
        organisations.unsuspend(session, chief, staff.person_id, now=now)
        organisations.end_staff_role(session, chief, staff.id, now=now)
    found = entries(kept)
    assert [entry.action for entry in found] == [
        "organisation.added",
        "organisation.changed",
        "account.suspended",
        "account.unsuspended",
        "staff.left",
    ]


def test_the_operator_acts_as_nobody(kept: Database, now: datetime) -> None:
    with kept.writing() as session:
        operators.make_chief(
            session,
            email="first@example.org",
            name="First",
            coalition_name="New",
            language="en",
            now=now,
        )
    found = entries(kept)
    assert [entry.action for entry in found] == ["staff.joined", "account.password_link"]
    assert {entry.actor_id for entry in found} == {None}
    assert None not in {entry.coalition_id for entry in found}


def test_a_decision_is_written_with_its_step_and_round(kept: Database, now: datetime) -> None:
    with kept.writing() as session:
        ids = plant(session)
        candidate = builders.the_viewer(session, ids["candidate"])
        campaign = find_campaign(session, ids["campaign"])
        assert campaign is not None
        handed_in = reviews.submit(
            session,
            candidate,
            campaign,
            subject_kind="test",
            subject_id=1,
            step_key="a1_can_i",
            queue=Queue.ORGANISATION,
            now=now,
        )
        chief = builders.the_viewer(session, ids["chief"])
        reviews.accept(session, chief, handed_in.review_id, now=now)
        reviews.undo(session, chief, handed_in.review_id, now=now)
    found = entries(kept)
    assert [entry.action for entry in found] == [
        "review.submitted",
        "review.accepted",
        "review.undone",
    ]
    assert [entry.actor_id for entry in found] == [ids["candidate"], ids["chief"], ids["chief"]]
    assert found[1].detail == {"step": "a1_can_i", "round": 1}


def test_a_check_remembers_how_the_chain_stood(kept: Database, now: datetime) -> None:
    with kept.writing() as session:
        assert queries.last_check(session) is None
        record(session, accounts.PasswordLinkMade(person_id=1, at=now))
    with kept.writing() as session:
        assert check_chain(session, now=now) is None
    with kept.reading() as session:
        checked = queries.last_check(session)
    assert checked is not None
    assert checked.whole
    assert (checked.at, checked.head.number) == (now, 1)

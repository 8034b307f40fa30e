"""Handing in, accepting, giving back, taking back: with real rows and both desks."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Role, Viewer
from app.db import Database, recorded
from app.errors import Conflict, Forbidden, Missing, Refused
from app.reviews import commands, errors
from app.reviews.events import ReviewAccepted
from app.reviews.models import Review
from app.reviews.queries import (
    QueueFilter,
    decided_lately,
    get_review,
    queue_counts,
    queue_page,
)
from app.reviews.rules import Queue, State
from tests import builders
from tests.handing_in import World, a_world, work_on


def handed_in(
    session: Session,
    world: World,
    *,
    now: datetime,
    queue: Queue = Queue.ORGANISATION,
    subject_id: int = 1,
) -> int:
    """Give the number of a review of something just handed in."""
    work = work_on(session, world, now=now)
    return commands.submit(
        session,
        world.candidate,
        work.campaign,
        subject_kind="evidence",
        subject_id=subject_id,
        step_key="papers",
        queue=queue,
        now=now,
    ).review_id


def withdraw(
    session: Session, world: World, review_id: int, *, subject_kind: str = "evidence", now: datetime
) -> None:
    commands.withdraw(
        session,
        world.candidate,
        world.campaign.id,
        review_id,
        subject_kind=subject_kind,
        now=now,
    )


def state_of(session: Session, review_id: int) -> str:
    return session.execute(select(Review.state).where(Review.id == review_id)).scalar_one()


def test_the_coordinator_accepts_and_the_route_is_told_in_the_same_transaction(
    session: Session, now: datetime
) -> None:
    world = a_world(session)
    review_id = handed_in(session, world, now=now)
    commands.accept(session, world.coordinator, review_id, now=now)
    assert state_of(session, review_id) == "accepted"
    event = next(found for found in recorded(session) if isinstance(found, ReviewAccepted))
    assert (event.campaign_id, event.step_key) == (world.campaign.id, "papers")


def test_of_two_coordinators_at_once_the_second_is_told_who_was_faster(
    database: Database, now: datetime
) -> None:
    with database.writing() as session:
        world = a_world(session)
        review_id = handed_in(session, world, now=now)
    with database.writing() as session:
        commands.accept(session, world.coordinator, review_id, now=now)
    with database.writing() as session, pytest.raises(Conflict) as caught:
        commands.give_back(session, world.chief, review_id, reason="No.", now=now)
    assert caught.value.message == errors.ALREADY_ACCEPTED
    assert caught.value.params == {"name": "Vera", "moment": "24.06.2026 12:00"}


def test_what_was_withdrawn_is_not_accepted_and_can_be_handed_in_again(
    session: Session, now: datetime
) -> None:
    world = a_world(session)
    review_id = handed_in(session, world, now=now)
    withdraw(session, world, review_id, now=now)
    with pytest.raises(Conflict, match=errors.WAS_WITHDRAWN):
        commands.accept(session, world.coordinator, review_id, now=now)
    again = get_review(session, world.coordinator, handed_in(session, world, now=now))
    assert again.review.round == 2
    assert [review.state for review in again.earlier] == [State.WITHDRAWN]


def test_the_same_work_waits_only_once(session: Session, now: datetime) -> None:
    world = a_world(session)
    handed_in(session, world, now=now)
    with pytest.raises(Conflict, match=errors.ALREADY_WAITING):
        handed_in(session, world, now=now)


def test_a_decided_review_can_not_be_withdrawn(session: Session, now: datetime) -> None:
    world = a_world(session)
    review_id = handed_in(session, world, now=now)
    commands.accept(session, world.coordinator, review_id, now=now)
    with pytest.raises(Conflict, match=errors.NOT_WAITING):
        withdraw(session, world, review_id, now=now)


def test_a_feature_takes_back_its_own_kind_of_work_only(session: Session, now: datetime) -> None:
    world = a_world(session)
    review_id = handed_in(session, world, now=now)
    with pytest.raises(Missing):
        withdraw(session, world, review_id, subject_kind="document", now=now)
    assert state_of(session, review_id) == "submitted"


def test_work_goes_back_only_with_a_reason(session: Session, now: datetime) -> None:
    world = a_world(session)
    review_id = handed_in(session, world, now=now)
    with pytest.raises(Refused):
        commands.give_back(session, world.coordinator, review_id, reason=" ", now=now)
    commands.give_back(session, world.coordinator, review_id, reason="Page 2.", now=now)
    assert get_review(session, world.coordinator, review_id).review.reason == "Page 2."


def test_a_decision_is_taken_back_within_ten_minutes_and_not_after(
    session: Session, now: datetime
) -> None:
    world = a_world(session)
    review_id = handed_in(session, world, now=now)
    commands.accept(session, world.coordinator, review_id, now=now)
    assert [r.id for r in decided_lately(session, world.coordinator, now=now)] == [review_id]
    with pytest.raises(Conflict, match=errors.UNDO_NOT_YOURS):
        commands.undo(session, world.chief, review_id, now=now)
    with pytest.raises(Conflict, match=errors.UNDO_TOO_LATE):
        commands.undo(session, world.coordinator, review_id, now=now + timedelta(minutes=10))
    commands.undo(session, world.coordinator, review_id, now=now + timedelta(minutes=9))
    assert state_of(session, review_id) == "submitted"
    commands.accept(session, world.chief, review_id, now=now + timedelta(minutes=9))


def test_other_peoples_reviews_do_not_exist_for_a_viewer(session: Session, now: datetime) -> None:
    world, other = a_world(session), a_world(session)
    review_id = handed_in(session, world, now=now)
    lawyer = builders.a_person(session)
    builders.an_assignment(session, world.campaign, person=lawyer)
    strangers = (
        other.coordinator,
        other.chief,
        other.candidate,
        builders.the_viewer(session, lawyer),
        world.candidate,
        Viewer(person_id=None),
    )
    for stranger in strangers:
        with pytest.raises(Missing):
            commands.accept(session, stranger, review_id, now=now)
        with pytest.raises(Missing):
            get_review(session, stranger, review_id)


def test_a_lawyer_decides_only_about_assigned_campaigns(session: Session, now: datetime) -> None:
    world, other = a_world(session), a_world(session)
    person = builders.a_person(session)
    builders.an_assignment(session, world.campaign, role=Role.LAWYER, person=person)
    lawyer = builders.the_viewer(session, person)
    mine = handed_in(session, world, now=now, queue=Queue.LAWYER)
    foreign = handed_in(session, other, now=now, queue=Queue.LAWYER)
    assert [row.id for row in queue_page(session, lawyer, QueueFilter(), page=1, now=now)] == [mine]
    with pytest.raises(Missing):
        commands.accept(session, lawyer, foreign, now=now)
    commands.accept(session, lawyer, mine, now=now)


def test_a_coordinator_who_is_in_the_team_may_not_decide(session: Session, now: datetime) -> None:
    world = a_world(session)
    review_id = handed_in(session, world, now=now)
    member = session.get_one(builders.Person, world.coordinator.person_id)
    builders.a_member(session, world.campaign, person=member)
    both = builders.the_viewer(session, member)
    with pytest.raises(Forbidden, match=errors.OWN_WORK):
        commands.accept(session, both, review_id, now=now)


def test_many_are_accepted_at_once_and_the_rest_is_explained(
    session: Session, now: datetime
) -> None:
    world = a_world(session)
    first = handed_in(session, world, now=now, subject_id=1)
    second = handed_in(session, world, now=now, subject_id=2)
    commands.accept(session, world.chief, second, now=now)
    done = commands.accept_many(session, world.coordinator, [first, second, 999_999], now=now)
    assert done.accepted == 1
    assert [type(skipped.because) for skipped in done.skipped] == [Conflict, Missing]
    decided, unknown = done.skipped
    assert decided.about is not None and unknown.about is None
    assert decided.about.step_key == "papers"
    assert decided.about.candidate == world.campaign.title
    with pytest.raises(Refused, match=errors.NOTHING_CHOSEN):
        commands.accept_many(session, world.coordinator, [], now=now)


def test_a_campaigns_waiting_work_follows_it_to_another_organisation(
    session: Session, now: datetime
) -> None:
    world = a_world(session)
    review_id = handed_in(session, world, now=now)
    coalition = session.get_one(builders.Coalition, world.campaign.coalition_id)
    organisation = builders.an_organisation(session, coalition)
    commands.follow_campaign(
        session, campaign_id=world.campaign.id, organisation_id=organisation.id
    )
    wanted = QueueFilter(organisation_id=organisation.id)
    rows = queue_page(session, world.chief, wanted, page=1, now=now)
    assert [row.id for row in rows] == [review_id]


def test_the_queue_shows_the_most_overdue_first_and_counts_what_is_late(
    session: Session, now: datetime
) -> None:
    world = a_world(session)
    fresh = handed_in(session, world, now=now, subject_id=1)
    old = handed_in(session, world, now=now - timedelta(days=9), subject_id=2)
    legal = handed_in(session, world, now=now, queue=Queue.LAWYER, subject_id=3)

    def seen(viewer: Viewer, **wanted: object) -> list[int]:
        found = QueueFilter(**wanted)  # type: ignore[arg-type]
        return [row.id for row in queue_page(session, viewer, found, page=1, now=now)]

    assert seen(world.coordinator) == [old, fresh]
    assert seen(world.coordinator, late=True) == [old]
    assert seen(world.chief) == [old, fresh, legal]
    assert seen(world.chief, queue=Queue.LAWYER) == [legal]
    assert seen(world.chief, step_key="other") == []
    assert queue_page(session, world.chief, QueueFilter(), page=2, now=now) == ()
    counts = queue_counts(session, world.chief, QueueFilter(), now=now)
    assert [(c.queue, c.waiting, c.late) for c in counts] == [
        ("lawyer", 1, 0),
        ("organisation", 2, 1),
    ]

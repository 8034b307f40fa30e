"""Who may decide about what, and when an answer is promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.access import Grant, Role, Scope, Viewer
from app.errors import Conflict, Forbidden, Refused
from app.reviews import errors, rules
from app.reviews.reasons import REASONS, chosen_texts
from app.reviews.rules import Queue, Standing, State

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 6, 24, 9, 0, tzinfo=UTC)
SCOPE = Scope(coalition_id=1, organisation_id=2, campaign_id=3)
WAITING = Standing(state=State.SUBMITTED, queue=Queue.ORGANISATION, submitted_by=7)


def a_viewer(role: Role, *, person_id: int = 9, **where: int) -> Viewer:
    return Viewer(person_id=person_id, grants=(Grant(role=role, coalition_id=1, **where),))


COORDINATOR = a_viewer(Role.COORDINATOR, organisation_id=2)
CHIEF = a_viewer(Role.CHIEF)
LAWYER = a_viewer(Role.LAWYER, campaign_id=3)


def test_a_campaign_that_nobody_has_placed_is_checked_by_the_coalition() -> None:
    assert rules.route_queue(Queue.ORGANISATION, organisation_id=None) is Queue.COALITION
    assert rules.route_queue(Queue.ORGANISATION, organisation_id=2) is Queue.ORGANISATION
    assert rules.route_queue(Queue.LAWYER, organisation_id=None) is Queue.LAWYER


@pytest.mark.parametrize(
    ("handed_in", "promised"),
    [
        (datetime(2026, 6, 24, 9, 0), datetime(2026, 6, 26, 18, 0)),
        (datetime(2026, 6, 25, 23, 59), datetime(2026, 6, 29, 18, 0)),
        (datetime(2026, 6, 27, 12, 0), datetime(2026, 7, 1, 18, 0)),
        (datetime(2026, 6, 28, 0, 5), datetime(2026, 7, 1, 18, 0)),
    ],
)
def test_an_answer_is_promised_for_the_end_of_the_second_working_day(
    handed_in: datetime, promised: datetime
) -> None:
    found = rules.promised_at(Queue.ORGANISATION, handed_in.replace(tzinfo=MOSCOW), MOSCOW)
    assert found.astimezone(MOSCOW).replace(tzinfo=None) == promised


@pytest.mark.parametrize(
    ("viewer", "allowed"),
    [
        (COORDINATOR, {Queue.ORGANISATION}),
        (CHIEF, set(Queue)),
        (LAWYER, {Queue.LAWYER}),
        (a_viewer(Role.DESIGNER, campaign_id=3), {Queue.DESIGNER}),
        (a_viewer(Role.LAWYER, campaign_id=4), set()),
        (a_viewer(Role.COORDINATOR, organisation_id=5), set()),
        (a_viewer(Role.CANDIDATE, campaign_id=3), set()),
        (a_viewer(Role.AUDITOR), set()),
    ],
)
def test_each_desk_decides_in_its_own_queues_only(viewer: Viewer, allowed: set[Queue]) -> None:
    assert {queue for queue in Queue if rules.may_decide_in(viewer, SCOPE, queue)} == allowed


def test_nobody_accepts_what_they_handed_in_themselves() -> None:
    own = replace(WAITING, submitted_by=COORDINATOR.person_id)
    with pytest.raises(Forbidden, match=errors.OWN_WORK):
        rules.check_may_decide(COORDINATOR, SCOPE, own)


def test_a_coordinator_in_the_campaigns_team_does_not_decide_about_it() -> None:
    both = Viewer(
        person_id=9,
        grants=(
            *COORDINATOR.grants,
            Grant(role=Role.MANAGER, coalition_id=1, organisation_id=2, campaign_id=3),
        ),
    )
    with pytest.raises(Forbidden, match=errors.OWN_WORK):
        rules.check_may_decide(both, SCOPE, WAITING)


def test_the_second_decision_is_told_who_was_faster() -> None:
    decided = replace(WAITING, state=State.ACCEPTED, decided_by=4, decided_by_name="Vera")
    with pytest.raises(Conflict) as caught:
        rules.check_can_be_decided(decided, moment="24.06.2026 12:00")
    assert caught.value.message == errors.ALREADY_ACCEPTED
    assert caught.value.params == {"name": "Vera", "moment": "24.06.2026 12:00"}


@pytest.mark.parametrize(
    ("state", "message"),
    [(State.RETURNED, errors.ALREADY_RETURNED), (State.WITHDRAWN, errors.WAS_WITHDRAWN)],
)
def test_what_is_no_longer_waiting_is_not_decided(state: State, message: str) -> None:
    with pytest.raises(Conflict) as caught:
        rules.check_can_be_decided(replace(WAITING, state=state), moment="")
    assert caught.value.message == message


def decided(state: State = State.ACCEPTED, *, by: int = 9, ago: timedelta) -> Standing:
    return replace(WAITING, state=state, decided_by=by, decided_at=NOW - ago)


def test_a_decision_can_be_taken_back_for_ten_minutes_by_whoever_took_it() -> None:
    assert rules.can_be_undone(decided(ago=timedelta(minutes=9, seconds=59)), CHIEF, NOW)
    assert not rules.can_be_undone(decided(ago=timedelta(minutes=10)), CHIEF, NOW)
    assert not rules.can_be_undone(decided(by=8, ago=timedelta(minutes=1)), CHIEF, NOW)
    assert not rules.can_be_undone(WAITING, CHIEF, NOW)
    overtaken = replace(decided(State.RETURNED, ago=timedelta(minutes=1)), newest=False)
    assert not rules.can_be_undone(overtaken, CHIEF, NOW)


def test_a_reason_is_ready_sentences_followed_by_own_words() -> None:
    assert rules.tidy_reason(("A page is missing.",), "  Page 2. ") == "A page is missing.\nPage 2."
    with pytest.raises(Refused, match=errors.REASON_NEEDED):
        rules.tidy_reason((), "   ")
    with pytest.raises(Refused):
        rules.tidy_reason((), "x" * (rules.LONGEST_REASON + 1))


def test_every_queue_has_ready_reasons_and_ignores_those_of_others() -> None:
    assert set(REASONS) == set(Queue)
    assert chosen_texts(Queue.ORGANISATION, ("imprint", "no_signature")) == (
        "The signature or its date is missing.",
    )

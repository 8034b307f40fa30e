from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from app.facts import Fact, FactState
from quests.route import rules
from quests.route.position import Because, Status
from tests.unit.route.given import (
    TODAY,
    a_pack,
    a_step,
    answered,
    decided,
    in_state,
    proved,
    statuses,
)

CHAIN = a_pack(
    a_step("first"),
    a_step("second", opens={"step": "first"}),
    a_step("third", opens={"step": "second"}),
)
CHOICE = a_pack(
    a_step(
        "route",
        field=[
            {"key": "as", "type": "choice", "options": ["party", "alone"], "required": True},
        ],
    ),
    a_step("certificate", applies={"answer": "route.as", "is": "party"}),
    a_step("submit", opens={"all": [{"step": "route"}, {"step": "certificate"}]}),
)


def test_a_step_without_conditions_is_open_from_the_start() -> None:
    assert statuses(decided(CHAIN)) == {
        "first": Status.OPEN,
        "second": Status.LOCKED,
        "third": Status.LOCKED,
    }


def test_a_proved_step_opens_the_next() -> None:
    assert statuses(decided(CHAIN, proved("first")))["second"] is Status.OPEN


def test_evidence_of_a_locked_step_waits_for_the_step_to_open() -> None:
    assert statuses(decided(CHAIN, proved("second")))["second"] is Status.LOCKED
    assert statuses(decided(CHAIN, proved("first", "second")))["second"] is Status.DONE


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (FactState.NONE, Status.OPEN),
        (FactState.WAITING, Status.WAITING),
        (FactState.RETURNED, Status.RETURNED),
        (FactState.PRESENT, Status.DONE),
    ],
)
def test_the_state_of_the_evidence_is_the_status_of_the_step(
    state: FactState, status: Status
) -> None:
    assert statuses(decided(CHAIN, in_state("first", state)))["first"] is status


def test_a_step_waits_only_when_nothing_else_is_left_to_do() -> None:
    pack = a_pack(
        a_step(
            "both", evidence=[{"kind": "form", "key": "form"}, {"kind": "upload", "key": "scan"}]
        )
    )
    waiting = in_state("both", FactState.WAITING)
    scanned = {"evidence:both:scan": Fact(state=FactState.PRESENT, count=1)}
    assert statuses(decided(pack, waiting))["both"] is Status.OPEN
    assert statuses(decided(pack, waiting | scanned))["both"] is Status.WAITING


def test_one_returned_paper_returns_the_step() -> None:
    pack = a_pack(
        a_step(
            "both", evidence=[{"kind": "form", "key": "form"}, {"kind": "upload", "key": "scan"}]
        )
    )
    assert statuses(decided(pack, in_state("both", FactState.RETURNED)))["both"] is Status.RETURNED


def test_too_few_files_do_not_complete_an_upload() -> None:
    pack = a_pack(a_step("papers", evidence=[{"kind": "upload", "key": "scan", "at_least": 6}]))
    five = {"evidence:papers:scan": Fact(state=FactState.PRESENT, count=5)}
    found = decided(pack, five).by_key["papers"]
    assert found.status is Status.OPEN
    assert (found.progress.have, found.progress.need) == (5, 6)


def test_a_quiz_is_passed_by_its_mark() -> None:
    asked = [{"key": f"q{n}", "options": ["a", "b"], "right": "a"} for n in range(10)]
    evidence = [{"kind": "quiz", "key": "quiz", "pass": 9}]
    pack = a_pack(a_step("school", evidence=evidence, question=asked))
    eight = {"evidence:school:quiz": Fact(state=FactState.PRESENT, count=8)}
    nine = {"evidence:school:quiz": Fact(state=FactState.PRESENT, count=9)}
    assert statuses(decided(pack, eight))["school"] is Status.OPEN
    assert statuses(decided(pack, nine))["school"] is Status.DONE


def test_ticked_items_show_progress_but_only_a_coordinator_completes_a_checklist() -> None:
    evidence = [{"kind": "checklist", "key": "check", "review": "organisation"}]
    pack = a_pack(a_step("ready", evidence=evidence, item=[{"key": "one"}, {"key": "two"}]))
    ticked = {"evidence:ready:check": Fact(state=FactState.NONE, count=2)}
    found = decided(pack, ticked).by_key["ready"]
    assert found.status is Status.OPEN
    assert (found.progress.have, found.progress.need) == (2, 2)


def test_a_team_of_enough_people_completes_a_team_step() -> None:
    pack = a_pack(a_step("team", evidence=[{"kind": "team", "key": "team", "at_least": 5}]))
    assert statuses(decided(pack, {"team.size": Fact(count=4)}))["team"] is Status.OPEN
    assert statuses(decided(pack, {"team.size": Fact(count=5)}))["team"] is Status.DONE


def test_a_date_step_waits_for_its_day_and_says_which() -> None:
    reached = {"deadline": "polling_day", "days": 1}
    pack = a_pack(a_step("vote", evidence=[{"kind": "date", "key": "day", "reached": reached}]))
    before = decided(pack, deadlines={"polling_day": TODAY}).by_key["vote"]
    assert before.status is Status.WAITING
    assert before.proofs[0].on == date(2026, 3, 11)
    after = decided(pack, deadlines={"polling_day": date(2026, 3, 9)})
    assert statuses(after)["vote"] is Status.DONE
    assert statuses(decided(pack))["vote"] is Status.WAITING


def test_a_stop_answer_keeps_a_saved_form_from_proving_anything() -> None:
    field = {"key": "age", "type": "yesno", "required": True, "stop": ["no"]}
    pack = a_pack(a_step("may_i", field=[field]), a_step("next", opens={"step": "may_i"}))
    stopped = decided(pack, proved("may_i") | answered(may_i__age="no"))
    assert statuses(stopped) == {"may_i": Status.OPEN, "next": Status.LOCKED}
    assert stopped.by_key["may_i"].proofs[0].is_stopped
    assert statuses(decided(pack, proved("may_i") | answered(may_i__age="yes"))) == {
        "may_i": Status.DONE,
        "next": Status.OPEN,
    }


def test_an_overdue_step_is_too_late_but_workable() -> None:
    pack = a_pack(a_step("submit", due={"deadline": "close"}))
    found = decided(pack, deadlines={"close": date(2026, 3, 9)}).by_key["submit"]
    assert found.status is Status.OVERDUE
    assert found.is_workable
    assert found.is_late
    assert found.slack_days == -2


def test_a_step_is_not_overdue_on_its_last_day() -> None:
    pack = a_pack(a_step("submit", due={"deadline": "close"}))
    assert statuses(decided(pack, deadlines={"close": TODAY}))["submit"] is Status.OPEN


def test_a_deadline_at_midnight_ends_with_the_day_before() -> None:
    pack = a_pack(a_step("leaflets", due={"deadline": "silence"}))
    found = rules.route(
        pack, {}, TODAY, deadlines={"silence": TODAY}, times={"silence": time(0)}
    ).by_key["leaflets"]
    assert found.status is Status.OVERDUE
    assert found.due is not None
    assert (found.due.on, found.due.at) == (TODAY, time(0))


def test_a_missed_goal_is_not_overdue() -> None:
    pack = a_pack(a_step("submit", goal={"deadline": "close"}))
    found = decided(pack, deadlines={"close": date(2026, 3, 1)}).by_key["submit"]
    assert found.status is Status.OPEN
    assert found.slack_days is not None
    assert found.slack_days < 0


def test_an_unanswered_question_leaves_undecided_whether_a_step_applies() -> None:
    found = decided(CHOICE).by_key["certificate"]
    assert found.status is Status.LOCKED
    assert found.is_undecided
    assert found.needs[0].blockers[0].field == "as"


def test_a_step_that_does_not_apply_opens_what_follows_but_counts_nowhere() -> None:
    found = decided(CHOICE, proved("route") | answered(route__as="alone"))
    assert statuses(found) == {
        "route": Status.DONE,
        "certificate": Status.NOT_APPLICABLE,
        "submit": Status.OPEN,
    }
    assert (found.total.done, found.total.total) == (1, 2)


def test_a_step_that_applies_must_be_done_first() -> None:
    found = decided(CHOICE, proved("route") | answered(route__as="party"))
    assert statuses(found)["certificate"] is Status.OPEN
    assert statuses(found)["submit"] is Status.LOCKED


def test_side_steps_are_left_out_of_the_counts() -> None:
    found = decided(a_pack(a_step("main"), a_step("appeal", side=True)), proved("appeal"))
    assert (found.total.done, found.total.total) == (0, 1)


def test_lines_are_counted_apart() -> None:
    found = decided(a_pack(a_step("paper"), a_step("fund", line="money")), proved("fund"))
    assert {line.value: (t.done, t.total) for line, t in found.lines.items()} == {
        "documents": (0, 1),
        "money": (1, 1),
        "field": (0, 0),
        "voice": (0, 0),
    }


def test_a_repeatable_step_may_be_worked_on_after_it_is_done() -> None:
    pack = a_pack(a_step("notice", repeatable=True), a_step("once"))
    found = decided(pack, proved("notice", "once"))
    assert found.by_key["notice"].is_workable
    assert not found.by_key["once"].is_workable


def test_a_role_works_on_its_own_steps_and_the_candidate_on_all() -> None:
    found = decided(a_pack(a_step("fund", who=["treasurer"]))).by_key["fund"]
    assert found.may_be_worked_by("treasurer")
    assert found.may_be_worked_by("candidate")
    assert not found.may_be_worked_by("press")


def test_milestones_are_steps_done_for_the_first_time() -> None:
    found = decided(CHAIN, proved("first", "second"))
    assert [step.key for step in rules.newly_reached(found, {"first"})] == ["second"]


def test_a_milestone_survives_its_step_being_reopened_or_removed() -> None:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    found = decided(CHAIN, reached={"first": at, "gone": at})
    assert found.by_key["first"].status is Status.OPEN
    assert found.by_key["first"].reached_at == at
    assert found.former == (("gone", at),)


def test_the_list_says_the_same_as_the_whole_route() -> None:
    facts = proved("first")
    whole = decided(CHAIN, facts)
    brief = rules.standing(CHAIN, facts, TODAY, deadlines={})
    assert brief.statuses == tuple(step.status for step in whole.steps)
    assert brief.now == whole.now
    assert (brief.done, brief.total) == (whole.total.done, whole.total.total)


def test_a_route_that_is_finished_has_nothing_to_do_now() -> None:
    assert decided(CHAIN, proved("first", "second", "third")).now is None


def test_a_step_put_off_comes_last() -> None:
    pack = a_pack(a_step("one"), a_step("two"))
    later = {"one": date(2026, 3, 12)}
    found = decided(pack, snoozed=later)
    assert found.now is not None
    assert found.now.step.key == "two"
    assert found.by_key["one"].snoozed_until == date(2026, 3, 12)
    alone = decided(pack, proved("two"), snoozed=later).now
    assert alone is not None
    assert (alone.step.key, alone.because) == ("one", Because.SNOOZED)


def test_a_snooze_ends_on_its_day() -> None:
    found = decided(a_pack(a_step("one"), a_step("two")), snoozed={"one": TODAY})
    assert found.now is not None
    assert found.now.step.key == "one"
    assert found.by_key["one"].snoozed_until is None

"""The St Petersburg pack: every candidate can walk it, and nothing unsure speaks as if sure."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from app.facts import Fact, FactState
from quests.route import rules
from quests.route.check import load_route
from quests.route.pack import RoutePack
from quests.route.position import Route, Status
from quests.route.shape import RuleStatus, answer_fact, evidence_fact

FOLDER = Path(__file__).parents[3] / "quests" / "packs" / "ru-spb-municipal"
TODAY = date(2026, 8, 1)
SIGNATURE_STEPS = ("c1_target", "c2_sheet", "c3_train", "c4_collect", "c5_check", "c6_certify")


@cache
def the_pack() -> RoutePack:
    return load_route(FOLDER)


def walked(**answers: str) -> Route:
    """The route of a candidate who proved every step and gave these answers by step__field."""
    pack = the_pack()
    facts = {
        evidence.fact or evidence_fact(step.key, evidence.key): Fact(
            state=FactState.PRESENT, count=step.need(evidence)
        )
        for step in pack.steps
        for evidence in step.evidence
    }
    facts["team.size"] = Fact(state=FactState.PRESENT, count=5)
    usual = {
        "a1_can_i__nomination": "self",
        "b4_account__fund": "account",
        "b5_first_money__gifts": "yes",
        "c9_decision__decision": "registered",
        "c10_appeal__outcome": "waiting",
    }
    for name, value in {**usual, **answers}.items():
        step, _, field = name.partition("__")
        facts[answer_fact(step, field)] = Fact(state=FactState.PRESENT, value=value)
    silence = TODAY + timedelta(days=3)
    return rules.route(pack, facts, TODAY, deadlines={"campaigning_closes": silence})


def in_status(route: Route, status: Status) -> set[str]:
    return {step.step.key for step in route.steps if step.status is status}


def test_the_route_has_thirty_steps_and_one_on_the_side() -> None:
    steps = the_pack().steps
    assert len(steps) == 31
    assert [step.key for step in steps if step.side] == ["c10_appeal"]


def test_a_self_nominee_who_is_registered_does_every_main_step() -> None:
    route = walked()
    assert in_status(route, Status.NOT_APPLICABLE) == {"c10_appeal"}
    assert in_status(route, Status.LOCKED) == set()


def test_a_nominee_without_signatures_is_registered_without_the_signature_steps() -> None:
    route = walked(a1_can_i__nomination="party_exempt")
    assert in_status(route, Status.NOT_APPLICABLE) == {*SIGNATURE_STEPS, "c10_appeal"}
    assert route.by_key["c9_decision"].status is Status.DONE


def test_a_candidate_without_a_fund_still_files_and_never_collects_money() -> None:
    route = walked(a1_can_i__nomination="party_exempt", b4_account__fund="no_fund")
    assert {"b5_first_money", "d6_money"} <= in_status(route, Status.NOT_APPLICABLE)
    assert route.by_key["c8_register"].status is Status.DONE


def test_a_candidate_with_own_money_only_has_no_step_about_donations() -> None:
    assert "d6_money" in in_status(walked(b5_first_money__gifts="no"), Status.NOT_APPLICABLE)


def test_a_refused_candidate_may_appeal_and_must_still_close_the_fund_and_the_data() -> None:
    route = walked(c9_decision__decision="refused")
    assert in_status(route, Status.LOCKED) == {"d7_media", "e1_count"}
    assert {"c10_appeal", "e2_final", "e3_data"} <= in_status(route, Status.DONE)


def test_a_won_appeal_opens_the_media_and_the_count() -> None:
    route = walked(c9_decision__decision="refused", c10_appeal__outcome="registered")
    assert in_status(route, Status.LOCKED) == set()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_drafted_answers_wait_for_a_lawyer(language: str) -> None:
    questions = the_pack().questions[language]
    unsure = [q for q in questions if q.status in (RuleStatus.UNVERIFIED, RuleStatus.UNKNOWN)]
    assert len(questions) > 100
    assert unsure
    assert not any(question.is_shown for question in unsure)


def test_no_step_asks_for_the_number_of_a_passport_a_tax_payer_or_a_whole_account() -> None:
    asked = {field.key for step in the_pack().steps for field in step.field}
    assert not asked & {"passport", "passport_number", "inn", "snils", "account", "account_number"}


def test_the_limits_of_the_fund_stay_unknown() -> None:
    limits = {
        (step.key, rule.key): rule.status
        for step in the_pack().steps
        for rule in step.rule
        if rule.key in ("limits", "amount")
    }
    assert len(limits) == 3
    assert set(limits.values()) == {RuleStatus.UNKNOWN}

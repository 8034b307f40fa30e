"""The packs that ship are sound, complete in both languages and of the size the facts say."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from app.calendar import CalendarRules, load_calendar
from app.facts import Fact, FactState
from quests.route import rules
from quests.route.check import check_pack, load_route
from quests.route.pack import RoutePack, Step, answer_fact, evidence_fact
from quests.route.position import Status

PACKS = Path(__file__).resolve().parents[2] / "quests" / "packs"
SHIPPED = {"ru-spb-municipal": (30, 1), "gb-eng-local": (26, 0)}


@cache
def calendar(name: str) -> CalendarRules:
    return load_calendar(PACKS / name / "calendar.toml")


@cache
def shipped(name: str) -> RoutePack:
    return load_route(PACKS / name)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_check_finds_nothing(name: str) -> None:
    assert [str(problem) for problem in check_pack(PACKS / name)] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_every_pack_speaks_both_languages(name: str) -> None:
    assert set(shipped(name).words) == {"ru", "en"}


@pytest.mark.parametrize("name", SHIPPED)
def test_a_pack_has_the_steps_of_its_facts(name: str) -> None:
    steps = shipped(name).steps
    main, least_side = SHIPPED[name]
    assert sum(not step.side for step in steps) == main
    assert sum(step.side for step in steps) >= least_side


def test_no_folder_of_packs_is_left_unchecked() -> None:
    assert {path.parent.name for path in PACKS.glob("*/pack.toml")} == set(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_unverified_answers_stay_hidden(name: str) -> None:
    for questions in shipped(name).questions.values():
        assert not any(q.is_shown for q in questions if q.status.value in "M?")


def done(step: Step) -> dict[str, Fact]:
    """Facts of a step whose every answer is the first one that does not stop."""
    facts = {
        evidence.fact or evidence_fact(step.key, evidence.key): Fact(
            state=FactState.PRESENT, count=step.need(evidence)
        )
        for evidence in step.evidence
    }
    for field in step.field:
        values = [choice for choice in field.choices if choice not in field.stop]
        value = values[0] if values else "2026-05-07"
        facts[answer_fact(step.key, field.key)] = Fact(state=FactState.PRESENT, value=value)
    return facts


@pytest.mark.parametrize("name", SHIPPED)
def test_a_campaign_that_does_what_is_open_comes_to_the_end(name: str) -> None:
    pack = shipped(name)
    passed = {when.deadline: date(2026, 5, 7) for when in pack.course.charter.whens}
    facts = {"team.size": Fact(count=50)}
    for _ in pack.steps:
        found = rules.route(pack, facts, date(2027, 5, 7), deadlines=passed)
        for step in found.steps:
            if step.status.is_workable:
                facts |= done(step.step)
    left = [
        step.key
        for step in found.steps
        if step.status not in (Status.DONE, Status.NOT_APPLICABLE) and not step.step.side
    ]
    assert left == []


def provisions(pack: RoutePack, source: str) -> set[str]:
    """The single provisions a source names: a law with its article and paragraph."""
    say = pack.sources_in("en").say
    parts = (say(part) for part in source.split("; "))
    return {part for part in parts if re.search(r"\d\([\w.]+\)$", part)}


@pytest.mark.parametrize("name", SHIPPED)
def test_a_rule_and_a_deadline_of_one_provision_are_equally_sure(name: str) -> None:
    pack = shipped(name)
    dated = [rule for versions in calendar(name).rules.values() for rule in versions]
    assert [
        f"{step.key}.{rule.key} is {rule.status}, {each.key} is {each.status}"
        for step in pack.steps
        for rule in step.rule
        for each in dated
        if provisions(pack, rule.source) & provisions(pack, each.source)
        and rule.status.value != each.status.value
    ] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_the_way_of_counting_days_verifies_no_deadline_by_itself(name: str) -> None:
    analogous = shipped(name).pack.header.analogous_keys
    written = tomllib.loads((PACKS / name / "calendar.toml").read_text("utf-8"))
    counting = set(written.get("working_days", {}).get("source_keys", ()))
    for deadline in written["deadline"]:
        own = set(deadline["source_keys"]) - counting
        if own and own <= analogous:
            assert deadline["status"] != "V", deadline


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_source_is_said_in_the_language_of_the_reader(name: str, language: str) -> None:
    pack = shipped(name)
    said = {
        pack.sources_in(language).say(rule.source) for step in pack.steps for rule in step.rule
    } | {
        calendar(name).sources[language].say(rule.source)
        for versions in calendar(name).rules.values()
        for rule in versions
    }
    for words in said:
        assert bool(re.search("[а-яё]", words, re.IGNORECASE)) is (language == "ru"), words
        assert not re.search(r"\[|\]|LEPAR|RPA|PPERA|-FZ\b.*ст\.| '|\"", words), words

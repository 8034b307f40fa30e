"""Checks of the steps themselves: keys, references, evidence that can be completed, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.access import TEAM_ROLES
from app.calendar import ANCHOR_NAMES
from app.packs import PackHeader, Problem, TomlFile
from quests.route.checking.deadlines import LOWER_IT, SPEAKS_OF_OTHERS, speaks_of_others
from quests.route.checking.evidence import check_evidence
from quests.route.course import TEAM_SIZE, firmly_needed
from quests.route.features import is_known_fact
from quests.route.shape import (
    Condition,
    EvidenceKind,
    FieldType,
    FormField,
    RouteShape,
    RuleStatus,
    Step,
    When,
    evidence_fact,
)

CAMPAIGN_ROLES = frozenset(role.value for role in TEAM_ROLES)
Path = tuple[str | int, ...]
_NOT_KEPT = (EvidenceKind.DATE, EvidenceKind.TEAM, EvidenceKind.FACT)
"""Evidence that is reckoned, or kept by another package: no row of the step tells of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """Everything a step may refer to."""

    file: TomlFile
    steps: dict[str, Step]
    stages: frozenset[str]
    deadlines: frozenset[str]
    sources: frozenset[str]
    analogous: frozenset[str]
    facts: Mapping[str, EvidenceKind]
    """What proves which piece of evidence, by the name of its fact."""


def check_steps(
    file: TomlFile, shape: RouteShape, header: PackHeader, deadlines: frozenset[str]
) -> list[Problem]:
    """Everything wrong with single steps; whether they can be reached is asked elsewhere."""
    facts = {
        evidence_fact(step.key, evidence.key): evidence.kind
        for step in shape.step
        for evidence in step.evidence
    }
    known = _Known(
        file=file,
        steps={step.key: step for step in shape.step},
        stages=frozenset(stage.key for stage in shape.stage),
        deadlines=deadlines,
        sources=frozenset(source.key for source in header.source),
        analogous=header.analogous_keys,
        facts=facts,
    )
    problems = [
        *_twice(file, ("stage",), "stage", [stage.key for stage in shape.stage]),
        *_twice(file, ("step",), "step", [step.key for step in shape.step]),
        *_empty_stages(file, shape),
    ]
    problems.extend(_anchors(known, shape))
    for index, step in enumerate(shape.step):
        problems.extend(_step(known, ("step", index), step))
    return problems


def _anchors(known: _Known, shape: RouteShape) -> Iterator[Problem]:
    yield from _twice(known.file, ("anchor",), "anchor", [one.key for one in shape.anchor])
    for index, anchor in enumerate(shape.anchor):
        path = ("anchor", index)
        if anchor.key not in ANCHOR_NAMES:
            yield known.file.problem(
                path,
                f"unknown anchor {anchor.key}",
                f"choose among {', '.join(sorted(ANCHOR_NAMES))}",
            )
        step = known.steps.get(anchor.answer_of.step)
        field = step.find_field(anchor.answer_of.field) if step else None
        if field is None or field.type is not FieldType.DATE:
            yield known.file.problem(
                path,
                f"anchor {anchor.key}: {anchor.answer} is not a date field",
                'name a field of type = "date"',
            )
        else:
            yield from _sealed(known, path, f"anchor {anchor.key}:", anchor.answer, field)


def _step(known: _Known, path: Path, step: Step) -> Iterator[Problem]:
    file, name = known.file, f"step {step.key}"
    if step.stage not in known.stages:
        yield file.problem(
            (*path, "stage"),
            f"{name} stands in the unknown stage {step.stage}",
            "add [[stage]] or correct the key",
        )
    for role in step.who:
        if role not in CAMPAIGN_ROLES:
            yield file.problem(
                (*path, "who"),
                f"{name}: unknown role {role}",
                f"choose among {', '.join(sorted(CAMPAIGN_ROLES))}",
            )
    yield from _lists(file, path, step)
    yield from check_evidence(file, path, step)
    for index, field in enumerate(step.field):
        yield from _field(file, (*path, "field", index), step, field)
    yield from _rules(known, path, step)
    yield from _days(known, path, step)
    for label, condition in (("opens", step.opens), ("applies", step.applies)):
        if condition is not None:
            yield from _condition(known, (*path, label), f"{name}: {label}", condition)
    for index, evidence in enumerate(step.evidence):
        if evidence.unless is not None:
            where = (*path, "evidence", index)
            yield from _condition(known, where, f"{name}: unless", evidence.unless)
    yield from _optional_needed(known, path, step)


def _lists(file: TomlFile, path: Path, step: Step) -> Iterator[Problem]:
    named: Sequence[tuple[str, list[str]]] = (
        ("evidence", [one.key for one in step.evidence]),
        ("field", [one.key for one in step.field]),
        ("question", [one.key for one in step.question]),
        ("item", [one.key for one in step.item]),
        ("file", [one.key for one in step.file]),
        ("rule", [one.key for one in step.rule]),
    )
    for label, keys in named:
        yield from _twice(file, (*path, label), f"step {step.key}: {label}", keys)


def _twice(file: TomlFile, path: Path, what: str, keys: Sequence[str]) -> Iterator[Problem]:
    for key, times in Counter(keys).items():
        if times > 1:
            last = len(keys) - 1 - list(reversed(keys)).index(key)
            yield file.problem((*path, last), f"{what} {key} stands twice", "rename one of them")


def _empty_stages(file: TomlFile, shape: RouteShape) -> Iterator[Problem]:
    used = {step.stage for step in shape.step}
    for index, stage in enumerate(shape.stage):
        if stage.key not in used:
            yield file.problem(
                ("stage", index), f"stage {stage.key} has no steps", "remove it or add a step"
            )


def _field(file: TomlFile, path: Path, step: Step, field: FormField) -> Iterator[Problem]:
    name = f"step {step.key}: field {field.key}"
    is_choice = field.type is FieldType.CHOICE
    if is_choice and len(set(field.options)) < 2:
        yield file.problem(path, f"{name} offers no choice", "give it at least two options")
    if field.options and not is_choice:
        yield file.problem(path, f"{name} has options but is not a choice", 'write type = "choice"')
    for value in (*field.stop, *field.warn):
        if value not in field.choices:
            yield file.problem(
                path, f"{name} speaks of {value}, which can’t be chosen", "correct stop or warn"
            )
    if field.required and field.choices and set(field.choices) <= set(field.stop):
        yield file.problem(
            path, f"{name}: every answer stops, so no fact can complete the step", "let one pass"
        )
    if field.min is not None and field.max is not None and field.min > field.max:
        yield file.problem(path, f"{name}: min is greater than max", "swap them")
    if field.day_of is not None:
        yield from _offered(file, path, step, field)


def _offered(file: TomlFile, path: Path, step: Step, field: FormField) -> Iterator[Problem]:
    name = f"step {step.key}: field {field.key}"
    if field.type is not FieldType.DATE or field.seal:
        yield file.problem(
            path, f"{name}: a fact offers its day to an open date only", "remove from"
        )
    facts = [one.fact for one in step.evidence if one.fact]
    if field.day_of not in facts:
        yield file.problem(
            path,
            f"{name} takes its day from {field.day_of}, which does not prove this step",
            f"name one of {', '.join(facts)}" if facts else "remove from",
        )


def _rules(known: _Known, path: Path, step: Step) -> Iterator[Problem]:
    for index, rule in enumerate(step.rule):
        where = (*path, "rule", index)
        name = f"step {step.key}: rule {rule.key}"
        if not rule.source and rule.status is not RuleStatus.UNKNOWN:
            yield known.file.problem(where, f"{name} has no source", "name the law and article")
        if rule.status is RuleStatus.VERIFIED and not rule.source_keys:
            yield known.file.problem(
                where,
                f"{name} is called verified without a source that was read",
                'add source_keys, or lower its status to "M"',
            )
        if rule.status is RuleStatus.VERIFIED and speaks_of_others(
            rule.source_keys, known.analogous
        ):
            yield known.file.problem(where, f"{name} {SPEAKS_OF_OTHERS}", LOWER_IT)
        for key in rule.source_keys:
            if key not in known.sources:
                yield known.file.problem(
                    where,
                    f"{name} names the unknown source {key}",
                    "add the source to pack.toml or correct the key",
                )


def _days(known: _Known, path: Path, step: Step) -> Iterator[Problem]:
    name = f"step {step.key}"
    if step.due is not None:
        where = (*path, "due")
        yield from _when(known, where, f"{name}: due", step.due)
        if step.due.deadline in ANCHOR_NAMES and step.due.days != 0:
            yield known.file.problem(
                where,
                f"{name}: due counts {step.due.days} days without source and status",
                "make it a deadline of calendar.toml, or our advice: goal = {…}",
            )
        elif step.due.days > 0:
            yield known.file.problem(
                where, f"{name}: due is later than the legal day", "write days = 0 or less"
            )
    if step.goal is not None:
        yield from _when(known, (*path, "goal"), f"{name}: goal", step.goal)
    for index, evidence in enumerate(step.evidence):
        if evidence.reached is not None:
            where = (*path, "evidence", index)
            yield from _when(known, where, f"{name}: evidence {evidence.key}", evidence.reached)


def _when(known: _Known, path: Path, name: str, when: When) -> Iterator[Problem]:
    if when.deadline not in known.deadlines and when.deadline not in ANCHOR_NAMES:
        yield known.file.problem(
            path,
            f"{name} names the unknown deadline {when.deadline}",
            "add it to calendar.toml or correct the key",
        )


def _condition(known: _Known, path: Path, name: str, condition: Condition) -> Iterator[Problem]:
    if condition.count is not None and (condition.at_least or 0) > len(condition.count):
        yield known.file.problem(
            path,
            f"{name} wants {condition.at_least} of {len(condition.count)}",
            "lower at_least or add conditions",
        )
    if condition.step is not None and condition.step not in known.steps:
        yield known.file.problem(
            path, f"{name} names the unknown step {condition.step}", "correct the key"
        )
    yield from _fact(known, path, name, condition.fact)
    if condition.reached is not None:
        yield from _when(known, path, name, condition.reached)
    yield from _answer(known, path, name, condition)
    for part in condition.parts:
        yield from _condition(known, path, name, part)


def _fact(known: _Known, path: Path, name: str, fact: str | None) -> Iterator[Problem]:
    if fact is None or fact == TEAM_SIZE:
        return
    kind = known.facts.get(fact)
    if is_known_fact(fact):
        yield known.file.problem(
            path,
            f"{name} names the fact {fact}, which proves steps and is no condition",
            "let it prove a step, and name that step",
        )
    elif kind is None:
        yield known.file.problem(
            path,
            f"{name} names the unknown fact {fact}",
            f"use {TEAM_SIZE} or evidence:<step>:<key>",
        )
    elif kind in _NOT_KEPT:
        yield known.file.problem(
            path,
            f"{name} names the fact {fact}, which nobody counts: a {kind} is not handed in",
            "name the step itself",
        )


def _answer(known: _Known, path: Path, name: str, condition: Condition) -> Iterator[Problem]:
    answer = condition.answer_of
    if answer is None:
        return
    step = known.steps.get(answer.step)
    field = step.find_field(answer.field) if step else None
    if field is None:
        yield known.file.problem(
            path, f"{name} asks for the unknown field {condition.answer}", "correct step.field"
        )
        return
    if not field.required:
        yield known.file.problem(
            path,
            f"{name} rests on {condition.answer}, which may be left empty",
            "write required = true in that field",
        )
    yield from _sealed(known, path, f"{name} rests on", condition.answer or "", field)
    yield from _impossible(known.file, path, name, condition.wanted, field.choices)


def _sealed(
    known: _Known, path: Path, name: str, answer: str, field: FormField
) -> Iterator[Problem]:
    # A sealed answer may stop its own form, which is asked before it is sealed. Whatever else is
    # decided by it would have to keep it in the clear, so it is not kept and never comes true.
    if field.seal:
        yield known.file.problem(
            path,
            f"{name} {answer}, which is sealed and never leaves its form",
            "ask for what is decided in a field without seal, or remove seal = true",
        )


def _impossible(
    file: TomlFile, path: Path, name: str, wanted: Collection[str], choices: Collection[str]
) -> Iterator[Problem]:
    for value in wanted:
        if choices and value not in choices:
            yield file.problem(
                path,
                f"{name} waits for the answer {value}, which can’t be chosen",
                f"choose among {', '.join(choices)}",
            )


def _optional_needed(known: _Known, path: Path, step: Step) -> Iterator[Problem]:
    if step.side:
        return
    for key in firmly_needed(step.opens):
        needed = known.steps.get(key)
        if needed is not None and needed.side and needed.applies is None:
            yield known.file.problem(
                (*path, "opens"),
                f"step {step.key} needs the side step {key}",
                "take side = true from that step, or do not need it",
            )

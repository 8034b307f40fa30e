"""Whether each step can be completed by the evidence it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from app.packs import Problem, TomlFile
from quests.route.features import AT_MOST_ONE, KNOWN_FACTS, family_of, is_known_fact
from quests.route.shape import Evidence, EvidenceKind, Review, Step

Path = tuple[str | int, ...]

_PARTS: Mapping[EvidenceKind, str] = {
    EvidenceKind.FORM: "field",
    EvidenceKind.QUIZ: "question",
    EvidenceKind.CHECKLIST: "item",
    EvidenceKind.UPLOAD: "file",
}
_COUNTED = (EvidenceKind.UPLOAD, EvidenceKind.TEAM, EvidenceKind.FACT)
_CONFIRMED = (EvidenceKind.CHECKLIST, EvidenceKind.MEETING)
_LARGEST_TEAM = 50


def check_evidence(file: TomlFile, path: Path, step: Step) -> Iterator[Problem]:
    """What makes it impossible to complete the step, or leaves parts of it unused."""
    name = f"step {step.key}"
    if not step.evidence:
        yield file.problem(
            path, f"{name} has no evidence, so no fact can complete it", "add [[step.evidence]]"
        )
    for index, evidence in enumerate(step.evidence):
        yield from _one(file, (*path, "evidence", index), step, evidence)
    kinds = Counter(evidence.kind for evidence in step.evidence)
    for kind, part in _PARTS.items():
        if getattr(step, part) and not kinds[kind]:
            yield file.problem(
                (*path, part, 0),
                f"{name} has {part} but no evidence of kind {kind}",
                f'add [[step.evidence]] kind = "{kind}"',
            )
        if kinds[kind] > 1 and kind is not EvidenceKind.UPLOAD:
            yield file.problem(
                (*path, "evidence"), f"{name} has {kinds[kind]} of kind {kind}", "keep one"
            )
    for index, question in enumerate(step.question):
        if question.right not in question.options:
            yield file.problem(
                (*path, "question", index),
                f"{name}: the right answer of {question.key} is not among its options",
                "correct right",
            )


def _one(file: TomlFile, path: Path, step: Step, evidence: Evidence) -> Iterator[Problem]:
    name = f"step {step.key}: evidence {evidence.key}"
    kind = evidence.kind
    part = _PARTS.get(kind)
    if part and kind is not EvidenceKind.UPLOAD and not getattr(step, part):
        yield file.problem(
            path,
            f"{name} is a {kind} without {part}, so no fact can complete it",
            f"add [[step.{part}]]",
        )
    if kind in _CONFIRMED and evidence.review not in (Review.ORGANISATION, Review.COALITION):
        yield file.problem(
            path,
            f"{name}: a {kind} is confirmed by a coordinator",
            'add review = "organisation" or "coalition"',
        )
    if evidence.at_least != 1 and kind not in _COUNTED:
        yield file.problem(path, f"{name}: at_least says nothing of a {kind}", "remove it")
    if kind is EvidenceKind.TEAM and evidence.at_least > _LARGEST_TEAM:
        yield file.problem(
            path, f"{name} wants {evidence.at_least} people", f"ask for at most {_LARGEST_TEAM}"
        )
    if (evidence.reached is not None) != (kind is EvidenceKind.DATE):
        yield file.problem(
            path,
            f"{name}: a date, and only a date, says which day must be reached",
            'add reached = { deadline = "…", days = 0 }, or remove it',
        )
    yield from _fact(file, path, name, evidence)
    yield from _unless(file, path, step, evidence)
    yield from _quiz(file, path, step, evidence)


def _fact(file: TomlFile, path: Path, name: str, evidence: Evidence) -> Iterator[Problem]:
    if evidence.kind is not EvidenceKind.FACT:
        if evidence.fact is not None:
            yield file.problem(path, f"{name}: only a fact names a fact", "remove fact")
        return
    if evidence.review is not None:
        yield file.problem(
            path, f"{name}: the feature behind a fact has its own review", "remove review"
        )
    if not is_known_fact(evidence.fact or ""):
        yield file.problem(
            path,
            f"{name}: no feature answers for {evidence.fact!r}",
            f"name one of {', '.join(KNOWN_FACTS)}",
        )
    elif family_of(evidence.fact or "") in AT_MOST_ONE and evidence.at_least > 1:
        yield file.problem(
            path,
            f"{name} wants {evidence.at_least} of {evidence.fact}, of which there is never more"
            " than one, so no fact can complete it",
            "remove at_least",
        )


def _unless(file: TomlFile, path: Path, step: Step, evidence: Evidence) -> Iterator[Problem]:
    if evidence.unless is None:
        return
    name = f"step {step.key}: evidence {evidence.key}"
    if evidence.kind is not EvidenceKind.FACT:
        yield file.problem(
            path, f"{name}: only a fact can be made needless by an answer", "remove unless"
        )
    answer = evidence.unless.answer_of
    if answer is None or answer.step != step.key:
        yield file.problem(
            path,
            f"{name}: unless asks for something else than an answer of its own step",
            f'write unless = {{ answer = "{step.key}.…", is = "…" }}',
        )


def _quiz(file: TomlFile, path: Path, step: Step, evidence: Evidence) -> Iterator[Problem]:
    name = f"step {step.key}: evidence {evidence.key}"
    is_quiz = evidence.kind is EvidenceKind.QUIZ
    if not is_quiz and evidence.pass_mark is not None:
        yield file.problem(path, f"{name}: only a quiz has a pass mark", "remove pass")
    if is_quiz and evidence.pass_mark is None:
        yield file.problem(path, f"{name} does not say how many to pass", "add pass = …")
    if is_quiz and (evidence.pass_mark or 0) > len(step.question):
        yield file.problem(
            path,
            f"{name} wants {evidence.pass_mark} right of {len(step.question)} questions,"
            " so no fact can complete it",
            "lower pass or add questions",
        )

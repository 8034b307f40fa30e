"""When a piece of evidence may change, what it is worth, and when it may be handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.errors import Conflict, Refused
from app.facts import FactState
from quests.evidence import errors
from quests.route.shape import FileItem, QuizQuestion

MOST_FILES = 20
SUBJECT_KIND = "evidence"
"""What the reviews call our work."""


class State(StrEnum):
    """How far a piece of evidence is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"


FACT_STATES: Mapping[str, FactState] = {
    State.DRAFT: FactState.NONE,
    State.SUBMITTED: FactState.WAITING,
    State.ACCEPTED: FactState.PRESENT,
    State.RETURNED: FactState.RETURNED,
}


def check_may_change(state: State, *, reviewed: bool, repeatable: bool) -> None:
    """Refuse to change what is being checked, or what was accepted for good.

    Raises Conflict.
    """
    if state is State.SUBMITTED:
        raise Conflict(errors.BEING_CHECKED)
    if state is State.ACCEPTED and reviewed and not repeatable:
        raise Conflict(errors.ALREADY_ACCEPTED)


def check_files(
    kinds: Sequence[str], items: Sequence[FileItem], labels: Mapping[str, str], *, at_least: int
) -> None:
    """Refuse to send files before all that are needed are there; ``kinds`` are those present.

    Raises Refused.
    """
    for item in items:
        if item.required and item.key not in kinds:
            raise Refused("file", errors.FILE_OF_KIND_NEEDED, label=labels[item.key])
    if len(kinds) < at_least:
        raise Refused("file", errors.FILES_NEEDED, least=at_least, have=len(kinds))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizResult:
    """A quiz answered: how many were right, which were wrong, and whether that is enough."""

    right: int
    total: int
    wrong: tuple[str, ...]
    passed: bool


def mark_quiz(
    questions: Sequence[QuizQuestion], chosen: Mapping[str, str], *, pass_mark: int
) -> QuizResult:
    """Give the result of a quiz.

    Raises Refused beside the first question without one of its answers.
    """
    for question in questions:
        if chosen.get(question.key) not in question.options:
            raise Refused(question.key, errors.QUIZ_INCOMPLETE)
    wrong = tuple(q.key for q in questions if chosen[q.key] != q.right)
    right = len(questions) - len(wrong)
    return QuizResult(right=right, total=len(questions), wrong=wrong, passed=right >= pass_mark)

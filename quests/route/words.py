"""The typed shape of a pack's texts and of its seeded questions."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from app.packs import PackRules
from quests.route.shape import Key, RuleStatus


class Words(PackRules):
    """Base of every piece of the text files."""


class TitleWords(Words):
    title: str = Field(min_length=1)


class LabelWords(Words):
    label: str = Field(min_length=1)
    help: str = ""


class FieldWords(LabelWords):
    """Label, help, options and what stop and warning answers say."""

    options: Mapping[str, str] = Field(default_factory=dict)
    stop: Mapping[str, str] = Field(default_factory=dict)
    warn: Mapping[str, str] = Field(default_factory=dict)


class QuestionWords(Words):
    """A quiz question, its options and why the right one is right."""

    text: str = Field(min_length=1)
    because: str = Field(min_length=1)
    options: Mapping[str, str] = Field(default_factory=dict)


class RuleWords(Words):
    text: str = Field(min_length=1)


class StepWords(Words):
    """Everything a step says in one language; `what` is Markdown."""

    title: str = Field(min_length=1)
    short: str = Field(min_length=1, max_length=14)
    why: str = Field(min_length=1)
    what: str = Field(min_length=1)
    proof: str = Field(min_length=1)
    how_long: str = ""
    rule: Mapping[str, RuleWords] = Field(default_factory=dict)
    field: Mapping[str, FieldWords] = Field(default_factory=dict)
    question: Mapping[str, QuestionWords] = Field(default_factory=dict)
    item: Mapping[str, LabelWords] = Field(default_factory=dict)
    file: Mapping[str, LabelWords] = Field(default_factory=dict)


class NameWords(Words):
    """What the election, its council and its districts are called."""

    name: str = Field(min_length=1)
    short: str = Field(min_length=1)
    council_word: str = Field(min_length=1)
    district_word: str = Field(min_length=1)


class PackWords(Words):
    """All texts of a pack in one language."""

    pack: NameWords
    line: Mapping[str, TitleWords]
    stage: Mapping[str, TitleWords]
    step: Mapping[str, StepWords]
    deadline: Mapping[str, TitleWords] = Field(default_factory=dict)


class SeededQuestion(PackRules):
    """A newcomer's question with a drafted answer and how sure we are of it."""

    step: Key
    key: Key
    ask: str = Field(min_length=1)
    answer: str = ""
    status: RuleStatus

    @property
    def is_shown(self) -> bool:
        """Whether the answer may be shown: unverified ones wait for a lawyer."""
        return bool(self.answer) and self.status.may_be_shown_as_answer


class QuestionsShape(PackRules):
    """The whole of questions.<language>.toml."""

    question: tuple[SeededQuestion, ...] = ()

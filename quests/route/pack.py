"""A checked pack as the route reads it, and the names its parts go by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.packs import Pack
from app.sources import SourceWords
from quests.route.course import Course, chart
from quests.route.shape import (
    AnswerFact,
    Condition,
    Evidence,
    EvidenceKind,
    FieldType,
    FormField,
    Line,
    Review,
    RouteShape,
    RuleStatus,
    Stage,
    Step,
    StepRule,
    answer_fact,
    evidence_fact,
)
from quests.route.words import PackWords, SeededQuestion, StepWords

__all__ = [
    "AnswerFact",
    "Condition",
    "Evidence",
    "EvidenceKind",
    "FieldType",
    "FormField",
    "Line",
    "PackWords",
    "Review",
    "RoutePack",
    "RouteShape",
    "RuleStatus",
    "SeededQuestion",
    "Stage",
    "Step",
    "StepRule",
    "StepWords",
    "answer_fact",
    "evidence_fact",
]


@dataclass(frozen=True, kw_only=True, eq=False)
class RoutePack:
    """A checked pack as the route reads it; made by `quests.route.check.load_route`."""

    pack: Pack
    shape: RouteShape
    words: Mapping[str, PackWords]
    sources: Mapping[str, SourceWords] = field(default_factory=dict)
    help: Mapping[tuple[str, str], str] = field(default_factory=dict)
    questions: Mapping[str, tuple[SeededQuestion, ...]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The pack's id."""
        return self.pack.id

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Stages in the order they are travelled."""
        return self.shape.stage

    @property
    def steps(self) -> tuple[Step, ...]:
        """Steps in route order."""
        return self.shape.step

    @cached_property
    def step_by_key(self) -> Mapping[str, Step]:
        """Every step by its key."""
        return {step.key: step for step in self.steps}

    @cached_property
    def course(self) -> Course:
        """The route compiled once for the rules."""
        return chart(self.shape)

    @cached_property
    def wanted_answers(self) -> frozenset[AnswerFact]:
        """The answers the rules look at: in conditions, as days, and those that stop or spare."""
        stops = {
            AnswerFact(step=step.key, field=asked.key)
            for step in self.steps
            for asked in step.field
            if asked.stop
        }
        spares = (one.unless for step in self.steps for one in step.evidence)
        gates = (gate for step in self.steps for gate in (step.opens, step.applies))
        conditions = (condition for condition in (*gates, *spares) if condition)
        leaves = (leaf.answer_of for condition in conditions for leaf in condition.leaves())
        days = {anchor.answer_of for anchor in self.shape.anchor}
        return frozenset(stops | days | {answer for answer in leaves if answer})

    def words_of(self, step: str, language: str) -> StepWords:
        """A step's texts; in the pack's default language when `language` is not shipped."""
        return self.words_in(language).step[step]

    def words_in(self, language: str) -> PackWords:
        """All texts in `language`, or in the default language when it is not shipped."""
        return self.words.get(language) or self.words[self.pack.header.default_language]

    def sources_in(self, language: str) -> SourceWords:
        """What sources are called in `language`, or in the default language."""
        return self.sources.get(language) or self.sources[self.pack.header.default_language]

    def reference(self, keys: Iterable[str], language: str) -> str:
        """Where the sources of these keys can be read, divided by semicolons."""
        refs = {**self.pack.header.source_refs, **self.sources_in(language).reference}
        return "; ".join(refs[key] for key in keys if key in refs)

    def help_of(self, step: str, language: str) -> str:
        """A step's help article as Markdown; empty when there is none."""
        return self.help.get((language, step), "")

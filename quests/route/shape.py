"""The typed shape of route.toml: stages, steps, what proves them and what opens them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, StrictBool, StrictInt, model_validator

from app.packs import PackRules

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Line(StrEnum):
    """A strand of the route."""

    DOCUMENTS = "documents"
    MONEY = "money"
    FIELD = "field"
    VOICE = "voice"


class RuleStatus(StrEnum):
    """How sure we are of a rule, kept from the facts to the screen."""

    VERIFIED = "V"
    ANALOGOUS = "A"
    UNVERIFIED = "M"
    DERIVED = "D"
    UNKNOWN = "?"

    @property
    def may_be_shown_as_answer(self) -> bool:
        """Whether a drafted answer of this status is shown before a lawyer has cleared it."""
        return self not in (RuleStatus.UNVERIFIED, RuleStatus.UNKNOWN)


class EvidenceKind(StrEnum):
    """What can prove a step."""

    FORM = "form"
    UPLOAD = "upload"
    CHECKLIST = "checklist"
    QUIZ = "quiz"
    DATE = "date"
    TEAM = "team"
    MEETING = "meeting"
    FACT = "fact"


class Review(StrEnum):
    """Whose queue evidence goes to before it counts."""

    ORGANISATION = "organisation"
    COALITION = "coalition"
    LAWYER = "lawyer"
    DESIGNER = "designer"


class FieldType(StrEnum):
    """What a form field asks for."""

    YESNO = "yesno"
    CHOICE = "choice"
    TEXT = "text"
    LONGTEXT = "longtext"
    DATE = "date"
    NUMBER = "number"
    PHONE = "phone"
    EMAIL = "email"
    URL = "url"


class When(PackRules):
    """A day counted from a legal deadline or an anchor."""

    deadline: Key
    days: StrictInt = 0


class Condition(PackRules):
    """What opens a step or makes it apply: exactly one way of saying it."""

    all: tuple[Condition, ...] | None = Field(default=None, min_length=1)
    any: tuple[Condition, ...] | None = Field(default=None, min_length=1)
    count: tuple[Condition, ...] | None = Field(default=None, min_length=1)
    not_: Condition | None = Field(default=None, alias="not")
    step: Key | None = None
    fact: str | None = Field(default=None, min_length=1)
    at_least: StrictInt | None = Field(default=None, ge=1)
    answer: str | None = Field(default=None, pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")
    is_: str | None = Field(default=None, alias="is")
    in_: tuple[str, ...] | None = Field(default=None, alias="in", min_length=1)
    reached: When | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        ways = (self.all, self.any, self.count, self.not_, self.step, self.fact, self.answer)
        said = sum(way is not None for way in (*ways, self.reached))
        if said != 1:
            raise ValueError("say exactly one of all, any, not, count, step, fact, answer, reached")
        counted = self.count is not None or self.fact is not None
        if (self.at_least is not None) != counted:
            raise ValueError("at_least belongs to count and fact, and they need it")
        chosen = (self.is_ is not None) + (self.in_ is not None)
        if chosen != (1 if self.answer is not None else 0):
            raise ValueError("an answer needs either is or in")
        return self

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The conditions this one is made of; empty for a leaf."""
        if self.not_ is not None:
            return (self.not_,)
        return self.all or self.any or self.count or ()

    @property
    def wanted(self) -> tuple[str, ...]:
        """The answers that would satisfy an answer condition."""
        if self.is_ is not None:
            return (self.is_,)
        return self.in_ or ()

    @property
    def answer_of(self) -> AnswerFact | None:
        """The step and field an answer condition asks about."""
        if self.answer is None:
            return None
        step, _, name = self.answer.partition(".")
        return AnswerFact(step=step, field=name)

    def leaves(self) -> Iterator[Condition]:
        """Every leaf below this condition, itself when it is one."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


def _no_review(value: object) -> object:
    return None if value == "" else value


class Evidence(PackRules):
    """One thing that must be proved before a step is done."""

    kind: EvidenceKind
    key: Key
    at_least: StrictInt = Field(default=1, ge=1)
    pass_mark: StrictInt | None = Field(default=None, alias="pass", ge=1)
    review: Annotated[Review | None, BeforeValidator(_no_review)] = None
    reached: When | None = None
    fact: str | None = Field(default=None, min_length=1)
    unless: Condition | None = None
    """An answer of the step's own form that makes this evidence needless."""


class FormField(PackRules):
    """One question of a step's form."""

    key: Key
    type: FieldType
    required: StrictBool = False
    options: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    warn: tuple[str, ...] = ()
    max: StrictInt | None = None
    min: StrictInt | None = None
    seal: StrictBool = False
    day_of: str | None = Field(default=None, alias="from", min_length=1)
    """The fact whose day is offered while nothing was written: one day is asked for once."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The values that may be chosen; empty when any text may be written."""
        return ("yes", "no") if self.type is FieldType.YESNO else self.options


class QuizQuestion(PackRules):
    """A question of a step's quiz, with the one right option."""

    key: Key
    options: tuple[str, ...] = Field(min_length=2)
    right: str


class Item(PackRules):
    """One line of a step's checklist."""

    key: Key


class FileItem(PackRules):
    """One file a step asks for."""

    key: Key
    required: StrictBool = True


class StepRule(PackRules):
    """A rule of law a step rests on; its words are in the texts."""

    key: Key
    source: str
    source_keys: tuple[str, ...] = ()
    status: RuleStatus


class Stage(PackRules):
    """A stretch of the route."""

    key: Key


class Step(PackRules):
    """A station of the route."""

    key: Key
    stage: Key
    line: Line
    interchange: StrictBool = False
    side: StrictBool = False
    minutes: StrictInt = Field(ge=1)
    days: StrictInt = Field(ge=0)
    who: tuple[str, ...] = ("candidate",)
    repeatable: StrictBool = False
    points: StrictInt = Field(default=0, ge=0)
    opens: Condition | None = None
    applies: Condition | None = None
    due: When | None = None
    goal: When | None = None
    rule: tuple[StepRule, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    field: tuple[FormField, ...] = ()
    question: tuple[QuizQuestion, ...] = ()
    item: tuple[Item, ...] = ()
    file: tuple[FileItem, ...] = ()

    def need(self, evidence: Evidence) -> int:
        """How many make this evidence complete: files, ticks, right answers, people, or 1."""
        if evidence.kind is EvidenceKind.QUIZ:
            return evidence.pass_mark or len(self.question)
        if evidence.kind is EvidenceKind.CHECKLIST:
            return len(self.item)
        return evidence.at_least

    def find_field(self, key: str) -> FormField | None:
        """The form field called `key`, if the step has it."""
        return next((field for field in self.field if field.key == key), None)


class AnchorAnswer(PackRules):
    """The date answer that tells a day of the campaign, such as the day papers were handed in."""

    key: Key
    answer: str = Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")

    @property
    def answer_of(self) -> AnswerFact:
        """The step and field that hold the day."""
        step, _, name = self.answer.partition(".")
        return AnswerFact(step=step, field=name)


class RouteShape(PackRules):
    """The whole of route.toml."""

    anchor: tuple[AnchorAnswer, ...] = ()

    stage: tuple[Stage, ...] = Field(min_length=1)
    step: tuple[Step, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class AnswerFact:
    """An answer the rules ask about."""

    step: str
    field: str


def evidence_fact(step: str, evidence: str) -> str:
    """The name of the fact that says how far a piece of evidence is."""
    return f"evidence:{step}:{evidence}"


def step_of_fact(fact: str) -> str | None:
    """Give the step whose evidence a fact of ``evidence_fact`` is about; None for other facts."""
    family, _, rest = fact.partition(":")
    step, _, evidence = rest.partition(":")
    return step if family == "evidence" and evidence else None


def answer_fact(step: str, field_key: str) -> str:
    """The name of the fact that carries an answer."""
    return f"answer:{step}:{field_key}"

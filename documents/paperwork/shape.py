"""The shape of a pack's document kinds: answers, forms, fixed wording, and how sure we are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from app.packs import PackRules

KEY = r"^[a-z][a-z0-9_]*$"
RuleStatus = Literal["V", "A", "M", "D", "?"]


class AnswerType(StrEnum):
    """What kind of answer it is: how it is asked, checked and printed."""

    LINE = "line"
    TEXT = "text"
    NAME = "name"
    NAME_RU = "name_ru"
    DATE = "date"
    CHOICE = "choice"
    PASSPORT = "passport"
    UNIT_CODE = "unit_code"
    INN = "inn"


class Suggestion(StrEnum):
    """What the portal knows and offers until somebody has answered."""

    COUNCIL = "council"
    DISTRICT_NUMBER = "district_number"
    DISTRICT_NAME = "district_name"
    POLLING_DAY = "polling_day"


class Overflow(StrEnum):
    """What happens to a text that does not fit even in the smallest type."""

    CONTINUE = "continue"
    REFUSE = "refuse"


class Sourced(PackRules):
    """Something with a source: where it was read and how sure we are of it."""

    source: str = Field(min_length=1)
    source_keys: tuple[str, ...] = ()
    status: RuleStatus


class PatternWarning(PackRules):
    """Advice shown when what was typed looks like this; it stops nothing."""

    key: str = Field(pattern=KEY)
    pattern: str = Field(min_length=1)
    matches: bool = True
    """Warn when it matches; otherwise when it does not."""


class When(PackRules):
    """The answer is asked only when another one is among these."""

    answer: str
    among: tuple[str, ...] = Field(min_length=1)


class Answer(PackRules):
    """One answer of a campaign, whatever papers it goes into."""

    key: str = Field(pattern=KEY)
    type: AnswerType = AnswerType.LINE
    longest: int = Field(default=200, ge=1, le=2000)
    options: tuple[str, ...] = ()
    seal: bool = False
    suggest: Suggestion | None = None
    warn: tuple[PatternWarning, ...] = ()
    future: bool = False
    """For days: whether it may lie ahead."""


class FormField(Sourced):
    """A place of the form that an answer fills."""

    answer: str = Field(pattern=KEY)
    required: bool = True
    when: When | None = None
    room: int = Field(default=200, ge=1)
    """Characters that fit in the normal type."""
    overflow: Overflow = Overflow.CONTINUE


class InterviewPage(PackRules):
    """A small page of questions."""

    key: str = Field(pattern=KEY)
    fields: tuple[str, ...] = Field(min_length=1)


class Phrase(Sourced):
    """Fixed wording; ``{answer}`` in it is a place for an answer."""

    key: str = Field(pattern=KEY)
    text: str = Field(min_length=1)


class HandPlace(Sourced):
    """What must stay blank for a hand: never filled in by the portal."""

    key: str = Field(pattern=KEY)
    caption: str = Field(min_length=1)
    """Printed beside the blank, in the form's language."""


class PrintedWords(PackRules):
    """What every form of this kind says of itself, in the form's language."""

    title: str = Field(min_length=1)
    draft: str = Field(min_length=1)
    draft_why: str = Field(min_length=1)
    preview: str = Field(min_length=1)
    continued: str = Field(min_length=1)
    continuation: str = Field(min_length=1)
    number: str = Field(min_length=1)
    code: str = Field(min_length=1)
    """What the QR code is, for whoever can't see it."""


class AgeCheck(Sourced):
    """The person must be this old on polling day."""

    answer: str
    at_least: int | None = Field(default=None, ge=0)
    """Years; None: not known, so nothing is checked and the page says so."""


class FormVersion(PackRules):
    """One edition of the form and the days it applies to; None: not known."""

    id: str = Field(min_length=1)
    layout: str = Field(pattern=r"^[a-z0-9_]+\.html$")
    applies_from: date | None = None
    applies_to: date | None = None
    official: bool
    """Whether its wording has been compared with the official form."""
    verified_on: date | None = None


class DocumentKind(PackRules):
    """A kind of paper: what it asks, what it says, where it goes."""

    key: str = Field(pattern=KEY)
    code: str = Field(pattern=r"^[A-Z0-9]+$")
    """Begins the number of an issued paper."""
    step: str = Field(pattern=KEY)
    needed_by: tuple[str, ...] = ()
    queue: Literal["organisation", "coalition", "lawyer", "designer"]
    language: str
    version: tuple[FormVersion, ...] = Field(min_length=1)
    page: tuple[InterviewPage, ...] = Field(min_length=1)
    field: tuple[FormField, ...] = Field(min_length=1)
    phrase: tuple[Phrase, ...] = ()
    hand: tuple[HandPlace, ...] = Field(min_length=1)
    age: tuple[AgeCheck, ...] = ()
    label: Mapping[str, str]
    """What each answer is called on the added sheet."""
    words: PrintedWords
    printed: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    """How the options of a choice are printed on this form, in its language."""


class AnswersShape(PackRules):
    """The whole of documents/answers.toml."""

    answer: tuple[Answer, ...] = Field(min_length=1)


class AnswerWords(PackRules):
    """What an answer is called on the screen."""

    label: str = Field(min_length=1)
    help: str = ""
    options: Mapping[str, str] = Field(default_factory=dict)
    warn: Mapping[str, str] = Field(default_factory=dict)


class KindWords(PackRules):
    """What a kind of paper is called on the screen, and what one has to know about it."""

    title: str = Field(min_length=1)
    why: str = Field(min_length=1)
    draft: str = ""
    """Why the form is only a draft, shown beside the mark."""
    sign: tuple[str, ...] = Field(min_length=1)
    """What to do with the printed paper, in order."""
    page: Mapping[str, str]
    hand: Mapping[str, str]


class DocumentWords(PackRules):
    """The whole of documents/texts.<language>.toml."""

    answer: Mapping[str, AnswerWords]
    kind: Mapping[str, KindWords]

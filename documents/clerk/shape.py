"""The shape of a pack's clerk.toml: each rule is one of a few checks, with source and status."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from app.packs import PackRules
from documents.paperwork.shape import KEY, Sourced, When

PLACE = r"^(?:hand:[a-z0-9_]+\.[a-z0-9_]+|(?:day|answer|issued):[a-z][a-z0-9_]*|today)$"
"""A day: written by hand, of the calendar, answered, of an issue, or the present one."""


class Severity(StrEnum):
    """Whether a finding keeps the papers from being filed."""

    STOP = "stop"
    WARN = "warn"


class PaperCheck(StrEnum):
    """What is looked at in every paper by itself."""

    UNANSWERED = "unanswered"
    UNKNOWN = "unknown"
    UNISSUED = "unissued"
    UNMADE = "unmade"
    STALE = "stale"
    UNSIGNED = "unsigned"
    UNBROUGHT = "unbrought"
    PAGES = "pages"
    CODE = "code"
    RETURNED = "returned"
    UNCHECKED = "unchecked"
    DRAFT = "draft"
    UNDATED = "undated"
    EARLY = "early"
    AHEAD = "ahead"


class ClerkRule(Sourced):
    """What every rule has."""

    key: str = Field(pattern=KEY)
    severity: Severity = Severity.WARN
    when: tuple[When, ...] = ()
    """All must hold; without any it always applies."""


class OfPaper(ClerkRule):
    """One thing about every paper, or about the named ones."""

    check: Literal["paper"]
    looks: PaperCheck
    kinds: tuple[str, ...] = ()


class Same(ClerkRule):
    """Answers on the left read, joined by spaces, letter for letter like those on the right."""

    check: Literal["same"]
    left: tuple[str, ...] = Field(min_length=1)
    right: tuple[str, ...] = Field(min_length=1)


class Differs(ClerkRule):
    """Answers on the left are not the same as those on the right."""

    check: Literal["differs"]
    left: tuple[str, ...] = Field(min_length=1)
    right: tuple[str, ...] = Field(min_length=1)


class Across(ClerkRule):
    """Every issued paper that says it says it alike."""

    check: Literal["across"]
    answers: tuple[str, ...] = Field(min_length=1)
    kinds: tuple[str, ...] = ()


class Known(ClerkRule):
    """Answers read like what the portal knows of the election or the candidate."""

    check: Literal["known"]
    known: Literal["council", "district_number", "district_name", "polling_day", "candidate_name"]
    answers: tuple[str, ...] = Field(min_length=1)
    inflected: bool = False
    """Endings of words may differ, as in another case of Russian."""
    any_order: bool = False
    beside: tuple[str, ...] = ()
    """Words that a full name has around the short one that the portal knows, in any case."""
    whole: tuple[str, ...] = ()
    """Those of them that make a name the full one; such a name is compared word by word."""


class Contains(ClerkRule):
    """The issued sheet has this wording."""

    check: Literal["contains"]
    kinds: tuple[str, ...] = Field(min_length=1)
    texts: tuple[str, ...] = Field(min_length=1)


class Blank(ClerkRule):
    """No day is printed where a hand has to write one."""

    check: Literal["blank"]
    kinds: tuple[str, ...] = ()


class Pattern(ClerkRule):
    """Each answer, or column of a table (``table.column``), looks so; or must not."""

    check: Literal["pattern"]
    answers: tuple[str, ...] = Field(min_length=1)
    pattern: str = Field(min_length=1)
    must: bool


class Words(ClerkRule):
    """Each answer has at most so many words."""

    check: Literal["words"]
    answers: tuple[str, ...] = Field(min_length=1)
    most: int = Field(ge=1)


class Tidy(ClerkRule):
    """No double spaces, strange hyphens or letters of two alphabets in a word; all answers."""

    check: Literal["tidy"]


class Spelled(ClerkRule):
    """A name stands elsewhere with the same е and ё and the same capitals as in these answers."""

    check: Literal["spelled"]
    answers: tuple[str, ...] = Field(min_length=1)


class Age(ClerkRule):
    """Somebody is old enough on a day of the calendar, or on polling day."""

    check: Literal["age"]
    answer: str
    at_least: int = Field(ge=1, le=100)
    on: str = "polling_day"


class Order(ClerkRule):
    """One day is not later than another."""

    check: Literal["order"]
    earlier: str = Field(pattern=PLACE)
    later: str = Field(pattern=PLACE)
    strict: bool = False
    """The same day is too late already."""


class MonthStart(ClerkRule):
    """An answered day is the first of the month in which a day of the calendar lies."""

    check: Literal["month_start"]
    answer: str
    of: str


class YearBefore(ClerkRule):
    """An answered year is the one before the year of a day of the calendar."""

    check: Literal["year_before"]
    answer: str
    of: str


class Count(ClerkRule):
    """A table has this many rows, all together or for each value of a column."""

    check: Literal["count"]
    table: str
    least: int = Field(default=0, ge=0)
    most: int | None = Field(default=None, ge=0)
    by: str = ""


class NotNegative(ClerkRule):
    """The sums on one side are not smaller than those on the other."""

    check: Literal["not_negative"]
    plus: tuple[str, ...] = Field(min_length=1)
    minus: tuple[str, ...] = Field(min_length=1)


class AtMost(ClerkRule):
    """An answered number is not greater than this."""

    check: Literal["at_most"]
    answer: str
    most: int


class AnyOf(ClerkRule):
    """At least one of the answers is among these."""

    check: Literal["any_of"]
    answers: tuple[str, ...] = Field(min_length=1)
    among: tuple[str, ...] = Field(min_length=1)


class Needs(ClerkRule):
    """What was answered asks for a paper that has to be there."""

    check: Literal["needs"]
    paper: str
    answered: tuple[str, ...] = ()
    """Any of these; without any only ``when`` decides."""


class Excludes(ClerkRule):
    """Of these papers only one can be handed in."""

    check: Literal["excludes"]
    kinds: tuple[str, ...] = Field(min_length=2)


class Tell(ClerkRule):
    """Something a person has to compare that no program can; said once it applies."""

    check: Literal["tell"]
    answers: tuple[str, ...] = Field(min_length=1)


class Deadline(ClerkRule):
    """The papers are accepted by a day of the calendar."""

    check: Literal["deadline"]
    kinds: tuple[str, ...] = Field(min_length=1)
    day: str


AnyRule = Annotated[
    OfPaper
    | Same
    | Differs
    | Across
    | Known
    | Contains
    | Blank
    | Pattern
    | Words
    | Tidy
    | Spelled
    | Age
    | Order
    | MonthStart
    | YearBefore
    | Count
    | NotNegative
    | AtMost
    | AnyOf
    | Needs
    | Excludes
    | Tell
    | Deadline,
    Field(discriminator="check"),
]


class ClerkShape(PackRules):
    """The whole of documents/clerk.toml."""

    rule: tuple[AnyRule, ...] = Field(min_length=1)


class RuleWords(PackRules):
    """A rule in words; ``what`` and ``mend`` have places for what was found."""

    rule: str = Field(min_length=1)
    what: str = Field(min_length=1)
    mend: str = Field(min_length=1)


class ClerkWords(PackRules):
    """The whole of documents/clerk.<language>.toml."""

    rule: Mapping[str, RuleWords]

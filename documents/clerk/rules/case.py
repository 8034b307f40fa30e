"""The case on the clerk's desk, and what comes of looking at it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from documents.clerk.shape import ClerkRule, Severity
from documents.paperwork.rules.answers import NOTHING, Given
from documents.paperwork.rules.interview import Asked, Interview, Table
from documents.paperwork.rules.scans import CodeVerdict
from documents.paperwork.rules.standing import Difference, IssueState, RowChange, State
from documents.paperwork.shape import Answer, DocumentKind

Param = str | int | date


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenScan:
    """One file of a signed paper."""

    id: int
    pages: int
    of_newest: bool
    code: CodeVerdict
    page_numbers: Sequence[Sequence[int]] | None
    """Which pages of the paper those of the file are; None when no code said it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One paper as the clerk sees it."""

    kind: DocumentKind
    interview: Interview
    wanted: bool
    """Whether the answers ask for it, or somebody has begun it."""
    state: State = State.DRAFT
    issue: IssueState | None = None
    number: str = ""
    issued_on: date | None = None
    official: bool = True
    pages: int = 0
    stale: bool = False
    changed: tuple[Difference, ...] = ()
    rows_changed: tuple[RowChange, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)
    """The answers on the newest issued version."""
    tables: Mapping[str, Table] = field(default_factory=dict)
    sheet: str = ""
    """What the newest issued version says; bare words where a rule reads them."""
    scans: tuple[SeenScan, ...] = ()
    dates: Mapping[str, date] = field(default_factory=dict)
    """The days written by hand, by place, as somebody read them off the paper."""

    @property
    def is_issued(self) -> bool:
        """Say whether a version was issued and its file is there."""
        return self.issue is IssueState.READY

    @property
    def signed(self) -> tuple[SeenScan, ...]:
        """Give the scans of the newest version; of a paper made elsewhere all."""
        return tuple(scan for scan in self.scans if scan.of_newest or not self.kind.is_printed)

    @property
    def date_places(self) -> tuple[str, ...]:
        """Give the places of the form where a hand writes a day."""
        return tuple(place.key for place in self.kind.hand if is_date_place(place.key))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything the checks look at; loaded once, never asked for again."""

    today: date
    answers: Mapping[str, Answer]
    papers: Mapping[str, Seen]
    days: Mapping[str, date | None] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, Asked] = field(default_factory=dict)
    """The questions of all wanted papers by answer, each once."""
    places: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Where each of them is asked: paper and page."""
    given: Mapping[str, Given] = field(default_factory=dict)

    @property
    def wanted(self) -> Iterator[Seen]:
        """Give the papers that have to be there."""
        return (seen for seen in self.papers.values() if seen.wanted)

    def text(self, key: str) -> str:
        """Give an answer that some wanted paper asks for; empty otherwise."""
        return self.asked[key].given.text if key in self.asked else ""

    def table(self, key: str) -> Given:
        """Give a table that some wanted paper asks for; nothing otherwise."""
        return self.asked[key].given if key in self.asked else NOTHING

    def substance(self, key: str) -> str:
        """Give all that was answered as one text, for telling it from another answer."""
        rows = (" ".join(row.values.values()) for row in self.table(key).rows)
        return " | ".join((self.text(key), *rows))

    def joined(self, keys: tuple[str, ...]) -> str:
        """Give several answers as one text."""
        return " ".join(text for text in map(self.text, keys) if text)

    def among(self, kinds: tuple[str, ...]) -> Iterator[Seen]:
        """Give the wanted papers of these kinds, or all of them when none is named."""
        return (seen for seen in self.wanted if not kinds or seen.kind.key in kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts that should read alike, of one answer."""

    key: str
    one: str
    other: str
    kind: str = ""
    """The paper that says the other, if it is a paper."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a rule found, and where; words are the pack's."""

    rule: str
    severity: Severity
    kind: str = ""
    """The paper; empty when it is about answers alone."""
    answers: tuple[str, ...] = ()
    params: Mapping[str, Param] = field(default_factory=dict)
    pairs: tuple[Pair, ...] = ()
    more: tuple[str, ...] = ()
    """What else has to stay the same for a confirmation to hold."""

    @cached_property
    def substance(self) -> tuple[str, ...]:
        """Give what was found, for telling it from another finding of the same rule."""
        told = (f"{key}={value}" for key, value in sorted(self.params.items()))
        pairs = (f"{pair.key}|{pair.one}|{pair.other}|{pair.kind}" for pair in self.pairs)
        return (self.rule, self.kind, *self.answers, *told, *pairs, *self.more)


def case_of(
    papers: Mapping[str, Seen],
    answers: Mapping[str, Answer],
    *,
    today: date,
    days: Mapping[str, date | None],
    known: Mapping[str, str],
    locked: Container[str] = (),
) -> Case:
    """Give the case with these papers; an answer that several of them ask is one answer.

    ``locked``: the kinds that are not open yet; an answer is mended elsewhere where that can be.
    """
    asked: dict[str, Asked] = {}
    places: dict[str, tuple[str, str]] = {}
    given: dict[str, Given] = {}
    first: dict[str, tuple[bool, bool]] = {}
    for key, paper in papers.items():
        for page in paper.interview.pages:
            for question in page.questions:
                name = question.answer.key
                given.setdefault(name, question.given)
                # The strictest of the papers that ask it decides whether it is missing; of
                # those alike the first that is open, or somebody would be led to a locked one.
                rank = question.is_in_the_way, key not in locked
                if paper.wanted and question.asked and (name not in first or rank > first[name]):
                    first[name] = rank
                    asked[name], places[name] = question, (key, page.page.key)
    return Case(
        today=today,
        answers=answers,
        papers=papers,
        days=days,
        known=known,
        asked=asked,
        places=places,
        given=given,
    )


Looked = Iterator[Finding | None]
"""One item for each thing looked at: what is wrong with it, or None."""


def is_date_place(key: str) -> bool:
    """Say whether a place for a hand is for a day."""
    return key == "date" or key.endswith("_date")


def found(
    rule: ClerkRule,
    *,
    kind: str = "",
    answers: tuple[str, ...] = (),
    params: Mapping[str, Param] | None = None,
    pairs: tuple[Pair, ...] = (),
    more: tuple[str, ...] = (),
) -> Finding:
    """Give a finding of a rule."""
    return Finding(
        rule=rule.key,
        severity=rule.severity,
        kind=kind,
        answers=answers,
        params=params or {},
        pairs=pairs,
        more=more,
    )

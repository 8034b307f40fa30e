"""The league screens as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.web.pages import Page

Tab = tuple[str, str, bool, int | None]
BarPart = tuple[int, int, str]
"""Where it begins and how wide it is, in per cent, and the line's key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateView:
    """One row of a league of candidates."""

    place: int
    name: str
    href: str
    organisation: str
    points: int
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnView:
    """Where the reader's own campaign stands."""

    place: int
    size: int
    points: int
    name: str
    href: str
    listed: bool
    show_href: str
    """The page of the league on which it stands; empty when it is not named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClubView:
    """One row of the league of organisations; without a place it shows no figures."""

    place: int | None
    name: str
    index: str
    people: str
    """Its candidates, or the active people by whom its points are divided."""
    parts: tuple[BarPart, ...]
    """The bar: where each part begins, how wide it is, whose line it is; in per cent."""
    parts_words: str
    parts_said: str
    """For those who can't see the bar."""
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """What points are given for."""

    title: str
    text: str
    points: int | None
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceView:
    """One entry of a choice."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Surround:
    """What all leagues have around them."""

    tabs: tuple[Tab, ...]
    periods: tuple[Tab, ...]
    since: date | None
    """The Monday of the week shown; None for all time."""
    rules: tuple[RuleView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatesPage(Page):
    """A league of candidates, of an organisation or of the coalition."""

    template: ClassVar[str] = "ranking/candidates.html"
    title: str
    around: Surround
    organisations: tuple[ChoiceView, ...]
    hidden: tuple[tuple[str, str], ...]
    """What the form that chooses an organisation carries along."""
    own: tuple[OwnView, ...]
    rows: tuple[CandidateView, ...]
    by_organisation: bool
    first: int
    last: int
    size: int
    head: str | None
    earlier: str | None
    later: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationsPage(Page):
    """The league of organisations by what each candidate, or each person, has done."""

    template: ClassVar[str] = "ranking/organisations.html"
    title: str
    around: Surround
    measures: tuple[Tab, ...]
    by_capacity: bool
    rows: tuple[ClubView, ...]
    too_small: tuple[ClubView, ...]
    fewest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OffPage(Page):
    """What people of an organisation see that has switched the game off."""

    template: ClassVar[str] = "ranking/off.html"
    home: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One line of a journal: the rule's words, what it was about, and where that can be seen."""

    at: datetime
    title: str
    about: str
    href: str
    points: str
    line: str
    takes_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalPage(Page):
    """Everything a place is made of, line by line."""

    template: ClassVar[str] = "ranking/journal.html"
    campaign_id: int
    name: str
    organisation: str
    league: str
    periods: tuple[Tab, ...]
    since: date | None
    points: int
    sums: tuple[tuple[str, str, int], ...]
    """Line's key, line's title, points."""
    written: tuple[EntryView, ...]
    later: str | None
    may_choose: bool
    absent: bool
    rules: tuple[RuleView, ...]

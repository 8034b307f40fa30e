"""What a planted coalition consists of: places, words and answers of one language and pack."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Club:
    """An organisation: its names, its share of campaigns and how fast its campaigns go."""

    name: str
    short_name: str
    capacity: int
    share: float
    vigour: float
    game_on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A district to run in."""

    council: str
    number: str
    name: str
    seats: int
    electors: int
    places_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What an answer may depend on: the day it is given, chance, and what was said before."""

    day: date
    random: Random
    said: Mapping[str, str]


Said = str | tuple[str, ...] | Callable[[Moment], str]
"""An answer: a fixed one, one of several, or one that depends on the moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question somebody asked on a step; ``answer`` is empty while nobody has answered."""

    step: str
    words: str
    answer: str = ""
    follow_up: str = ""
    public: bool = True
    days_ago: float = 3
    article: str = ""


class Poll(StrEnum):
    """In which election of the coalition somebody stands."""

    MAIN = "main"
    """The one all others stand in."""
    OPEN = "open"
    """A by-election for which papers are taken these days."""
    NEAR = "near"
    """A by-election in about two weeks: its candidates are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Featured:
    """A campaign that is there to be looked at: where it runs and how far it has come."""

    spot: str
    """Whose sign-in this is; empty: nobody’s."""
    poll: Poll
    place: Place
    """A district of its own, so that its papers can name it throughout."""
    goals: tuple[str, ...]
    """The steps it has done, with all that had to be done before them."""
    rests: timedelta
    """For how long nothing was done on the route."""
    answers: Mapping[str, Mapping[str, Said]]
    """What it answers otherwise than chance would have it, by step."""
    papers: Mapping[str, str]
    """What its papers say otherwise than those of the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Everything a coalition is invented from."""

    slug: str
    name: str
    language: str
    pack_id: str
    election: str
    timezone: str
    clubs: tuple[Club, ...]
    places: tuple[Place, ...]
    people: Callable[[Random, int], list[str]]
    answers: Mapping[str, Mapping[str, Said]]
    earliest: Mapping[str, tuple[str, int]]
    reasons: Mapping[str, Sequence[str]]
    """Why work is sent back, by "step:kind of proof", "queue:kind" or the kind alone."""
    questions: Sequence[Asked]
    meetings: Sequence[tuple[str, str]]
    declined: Sequence[str]
    phone: str
    broken_word: str = ""
    """The step whose form names a day that some let pass without doing the rest."""
    papers_say: Mapping[str, str]
    """How the papers of those one can sign in as name the district; it is filled in."""
    featured: tuple[Featured, ...] = ()
    by_election: str = ""
    """What a by-election is called; the name of the district and the year are filled in."""
    nominations: tuple[str, str] = ("", "")
    """The days between which papers are taken at a by-election: deadlines of the pack."""

    def reasons_for(self, step: str, kind: str, queue: str) -> Sequence[str]:
        """Give why such work is sent back: of this step, of such proof in the queue, of any."""
        known = (f"{step}:{kind}", f"{queue}:{kind}", kind)
        return next(self.reasons[key] for key in known if key in self.reasons)

    def featured_at(self, council: str, number: str, name: str) -> Featured | None:
        """Give the featured campaign of a district."""
        asked = (council, number, name)
        places = ((one, one.place) for one in self.featured)
        return next((one for one, at in places if (at.council, at.number, at.name) == asked), None)

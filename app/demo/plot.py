"""What a planted coalition consists of: places, words and answers of one language and pack."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
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

    def reasons_for(self, step: str, kind: str, queue: str) -> Sequence[str]:
        """Give why such work is sent back: of this step, of such proof in the queue, of any."""
        known = (f"{step}:{kind}", f"{queue}:{kind}", kind)
        return next(self.reasons[key] for key in known if key in self.reasons)

"""What a language must be able to say about a deadline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.calendar.rules import RuleKind


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorWords:
    """An anchor in three places of a sentence."""

    of: str
    """After "before" and "after"."""
    on: str
    """"On the day of ..."."""
    name: str
    """As the name of a date that is not known yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What there is to say about the count of one deadline."""

    kind: RuleKind
    count: int
    anchor: AnchorWords
    is_known: bool
    holidays: tuple[date, ...]
    """Excluded weekdays the count passed over, in order."""
    moved_from: date | None
    """The last day before it was moved to a working day; None when it was not moved."""
    moved_to: date | None
    is_clamped: bool
    """True when the month has no such day and its last day stands for it."""


class Wording(Protocol):
    """The sentences of one language."""

    @property
    def anchors(self) -> Mapping[str, AnchorWords]:
        """Words for every anchor."""

    @property
    def unscheduled(self) -> str:
        """There is no calendar day."""

    def on_the_day(self, of: str) -> str:
        """ "On the day of" something that is a deadline itself."""

    def clause(self, counted: Counted) -> str:
        """How the day is counted."""

    def held_back(self, anchor: AnchorWords) -> str:
        """The day of another event decides, since it is later."""

    def not_in_force(self, since: date | None, until: date | None) -> str:
        """The rule does not govern this election."""

    def missing(self, names: Sequence[str]) -> str:
        """Which dates must be known first; any one of them is enough."""

    def sentences(self, parts: Sequence[str]) -> str:
        """The parts as sentences; a single one has no full stop."""


def joined_sentences(parts: Sequence[str]) -> str:
    """Parts with a capital first; full stops only when there are several."""
    capital = [part[:1].upper() + part[1:] for part in parts]
    if len(capital) == 1:
        return capital[0].rstrip(".")
    return " ".join(part if part.endswith((".", "?", "!", "…")) else f"{part}." for part in capital)


def grouped_days(days: Sequence[date], months: Sequence[str]) -> list[tuple[list[int], str]]:
    """Days of the month under the name of their month, both in order."""
    groups: list[tuple[list[int], str]] = []
    for day in days:
        month = months[day.month - 1]
        if groups and groups[-1][1] == month:
            groups[-1][0].append(day.day)
        else:
            groups.append(([day.day], month))
    return groups

"""Which lines the journal of points gets for what happened: the only place that decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

LINES = ("documents", "money", "field", "voice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something verified that may be worth points, or the taking back of it."""

    rule: str
    source: str
    """Which step, paper, door … of the campaign it was: its number, or its key in the pack."""
    undone: bool = False

    @property
    def about(self) -> tuple[str, str]:
        """What earns points once: one source under one rule."""
        return (self.rule, self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What a deed is worth, and how often in a day and in all; None: as often as it is done."""

    points: int
    line: str
    per_day: int | None = None
    in_all: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """The latest award for a source, and whether it still stands; ``id`` None: not yet stored."""

    id: int | None
    turn: int
    points: int
    line: str
    day: date
    week: date
    stands: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line the journal gets. A claw-back has the points below zero and names its award.

    It belongs to the day and week of what it takes back, so that no week falls below zero and
    nobody pays this week for a slip of the last one.
    """

    rule: str
    source: str
    turn: int
    points: int
    line: str
    day: date
    week: date
    takes_back: Award | None = None


@dataclass(slots=True, kw_only=True)
class Spent:
    """How many sources count under each rule: in all, and on the day of this transaction."""

    in_all: dict[str, int] = field(default_factory=dict)
    today: dict[str, int] = field(default_factory=dict)

    def add(self, rule: str, number: int, *, on_this_day: bool) -> None:
        """Count a source in, or out with -1."""
        self.in_all[rule] = self.in_all.get(rule, 0) + number
        if on_this_day:
            self.today[rule] = self.today.get(rule, 0) + number


def lines_for(
    deeds: Iterable[Deed],
    worth_of: Callable[[Deed], Worth | None],
    known: Mapping[tuple[str, str], Award],
    spent: Spent,
    *,
    day: date,
    week: date,
) -> tuple[Line, ...]:
    """Give the journal's new lines, in the order of the deeds; ``spent`` is counted on.

    What counts already counts once; what does not count can't be taken back. A source that was
    taken back and is done again gets its points again, as the next turn. What is over a limit gets
    no line, so that the same source may still earn its points on another day.
    """
    awards = dict(known)
    lines: list[Line] = []
    for deed in deeds:
        award = awards.get(deed.about)
        line = (
            _taken(deed, award)
            if deed.undone
            else _given(deed, worth_of(deed), award, spent, day=day, week=week)
        )
        if line is None:
            continue
        lines.append(line)
        spent.add(deed.rule, -1 if deed.undone else 1, on_this_day=line.day == day)
        awards[deed.about] = _after(line, award)
    return tuple(lines)


def _taken(deed: Deed, award: Award | None) -> Line | None:
    if award is None or not award.stands:
        return None
    return Line(
        rule=deed.rule,
        source=deed.source,
        turn=award.turn,
        points=-award.points,
        line=award.line,
        day=award.day,
        week=award.week,
        takes_back=award,
    )


def _given(
    deed: Deed, worth: Worth | None, award: Award | None, spent: Spent, *, day: date, week: date
) -> Line | None:
    if worth is None or worth.points <= 0 or (award is not None and award.stands):
        return None
    if _is_full(worth.per_day, spent.today.get(deed.rule, 0)):
        return None
    if _is_full(worth.in_all, spent.in_all.get(deed.rule, 0)):
        return None
    return Line(
        rule=deed.rule,
        source=deed.source,
        turn=award.turn + 1 if award else 1,
        points=worth.points,
        line=worth.line,
        day=day,
        week=week,
    )


def _is_full(limit: int | None, counted: int) -> bool:
    return limit is not None and counted >= limit


def _after(line: Line, award: Award | None) -> Award:
    if line.takes_back is not None and award is not None:
        return replace(award, stands=False)
    return Award(
        id=None, turn=line.turn, points=line.points, line=line.line, day=line.day, week=line.week
    )


def lasting(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Leave out what was given and taken back within one transaction: it never happened."""
    fleeting = {
        (line.rule, line.source, line.turn)
        for line in lines
        if line.takes_back is not None and line.takes_back.id is None
    }
    return tuple(line for line in lines if (line.rule, line.source, line.turn) not in fleeting)

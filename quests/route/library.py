"""All packs of the program with their calendars, and a campaign's days under them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache
from pathlib import Path

from app.calendar import (
    ANCHOR_NAMES,
    Anchors,
    CalendarRules,
    Deadline,
    compute,
    compute_dates,
    load_calendar,
)
from quests.route.check import load_route
from quests.route.pack import RoutePack

PACKS = Path(__file__).resolve().parent.parent / "packs"
REMEMBERED_CALENDARS = 4096
"""Distinct sets of days kept; a coalition has a handful per election and day of filing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A campaign's days: deadlines and anchors alike, and the hours of those that have one."""

    dates: Mapping[str, date | None]
    times: Mapping[str, time]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackEntry:
    """A pack and its calendar."""

    route: RoutePack
    calendar: CalendarRules


@dataclass(slots=True, kw_only=True, eq=False)
class PackLibrary:
    """Every pack by its id; made once at the start of the program."""

    entries: Mapping[str, PackEntry]
    _days: dict[tuple[str, Anchors], Days] = field(default_factory=dict)

    def __getitem__(self, pack_id: str) -> RoutePack:
        return self.entries[pack_id].route

    def __contains__(self, pack_id: object) -> bool:
        return pack_id in self.entries

    def step_title(self, pack_id: str, step_key: str, language: str) -> str:
        """Give a step's title; its key when the pack, or the step in it, is gone."""
        if pack_id not in self.entries:
            return step_key
        known = self[pack_id].words_in(language).step.get(step_key)
        return known.title if known else step_key

    def days(self, pack_id: str, anchors: Anchors) -> Days:
        """Give the days of a campaign with these anchors; the same anchors are reckoned once."""
        key = (pack_id, anchors)
        found = self._days.get(key)
        if found is None:
            if len(self._days) >= REMEMBERED_CALENDARS:
                self._days.clear()
            found = self._days[key] = _reckon(self.entries[pack_id].calendar, anchors)
        return found

    def deadlines(self, pack_id: str, anchors: Anchors, language: str) -> Mapping[str, Deadline]:
        """Give every deadline with its day explained in words."""
        return _explained(self.entries[pack_id].calendar, anchors, language)


@lru_cache(maxsize=256)
def _explained(rules: CalendarRules, anchors: Anchors, language: str) -> Mapping[str, Deadline]:
    return compute(rules, anchors, language)


def _reckon(rules: CalendarRules, anchors: Anchors) -> Days:
    reckoned = compute_dates(rules, anchors)
    dates: dict[str, date | None] = {name: anchors.find(name) for name in ANCHOR_NAMES}
    dates.update({key: found.on for key, found in reckoned.items()})
    times = {key: found.at for key, found in reckoned.items() if found.at is not None}
    return Days(dates=dates, times=times)


def load_library(folder: Path = PACKS) -> PackLibrary:
    """Load and check every pack below a folder.

    Raises PackError or CalendarError when a pack can't be used.
    """
    entries = {
        path.parent.name: PackEntry(
            route=load_route(path.parent), calendar=load_calendar(path.parent / "calendar.toml")
        )
        for path in sorted(folder.glob("*/pack.toml"))
    }
    return PackLibrary(entries=entries)

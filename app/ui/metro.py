"""The metro map as plain values: what is said of each station, how lanes are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup


class StationStatus(StrEnum):
    """Where a step stands; the values are the ends of the map's class names."""

    DONE = "done"
    OPEN = "open"
    NOW = "now"
    WAITING = "waiting"
    RETURNED = "returned"
    LOCKED = "locked"
    OVERDUE = "overdue"
    NOT_APPLICABLE = "not_applicable"


class Track(StrEnum):
    """How a piece of a lane is drawn; the values are class names of static/css/metro.css."""

    TRAVELLED = "s"
    NEXT = "d"
    AHEAD = "p"
    NONE = "n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One of the lines of the map, from left to right."""

    key: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """A step that has to be done before a locked one opens."""

    title: str
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A step as the map shows it.

    ``line`` is the key of a lane. ``href`` is None for a locked step: its row then says
    ``locked_text`` and the ``locked_by`` links. ``note`` is a few words for the right-hand edge,
    ``note_tone`` one of "", "line", "warn", "alert", "quiet". ``current`` marks the page one reads.
    """

    key: str
    title: str
    line: str
    status: StationStatus
    href: str | None = None
    note: str = ""
    note_tone: str = ""
    interchange: bool = False
    side: bool = False
    current: bool = False
    locked_by: tuple[Opener, ...] = ()
    locked_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Stations one after another under a heading."""

    number: int
    title: str
    stations: tuple[Station, ...]


class DrawnStation(NamedTuple):
    """A station with the class of each lane's two halves in its row, and its own class."""

    station: Station
    tracks: tuple[str, ...]
    classes: str

    @property
    def rail(self) -> Markup:
        """Give the drawing of its row's lanes."""
        return rail(self.tracks)


class DrawnStage(NamedTuple):
    """A stage with the class of each lane in the row of its heading."""

    stage: Stage
    tracks: tuple[str, ...]
    stations: tuple[DrawnStation, ...]

    @property
    def rail(self) -> Markup:
        """Give the drawing of the lanes beside its heading."""
        return rail(self.tracks)


@lru_cache(maxsize=4096)
def rail(tracks: tuple[str, ...]) -> Markup:
    """Give one row of lanes; there are few different ones, and every map has dozens of rows."""
    return Markup("").join(Markup('<i class="{}"></i>').format(track) for track in tracks)


@dataclass(frozen=True, slots=True, kw_only=True)
class MetroMap:
    """The whole map: at most four lanes, stages in order."""

    lanes: tuple[Lane, ...]
    stages: tuple[Stage, ...]

    def drawn(self) -> tuple[DrawnStage, ...]:
        """Every stage with its lanes, ready for the template."""
        order = [station for stage in self.stages for station in stage.stations]
        columns = [_lane_tracks(lane.key, order) for lane in self.lanes]
        place = {lane.key: index for index, lane in enumerate(self.lanes)}
        drawn, at = [], 0
        for stage in self.stages:
            heading = tuple(column[at][0] * 2 for column in columns)
            stations = tuple(
                DrawnStation(
                    station=station,
                    tracks=tuple(column[at + row][0] + column[at + row][1] for column in columns),
                    classes=_classes(station, place.get(station.line, 0)),
                )
                for row, station in enumerate(stage.stations)
            )
            drawn.append(DrawnStage(stage=stage, tracks=heading, stations=stations))
            at += len(stage.stations)
        return tuple(drawn)


_ENTERED_BY = {
    StationStatus.DONE: Track.TRAVELLED,
    StationStatus.LOCKED: Track.AHEAD,
}


def _lane_tracks(key: str, order: list[Station]) -> list[tuple[str, str]]:
    """For each row and one lane: how it comes in from above and how it goes on below.

    A piece of a lane looks like the next station on it: travelled when that is done, dotted when it
    can be gone to now, pale when it is locked; past the last station there is nothing. Side steps
    and steps that do not apply are passed through.
    """
    below = Track.NONE.value
    tracks: list[tuple[str, str]] = []
    for station in reversed(order):
        stops_here = station.interchange or station.line == key
        passed = station.side or station.status is StationStatus.NOT_APPLICABLE
        above = below
        if stops_here and not passed:
            above = _ENTERED_BY.get(station.status, Track.NEXT).value
        tracks.append((above, below))
        below = above
    tracks.reverse()
    # The list is one longer than the rows, so that an empty last stage has tracks too.
    tracks.append((Track.NONE.value, Track.NONE.value))
    return tracks


def _classes(station: Station, lane: int) -> str:
    classes = f"station is-{station.status} on-{station.line} at-{lane}"
    if station.interchange:
        classes += " interchange"
    if station.side:
        classes += " side"
    if station.current:
        classes += " current"
    return classes

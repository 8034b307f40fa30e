"""What the planting of one coalition works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from app.demo.history import History
from app.demo.plot import Place, Plot
from app.demo.rows import Rows
from app.demo.samples import Samples
from app.demo.supply import Supply
from app.sealing import Seal
from quests.route.library import PackLibrary


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days of an election."""

    published: date | None
    polling: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A district to stand in, of an election that is held on these days."""

    election_id: int
    district_id: int
    place: Place
    days: Days


@dataclass(slots=True, kw_only=True)
class Setting:
    """The plot of a coalition, its days, and where its rows and its log go."""

    rows: Rows
    plot: Plot
    library: PackLibrary
    days: Days
    samples: Samples
    seal: Seal
    password_hash: str
    now: datetime
    random: Random
    base_url: str
    supply: Supply
    progress: Callable[[str, int, int], None]
    history: History

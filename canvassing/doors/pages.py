"""The pages of doors, one frozen dataclass a template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.web.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """A door in the grid."""

    id: int
    href: str
    name: str
    """How the door is called in a sentence: “flat 58”."""
    label: str
    look: str
    word: str
    next: bool
    residents: tuple[tuple[str, str], ...]
    visited: bool
    flagged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorView:
    """A row of the grid; the label is empty where floors are not known."""

    label: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PickView:
    """One big button of the door's form, and what it makes of the door's cell."""

    value: str
    label: str
    look: str
    word: str
    chosen: bool
    answered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerForm:
    """What can be answered at a door; ``kept`` is whether an opinion may be kept at all."""

    outcomes: tuple[PickView, ...]
    levels: tuple[PickView, ...]
    marks: tuple[PickView, ...]
    ask: str
    agreed: str
    agreed_chosen: bool
    why: str
    kept: bool
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncView:
    """What the page's script needs to send answers by itself."""

    url: str
    owner: str
    turf_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GridPage(Page):
    """The doors of an entrance, as one stands before it."""

    template: ClassVar[str] = "doors/grid.html"
    title: str
    kicker: str
    back: str
    floors: tuple[FloorView, ...]
    total: int
    visited: int
    talked: int
    marks: int
    mark_word: str
    next: CellView | None
    form: AnswerForm
    sync: SyncView
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorPage(Page):
    """One door: who is known there, and what happened now."""

    template: ClassVar[str] = "doors/door.html"
    title: str
    kicker: str
    back: str
    action: str
    observation: str
    residents: tuple[tuple[str, str], ...]
    word: str
    flags: tuple[tuple[str, str], ...]
    """Words of each flag that stands, and where it is lifted ("" for who may not)."""
    history: tuple[tuple[str, str, str], ...]
    """When, what, and where it is taken back ("" when it is not the viewer's)."""
    form: AnswerForm
    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopView:
    """An entrance on the list of a walk."""

    href: str
    title: str
    doors: int
    visited: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TurfView:
    """A turf with its entrances."""

    name: str
    until: str
    doors: int
    visited: int
    stops: tuple[StopView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkPage(Page):
    """The turfs of whoever looks."""

    template: ClassVar[str] = "doors/walk.html"
    turfs: tuple[TurfView, ...]
    rules: tuple[str, ...]
    field_href: str
    sync: SyncView


@dataclass(frozen=True, slots=True, kw_only=True)
class BarView:
    """One level of support: its words, how often it was heard, and its lean."""

    label: str
    count: int
    lean: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageView:
    """How far some doors are, in numbers and words."""

    doors: int
    visited: int
    talked: int
    marks: tuple[tuple[str, int], ...]
    levels: tuple[BarView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingLine:
    """A building in the list of the territory."""

    href: str
    address: str
    doors: int
    visited: int
    talked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPage(Page):
    """The territory of a campaign and how far it is covered."""

    template: ClassVar[str] = "field/field.html"
    district: str
    coverage: CoverageView
    buildings: tuple[BuildingLine, ...]
    turfs: tuple[tuple[str, str, str, int, int], ...]
    """Name, canvasser, until when, doors, visited."""
    contacts: int
    odd: int
    quarantined: int
    strangers: tuple[tuple[str, int], ...]
    """Who noted visits at doors they were not given, and how many."""
    links: tuple[tuple[str, str, str | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingPage(Page):
    """One building: its entrances and how far each is covered."""

    template: ClassVar[str] = "field/building.html"
    address: str
    back: str
    coverage: CoverageView
    entrances: tuple[StopView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagsLine:
    """One person's flags, in words, and where all of them are lifted."""

    id: int
    name: str
    total: int
    counts: tuple[str, ...]
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagsPage(Page):
    """Who has set the flags that stand at doors."""

    template: ClassVar[str] = "field/flags.html"
    lines: tuple[FlagsLine, ...]
    back: str

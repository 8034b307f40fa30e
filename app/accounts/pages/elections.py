"""Pages about elections and their districts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.accounts.forms.elections import (
    ConfirmTableForm,
    DistrictForm,
    DistrictTableForm,
    ElectionForm,
)
from app.accounts.queries.elections import (
    CoalitionElections,
    ManagedDistrict,
    ManagedElection,
)
from app.accounts.rules.districts import DistrictEntry
from app.accounts.rules.elections import PackChoices
from app.ui.paging import Pages
from app.web.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionsPage(Page):
    """The elections of the viewer's coalitions."""

    template: ClassVar[str] = "accounts/elections.html"
    coalitions: tuple[CoalitionElections, ...]
    packs: PackChoices
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionPage(Page):
    """Adding or editing an election; ``election`` is None for a new one."""

    template: ClassVar[str] = "accounts/election.html"
    form: ElectionForm
    election: ManagedElection | None
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictsPage(Page):
    """The districts of an election; ``query`` is what was looked for."""

    template: ClassVar[str] = "accounts/election_districts.html"
    election: ManagedElection
    districts: tuple[ManagedDistrict, ...]
    found: int
    query: str
    pages: Pages


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictPage(Page):
    """Adding or editing a district; ``district`` is None for a new one."""

    template: ClassVar[str] = "accounts/election_district.html"
    form: DistrictForm
    election: ManagedElection
    district: ManagedDistrict | None
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictTablePage(Page):
    """Where a table of districts is handed in."""

    template: ClassVar[str] = "accounts/election_table.html"
    form: DistrictTableForm
    election: ManagedElection


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesView:
    """Districts of a table that share a fate; ``shown`` are the first of ``total``."""

    title: str
    total: int
    shown: tuple[DistrictEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongView:
    """A line of a table that can't be taken, with the reasons in words."""

    line: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePreviewPage(Page):
    """What a table would change, before anything is changed."""

    template: ClassVar[str] = "accounts/election_table_preview.html"
    election: ManagedElection
    form: ConfirmTableForm
    parts: tuple[EntriesView, ...]
    unchanged: int
    to_save: int
    wrong: tuple[WrongView, ...]
    wrong_total: int
    ignored: tuple[str, ...]

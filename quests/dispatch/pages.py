"""The list of campaigns as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.ui.paging import Pages
from app.web.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignView:
    """One row: who, where, at which station, how it is going."""

    name: str
    href: str
    place: str
    organisation: str
    station: str
    done: int
    total: int
    pace: str
    pace_word: str
    pace_tone: str
    slack: str
    last_active_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One entry of a filter."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignsPage(Page):
    """All campaigns a coordinator may see, filtered.

    ``narrowed`` are the filters that came with a link: in words, and the address without each.
    ``kept`` are their names and values, for the form.
    """

    template: ClassVar[str] = "dispatch/campaigns.html"
    title: str
    lead: str
    tabs: tuple[tuple[str, str, bool, int], ...]
    organisations: tuple[Choice, ...]
    stations: tuple[Choice, ...]
    narrowed: tuple[tuple[str, str], ...]
    kept: tuple[tuple[str, str], ...]
    search: str
    rows: tuple[CampaignView, ...]
    pages: Pages
    now: datetime

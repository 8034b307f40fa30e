"""The audit log as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.ui.paging import Pages
from app.web.pages import Page
from quests.dispatch.pages import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One row: when, who, what, and about whom or what."""

    at: datetime
    actor: str
    action: str
    note: str
    about: str
    campaign: str
    href: str
    """Of the campaign; empty for readers who may not open it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainView:
    """How the chain stood when it was last verified."""

    at: datetime
    broken_at: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage(Page):
    """What was done in the reader's coalitions, the newest first."""

    template: ClassVar[str] = "dispatch/audit.html"
    actions: tuple[Choice, ...]
    search: str
    filtered: bool
    rows: tuple[EntryView, ...]
    pages: Pages
    chain: ChainView | None

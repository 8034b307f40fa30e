"""The pages of imports and contacts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.web.forms import Form
from app.web.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    """An import in the list."""

    href: str
    what: str
    state: str
    tone: str
    by: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportsPage(Page):
    """Where files are handed in, and what became of earlier ones."""

    template: ClassVar[str] = "field/imports.html"
    houses: Form
    houses_action: str
    map_form: Form
    map_action: str
    contacts_href: str
    lines: tuple[ImportLine, ...]
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPage(Page):
    """One import: being read, to be looked through, or done."""

    template: ClassVar[str] = "field/import.html"
    title: str
    what: str
    state: str
    state_words: str
    problem: str
    sums: tuple[tuple[str, int], ...]
    samples: tuple[str, ...]
    wrong: tuple[tuple[int, str], ...]
    wrong_total: int
    apply_action: str
    drop_action: str
    undo_action: str
    here: str
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine:
    """A contact in the list."""

    name: str
    address: str
    phone: str
    note: str
    keep_away: bool
    origin: str
    consent: str
    consent_on: date
    forget_action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactsPage(Page):
    """The contacts a campaign keeps."""

    template: ClassVar[str] = "field/contacts.html"
    lines: tuple[ContactLine, ...]
    total: int
    import_href: str
    export_action: str
    next_export: str
    """When contacts may be downloaded again; empty: now."""
    most_exports: int
    earlier: str
    later: str
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactsImportPage(Page):
    """Where contacts are handed in."""

    template: ClassVar[str] = "field/contacts_import.html"
    form: Form
    action: str
    back: str

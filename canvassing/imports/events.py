"""What happened to imports and contacts; the log listens."""

from __future__ import annotations

from dataclasses import dataclass

from app.audit.events import Act

EXPORTED = "contacts.exported"
"""As the log calls it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportApplied(Act):
    """Buildings or contacts were taken in."""

    campaign_id: int
    import_id: int
    kind: str
    added: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportUndone(Act):
    """What an import had brought was taken out again."""

    campaign_id: int
    import_id: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactsExported(Act):
    """Contacts left the program in a file; how often one person did it is counted in the log."""

    campaign_id: int
    contacts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactForgotten(Act):
    """A contact was deleted."""

    campaign_id: int
    contact_id: int

"""What people did at the clerk's desk: recorded in the transaction in which it happened."""

from __future__ import annotations

from dataclasses import dataclass

from app.audit.events import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingConfirmed(Act):
    """Somebody has compared what the clerk warned of; the log says which rule, never the values."""

    campaign_id: int
    confirmation_id: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationRevoked(FindingConfirmed):
    """The warning counts again."""

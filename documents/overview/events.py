"""What coordinators did with the papers of many: recorded in the transaction of it."""

from __future__ import annotations

from dataclasses import dataclass

from app.audit.events import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkEvent(Act):
    """The base: which bulk issue, of whom, of which kind of paper."""

    bulk_id: int
    coalition_id: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkAsked(BulkEvent):
    """Somebody asked to issue a paper for many campaigns."""

    campaigns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkStopped(BulkEvent):
    """Somebody stopped it before its end."""

    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkEnded(BulkEvent):
    """Every campaign has had its turn."""

    issued: int
    refused: int

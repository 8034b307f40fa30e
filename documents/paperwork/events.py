"""What happened to papers: recorded in the transaction in which it happened."""

from __future__ import annotations

from dataclasses import dataclass

from app.audit.events import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedAnswerShown(Act):
    """Somebody had a sealed answer shown; the log says which, never what it is."""

    campaign_id: int
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperEvent(Act):
    """The base: which paper of which campaign, and its kind in the pack."""

    campaign_id: int
    document_id: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperIssued(PaperEvent):
    """A version was frozen, numbered and sent to be typeset."""

    number: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperHandedIn(PaperEvent):
    """The signed paper was sent to be checked."""

    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAccepted(PaperEvent):
    """The signed paper counts from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReturned(PaperEvent):
    """The signed paper was sent back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAcceptanceUndone(PaperEvent):
    """The acceptance was taken back within minutes."""

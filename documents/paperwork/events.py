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
class SealedAnswersPreviewed(Act):
    """Somebody had a paper drawn on which sealed answers can be read."""

    campaign_id: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersTouched:
    """Answers, papers or scans of a campaign are being changed: what is kept of them is due anew.

    Its field is not called ``campaign_id``: no answer moves a campaign on its route, and those
    who follow the route would reckon at every word that is typed.
    """

    touched: int


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSuperseded(PaperEvent):
    """A newer version was issued of an accepted paper: nothing that counts is signed now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormApproved(Act):
    """Somebody has compared a form with the official one: it loses its mark in an election."""

    approval_id: int
    coalition_id: int
    election_id: int
    kind: str
    form_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormApprovalRevoked(FormApproved):
    """The mark of a draft is back on a form."""

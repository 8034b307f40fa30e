"""What the audit log keeps of papers: every look at a sealed answer, every issue and hand-in."""

from __future__ import annotations

from app.audit.following import Audited, Note, note_of
from app.audit.rules import Detail
from documents.paperwork.events import (
    FormApprovalRevoked,
    FormApproved,
    PaperAcceptanceUndone,
    PaperAccepted,
    PaperEvent,
    PaperHandedIn,
    PaperIssued,
    PaperReturned,
    PaperSuperseded,
    SealedAnswerShown,
    SealedAnswersPreviewed,
)


def _paper(action: str, event: PaperEvent, **more: str | int) -> Note:
    detail: Detail = {"kind": event.kind, **more}
    return note_of(event, action, "paper", event.document_id, detail)


def _form(action: str, event: FormApproved) -> Note:
    detail: Detail = {
        "kind": event.kind,
        "version": event.form_version,
        "election": event.election_id,
    }
    return note_of(event, action, "form", event.approval_id, detail)


AUDITED: Audited = {
    FormApproved: lambda event: _form("paper.form_approved", event),
    FormApprovalRevoked: lambda event: _form("paper.form_approval_revoked", event),
    SealedAnswerShown: lambda event: note_of(
        event, "paper.sealed_shown", "campaign", event.campaign_id, {"answer": event.key}
    ),
    SealedAnswersPreviewed: lambda event: note_of(
        event, "paper.sealed_previewed", "campaign", event.campaign_id, {"kind": event.kind}
    ),
    PaperIssued: lambda event: _paper(
        "paper.issued", event, number=event.number, version=event.version
    ),
    PaperHandedIn: lambda event: _paper("paper.handed_in", event, round=event.round),
    PaperAccepted: lambda event: _paper("paper.accepted", event),
    PaperReturned: lambda event: _paper("paper.returned", event),
    PaperAcceptanceUndone: lambda event: _paper("paper.acceptance_undone", event),
    PaperSuperseded: lambda event: _paper("paper.superseded", event),
}

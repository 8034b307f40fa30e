"""What the audit log keeps of the clerk: who has confirmed which warning."""

from __future__ import annotations

from app.audit.following import Audited, Note, note_of
from documents.clerk.events import ConfirmationRevoked, FindingConfirmed


def _finding(action: str, event: FindingConfirmed) -> Note:
    return note_of(event, action, "clerk", event.confirmation_id, {"rule": event.rule})


AUDITED: Audited = {
    FindingConfirmed: lambda event: _finding("clerk.confirmed", event),
    ConfirmationRevoked: lambda event: _finding("clerk.confirmation_revoked", event),
}

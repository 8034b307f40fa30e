"""What the audit log keeps of issuing for many; each single paper has its own entry besides."""

from __future__ import annotations

from app.audit.following import Audited, Note, note_of
from documents.overview.events import BulkAsked, BulkEnded, BulkEvent, BulkStopped


def _bulk(action: str, event: BulkEvent, **more: int) -> Note:
    return note_of(event, action, "paper_bulk", event.bulk_id, {"kind": event.kind, **more})


AUDITED: Audited = {
    BulkAsked: lambda event: _bulk("paper.bulk_asked", event, campaigns=event.campaigns),
    BulkStopped: lambda event: _bulk("paper.bulk_stopped", event, left=event.left),
    BulkEnded: lambda event: _bulk(
        "paper.bulk_ended", event, issued=event.issued, refused=event.refused
    ),
}

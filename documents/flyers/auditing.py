"""What the audit log keeps of flyers."""

from __future__ import annotations

from app.audit.following import Audited, Note, note_of
from app.audit.rules import Detail
from documents.flyers.events import (
    FlyerApprovalUndone,
    FlyerApproved,
    FlyerBegun,
    FlyerEvent,
    FlyerHandedIn,
    FlyerReturned,
)


def _flyer(action: str, event: FlyerEvent, detail: Detail | None = None) -> Note:
    return note_of(event, action, "flyer", event.flyer_id, detail)


def _handed_in(event: FlyerHandedIn) -> Note:
    detail: Detail = {"version": event.number, "sha256": event.print_sha256}
    return _flyer("flyer.handed_in", event, detail)


AUDITED: Audited = {
    FlyerBegun: lambda event: _flyer("flyer.begun", event),
    FlyerHandedIn: _handed_in,
    FlyerApproved: lambda event: _flyer("flyer.approved", event),
    FlyerReturned: lambda event: _flyer("flyer.returned", event),
    FlyerApprovalUndone: lambda event: _flyer("flyer.approval_undone", event),
}

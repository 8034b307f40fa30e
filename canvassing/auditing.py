"""What the audit log keeps of the field; no walks, no names."""

from __future__ import annotations

from app.audit.following import Audited, note_of
from canvassing.doors.events import FlagLifted, FlagsLifted, VisitsReceived
from canvassing.imports.events import (
    EXPORTED,
    ContactForgotten,
    ContactsExported,
    ImportApplied,
    ImportUndone,
)
from canvassing.turf.events import TurfAssigned, TurfEnded

AUDITED: Audited = {
    VisitsReceived: lambda event: note_of(
        event,
        "visits.received",
        "field_device",
        event.device_id,
        {"stored": event.stored, "quarantined": event.quarantined},
    ),
    FlagLifted: lambda event: note_of(
        event, "door.flag_lifted", "door", event.door_id, {"flag": event.flag}
    ),
    FlagsLifted: lambda event: note_of(
        event,
        "door.flags_lifted",
        "person",
        event.person_id,
        {"flags": event.flags, "visits": event.visits_too},
    ),
    TurfAssigned: lambda event: note_of(
        event, "turf.assigned", "turf", event.turf_id, {"doors": event.doors}
    ),
    TurfEnded: lambda event: note_of(event, "turf.ended", "turf", event.turf_id),
    ImportApplied: lambda event: note_of(
        event,
        "import.applied",
        "field_import",
        event.import_id,
        {"kind": event.kind, "added": event.added},
    ),
    ImportUndone: lambda event: note_of(
        event, "import.undone", "field_import", event.import_id, {"kind": event.kind}
    ),
    ContactsExported: lambda event: note_of(
        event, EXPORTED, "campaign", event.campaign_id, {"contacts": event.contacts}
    ),
    ContactForgotten: lambda event: note_of(
        event, "contact.forgotten", "contact", event.contact_id
    ),
}

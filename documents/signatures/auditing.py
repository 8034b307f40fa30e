"""What the audit log keeps of signatures: never a name, a day or a number of a voter."""

from __future__ import annotations

from app.audit.following import Audited, note_of
from documents.signatures.events import (
    CollectorAdded,
    CollectorEnded,
    CollectorShown,
    FolderPacked,
    MarksForgotten,
    PlanSaved,
    ProtocolMade,
    SheetCounted,
    SheetsGivenOut,
    SheetsOrdered,
    SheetSpoilt,
)

AUDITED: Audited = {
    PlanSaved: lambda event: note_of(
        event, "signatures.plan_saved", "campaign", event.campaign_id, {}
    ),
    CollectorAdded: lambda event: note_of(
        event, "signatures.collector_added", "collector", event.collector_id, {}
    ),
    CollectorEnded: lambda event: note_of(
        event, "signatures.collector_ended", "collector", event.collector_id, {}
    ),
    CollectorShown: lambda event: note_of(
        event, "signatures.collector_shown", "collector", event.collector_id, {}
    ),
    SheetsOrdered: lambda event: note_of(
        event,
        "signatures.ordered",
        "batch",
        event.batch_id,
        {"first": event.first_number, "last": event.last_number},
    ),
    SheetsGivenOut: lambda event: note_of(
        event, "signatures.given_out", "collector", event.collector_id, {"sheets": event.count}
    ),
    SheetCounted: lambda event: note_of(
        event,
        "signatures.counted",
        "sheet",
        event.sheet_id,
        {"number": event.number, "signed": event.signed, "good": event.good},
    ),
    SheetSpoilt: lambda event: note_of(
        event, "signatures.spoilt", "sheet", event.sheet_id, {"number": event.number}
    ),
    FolderPacked: lambda event: note_of(
        event,
        "signatures.packed",
        "campaign",
        event.campaign_id,
        {"folder": event.folder, "sheets": event.sheets, "signatures": event.signatures},
    ),
    ProtocolMade: lambda event: note_of(
        event,
        "signatures.protocol_made",
        "campaign",
        event.campaign_id,
        {"sheets": event.sheets, "signatures": event.signatures},
    ),
    MarksForgotten: lambda event: note_of(
        event, "signatures.marks_forgotten", "campaign", event.campaign_id, {"rows": event.rows}
    ),
}

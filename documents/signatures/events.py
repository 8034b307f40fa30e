"""What happened to signatures: recorded in the transaction in which it happened."""

from __future__ import annotations

from dataclasses import dataclass

from app.audit.events import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureEvent(Act):
    """The base: in which campaign."""

    campaign_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSaved(SignatureEvent):
    """The numbers or days were changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectorEvent(SignatureEvent):
    """The base: which collector."""

    collector_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectorAdded(CollectorEvent):
    """Somebody was put on the list of collectors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectorEnded(CollectorEvent):
    """Somebody collects no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectorShown(CollectorEvent):
    """Somebody had a collector's sealed details shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetsOrdered(SignatureEvent):
    """Sheets were numbered and sent to be typeset."""

    batch_id: int
    first_number: int
    last_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetsGivenOut(SignatureEvent):
    """Sheets went to a collector."""

    collector_id: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCounted(SignatureEvent):
    """A sheet came back and was counted row by row."""

    sheet_id: int
    number: int
    signed: int
    good: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSpoilt(SignatureEvent):
    """A sheet was taken out of use."""

    sheet_id: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderPacked(SignatureEvent):
    """Sheets were put into a folder to be handed in, or taken out again."""

    folder: str
    sheets: int
    signatures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolMade(SignatureEvent):
    """The protocol of the folders was made."""

    protocol_id: int
    sheets: int
    signatures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MarksForgotten(SignatureEvent):
    """The marks by which voters are recognised were erased for good."""

    rows: int

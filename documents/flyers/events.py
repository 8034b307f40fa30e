"""What happened to a flyer."""

from __future__ import annotations

from dataclasses import dataclass

from app.audit.events import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class FlyerEvent(Act):
    """The base: which flyer of which campaign."""

    campaign_id: int
    flyer_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlyerBegun(FlyerEvent):
    """A flyer was begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlyerHandedIn(FlyerEvent):
    """A version was frozen and handed in."""

    number: int
    print_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlyerApproved(FlyerEvent):
    """A version was approved and may be printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlyerReturned(FlyerEvent):
    """A version came back with a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlyerApprovalUndone(FlyerEvent):
    """The approval was taken back within minutes."""

"""What happened at doors; the ranking, the route and the log listen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.audit.events import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorVerified:
    """A door got its first visit at a plausible pace."""

    campaign_id: int
    door_id: int
    visit_id: int
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorRetracted:
    """The visit that verified a door no longer stands, and no other takes its place."""

    campaign_id: int
    door_id: int
    visit_id: int
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitsReceived(Act):
    """A phone has sent observations; one event a batch, because the log holds no walks."""

    campaign_id: int
    device_id: int
    stored: int
    quarantined: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagLifted(Act):
    """Staff has decided that something no longer holds at a door."""

    campaign_id: int
    door_id: int
    flag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagsLifted(Act):
    """Staff has decided that nothing holds any more of what one person has set at doors."""

    campaign_id: int
    person_id: int
    flags: int
    visits_too: bool

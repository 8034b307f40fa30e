"""What happened to turfs; the log listens."""

from __future__ import annotations

from dataclasses import dataclass

from app.audit.events import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class TurfAssigned(Act):
    """Somebody was given doors to walk."""

    campaign_id: int
    turf_id: int
    person_id: int
    doors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TurfEnded(Act):
    """A turf was taken back."""

    campaign_id: int
    turf_id: int

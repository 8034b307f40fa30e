"""What happens on a route."""

from __future__ import annotations

from dataclasses import dataclass

SETTLE = "route.settle"
"""The job that writes milestones of days that came; its payload may name one ``election``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReached:
    """A step was done for the first time."""

    campaign_id: int
    step_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPutOff:
    """A step is proposed again only later, or at once again."""

    campaign_id: int
    step_key: str

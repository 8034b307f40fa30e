"""What happened to evidence: the route looks again at the campaign and writes its milestones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceChanged:
    """Something that proves, or no longer proves, a step has changed."""

    campaign_id: int
    step_key: str
    evidence_key: str
    at: datetime

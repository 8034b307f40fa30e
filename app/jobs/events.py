"""What happens to jobs, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class JobQueued:
    """A job was added in this transaction; sleeping workers are woken once it is committed."""

    kind: str
    run_at: datetime

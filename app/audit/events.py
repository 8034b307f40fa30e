"""The base of what people do: every event the audit log keeps says who, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something somebody did; ``by`` is None for the machine's operator."""

    by: int | None
    at: datetime

"""What happened to an asked-for sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from documents.typesetting.rules import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTypeset:
    """The press has typeset a sheet; whoever asked follows in the same transaction."""

    campaign_id: int
    digest: str
    purpose: Purpose
    sha256: str
    pages: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFailed:
    """The press could not typeset a sheet and will not try again."""

    campaign_id: int
    digest: str
    purpose: Purpose
    code: str
    at: datetime

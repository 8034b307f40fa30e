"""What happens in the leagues that somebody decided."""

from __future__ import annotations

from dataclasses import dataclass

from app.audit.events import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class LeagueChoiceMade(Act):
    """A candidate chose to be named in leagues, or not to be."""

    campaign_id: int
    named: bool

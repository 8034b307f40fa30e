"""What the audit log keeps of leagues: who chose not to be named."""

from __future__ import annotations

from app.audit.following import Audited, Note, note_of
from quests.ranking.events import LeagueChoiceMade


def _choice(event: LeagueChoiceMade) -> Note:
    action = "league.named" if event.named else "league.unnamed"
    return note_of(event, action, "campaign", event.campaign_id)


AUDITED: Audited = {LeagueChoiceMade: _choice}

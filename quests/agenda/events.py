"""What happens to calendar links and reminders, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLinkMade:
    """A person made a secret link to a campaign's calendar; an older one is void."""

    campaign_id: int
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLinkVoided:
    """A person switched the link off."""

    campaign_id: int
    person_id: int

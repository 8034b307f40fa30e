"""Absolute addresses for letters and feeds, which are read outside this portal."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from app.addresses import step_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Addresses below the portal's own."""

    base_url: str

    @property
    def host(self) -> str:
        """Give the portal's host."""
        return urlsplit(self.base_url).hostname or "localhost"

    def calendar(self, campaign_id: int) -> str:
        """Give the address of a campaign's calendar."""
        return f"{self.base_url}/campaigns/{campaign_id}/calendar"

    def step(self, campaign_id: int, key: str) -> str:
        """Give the address of a step."""
        return f"{self.base_url}{step_address(campaign_id, key)}"

    def feed(self, token: str) -> str:
        """Give the secret address of a feed."""
        return f"{self.base_url}/calendar/{token}.ics"

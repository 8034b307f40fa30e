"""What the clerk is given when the program is put together."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy.orm import Session

from app.accounts.queries import CampaignRow
from documents.clerk.pack import ClerkPacks
from documents.paperwork.desk import PaperworkDesk


class Steps(Protocol):
    """What the route says about a campaign; documents do not know the route themselves."""

    def steps_and_days(
        self, session: Session, campaign: CampaignRow, *, now: datetime
    ) -> tuple[Container[str], Mapping[str, date | None]]:
        """Give the keys of the steps that are not locked, and the days of the pack's deadlines.

        A day is None that can't be reckoned yet.
        """
        ...


class Filings(Protocol):
    """What packets say about visits; the clerk does not know packets."""

    def headings(self, session: Session, campaign: CampaignRow) -> Mapping[str, bool]:
        """Give the headings whose papers are handed in together, and whether that was done."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ClerkDesk:
    """The tools of the clerk: a part of the program."""

    packs: ClerkPacks
    paperwork: PaperworkDesk
    steps: Steps
    filings: Filings

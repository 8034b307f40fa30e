"""What the clerk is given when the program is put together."""

from __future__ import annotations

from dataclasses import dataclass

from documents.clerk.pack import ClerkPacks
from documents.paperwork.desk import PaperworkDesk
from documents.signatures.desk import CampaignDays


@dataclass(frozen=True, slots=True, kw_only=True)
class ClerkDesk:
    """The tools of the clerk: a part of the program."""

    packs: ClerkPacks
    paperwork: PaperworkDesk
    days: CampaignDays

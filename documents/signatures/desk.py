"""What signatures are given when the program is put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from sqlalchemy.orm import Session

from app.accounts.queries import CampaignRow
from app.errors import Missing
from app.files.storage import FileStore
from app.sealing import Seal
from documents.paperwork.queries.approvals import approved_forms
from documents.signatures.pack import PackSignatures, SignaturePacks
from documents.signatures.shape import Drafted


class CampaignDays(Protocol):
    """What the calendar says about a campaign; documents do not know the route themselves."""

    def days_of(
        self, session: Session, campaign: CampaignRow, *, now: datetime
    ) -> Mapping[str, date | None]:
        """Give the days of the pack's deadlines by key; None: can't be reckoned yet."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SignaturesDesk:
    """The tools of signatures: a part of the program."""

    packs: SignaturePacks
    seal: Seal = field(repr=False)
    store: FileStore
    days: CampaignDays
    base_url: str

    def signatures(self, pack_id: str) -> PackSignatures:
        """Give what a pack says. Raises Missing when it asks for no signatures."""
        found = self.packs.find(pack_id)
        if found is None:
            raise Missing
        return found


def is_official(session: Session, campaign: CampaignRow, key: str, form: Drafted) -> bool:
    """Say whether a form is printed without the mark of a draft in a campaign's election."""
    if form.official:
        return True
    return (key, form.version) in approved_forms(session, campaign.election_id)

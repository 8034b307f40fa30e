"""Which visits are behind a campaign, for packages that do not know packets themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.accounts.queries import CampaignRow
from documents.packets.pack import PacketPacks
from documents.packets.queries.packets import receipts_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketFilings:
    """Tells of headings of papers whether what is handed in together was handed in."""

    packs: PacketPacks

    def headings(self, session: Session, campaign: CampaignRow) -> Mapping[str, bool]:
        """Give the headings with papers in a packet, and whether each such packet was handed in."""
        pack = self.packs.find(campaign.pack_id)
        if pack is None:
            return {}
        receipts = receipts_of(session, campaign.id)
        found: dict[str, bool] = {}
        for rule in pack.shape.packet:
            for item in rule.item:
                kind = pack.documents.kinds.get(item.kind)
                if kind is not None and kind.group:
                    found[kind.group] = found.get(kind.group, True) and rule.key in receipts
        return found

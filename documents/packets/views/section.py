"""The section of packets, and what its screens begin with."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.access import Holds, Permission
from app.accounts.queries import CampaignRow, get_campaign
from app.web.access import viewer
from app.web.kernel import part
from app.web.routing import Section
from app.web.templating import use_zone
from documents.packets.desk import PacketsDesk
from documents.packets.pack import PackPackets
from documents.packets.shape import PacketRule

section = Section("packets", "documents.packets")
PACKETS = "/campaigns/<int:campaign_id>/packets"
PACKET = f"{PACKETS}/<key>"
READS = Holds(Permission.PAPER_READ)
WORKS = Holds(Permission.PAPER_WORK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One packet of one campaign, found for the viewer."""

    campaign: CampaignRow
    pack: PackPackets
    rule: PacketRule

    @property
    def own(self) -> bool:
        """Whether the viewer works on the papers of the campaign."""
        return viewer().may(Permission.PAPER_WORK, self.campaign.scope)


def find(session: Session, campaign_id: int, key: str, permission: Permission) -> Found:
    """Find a packet of a campaign. Raises Missing for what is absent or foreign."""
    campaign = get_campaign(session, viewer(), campaign_id, permission)
    pack, rule = part(PacketsDesk).packs.packet(campaign.pack_id, key)
    use_zone(campaign.timezone)
    return Found(campaign=campaign, pack=pack, rule=rule)

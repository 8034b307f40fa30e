"""The ways from the list of papers to the clerk, the packets and the signatures."""

from __future__ import annotations

from flask import url_for

from app.access import Permission, Viewer
from app.accounts.queries import CampaignRow
from app.texts import N_
from app.web.kernel import part
from app.web.language import gettext
from documents.paperwork.neighbours import Link
from documents.signatures.desk import SignaturesDesk

_WAYS = (
    (
        N_("Have the papers looked through"),
        N_("What a desk would turn down, found before you go there"),
        "clerk.desk",
        Permission.PAPER_WORK,
    ),
    (
        N_("Put the packet together"),
        N_("Inventory, one file for the printer, what to take along, the receipt"),
        "packets.index",
        Permission.PAPER_READ,
    ),
)
_SIGNATURES = (
    N_("Collect signatures"),
    N_("Sheets out and back, what is still needed today, which ones to hand in"),
    "signatures.index",
    Permission.SIGNATURES_READ,
)


def links_beside_papers(viewer: Viewer, campaign: CampaignRow) -> tuple[Link, ...]:
    """Give the ways this viewer may go; signatures only where the pack asks for some."""
    asks = part(SignaturesDesk).packs.find(campaign.pack_id) is not None
    ways = (*_WAYS, _SIGNATURES) if asks else _WAYS
    return tuple(
        (gettext(title), url_for(endpoint, campaign_id=campaign.id), gettext(note))
        for title, note, endpoint, permission in ways
        if viewer.may(permission, campaign.scope)
    )

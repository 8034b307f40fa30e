"""The tools of the clerk, and papers on the desk."""

from __future__ import annotations

from datetime import timedelta

from app import clock
from app.config import Settings
from documents.clerk.desk import ClerkDesk
from documents.clerk.pack import load_all_clerks
from documents.packets.filings import PacketFilings
from documents.packets.pack import load_all_packets
from documents.paperwork.models import PaperIssue, PaperScan
from quests.route.gates import RouteGates
from quests.route.library import PackLibrary
from tests.web.paperwork.program import a_desk
from tests.web.portal import Portal


def a_clerk_desk(settings: Settings, library: PackLibrary) -> ClerkDesk:
    """Give the tools of the clerk."""
    paperwork = a_desk(settings, library)
    return ClerkDesk(
        packs=load_all_clerks(paperwork.kinds),
        paperwork=paperwork,
        steps=RouteGates(library=library),
        filings=PacketFilings(packs=load_all_packets(paperwork.kinds)),
    )


def sign_newest(portal: Portal, who: str = "anna") -> int:
    """Put a photo of the signed paper beside the newest issue, as if it had been typeset."""
    with portal.database.writing() as session:
        issue = (
            session.query(PaperIssue)
            .filter_by(campaign_id=portal.campaigns[who])
            .order_by(PaperIssue.id.desc())
            .first()
        )
        assert issue is not None
        issue.state, issue.sha256, issue.pages = "ready", "a" * 64, 1
        scan = PaperScan(
            campaign_id=issue.campaign_id,
            paper_id=issue.paper_id,
            issue_id=issue.id,
            name="signed.jpg",
            sha256="b" * 64,
            media_type="image/jpeg",
            size_bytes=1000,
            pages=1,
            code="match",
            uploaded_at=clock.now() + timedelta(seconds=1),
        )
        session.add(scan)
        session.flush()
        return scan.id

"""The whole program with the clerk in it, and papers on the desk."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from app import clock, main
from app.accounts.loader import SessionLoader
from app.audit.following import audit_hook
from app.config import Settings
from app.web.kernel import Kernel
from app.web.program import assemble
from documents.clerk.auditing import AUDITED
from documents.clerk.desk import ClerkDesk
from documents.clerk.pack import load_all_clerks
from documents.clerk.views import section
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
        days=RouteGates(library=library),
    )


def a_program(settings: Settings, library: PackLibrary) -> Flask:
    """Give the program; as it is put together itself once the clerk is part of it."""
    if section in main.SECTIONS:
        return main.create_app(settings, library)
    database = main.open_database(settings, library)
    at = database.before_commit.index(main.KEEP_LOG)
    database.before_commit[at] = audit_hook({**main.AUDITED, **AUDITED}, main.WHOSE)
    kernel = Kernel(settings=settings, database=database, load_viewer=SessionLoader(database))
    parts = [*main._parts(settings, library, database), a_clerk_desk(settings, library)]
    return assemble(kernel, [*main.SECTIONS, section], parts=parts)


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

"""For which finding somebody has come to a page, and who tells what was found there."""

from __future__ import annotations

import re
from datetime import datetime

from flask import request
from sqlalchemy.orm import Session

from app.access import Permission
from app.web.access import viewer
from app.web.kernel import kernel
from documents.paperwork.remarks import Reader, Remarked, Remarks
from documents.paperwork.views.section import Work

_MARK = re.compile(r"[a-z0-9_.-]{1,200}")


def mark() -> str | None:
    """Give the mark with which somebody has come from a finding; None for the page as it is."""
    found = request.args.get("finding", "")
    return found if _MARK.fullmatch(found) else None


def reader() -> Reader | None:
    """Give who reads the papers, if this program has anybody."""
    found = kernel().parts.get(Remarks)
    return found.reader if isinstance(found, Remarks) else None


def found_beside(session: Session, work: Work, page: str, *, now: datetime) -> Remarked | None:
    """Ask for what was found on a page of questions that is open to the viewer.

    Only where the address says so: reading all papers costs.
    """
    meant, asked = mark(), reader()
    if meant is None or asked is None:
        return None
    return asked.beside(session, work.campaign, meant, kind=work.kind.key, page=page, now=now)


def found_above(session: Session, work: Work, *, now: datetime) -> Remarked | None:
    """Ask for what was found in a whole paper, for those who can mend it."""
    meant, asked = mark(), reader()
    if meant is None or asked is None:
        return None
    if not viewer().may(Permission.PAPER_WORK, work.campaign.scope):
        return None
    return asked.above(session, work.campaign, meant, kind=work.kind.key, now=now)

"""What keeps a paper from being handed in although it can be prepared, put into words."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access import Permission
from app.errors import Conflict, Forbidden
from app.web.access import viewer
from app.web.kernel import part
from app.web.language import say
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.paper_pages import BarrierView
from documents.paperwork.rules.standing import Stage
from documents.paperwork.standing import Standing
from documents.paperwork.views.section import Work

PAST = (Stage.WAITING, Stage.ACCEPTED)


def barrier_view(
    session: Session, work: Work, standing: Standing, *, now: datetime
) -> BarrierView | None:
    """Give it for those who work on a paper that was not handed in yet; None: nothing does."""
    campaign, step, gates = work.campaign, work.kind.step, part(PaperworkDesk).gates
    if standing.stage in PAST or not viewer().may(Permission.PAPER_WORK, campaign.scope):
        return None
    try:
        gates.require_takes_papers(session, viewer(), campaign, step, now=now)
    except Forbidden as refusal:
        return BarrierView(why=say(refusal), before="", steps=())
    except Conflict as refusal:
        before, steps = gates.openers(session, campaign, step, now=now)
        return BarrierView(why=say(refusal), before=before, steps=steps)
    return None

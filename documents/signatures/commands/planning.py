"""Saving the numbers and days of the collecting."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import get_campaign
from app.db import record
from app.errors import Conflict
from documents.signatures import errors
from documents.signatures.commands.recounting import count_all
from documents.signatures.events import PlanSaved
from documents.signatures.models import SignaturePlan
from documents.signatures.pack import PackSignatures
from documents.signatures.planned import period_of, requirement_of, rulebook_of
from documents.signatures.queries import plan_of
from documents.signatures.rules.plan import PlanEntry, plan_problems


def save_plan(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    entry: PlanEntry,
    *,
    version: int,
    pack: PackSignatures,
    now: datetime,
) -> None:
    """Keep the plan and count the sheets by it; ``version`` is the one the page was opened with.

    Raises Missing, Refused, Conflict when somebody has saved meanwhile.
    """
    campaign = get_campaign(session, viewer, campaign_id, Permission.SIGNATURES_WORK)
    for problem in plan_problems(entry, polling_day=campaign.polling_day):
        raise problem
    before = plan_of(session, campaign.id)
    values = {
        **asdict(entry),
        "required": _required(entry, pack),
        "version": version + 1,
        "saved_at": now,
        "saved_by": viewer.person_id,
    }
    if not _write(session, campaign.id, values, version):
        raise Conflict(errors.CHANGED_MEANWHILE)
    plan = plan_of(session, campaign.id)
    if period_of(plan) != period_of(before):
        count_all(session, campaign.id, rulebook_of(pack, plan))
    record(session, PlanSaved(campaign_id=campaign.id, by=viewer.person_id, at=now))


def _required(entry: PlanEntry, pack: PackSignatures) -> int | None:
    found = requirement_of(pack, entry)
    return found.required if found else None


def _write(session: Session, campaign_id: int, values: dict[str, object], version: int) -> bool:
    if version:
        changed = session.execute(
            update(SignaturePlan)
            .where(SignaturePlan.campaign_id == campaign_id, SignaturePlan.version == version)
            .values(**values)
            .returning(SignaturePlan.campaign_id)
        )
        return changed.first() is not None
    try:
        with session.begin_nested():
            session.execute(insert(SignaturePlan).values(campaign_id=campaign_id, **values))
    except IntegrityError:
        return False
    return True

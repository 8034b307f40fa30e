"""Saving the numbers and days of the collecting."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import get_campaign
from app.db import record
from app.errors import Conflict, Refused
from documents.signatures import errors
from documents.signatures.commands.recounting import count_all
from documents.signatures.events import PlanSaved
from documents.signatures.models import SignaturePlan
from documents.signatures.pack import PackSignatures
from documents.signatures.planned import period_of, requirement_of, rulebook_of
from documents.signatures.queries import plan_of
from documents.signatures.rules.days import write_day

MOST_VOTERS = 20_000_000
MOST_MANDATES = 100
MOST_SIGNATURES = 2_000_000
LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEntry:
    """What is entered; None: not known."""

    voters: int | None
    mandates: int | None
    published: int | None
    published_maximum: int | None
    published_where: str
    first_day: date | None
    last_day: date | None
    paid_on: date | None
    paid_by: str


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
    _check(entry)
    _check_days(entry, campaign.polling_day)
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


def _check(entry: PlanEntry) -> None:
    bounds = {
        "voters": MOST_VOTERS,
        "mandates": MOST_MANDATES,
        "published": MOST_SIGNATURES,
        "published_maximum": MOST_SIGNATURES,
    }
    for name, most in bounds.items():
        value = getattr(entry, name)
        if value is not None and not 1 <= value <= most:
            raise Refused(name, errors.COUNT_RANGE, most=most)
    if entry.published_maximum is not None and (
        entry.published is None or entry.published_maximum < entry.published
    ):
        raise Refused("published_maximum", errors.MAXIMUM_BELOW)
    if entry.published is not None and not entry.published_where:
        raise Refused("published_where", errors.PUBLISHED_WHERE)
    for name in ("published_where", "paid_by"):
        if len(getattr(entry, name)) > LONGEST:
            raise Refused(name, errors.TOO_LONG, longest=LONGEST)


def _check_days(entry: PlanEntry, polling_day: date) -> None:
    for name in ("first_day", "last_day", "paid_on"):
        day = getattr(entry, name)
        if day is not None and day > polling_day:
            raise Refused(name, errors.AFTER_THE_VOTE, day=write_day(polling_day))
    if entry.first_day and entry.last_day and entry.last_day < entry.first_day:
        raise Refused("last_day", errors.DAYS_ORDER)
    if entry.paid_on and entry.last_day and entry.last_day < entry.paid_on:
        raise Refused("paid_on", errors.PAID_TOO_LATE)

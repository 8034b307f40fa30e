"""The audit log as those read it who may: the entries of their own coalitions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, aliased

from app.access import Permission, Viewer
from app.accounts.models import Campaign, Election, Organisation, Person
from app.accounts.rules.places import folded
from app.audit.models import AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One entry with the names that its numbers stand for today; None where one is gone."""

    number: int
    at: datetime
    action: str
    detail: Mapping[str, str | int]
    actor_id: int | None
    actor: str | None
    subject_kind: str
    subject_id: int
    person: str | None
    organisation: str | None
    coalition_id: int
    campaign_id: int | None
    campaign: str | None
    campaign_organisation_id: int | None
    pack_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the reader looks for; empty words mean everything."""

    action: str = ""
    campaign: str = ""


_actor = aliased(Person)
_subject = aliased(Person)
_ENTRIES = (
    select(
        AuditEntry.number,
        AuditEntry.at,
        AuditEntry.action,
        AuditEntry.detail,
        AuditEntry.actor_id,
        _actor.name.label("actor"),
        AuditEntry.subject_kind,
        AuditEntry.subject_id,
        _subject.name.label("person"),
        Organisation.name.label("organisation"),
        AuditEntry.coalition_id,
        AuditEntry.campaign_id,
        Campaign.title.label("campaign"),
        Campaign.organisation_id.label("campaign_organisation_id"),
        Election.pack_id,
    )
    .outerjoin(_actor, _actor.id == AuditEntry.actor_id)
    .outerjoin(
        _subject, and_(AuditEntry.subject_kind == "person", _subject.id == AuditEntry.subject_id)
    )
    .outerjoin(
        Organisation,
        and_(
            AuditEntry.subject_kind == "organisation",
            Organisation.id == AuditEntry.subject_id,
            Organisation.coalition_id == AuditEntry.coalition_id,
        ),
    )
    .outerjoin(
        Campaign,
        and_(
            Campaign.id == AuditEntry.campaign_id,
            Campaign.coalition_id == AuditEntry.coalition_id,
        ),
    )
    .outerjoin(Election, Election.id == Campaign.election_id)
)


def count_entries(session: Session, viewer: Viewer, wanted: Wanted) -> int:
    """Say how many entries of the viewer's coalitions fit."""
    counted = select(func.count()).select_from(AuditEntry)
    return session.scalar(counted.where(*_fitting(session, viewer, wanted))) or 0


def find_entries(
    session: Session, viewer: Viewer, wanted: Wanted, *, limit: int, offset: int
) -> tuple[LogEntry, ...]:
    """Give the entries of the viewer's coalitions that fit, the newest first."""
    rows = session.execute(
        _ENTRIES.where(*_fitting(session, viewer, wanted))
        .order_by(AuditEntry.number.desc())
        .limit(limit)
        .offset(offset)
    )
    return tuple(LogEntry(**row._mapping) for row in rows)


def _fitting(session: Session, viewer: Viewer, wanted: Wanted) -> list[ColumnElement[bool]]:
    coalition_ids = viewer.coalition_ids(Permission.AUDIT_READ)
    conditions: list[ColumnElement[Any]] = [AuditEntry.coalition_id.in_(coalition_ids)]
    if wanted.action:
        conditions.append(AuditEntry.action == wanted.action)
    if words := folded(wanted.campaign).split():
        conditions.append(
            AuditEntry.campaign_id.in_(_campaigns_called(session, coalition_ids, words))
        )
    return conditions


def _campaigns_called(
    session: Session, coalition_ids: tuple[int, ...], words: list[str]
) -> list[int]:
    # Compared here, because SQLite folds the case of Latin letters only.
    titles = session.execute(
        select(Campaign.id, Campaign.title).where(Campaign.coalition_id.in_(coalition_ids))
    )
    return [
        campaign_id for campaign_id, title in titles if all(word in folded(title) for word in words)
    ]

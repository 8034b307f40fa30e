"""The queue of a desk: what waits, the most overdue first, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    false,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session

from app.access import Viewer
from app.accounts.models import Campaign, District, Organisation
from app.db import UtcDateTime
from app.reviews.models import Review
from app.reviews.rules import Desk, Queue, desk_of

ROWS_A_PAGE = 50

# Plain tables: the queue is read often, and rows need no identity map.
_review = Review.__table__
_campaign = Campaign.__table__
_district = District.__table__
_organisation = Organisation.__table__

# Written out, not bound: only so do both databases use the partial indexes of what waits.
_IS_WAITING = _review.c.state == literal_column("'submitted'")


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """What of the desk's queue is shown; None means everything."""

    queue: Queue | None = None
    organisation_id: int | None = None
    step_key: str | None = None
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One waiting review as the queue shows it."""

    id: int
    campaign_id: int
    pack_id: str
    step_key: str
    queue: str
    round: int
    submitted_at: datetime
    promised_at: datetime
    campaign_title: str
    district_number: str
    organisation_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueCount:
    """How many reviews wait in one queue on one step, and how many longer than promised."""

    queue: str
    pack_id: str
    step_key: str
    waiting: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """Which arms and filters a queue statement has; statements are built once per shape."""

    coalition: bool
    organisation: bool
    lawyer: bool
    designer: bool
    by_queue: bool
    by_organisation: bool
    by_step: bool
    late: bool


def _shape(desk: Desk, wanted: QueueFilter) -> _Shape:
    return _Shape(
        coalition=bool(desk.coalition_ids),
        organisation=bool(desk.organisation_ids),
        lawyer=bool(desk.lawyer_campaign_ids),
        designer=bool(desk.designer_campaign_ids),
        by_queue=wanted.queue is not None,
        by_organisation=wanted.organisation_id is not None,
        by_step=wanted.step_key is not None,
        late=wanted.late,
    )


def _values(desk: Desk, wanted: QueueFilter, now: datetime) -> dict[str, object]:
    return {
        "coalitions": desk.coalition_ids,
        "organisations": desk.organisation_ids,
        "lawyer_campaigns": desk.lawyer_campaign_ids,
        "designer_campaigns": desk.designer_campaign_ids,
        "queue": wanted.queue.value if wanted.queue else None,
        "organisation": wanted.organisation_id,
        "step": wanted.step_key,
        "now": now,
    }


def _ids(name: str) -> BindParameter[object]:
    return bindparam(name, expanding=True)


def _on_desk(shape: _Shape) -> ColumnElement[bool]:
    arms: list[ColumnElement[bool]] = []
    if shape.coalition:
        arms.append(_review.c.coalition_id.in_(_ids("coalitions")))
    if shape.organisation:
        arms.append(
            and_(
                _review.c.organisation_id.in_(_ids("organisations")),
                _review.c.queue == Queue.ORGANISATION.value,
            )
        )
    if shape.lawyer:
        arms.append(
            and_(
                _review.c.campaign_id.in_(_ids("lawyer_campaigns")),
                _review.c.queue == Queue.LAWYER.value,
            )
        )
    if shape.designer:
        arms.append(
            and_(
                _review.c.campaign_id.in_(_ids("designer_campaigns")),
                _review.c.queue == Queue.DESIGNER.value,
            )
        )
    return and_(_IS_WAITING, or_(*arms) if arms else false())


def _filters(shape: _Shape) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if shape.by_queue:
        found.append(_review.c.queue == bindparam("queue"))
    if shape.by_organisation:
        found.append(_review.c.organisation_id == bindparam("organisation"))
    if shape.by_step:
        found.append(_review.c.step_key == bindparam("step"))
    if shape.late:
        found.append(_review.c.promised_at < bindparam("now", type_=UtcDateTime()))
    return found


@lru_cache(maxsize=256)
def _queue_statement(shape: _Shape) -> Select[*tuple[Any, ...]]:
    """Build the queue's page once per shape: ids first, names only for the rows that are shown."""
    chosen = (
        select(_review.c.id)
        .where(_on_desk(shape), *_filters(shape))
        .order_by(_review.c.promised_at, _review.c.id)
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
        .subquery()
    )
    return (
        select(
            _review.c.id,
            _review.c.campaign_id,
            _review.c.pack_id,
            _review.c.step_key,
            _review.c.queue,
            _review.c.round,
            _review.c.submitted_at,
            _review.c.promised_at,
            _campaign.c.title,
            _district.c.number,
            func.coalesce(_organisation.c.short_name, ""),
        )
        .join(chosen, chosen.c.id == _review.c.id)
        .join(_campaign, _campaign.c.id == _review.c.campaign_id)
        .join(_district, _district.c.id == _campaign.c.district_id)
        .outerjoin(_organisation, _organisation.c.id == _campaign.c.organisation_id)
        .order_by(_review.c.promised_at, _review.c.id)
    )


@lru_cache(maxsize=256)
def _count_statement(shape: _Shape) -> Select[*tuple[Any, ...]]:
    late = func.count().filter(_review.c.promised_at < bindparam("now", type_=UtcDateTime()))
    return (
        select(_review.c.queue, _review.c.pack_id, _review.c.step_key, func.count(), late)
        .where(_on_desk(shape), *_filters(shape))
        .group_by(_review.c.queue, _review.c.pack_id, _review.c.step_key)
        .order_by(_review.c.queue, _review.c.pack_id, _review.c.step_key)
    )


def queue_page(
    session: Session, viewer: Viewer, wanted: QueueFilter, *, page: int, now: datetime
) -> tuple[QueueRow, ...]:
    """Give a page of what waits on the viewer's desk, the most overdue first."""
    desk = desk_of(viewer)
    values = _values(desk, wanted, now) | {
        "limit": ROWS_A_PAGE,
        "offset": (page - 1) * ROWS_A_PAGE,
    }
    rows = session.execute(_queue_statement(_shape(desk, wanted)), values).all()
    return tuple(
        QueueRow(
            id=row[0],
            campaign_id=row[1],
            pack_id=row[2],
            step_key=row[3],
            queue=row[4],
            round=row[5],
            submitted_at=row[6],
            promised_at=row[7],
            campaign_title=row[8],
            district_number=row[9],
            organisation_name=row[10],
        )
        for row in rows
    )


def queue_counts(
    session: Session, viewer: Viewer, wanted: QueueFilter, *, now: datetime
) -> tuple[QueueCount, ...]:
    """Give how much waits on the viewer's desk, by queue and step.

    Of ``wanted`` only the organisation counts, so that the other filters can show their numbers.
    """
    desk = desk_of(viewer)
    narrowed = QueueFilter(organisation_id=wanted.organisation_id)
    rows = session.execute(_count_statement(_shape(desk, narrowed)), _values(desk, narrowed, now))
    return tuple(
        QueueCount(queue=row[0], pack_id=row[1], step_key=row[2], waiting=row[3], late=row[4])
        for row in rows
    )


_ORGANISATIONS = (
    select(_organisation.c.id, _organisation.c.short_name)
    .where(_organisation.c.coalition_id.in_(bindparam("coalitions", expanding=True)))
    .order_by(_organisation.c.short_name, _organisation.c.id)
)


def desk_organisations(session: Session, viewer: Viewer) -> tuple[tuple[int, str], ...]:
    """Give the organisations a coalition-wide desk may filter by, in order of their names."""
    desk = desk_of(viewer)
    if not desk.coalition_ids:
        return ()
    rows = session.execute(_ORGANISATIONS, {"coalitions": desk.coalition_ids})
    return tuple((row[0], row[1]) for row in rows)

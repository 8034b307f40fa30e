"""Which forms somebody has compared with the official ones, election by election."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from app.access import Permission, Scope, Viewer
from app.accounts.models import Election, Person
from app.errors import Missing
from documents.paperwork.models import FormApproval

FormKey = tuple[str, str]
"""A kind of paper and the version of its form."""
_STANDING = FormApproval.revoked_at.is_(None)
_APPROVED = select(FormApproval.kind, FormApproval.form_version).where(
    FormApproval.election_id == bindparam("election"), _STANDING
)
_APPROVED_IN = select(FormApproval.election_id, FormApproval.kind, FormApproval.form_version).where(
    FormApproval.election_id.in_(bindparam("elections", expanding=True)), _STANDING
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRow:
    """One comparison of a form: who, when, with what; and whether it still stands."""

    id: int
    election_id: int
    kind: str
    form_version: str
    note: str
    approved_at: datetime
    approved_by_name: str
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionRow:
    """An election whose forms somebody may clear."""

    id: int
    coalition_id: int
    pack_id: str
    name: str
    polling_day: date
    timezone: str


def approved_forms(session: Session, election_id: int) -> frozenset[FormKey]:
    """Give the forms that carry no mark in an election because they were compared for it."""
    found = session.execute(_APPROVED, {"election": election_id})
    return frozenset((row[0], row[1]) for row in found)


def approved_in(session: Session, election_ids: Iterable[int]) -> dict[int, frozenset[FormKey]]:
    """Give the same for many elections by their numbers, in one query."""
    found: dict[int, set[FormKey]] = {number: set() for number in sorted(election_ids)}
    for number, kind, version in session.execute(_APPROVED_IN, {"elections": list(found)}):
        found[number].add((kind, version))
    return {number: frozenset(forms) for number, forms in found.items()}


def approvals_of(session: Session, election_id: int) -> Mapping[FormKey, tuple[ApprovalRow, ...]]:
    """Give every comparison for an election by form, the newest first, also those taken back."""
    rows = session.execute(
        select(
            FormApproval.id,
            FormApproval.election_id,
            FormApproval.kind,
            FormApproval.form_version,
            FormApproval.note,
            FormApproval.approved_at,
            Person.name.label("approved_by_name"),
            FormApproval.revoked_at,
        )
        .outerjoin(Person, Person.id == FormApproval.approved_by)
        .where(FormApproval.election_id == election_id)
        .order_by(FormApproval.approved_at.desc(), FormApproval.id.desc())
    )
    found: dict[FormKey, tuple[ApprovalRow, ...]] = {}
    for row in rows:
        key = (row.kind, row.form_version)
        found[key] = (*found.get(key, ()), _approval(row))
    return found


def may_clear(viewer: Viewer, *, coalition_id: int) -> bool:
    """Say whether the viewer may clear forms for everybody in a coalition.

    An election is the whole coalition's, so what one organisation grants is not enough: decision
    0020.
    """
    return viewer.may(Permission.FORM_APPROVE, Scope(coalition_id=coalition_id))


def elections_to_clear(session: Session, viewer: Viewer) -> tuple[ElectionRow, ...]:
    """Give the elections of the coalitions in which the viewer may clear forms, next poll first."""
    coalitions = {
        grant.coalition_id
        for grant in viewer.grants
        if may_clear(viewer, coalition_id=grant.coalition_id)
    }
    rows = session.execute(
        select(
            Election.id,
            Election.coalition_id,
            Election.pack_id,
            Election.name,
            Election.polling_day,
            Election.timezone,
        )
        .where(Election.coalition_id.in_(coalitions))
        .order_by(Election.polling_day, Election.id)
    )
    return tuple(ElectionRow(**row._asdict()) for row in rows)


def get_election_to_clear(session: Session, viewer: Viewer, election_id: int) -> ElectionRow:
    """Give one of these elections. Raises Missing."""
    for election in elections_to_clear(session, viewer):
        if election.id == election_id:
            return election
    raise Missing


def _approval(row: Row[*tuple[Any, ...]]) -> ApprovalRow:
    values = row._asdict()
    values["approved_by_name"] = row.approved_by_name or ""
    return ApprovalRow(**values)

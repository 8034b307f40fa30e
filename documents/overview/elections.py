"""What kept papers rest on: the pack, its forms, what was compared, the election and the day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.accounts.models import Election
from documents.overview.desk import ElectionDays
from documents.paperwork.models import FormApproval
from documents.paperwork.pack import FOLDER, DocumentKinds, PackDocuments

RULES = "1"
"""Counted up when letters come to mean something else, so that none is read as another."""
_election = Election.__table__
_approval = FormApproval.__table__
_DAYS = select(
    _election.c.id,
    _election.c.pack_id,
    _election.c.polling_day,
    _election.c.first_polling_day,
    _election.c.published_on,
    _election.c.timezone,
).where(_election.c.id.in_(bindparam("ids", expanding=True)))
_COMPARED = (
    select(_approval.c.election_id, _approval.c.kind, _approval.c.form_version)
    .where(
        _approval.c.revoked_at.is_(None),
        _approval.c.election_id.in_(bindparam("ids", expanding=True)),
    )
    .order_by(_approval.c.election_id, _approval.c.kind, _approval.c.form_version)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the kept papers of an election's campaigns rest on today."""

    days: ElectionDays
    documents: PackDocuments | None
    basis: str

    @property
    def shape(self) -> str:
        """Name the kinds of paper that letters stand for."""
        return shape_of(self.documents) if self.documents else ""


def grounds(
    session: Session, kinds: DocumentKinds, ids: Collection[int], *, now: datetime
) -> dict[int, Ground]:
    """Give what rests under the campaigns of these elections, in two queries."""
    asked = {"ids": sorted(ids)}
    compared: dict[int, list[str]] = {}
    for election_id, kind, version in session.execute(_COMPARED, asked):
        compared.setdefault(election_id, []).append(f"{kind} {version}")
    found = {}
    for row in session.execute(_DAYS, asked):
        days = ElectionDays(**row._mapping)
        documents = kinds.find(days.pack_id)
        basis = _basis(days, documents, compared.get(days.id, []), now) if documents else ""
        found[days.id] = Ground(days=days, documents=documents, basis=basis)
    return found


def _basis(days: ElectionDays, documents: PackDocuments, compared: list[str], now: datetime) -> str:
    # A day that comes makes a date good that lay ahead, and brings a new edition of a form.
    parts = (
        RULES,
        _fingerprint(documents),
        days.polling_day.isoformat(),
        now.astimezone(ZoneInfo(days.timezone)).date().isoformat(),
        now.date().isoformat(),
        *compared,
    )
    return sha256("\n".join(parts).encode()).hexdigest()[:16]


@lru_cache(maxsize=16)
def shape_of(documents: PackDocuments) -> str:
    """Name the kinds of paper of a pack, in the order they are listed."""
    return sha256("\n".join(documents.listed).encode()).hexdigest()[:16]


@lru_cache(maxsize=16)
def _fingerprint(documents: PackDocuments) -> str:
    """Give what the pack's answers and kinds hash to, once a process."""
    digest = sha256()
    names = ("answers", *sorted(documents.kinds))
    for name in names:
        digest.update((documents.pack.folder / FOLDER / f"{name}.toml").read_bytes())
    return digest.hexdigest()

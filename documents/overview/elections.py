"""What kept papers rest on: the pack, its forms, what was compared, the election and the day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256

from sqlalchemy.orm import Session

from app.accounts.queries.elections import DatedElection, dated_elections
from app.accounts.rules.elections import day_there
from documents.paperwork.editions import edition_of, is_official
from documents.paperwork.pack import FOLDER, DocumentKinds, PackDocuments
from documents.paperwork.queries.approvals import FormKey, approved_in
from documents.paperwork.shape import DocumentKind

RULES = "1"
"""Counted up when letters come to mean something else, so that none is read as another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the kept papers of an election's campaigns rest on today."""

    days: DatedElection
    documents: PackDocuments | None
    today: date
    """Where the election is held."""
    approved: frozenset[FormKey]
    """The forms that were compared for the election, and carry no mark."""
    basis: str

    @property
    def shape(self) -> str:
        """Name the kinds of paper that letters stand for."""
        return shape_of(self.documents) if self.documents else ""

    def is_draft(self, kind: DocumentKind) -> bool:
        """Say whether a paper printed today carries the mark of a draft."""
        version = edition_of(kind, self.today)
        return version is not None and not is_official(kind, version, self.approved)


def grounds(
    session: Session, kinds: DocumentKinds, ids: Collection[int], *, now: datetime
) -> dict[int, Ground]:
    """Give what rests under the campaigns of these elections, in two queries."""
    approved = approved_in(session, ids)
    found = {}
    for number, days in dated_elections(session, ids, DatedElection).items():
        documents, today = kinds.find(days.pack_id), day_there(now, days.timezone)
        found[number] = Ground(
            days=days,
            documents=documents,
            today=today,
            approved=approved[number],
            basis=_basis(documents, days.polling_day, today, approved[number]) if documents else "",
        )
    return found


def _basis(
    documents: PackDocuments, polling_day: date, today: date, approved: frozenset[FormKey]
) -> str:
    # A day that comes makes a date good that lay ahead, and brings a new edition of a form.
    parts = (
        RULES,
        _fingerprint(documents),
        polling_day.isoformat(),
        today.isoformat(),
        *(f"{kind} {version}" for kind, version in sorted(approved)),
    )
    return sha256("\n".join(parts).encode()).hexdigest()[:16]


@lru_cache(maxsize=16)
def shape_of(documents: PackDocuments) -> str:
    """Name the kinds of paper of a pack, in the order they are listed."""
    return sha256("\n".join(documents.listed).encode()).hexdigest()[:16]


@lru_cache(maxsize=16)
def _fingerprint(documents: PackDocuments) -> str:
    """Give what all that the pack says about papers and packets hashes to, once a process."""
    digest = sha256()
    for file in sorted((documents.pack.folder / FOLDER).glob("*.toml")):
        digest.update(file.read_bytes())
    return digest.hexdigest()

"""The log follows what happened: events of a transaction become entries of the log.

Features say in tables of their own which of their events are written down and as what;
``app.main`` puts the tables together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.audit.commands import audit
from app.audit.events import Act
from app.audit.rules import Detail
from app.db import Hook, recorded

PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What the log says about an event.

    With a campaign the entry belongs to the campaign's coalition; otherwise to ``coalition_id``;
    with neither the subject is a person, and each of the person's coalitions gets an entry.
    """

    action: str
    subject_kind: str
    subject_id: int
    by: int | None
    at: datetime
    campaign_id: int | None = None
    coalition_id: int | None = None
    detail: Detail = field(default_factory=dict)


def note_of(act: Act, action: str, kind: str, number: int, detail: Detail | None = None) -> Note:
    """Give the note on an act about one thing, where the act itself says it belongs."""
    return Note(
        action=action,
        subject_kind=kind,
        subject_id=number,
        campaign_id=getattr(act, "campaign_id", None),
        coalition_id=getattr(act, "coalition_id", None),
        by=act.by,
        at=act.at,
        detail=detail or {},
    )


# Any: each describing function takes the one type of event that it stands beside.
Describe = Callable[[Any], Note | None]
Audited = Mapping[type, Describe]
"""For each type of event what is written; None leaves this one out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """How to find the coalitions in whose log an entry belongs."""

    of_campaign: Callable[[Session, int], int | None]
    of_person: Callable[[Session, int], Collection[int]]


def audit_hook(audited: Audited, whose: Whose) -> Hook:
    """Give the hook for ``database.before_commit``; it comes last, when all is decided."""

    def follow(session: Session) -> None:
        for happened in recorded(session):
            describe = audited.get(type(happened))
            note = describe(happened) if describe is not None else None
            if note is not None:
                _write(session, whose, note)

    return follow


def _write(session: Session, whose: Whose, note: Note) -> None:
    for coalition_id in _coalitions(session, whose, note):
        audit(
            session,
            note.by,
            note.action,
            subject_kind=note.subject_kind,
            subject_id=note.subject_id,
            campaign_id=note.campaign_id,
            coalition_id=coalition_id,
            detail=note.detail,
            now=note.at,
        )


def _coalitions(session: Session, whose: Whose, note: Note) -> list[int | None]:
    if note.coalition_id is not None:
        return [note.coalition_id]
    if note.campaign_id is not None:
        return [whose.of_campaign(session, note.campaign_id)]
    if note.subject_kind != PERSON:
        raise ValueError(f"{note.action} says neither campaign nor coalition")
    # A person without any role yet is nobody's but the operator's to look after.
    return [*sorted(whose.of_person(session, note.subject_id))] or [None]

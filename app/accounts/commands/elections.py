"""Adding and editing the elections of a coalition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Permission, Scope, Viewer
from app.accounts.events import ElectionChanged
from app.accounts.models import Election
from app.accounts.queries.elections import get_election
from app.accounts.rules.elections import ElectionDays, PackChoices, check_days
from app.db import record
from app.errors import Missing, Refused
from app.texts import N_

LONGEST_ELECTION_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionEntry:
    """What is entered about an election; its zone comes from the pack."""

    pack_id: str
    name: str
    days: ElectionDays
    sign_up_open: bool


def add_election(
    session: Session,
    viewer: Viewer,
    coalition_id: int,
    entry: ElectionEntry,
    *,
    packs: PackChoices,
    now: datetime,
) -> int:
    """Add an election to a coalition and give its number; raises Missing, Refused."""
    if not viewer.may(Permission.ORGANISATION_MANAGE, Scope(coalition_id=coalition_id)):
        raise Missing
    added = Election(coalition_id=coalition_id)
    _follow_pack(added, entry.pack_id, packs)
    _save(session, added, entry)
    session.add(added)
    session.flush()
    record(
        session,
        ElectionChanged(
            coalition_id=coalition_id,
            election_id=added.id,
            added=True,
            days_moved=False,
            campaigns=0,
            by=viewer.person_id,
            at=now,
        ),
    )
    return added.id


def edit_election(
    session: Session,
    viewer: Viewer,
    election_id: int,
    entry: ElectionEntry,
    *,
    packs: PackChoices,
    now: datetime,
) -> int:
    """Change an election; give how many running campaigns have other deadlines from now on.

    Raises Missing; Refused("pack_id") for another pack once there are campaigns.
    """
    # Locked before it is read: nobody applies while the pack is being changed.
    changed = session.get(Election, election_id, with_for_update=True)
    known = get_election(session, viewer, election_id)
    if changed is None:
        raise Missing
    if entry.pack_id != known.pack_id:
        if known.campaigns:
            raise Refused(
                "pack_id", N_("Candidates have applied under these rules: they can’t change now.")
            )
        _follow_pack(changed, entry.pack_id, packs)
    _save(session, changed, entry)
    days_moved = entry.days != known.days
    moved = known.running if days_moved else 0
    record(
        session,
        ElectionChanged(
            coalition_id=known.coalition_id,
            election_id=known.id,
            added=False,
            days_moved=days_moved,
            campaigns=moved,
            by=viewer.person_id,
            at=now,
        ),
    )
    session.flush()
    return moved


def _follow_pack(election: Election, pack_id: str, packs: PackChoices) -> None:
    pack = packs.find(pack_id)
    if pack is None:
        raise Refused("pack_id", N_("Choose the rules from the list."))
    election.pack_id = pack.id
    election.timezone = pack.timezone


def _save(session: Session, election: Election, entry: ElectionEntry) -> None:
    check_days(entry.days)
    election.name = _name(session, election, entry.name)
    election.polling_day = entry.days.polling_day
    election.first_polling_day = entry.days.first_polling_day
    election.published_on = entry.days.published_on
    election.sign_up_open = entry.sign_up_open


def _name(session: Session, election: Election, entered: str) -> str:
    name = " ".join(entered.split())
    if not name or len(name) > LONGEST_ELECTION_NAME:
        raise Refused("name", N_("From 1 to {longest} characters."), longest=LONGEST_ELECTION_NAME)
    with session.no_autoflush:
        others = session.execute(
            select(Election.id, Election.name).where(Election.coalition_id == election.coalition_id)
        ).all()
    folded = name.casefold()
    if any(row.name.casefold() == folded and row.id != election.id for row in others):
        raise Refused("name", N_("The coalition already has an election of this name."))
    return name

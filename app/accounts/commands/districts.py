"""Adding, editing and deleting the districts of an election, one at a time or by a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Viewer
from app.accounts.events import DistrictsChanged
from app.accounts.models import Campaign, District, Election
from app.accounts.queries.elections import (
    get_election,
    get_managed_district,
    known_districts,
)
from app.accounts.rules.district_table import DistrictTable
from app.accounts.rules.districts import (
    DistrictEntry,
    DistrictKey,
    ImportPlan,
    plan_import,
    problems_of,
    tidy,
)
from app.accounts.rules.places import search_text
from app.db import record
from app.errors import Missing, Refused
from app.texts import N_


def add_district(
    session: Session, viewer: Viewer, election_id: int, entry: DistrictEntry, *, now: datetime
) -> int:
    """Add a district to an election and give its number; raises Missing, Refused."""
    election = get_election(session, viewer, election_id)
    values = _values(_checked(entry))
    try:
        with session.begin_nested():
            added = District(election_id=election.id, **values)
            session.add(added)
    except IntegrityError:
        raise _taken(values) from None
    _note(session, election.id, added=1, by=viewer.person_id, now=now)
    return added.id


def edit_district(
    session: Session,
    viewer: Viewer,
    election_id: int,
    district_id: int,
    entry: DistrictEntry,
    *,
    now: datetime,
) -> None:
    """Change a district; raises Missing, Refused."""
    known = get_managed_district(session, viewer, election_id, district_id)
    values = _values(_checked(entry))
    try:
        with session.begin_nested():
            session.execute(update(District).where(District.id == known.id).values(**values))
    except IntegrityError:
        raise _taken(values) from None
    _note(session, election_id, changed=1, by=viewer.person_id, now=now)


def delete_district(
    session: Session, viewer: Viewer, election_id: int, district_id: int, *, now: datetime
) -> None:
    """Delete a district nobody has applied for; raises Missing, Refused."""
    known = get_managed_district(session, viewer, election_id, district_id)
    try:
        with session.begin_nested():
            # The condition repeats what was read: somebody may be applying at this moment.
            gone = session.execute(
                delete(District)
                .where(
                    District.id == known.id,
                    ~select(Campaign.id).where(Campaign.district_id == known.id).exists(),
                )
                .returning(District.id)
            ).all()
    except IntegrityError:
        gone = []
    if not gone:
        raise Refused(None, N_("Candidates have applied for this district: it has to stay."))
    _note(session, election_id, deleted=1, by=viewer.person_id, now=now)


def plan_table(
    session: Session, viewer: Viewer, election_id: int, table: DistrictTable
) -> ImportPlan:
    """Give what a table would change, changing nothing; raises Missing."""
    election = get_election(session, viewer, election_id)
    return plan_import(table.entries, _entries(known_districts(session, election.id)))


def import_table(
    session: Session, viewer: Viewer, election_id: int, table: DistrictTable, *, now: datetime
) -> ImportPlan:
    """Take in the good lines of a table; give what was done; raises Missing, Refused."""
    election = get_election(session, viewer, election_id)
    return import_districts(session, election.id, table.entries, by=viewer.person_id, now=now)


def import_districts(
    session: Session,
    election_id: int,
    rows: Sequence[DistrictEntry],
    *,
    now: datetime,
    by: int | None = None,
) -> ImportPlan:
    """Add and update districts, deleting none; give what was done.

    Districts are recognised by council and number, without numbers by their names; what a row
    leaves empty is kept. This asks nobody's permission: ``by`` is None when the machine's operator
    imports.
    Raises Missing for no such election, Refused when a row can't be stored.
    """
    # Locked, so that two imports into one election follow each other.
    if session.get(Election, election_id, with_for_update=True) is None:
        raise Missing
    known = known_districts(session, election_id)
    by_key = {entry.key: entry for entry in map(_checked, rows)}
    plan = plan_import(tuple(by_key.values()), _entries(known))
    if plan.new:
        session.execute(
            insert(District), [{"election_id": election_id, **_values(one)} for one in plan.new]
        )
    if plan.changed:
        session.execute(
            update(District),
            [{"id": known[one.key][0], **_values(one)} for one in plan.changed],
        )
    if plan.new or plan.changed:
        added, changed = len(plan.new), len(plan.changed)
        _note(session, election_id, added=added, changed=changed, by=by, now=now)
    return plan


def _entries(
    known: dict[DistrictKey, tuple[int, DistrictEntry]],
) -> dict[DistrictKey, DistrictEntry]:
    # Rows from before these rules may hold spaces at the ends, which are no difference.
    return {
        key: replace(tidy(entry), council=key[0], number=key[1], name=key[2] or tidy(entry).name)
        for key, (_, entry) in known.items()
    }


def _checked(entry: DistrictEntry) -> DistrictEntry:
    tidied = tidy(entry)
    for problem in problems_of(tidied):
        raise problem
    return tidied


def _values(entry: DistrictEntry) -> dict[str, str | int | None]:
    return {
        "council": entry.council,
        "number": entry.number,
        "name": entry.name,
        "seats": entry.seats,
        "electors": entry.electors,
        "places_text": entry.places,
        # Written out, because a column's own default sees only the columns that change.
        "search_text": search_text(entry.council, entry.number, entry.name, entry.places),
    }


def _taken(values: Mapping[str, str | int | None]) -> Refused:
    if values["number"]:
        return Refused("number", N_("This council already has a district with this number."))
    if values["name"]:
        return Refused(
            "name", N_("This council already has a district with this name and no number.")
        )
    return Refused("name", N_("This council already has a district without number and name."))


def _note(
    session: Session,
    election_id: int,
    *,
    added: int = 0,
    changed: int = 0,
    deleted: int = 0,
    by: int | None,
    now: datetime,
) -> None:
    coalition_id = session.scalars(
        select(Election.coalition_id).where(Election.id == election_id)
    ).one()
    record(
        session,
        DistrictsChanged(
            coalition_id=coalition_id,
            election_id=election_id,
            added=added,
            changed=changed,
            deleted=deleted,
            by=by,
            at=now,
        ),
    )

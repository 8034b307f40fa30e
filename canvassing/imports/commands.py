"""Taking files in: staged, applied once, undone while nothing stands on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import CampaignRow, get_campaign
from app.db import record
from app.errors import Conflict, Missing, Refused
from app.jobs.commands import enqueue
from app.sealing import Seal
from app.texts import N_
from canvassing.contacts.models import Contact
from canvassing.contacts.rules import ContactEntry, Provenance
from canvassing.imports.events import ImportApplied, ImportUndone
from canvassing.imports.models import FieldImport
from canvassing.imports.queries import doors_of_contacts, new_houses
from canvassing.imports.rules import Read, WrongLine
from canvassing.imports.staging import (
    pack_contacts,
    pack_houses,
    unpack_contacts,
    unpack_houses,
)
from canvassing.territory.models import Building, Door, Entrance
from canvassing.territory.rules import HouseEntry, address_key, sort_key

READ_MAP = "canvassing.read_map"
MOST_WRONG_KEPT = 100
NOT_STAGED = N_("This import was decided already. Look at the list of imports.")
NO_SUCH_DOOR = N_("This flat is not among the doors of the district. Import its building first.")


def stage_houses(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    read: Read[HouseEntry],
    *,
    file_name: str,
    now: datetime,
) -> int:
    """Keep a table of buildings until somebody has looked through it."""
    houses = [entry for _, entry in read.entries]
    return _begin(
        session,
        viewer,
        campaign,
        now=now,
        kind="table",
        state="staged",
        file_name=file_name,
        staged=pack_houses(houses),
        good=len(houses),
        counts={"buildings": len(houses), "doors": sum(one.doors for one in houses)},
        **_wrong(read.wrong),
    )


def begin_map(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    *,
    sha256: str,
    file_name: str,
    now: datetime,
) -> int:
    """Note that an extract of a map is there, and have it read."""
    number = _begin(
        session,
        viewer,
        campaign,
        now=now,
        kind="map",
        state="reading",
        file_name=file_name,
        sha256=sha256,
        staged=None,
        counts={},
        **_wrong(()),
    )
    enqueue(session, READ_MAP, {"import": number}, run_at=now, unique_key=f"{READ_MAP}:{number}")
    return number


def end_map(session: Session, import_id: int, read: Read[HouseEntry]) -> None:
    """Stage what a map held; a second run of the job changes nothing."""
    houses = [entry for _, entry in read.entries]
    session.execute(
        update(FieldImport)
        .where(FieldImport.id == import_id, FieldImport.state == "reading")
        .values(
            state="staged",
            staged=pack_houses(houses),
            good=len(houses),
            counts={"buildings": len(houses), "doors": sum(one.doors for one in houses)},
            **_wrong(read.wrong),
        )
    )


def fail_map(session: Session, import_id: int, problem: str, *, now: datetime) -> None:
    """Note that a map can't be read, and why."""
    session.execute(
        update(FieldImport)
        .where(FieldImport.id == import_id, FieldImport.state == "reading")
        .values(state="failed", problem=problem, ended_at=now)
    )


def stage_contacts(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    read: Read[ContactEntry],
    provenance: Provenance,
    seal: Seal,
    *,
    file_name: str,
    now: datetime,
) -> int:
    """Keep contacts, sealed, until somebody has looked through them."""
    entries = [entry for _, entry in read.entries]
    doors = doors_of_contacts(session, campaign.id, entries)
    good, wrong = [], list(read.wrong)
    for line, entry in read.entries:
        if (entry.address_key, entry.flat) in doors:
            good.append(entry)
        else:
            wrong.append(WrongLine.of(line, Refused("flat", NO_SUCH_DOOR)))
    return _begin(
        session,
        viewer,
        campaign,
        now=now,
        kind="contacts",
        state="staged",
        file_name=file_name,
        staged=pack_contacts(good, seal),
        good=len(good),
        counts={"contacts": len(good)},
        obtained_from=provenance.obtained_from,
        consent_basis=provenance.basis,
        consent_scope=",".join(provenance.scope),
        consent_source=provenance.consent_source,
        consent_on=provenance.consent_on,
        **_wrong(sorted(wrong, key=lambda one: one.line)),
    )


def _wrong(wrong: Sequence[WrongLine]) -> dict[str, Any]:
    kept = [[one.line, one.column, one.message, dict(one.params)] for one in wrong]
    return {"wrong": kept[:MOST_WRONG_KEPT], "wrong_total": len(kept)}


def _begin(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    *,
    now: datetime,
    **values: Any,  # noqa: ANN401 - columns.
) -> int:
    added = FieldImport(
        campaign_id=campaign.id, handed_in_by=viewer.person_id, handed_in_at=now, **values
    )
    session.add(added)
    session.flush()
    return added.id


def apply_import(
    session: Session, viewer: Viewer, campaign_id: int, import_id: int, seal: Seal, *, now: datetime
) -> int:
    """Take in what was staged and give how many are new; raises Missing, Conflict."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.FIELD_MANAGE)
    row = _locked(session, campaign.id, import_id)
    if row.state != "staged" or row.staged is None:
        raise Conflict(NOT_STAGED)
    if row.kind == "contacts":
        counts = _add_contacts(session, row, unpack_contacts(row.staged, seal), seal, now=now)
    else:
        counts = _add_houses(session, row, unpack_houses(row.staged))
    row.state, row.staged, row.ended_at, row.counts = "applied", None, now, counts
    session.flush()
    record(
        session,
        ImportApplied(
            campaign_id=campaign.id,
            import_id=row.id,
            kind=row.kind,
            added=counts["added"],
            by=viewer.person_id,
            at=now,
        ),
    )
    return counts["added"]


def _locked(session: Session, campaign_id: int, import_id: int) -> FieldImport:
    found = session.scalars(
        select(FieldImport)
        .where(FieldImport.campaign_id == campaign_id, FieldImport.id == import_id)
        .with_for_update()
    ).one_or_none()
    if found is None:
        raise Missing
    return found


def _add_houses(session: Session, row: FieldImport, houses: list[HouseEntry]) -> dict[str, int]:
    new, known = new_houses(session, row.campaign_id, houses)
    common: dict[str, Any] = {"campaign_id": row.campaign_id}
    numbers = _insert(
        session,
        Building,
        [
            common
            | {
                "street": one.street,
                "house": one.house,
                "address_key": address_key(one.street, one.house),
                "sort_key": sort_key(one.street, one.house),
                "origin": row.kind,
                "origin_ref": one.ref,
                "latitude_e7": one.latitude_e7,
                "longitude_e7": one.longitude_e7,
                "import_id": row.id,
            }
            for one in new
        ],
    )
    entrances = [
        (number, place, entrance)
        for number, one in zip(numbers, new, strict=True)
        for place, entrance in enumerate(one.entrances, start=1)
    ]
    insides = _insert(
        session,
        Entrance,
        [
            common | {"building_id": number, "label": entrance.label, "position": place}
            for number, place, entrance in entrances
        ],
    )
    doors = [
        common
        | {"entrance_id": number, "label": door.label, "floor": door.floor, "position": place}
        for number, (_, _, entrance) in zip(insides, entrances, strict=True)
        for place, door in enumerate(entrance.doors, start=1)
    ]
    if doors:
        session.execute(insert(Door), doors)
    return {"added": len(new), "known": known, "doors": len(doors)}


def _insert(session: Session, model: Any, rows: list[dict[str, Any]]) -> list[int]:  # noqa: ANN401
    if not rows:
        return []
    statement = insert(model).returning(model.id, sort_by_parameter_order=True)
    return list(session.scalars(statement, rows))


def _add_contacts(
    session: Session, row: FieldImport, entries: list[ContactEntry], seal: Seal, *, now: datetime
) -> dict[str, int]:
    doors = doors_of_contacts(session, row.campaign_id, entries)
    numbers = {doors[key] for one in entries if (key := (one.address_key, one.flat)) in doors}
    known = {
        (door_id, name)
        for door_id, name in session.execute(
            select(Contact.door_id, Contact.first_name).where(
                Contact.campaign_id == row.campaign_id, Contact.door_id.in_(numbers)
            )
        )
    }
    rows = []
    for one in entries:
        door_id = doors.get((one.address_key, one.flat))
        if door_id is None or (door_id, one.first_name) in known:
            continue
        known.add((door_id, one.first_name))
        rows.append(
            {
                "campaign_id": row.campaign_id,
                "door_id": door_id,
                "first_name": one.first_name,
                "phone_sealed": seal.close(one.phone) if one.phone else "",
                "note": one.note,
                "do_not_contact": one.do_not_contact,
                "obtained_from": row.obtained_from,
                "obtained_at": now,
                "obtained_by": row.handed_in_by,
                "import_id": row.id,
                "consent_basis": row.consent_basis,
                "consent_scope": row.consent_scope,
                "consent_source": row.consent_source,
                "consent_on": row.consent_on,
            }
        )
    if rows:
        session.execute(insert(Contact), rows)
    _keep_away(session, row.campaign_id, entries, doors)
    return {"added": len(rows), "known": len(entries) - len(rows)}


def _keep_away(
    session: Session,
    campaign_id: int,
    entries: Sequence[ContactEntry],
    doors: Mapping[tuple[str, str], int],
) -> None:
    """Note who of those kept already asks to be left alone; no table and no undoing lifts it."""
    for one in entries:
        door_id = doors.get((one.address_key, one.flat))
        if one.do_not_contact and door_id is not None:
            session.execute(
                update(Contact)
                .where(
                    Contact.campaign_id == campaign_id,
                    Contact.door_id == door_id,
                    Contact.first_name == one.first_name,
                    Contact.do_not_contact.is_(False),
                )
                .values(do_not_contact=True)
            )


def undo_import(
    session: Session, viewer: Viewer, campaign_id: int, import_id: int, *, now: datetime
) -> None:
    """Take out again what an import brought; raises Missing, Conflict."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.FIELD_MANAGE)
    row = _locked(session, campaign.id, import_id)
    if row.state != "applied":
        raise Conflict(NOT_STAGED)
    if row.kind == "contacts":
        session.execute(
            delete(Contact).where(Contact.campaign_id == campaign.id, Contact.import_id == row.id)
        )
    else:
        _take_out_houses(session, campaign.id, row.id)
    row.state, row.ended_at = "undone", now
    record(
        session,
        ImportUndone(
            campaign_id=campaign.id,
            import_id=row.id,
            kind=row.kind,
            by=viewer.person_id,
            at=now,
        ),
    )


def _take_out_houses(session: Session, campaign_id: int, import_id: int) -> None:
    brought = select(Building.id).where(
        Building.campaign_id == campaign_id, Building.import_id == import_id
    )
    lived_in = session.scalar(
        select(func.count())
        .select_from(Contact)
        .join(Door, Door.id == Contact.door_id)
        .join(Entrance, Entrance.id == Door.entrance_id)
        .where(Contact.campaign_id == campaign_id, Entrance.building_id.in_(brought))
    )
    if lived_in:
        raise Conflict(N_("There are contacts in these buildings. Undo their import first."))
    try:
        with session.begin_nested():
            session.execute(
                delete(Building).where(
                    Building.campaign_id == campaign_id, Building.import_id == import_id
                )
            )
    except IntegrityError:
        # The observations hold on to their doors: they are never deleted.
        raise Conflict(
            N_("Somebody has been at these doors already: what was noted there has to stay.")
        ) from None


def drop_import(
    session: Session, viewer: Viewer, campaign_id: int, import_id: int, *, now: datetime
) -> None:
    """Throw away what was staged; raises Missing, Conflict."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.FIELD_MANAGE)
    row = _locked(session, campaign.id, import_id)
    if row.state not in ("staged", "reading"):
        raise Conflict(NOT_STAGED)
    row.state, row.staged, row.ended_at = "dropped", None, now

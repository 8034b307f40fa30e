"""The field of a place: a house with a turf, a house without one, and who is known there."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from canvassing.contacts.rules import ContactEntry
from canvassing.doors.models import DoorFlag, LoggedDoor, QuarantinedVisit, Visit
from canvassing.imports.models import FieldImport
from canvassing.imports.staging import pack_contacts
from tests.canvassing_world import a_contact, a_house, a_turf
from tests.guards.world.shape import Ground, Place, Sown


def plant_doors(ground: Ground) -> Sown:
    """Plant both houses, a contact, a visit with its flag, and imports."""
    say, session, campaign_id = ground.say, ground.session, ground.campaign.id
    building, entrance, doors = a_house(session, campaign_id, street=say("street"))
    a_house(session, campaign_id, street=say("street_of_nobody"))
    turf = a_turf(session, campaign_id, ground.campaign.candidate_id, entrance, now=ground.now)
    contact = a_contact(
        session,
        campaign_id,
        doors[0],
        first_name=say("resident"),
        note=say("visit_note"),
        phone_sealed=ground.seal.close(say("phone")),
        obtained_from=say("obtained_from"),
        consent_source=say("consent_source"),
        obtained_at=ground.now,
    )
    return Sown(
        ids={
            "building_id": building,
            "entrance_id": entrance,
            "door_id": doors[0],
            "turf_id": turf,
            "contact_id": contact.id,
            "import_id": _imports(ground),
        },
        names={"field.observation": _visit(ground, doors[0])},
    )


def give_turf(session: Session, place: Place, person_id: int, *, now: datetime) -> None:
    """Let somebody walk the house that has turfs."""
    a_turf(session, place.ids["campaign_id"], person_id, place.ids["entrance_id"], now=now)


def _visit(ground: Ground, door_id: int) -> str:
    device = uuid4()
    visit = ground.added(
        Visit(
            campaign_id=ground.campaign.id,
            door_id=door_id,
            observation=uuid4(),
            device=device,
            device_seq=1,
            digest=ground.seal.mark("device", str(device)),
            person_id=ground.campaign.candidate_id,
            kind="visit",
            outcome="do_not_contact",
            marks=[],
            noted_at=ground.now,
            skew_ms=0,
            received_at=ground.now,
            plausible=True,
        )
    )
    ground.added(
        LoggedDoor(
            campaign_id=ground.campaign.id,
            door_id=door_id,
            visit_id=visit.id,
            person_id=visit.person_id,
            verified=True,
            at=ground.now,
        )
    )
    ground.added(
        DoorFlag(
            campaign_id=ground.campaign.id,
            door_id=door_id,
            flag="do_not_contact",
            visit_id=visit.id,
            set_at=ground.now,
        )
    )
    ground.added(
        QuarantinedVisit(
            campaign_id=ground.campaign.id,
            person_id=visit.person_id,
            digest=ground.seal.mark("device", f"odd {device}"),
            sent=ground.say("quarantined"),
            reason="shape",
            received_at=ground.now,
        )
    )
    return str(visit.observation)


def _imports(ground: Ground) -> int:
    entry = ContactEntry(
        address_key="садовая 42",
        flat="46",
        first_name=ground.say("staged_resident"),
        phone=ground.say("staged_phone"),
        note="",
        do_not_contact=False,
    )
    row = ground.added(
        FieldImport(
            campaign_id=ground.campaign.id,
            kind="contacts",
            state="staged",
            file_name=f"{ground.say('import_file')}.csv",
            staged=pack_contacts([entry], ground.seal),
            good=1,
            wrong=[],
            counts={"contacts": 1},
            obtained_from=ground.say("import_from"),
            consent_basis="written_consent",
            consent_scope="visit",
            consent_source=ground.say("import_consent"),
            consent_on=ground.now.date(),
            handed_in_by=ground.campaign.candidate_id,
            handed_in_at=ground.now,
        )
    )
    return row.id

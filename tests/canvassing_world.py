"""A campaign with a house, a turf and a canvasser, for tests of the field."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.access import Role
from app.accounts.models import Campaign
from canvassing.contacts.models import Contact
from canvassing.territory.models import Building, Door, Entrance
from canvassing.territory.rules import address_key, sort_key
from canvassing.turf.models import Turf, TurfEntrance
from quests.route.library import PackLibrary
from tests import builders
from tests.page import CheckingClient
from tests.web.portal import RU, Portal, a_portal

FIRST_FLAT, FLOORS, ON_A_FLOOR = 45, 5, 4


@dataclass(slots=True, kw_only=True)
class Field:
    """The portal, and what was planted in Anna's campaign."""

    portal: Portal
    campaign_id: int
    building_id: int
    entrance_id: int
    turf_id: int
    doors: list[int]
    foreign_door: int
    device: UUID = field(default_factory=uuid4)
    tokens: dict[int, str] = field(default_factory=dict)

    def at(self, path: str) -> str:
        """Give an address in the field."""
        return f"/campaigns/{self.campaign_id}/field{path}"

    @property
    def sync(self) -> str:
        """Give where phones send."""
        return f"/campaigns/{self.campaign_id}/doors/sync"

    def item(self, seq: int, door: int = 0, **values: Any) -> dict[str, Any]:
        """Give an observation as a phone sends it."""
        return {
            "id": str(uuid4()),
            "seq": seq,
            "door": self.doors[door],
            "at": int(clock.now().timestamp() * 1000) - 60_000 * 60 * 5 + seq * 60_000,
            "outcome": "talked",
            **values,
        }

    def batch(self, *items: Any, device: UUID | None = None) -> dict[str, Any]:
        """Give a batch as a phone sends it."""
        return {
            "device": str(device or self.device),
            "sent_at": int(clock.now().timestamp() * 1000),
            "items": list(items),
        }

    def push(
        self, client: CheckingClient, body: object, *, status: int = 200, sync: str = ""
    ) -> dict[str, Any]:
        """Send a body as JSON, or as the bytes it is."""
        if id(client) not in self.tokens:
            self.tokens[id(client)] = client.token(self.at("/walk"))
        sent = {"data": body} if isinstance(body, bytes) else {"json": body}
        response = client.post(
            sync or self.sync,
            headers={"X-CSRFToken": self.tokens[id(client)]},
            content_type="application/json",
            **sent,
        )
        assert response.status_code == status, response.get_data(as_text=True)[:400]
        found: dict[str, Any] = response.get_json()
        return found


def a_field(program: Flask, library: PackLibrary, *, pack_id: str = RU) -> Field:
    """Plant a portal with a house in Anna's campaign and one door in Pavel's."""
    portal = a_portal(program, library, pack_id=pack_id)
    with portal.database.writing() as session:
        campaign = session.get_one(Campaign, portal.campaigns["anna"])
        lead = builders.a_member(session, campaign, role=Role.CANVASS_LEAD)
        portal.people["lead"] = lead.person_id
        second = builders.a_member(session, campaign, role=Role.CANVASSER)
        portal.people["second"] = second.person_id
        building, entrance, doors = a_house(session, campaign.id)
        foreign = a_house(session, portal.campaigns["pavel"])[2][0]
        turf = a_turf(session, campaign.id, portal.people["canvasser"], entrance, now=portal.now)
    return Field(
        portal=portal,
        campaign_id=campaign.id,
        building_id=building,
        entrance_id=entrance,
        turf_id=turf,
        doors=doors,
        foreign_door=foreign,
    )


def a_house(
    session: Session, campaign_id: int, *, street: str = "Садовая", house: str = "42"
) -> tuple[int, int, list[int]]:
    """Give building, entrance and doors of a house with flats 45 to 64 on five floors."""
    building = Building(
        campaign_id=campaign_id,
        street=street,
        house=house,
        address_key=address_key(street, house),
        sort_key=sort_key(street, house),
        origin="table",
    )
    session.add(building)
    session.flush()
    entrance = Entrance(campaign_id=campaign_id, building_id=building.id, label="2", position=2)
    session.add(entrance)
    session.flush()
    doors = [
        Door(
            campaign_id=campaign_id,
            entrance_id=entrance.id,
            label=str(FIRST_FLAT + place),
            floor=place // ON_A_FLOOR + 1,
            position=place + 1,
        )
        for place in range(FLOORS * ON_A_FLOOR)
    ]
    session.add_all(doors)
    session.flush()
    return building.id, entrance.id, [door.id for door in doors]


def a_turf(
    session: Session,
    campaign_id: int,
    person_id: int,
    entrance_id: int,
    *,
    now: datetime,
    days: int = 3,
) -> int:
    """Give an entrance to a canvasser."""
    turf = Turf(
        campaign_id=campaign_id,
        name="Участок 4",
        person_id=person_id,
        expires_at=now + timedelta(days=days),
        assigned_at=now,
    )
    session.add(turf)
    session.flush()
    session.add(
        TurfEntrance(campaign_id=campaign_id, turf_id=turf.id, entrance_id=entrance_id, position=1)
    )
    session.flush()
    return turf.id


def a_contact(session: Session, campaign_id: int, door_id: int, **values: Any) -> Contact:
    """Give a contact at a door."""
    contact = Contact(
        **{
            "campaign_id": campaign_id,
            "door_id": door_id,
            "first_name": "Ольга",
            "note": "спрашивала про двор",
            "obtained_from": "Стойка на Садовой",
            "obtained_at": clock.now(),
            "consent_basis": "written_consent",
            "consent_scope": "visit",
            "consent_source": "Папка 2",
            "consent_on": date(2026, 6, 1),
            **values,
        }
    )
    session.add(contact)
    session.flush()
    return contact


def rows_of(session: Session, model: Any) -> list[Any]:
    """Give every row of a table in the order of arrival."""
    return list(session.scalars(select(model).order_by(model.id)))

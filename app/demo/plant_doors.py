"""Planting the field: houses, doors and visits in the campaigns that are far enough to walk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign, Election, TeamMember
from app.demo.rows import Rows
from canvassing.contacts.models import Contact
from canvassing.doors.models import DoorFlag, FieldDevice, LoggedDoor, OpinionTally, Visit
from canvassing.doors.rules import STANDING
from canvassing.pack import DoorPacks, DoorRules, Outcome, OutcomeKind
from canvassing.territory.models import Building, Door, Entrance
from canvassing.territory.rules import address_key, sort_key
from canvassing.turf.models import Turf, TurfEntrance

DOORS = 20_000
FLOORS, ON_A_FLOOR, ENTRANCES = 5, 4, 2
VISITED = 0.62
SEED = 20260803
WALKERS = ("canvasser", "canvass_lead")
STREETS = {
    "ru-spb-municipal": ("Садовая улица", "Липовая аллея", "Тихий переулок", "Речная улица"),
    "gb-eng-local": ("Garden Street", "Lime Walk", "Quiet Lane", "River Road"),
}
NAMES = {
    "ru-spb-municipal": (
        *("Ольга", "Иван", "Мария", "Пётр", "Анна", "Сергей", "Галина", "Тимур", "Вера"),
        *("Лидия", "Рустам", "Нина", "Егор", "Алина", "Борис", "Зоя", "Денис", "Раиса"),
    ),
    "gb-eng-local": (
        *("Olive", "Ian", "Mary", "Peter", "Anne", "Samuel", "Priya", "Gareth", "Joan"),
        *("Amina", "Walter", "Ruth", "Kofi", "Sheila", "Tom", "Bronwen", "Imran", "Edith"),
    ),
}
NOTES = {
    "ru-spb-municipal": (
        *("просьба поставить лавочку", "вопрос про ремонт двора", "темно у парадной"),
        *("звонить после шести", "поможет с листовками", "нет пандуса", "", "", ""),
    ),
    "gb-eng-local": (
        *("wants a bench by the stop", "asked about the parking scheme", "street light is out"),
        *("best after six", "would deliver leaflets", "bins were missed twice", "", "", ""),
    ),
}
ORIGIN = {"ru-spb-municipal": "Стойка у парка", "gb-eng-local": "Stall by the park"}
KEPT_IN = {"ru-spb-municipal": "Папка 1", "gb-eng-local": "Folder 1"}
WEIGHTS = {
    OutcomeKind.ANSWERED: 420,
    OutcomeKind.OUT: 400,
    OutcomeKind.REFUSED: 120,
    OutcomeKind.DO_NOT_CONTACT: 4,
    OutcomeKind.MOVED: 2,
    OutcomeKind.DECEASED: 1,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What a campaign must have walked: at least so many doors, and since when."""

    least: int
    begun_at: datetime


LONG_AGO = timedelta(days=9)
NO_ROUNDS: Mapping[int, Round] = {}


@dataclass(slots=True, kw_only=True)
class _Walk:
    """One campaign's field while it is planted."""

    rows: Rows
    random: Random
    campaign_id: int
    person_id: int
    pack_id: str
    rules: DoorRules
    now: datetime
    device: UUID
    seq: int = 0
    at: datetime


def plant_doors(
    session: Session,
    packs: DoorPacks,
    *,
    now: datetime,
    campaign_ids: Sequence[int],
    doors: int = DOORS,
    rounds: Mapping[int, Round] = NO_ROUNDS,
) -> int:
    """Plant about ``doors`` doors over these campaigns; give how many there are.

    Those with a round get as many houses as it takes. The same campaigns and ``now`` give the
    same doors and visits.
    """
    rows, random = Rows(session), Random(SEED)
    chosen = _campaigns(session, campaign_ids)
    if not chosen:
        return 0
    in_a_house = ENTRANCES * FLOORS * ON_A_FLOOR
    houses = max(1, -(-doors // (in_a_house * len(chosen))))
    planted = 0
    for campaign_id, candidate_id, pack_id in chosen:
        person_id = _walker(session, campaign_id) or candidate_id
        asked = rounds.get(campaign_id, Round(least=0, begun_at=now - LONG_AGO))
        walk = _Walk(
            rows=rows,
            random=random,
            campaign_id=campaign_id,
            person_id=person_id,
            pack_id=pack_id,
            rules=packs[pack_id],
            now=now,
            device=UUID(int=random.getrandbits(128), version=4),
            at=asked.begun_at,
        )
        rows.add(
            FieldDevice,
            id=rows.number(FieldDevice),
            campaign_id=campaign_id,
            device=walk.device,
            person_id=person_id,
            first_seen_at=walk.at,
        )
        number = 0
        while number < houses or walk.seq < asked.least:
            planted += _house(walk, number)
            number += 1
        rows.write_when_many()
    rows.finish()
    return planted


def _campaigns(session: Session, campaign_ids: Sequence[int]) -> Sequence[tuple[int, int, str]]:
    found = session.execute(
        select(Campaign.id, Campaign.candidate_id, Election.pack_id)
        .join(Election, Election.id == Campaign.election_id)
        .where(Campaign.id.in_(campaign_ids))
        .order_by(Campaign.id)
    )
    return [(number, candidate, pack_id) for number, candidate, pack_id in found]


def _walker(session: Session, campaign_id: int) -> int | None:
    members = session.execute(
        select(TeamMember.role, TeamMember.person_id)
        .where(TeamMember.campaign_id == campaign_id, TeamMember.role.in_(WALKERS))
        .order_by(TeamMember.id)
    ).all()
    found = sorted(members, key=lambda member: WALKERS.index(member.role))
    return found[0].person_id if found else None


def _house(walk: _Walk, number: int) -> int:
    streets = STREETS[walk.pack_id]
    street, house = streets[number % len(streets)], str(2 + 2 * (number // len(streets)))
    building_id = walk.rows.add_numbered(
        Building,
        campaign_id=walk.campaign_id,
        street=street,
        house=house,
        address_key=address_key(street, house),
        sort_key=sort_key(street, house),
        origin="demo",
        origin_ref="",
        latitude_e7=None,
        longitude_e7=None,
        import_id=None,
    )
    heard: dict[int, int] = {}
    entrances = []
    flat = 0
    for place in range(1, ENTRANCES + 1):
        entrance_id = walk.rows.add_numbered(
            Entrance,
            campaign_id=walk.campaign_id,
            building_id=building_id,
            label=str(place),
            position=place,
        )
        entrances.append(entrance_id)
        for position in range(1, FLOORS * ON_A_FLOOR + 1):
            flat += 1
            _door(walk, entrance_id, flat, position, heard)
    for level, count in sorted(heard.items()):
        walk.rows.add(
            OpinionTally,
            campaign_id=walk.campaign_id,
            building_id=building_id,
            level=level,
            heard=count,
        )
    if number == 0:
        _turf(walk, street, entrances)
    return flat


def _door(walk: _Walk, entrance_id: int, flat: int, position: int, heard: dict[int, int]) -> None:
    door_id = walk.rows.add_numbered(
        Door,
        campaign_id=walk.campaign_id,
        entrance_id=entrance_id,
        label=str(flat),
        floor=(position - 1) // ON_A_FLOOR + 1,
        position=position,
    )
    is_known = walk.random.random() < 1 / 15
    if is_known:
        _contact(walk, door_id)
    if walk.random.random() < VISITED:
        _knock(walk, door_id, heard, is_known=is_known)


def _knock(walk: _Walk, door_id: int, heard: dict[int, int], *, is_known: bool) -> None:
    walk.at += timedelta(seconds=walk.random.randrange(50, 240))
    # Whoever left their name at the stall did not ask to be left alone.
    outcomes = {
        one.kind: one
        for one in walk.rules.outcome
        if one.kind in WEIGHTS and not (is_known and one.kind in STANDING)
    }
    wanted = walk.random.choices(list(outcomes), [WEIGHTS[kind] for kind in outcomes])[0]
    outcome = outcomes[wanted]
    support, marks = None, []
    if wanted is OutcomeKind.ANSWERED:
        level = walk.random.choice(walk.rules.level).code
        if walk.random.random() < 1 / 2:
            support = level
        else:
            heard[level] = heard.get(level, 0) + 1
        if walk.rules.mark and walk.random.random() < 1 / 5:
            marks = [walk.random.choice(walk.rules.mark).key]
    _visit(walk, door_id, outcome, support, marks)


def _visit(
    walk: _Walk, door_id: int, outcome: Outcome, support: int | None, marks: list[str]
) -> None:
    walk.seq += 1
    flag = STANDING.get(outcome.kind)
    observation = UUID(int=walk.random.getrandbits(128), version=4)
    at = min(walk.at, walk.now)
    visit: dict[str, Any] = {
        "campaign_id": walk.campaign_id,
        "door_id": door_id,
        "observation": observation,
        "device": walk.device,
        "device_seq": walk.seq,
        "digest": f"{walk.random.getrandbits(256):064x}",
        "person_id": walk.person_id,
        "turf_id": None,
        "kind": "visit",
        "of": None,
        "outcome": outcome.key,
        "support": support,
        "marks": marks,
        "noted_at": at,
        "skew_ms": 0,
        "received_at": at,
        "plausible": True,
    }
    number = walk.rows.add_numbered(Visit, **visit)
    if flag:
        walk.rows.add_numbered(
            DoorFlag,
            campaign_id=walk.campaign_id,
            door_id=door_id,
            flag=flag,
            visit_id=number,
            set_at=at,
        )
    walk.rows.add(
        LoggedDoor,
        campaign_id=walk.campaign_id,
        door_id=door_id,
        visit_id=number,
        person_id=walk.person_id,
        verified=True,
        at=at,
    )


def _contact(walk: _Walk, door_id: int) -> None:
    walk.rows.add_numbered(
        Contact,
        campaign_id=walk.campaign_id,
        door_id=door_id,
        first_name=walk.random.choice(NAMES[walk.pack_id]),
        phone_sealed="",
        note=walk.random.choice(NOTES[walk.pack_id]),
        do_not_contact=False,
        obtained_from=ORIGIN[walk.pack_id],
        obtained_at=walk.at,
        obtained_by=walk.person_id,
        import_id=None,
        consent_basis=walk.rules.basis[0].key,
        consent_scope=walk.rules.scope[0].key,
        consent_source=KEPT_IN[walk.pack_id],
        consent_on=walk.at.date(),
    )


def _turf(walk: _Walk, street: str, entrances: Sequence[int]) -> None:
    turf_id = walk.rows.add_numbered(
        Turf,
        campaign_id=walk.campaign_id,
        name=street,
        person_id=walk.person_id,
        expires_at=walk.now + timedelta(days=20),
        ended_at=None,
        assigned_by=None,
        assigned_at=walk.now - timedelta(days=9),
    )
    for position, entrance_id in enumerate(entrances, start=1):
        walk.rows.add(
            TurfEntrance,
            campaign_id=walk.campaign_id,
            turf_id=turf_id,
            entrance_id=entrance_id,
            position=position,
        )

"""Storing observations: once, whatever the network does, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DatabaseError

from app.access import Permission, Role, Viewer
from app.accounts.queries import get_campaign
from app.db import Database, recorded
from app.packs import load_pack
from canvassing.doors.commands.durability import note_verified_backup, renew_epoch
from canvassing.doors.commands.storing import (
    Receipt,
    store_batch,
)
from canvassing.doors.events import DoorRetracted, DoorVerified
from canvassing.doors.facts import LOGGED, door_facts
from canvassing.doors.models import DoorFlag, LoggedDoor, OpinionTally, QuarantinedVisit, Visit
from canvassing.doors.observations import read_batch
from canvassing.doors.queries.observations import observations_of_doors
from canvassing.doors.rules import TURF_SPEAKS_FOR, fold_all
from canvassing.pack import DoorRules, load_doors
from canvassing.turf.models import Turf
from tests import builders
from tests.canvassing_world import a_house, a_turf

PACK = Path(__file__).resolve().parents[3] / "quests" / "packs" / "ru-spb-municipal"


@dataclass(slots=True, kw_only=True)
class World:
    """A campaign with twenty doors and somebody who walks them."""

    database: Database
    rules: DoorRules
    now: datetime
    campaign_id: int
    viewer: Viewer
    doors: list[int]
    device: UUID = field(default_factory=uuid4)
    events: list[object] = field(default_factory=list)

    def item(self, seq: int, door: int = 0, **values: Any) -> dict[str, Any]:
        at = self.now - timedelta(hours=9) + timedelta(minutes=2 * seq)
        return {
            "id": str(uuid4()),
            "seq": seq,
            "door": self.doors[door],
            "at": int(at.timestamp() * 1000),
            "outcome": "talked",
            **values,
        }

    def push(
        self,
        *items: dict[str, Any],
        device: UUID | None = None,
        clock_ahead: timedelta = timedelta(),
    ) -> Receipt:
        body = {
            "device": str(device or self.device),
            "sent_at": int((self.now + clock_ahead).timestamp() * 1000),
            "items": list(items),
        }
        with self.database.writing() as session:
            campaign = get_campaign(session, self.viewer, self.campaign_id, Permission.DOORS_WORK)
            batch = read_batch(body, self.rules)
            found = store_batch(session, self.viewer, campaign, batch, self.rules, now=self.now)
            self.events += recorded(session)
        return found

    def count(self, model: Any) -> int:
        with self.database.reading() as session:
            return session.scalar(select(func.count()).select_from(model)) or 0

    def happened(self, kind: type) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture
def world(database: Database, now: datetime) -> Iterator[World]:
    with database.writing() as session:
        campaign = builders.a_campaign(session)
        member = builders.a_member(session, campaign, role=Role.CANVASSER)
        viewer = builders.the_viewer(session, member.person_id)
        _, entrance, doors = a_house(session, campaign.id)
        a_turf(session, campaign.id, member.person_id, entrance, now=now)
    yield World(
        database=database,
        rules=load_doors(load_pack(PACK)),
        now=now,
        campaign_id=campaign.id,
        viewer=viewer,
        doors=doors,
    )


def test_the_same_batch_from_two_threads_is_stored_once(world: World) -> None:
    items = [world.item(seq, seq % 20) for seq in range(1, 41)]
    gate, found = Barrier(2), []

    def send() -> None:
        gate.wait()
        found.append(world.push(*items))

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    verdicts = [{one.verdict.value for one in receipt.verdicts} for receipt in found]
    assert {"stored"} in verdicts and {"duplicate"} in verdicts
    assert world.count(Visit) == 40 and world.count(QuarantinedVisit) == 0
    assert len(world.happened(DoorVerified)) == 20


def test_two_phones_at_one_door_verify_it_once(world: World) -> None:
    gate = Barrier(2)

    def send() -> None:
        gate.wait()
        world.push(world.item(1), device=uuid4())

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert world.count(Visit) == 2 and len(world.happened(DoorVerified)) == 1


def test_a_door_counts_once_however_often_it_is_visited(world: World) -> None:
    world.push(world.item(1), world.item(2), world.item(3, 1))
    with world.database.reading() as session:
        assert door_facts(session, [world.campaign_id])[world.campaign_id][LOGGED].count == 2


def test_a_retraction_takes_the_door_out_of_the_facts(world: World) -> None:
    visit = world.item(1)
    world.push(visit)
    world.push(world.item(2, kind="retraction", of=visit["id"]))
    with world.database.reading() as session:
        assert door_facts(session, None) == {}
    assert len(world.happened(DoorRetracted)) == 1


def test_a_retraction_that_comes_first_holds_when_its_visit_arrives(world: World) -> None:
    visit = world.item(1)
    world.push(world.item(2, kind="retraction", of=visit["id"]))
    world.push(visit)
    assert world.count(LoggedDoor) == 0 and not world.happened(DoorVerified)


def test_a_burst_is_kept_and_verifies_no_more_than_can_be_walked(world: World) -> None:
    moment = int((world.now - timedelta(hours=1)).timestamp() * 1000)
    for start in (1, 11):
        world.push(
            *(world.item(seq, seq % 20, at=moment) for seq in range(start, start + 20)),
            device=uuid4(),
        )
    assert world.count(Visit) == 40 and world.count(LoggedDoor) == 20
    with world.database.reading() as session:
        plausible = session.scalar(
            select(func.count()).select_from(Visit).where(Visit.plausible.is_(True))
        )
    assert plausible == world.rules.pace.most_visits


@pytest.mark.parametrize("hours", [1, -1, 30])
def test_a_clock_put_forward_between_two_batches_buys_no_second_burst(
    world: World, hours: int
) -> None:
    moment = world.now - timedelta(hours=1)
    for batch in range(3):
        ahead = timedelta(hours=hours) * batch
        world.push(
            *(
                world.item(
                    10 * batch + place,
                    (10 * batch + place) % 20,
                    at=int((moment + ahead).timestamp() * 1000),
                )
                for place in range(1, 11)
            ),
            clock_ahead=ahead,
        )
    with world.database.reading() as session:
        plausible = session.scalar(
            select(func.count()).select_from(Visit).where(Visit.plausible.is_(True))
        )
    assert world.count(Visit) == 30 and plausible == world.rules.pace.most_visits


def test_a_burst_sent_with_its_latest_visits_first_verifies_no_more(world: World) -> None:
    for batch in range(3):
        moment = world.now - timedelta(hours=1, seconds=batch)
        at = int(moment.timestamp() * 1000)
        seqs = range(20 * batch + 1, 20 * batch + 21)
        world.push(*(world.item(seq, seq % 20, at=at) for seq in seqs))
    with world.database.reading() as session:
        plausible = session.scalar(
            select(func.count()).select_from(Visit).where(Visit.plausible.is_(True))
        )
    assert world.count(Visit) == 60 and plausible == world.rules.pace.most_visits


def test_a_visit_that_claims_to_lie_ahead_hides_none_that_comes_after_it(world: World) -> None:
    world.push(world.item(1, outcome="refused", at=4_102_444_800_000))
    world.now += timedelta(days=1)
    world.push(world.item(2, outcome="talked"))
    with world.database.reading() as session:
        found = observations_of_doors(session, world.campaign_id, world.doors[:1])
    state = fold_all(found, world.rules)[world.doors[0]]
    assert state.outcome == "talked" and max(one.at for one in found) < world.now


def test_a_flag_is_set_once(world: World) -> None:
    world.push(world.item(1, outcome="do_not_contact"), world.item(2, outcome="do_not_contact"))
    world.push(world.item(3, outcome="do_not_contact"))
    assert world.count(DoorFlag) == 1


def test_opinions_without_consent_are_counted_exactly_once(world: World) -> None:
    items = [world.item(seq, seq, support=4) for seq in (1, 2)]
    world.push(*items)
    world.push(*items)
    with world.database.reading() as session:
        assert session.scalars(select(OpinionTally.heard)).all() == [2]


def test_observations_are_never_changed_and_never_deleted(world: World) -> None:
    world.push(world.item(1))
    for change in (update(Visit).values(outcome="out"), delete(Visit)):
        with pytest.raises(DatabaseError), world.database.writing() as session:
            session.execute(change)
    assert world.count(Visit) == 1


def test_what_is_in_a_verified_backup_is_told_to_the_phone(world: World) -> None:
    world.push(world.item(1), world.item(2, 1))
    with world.database.writing() as session:
        note_verified_backup(session, session.scalar(select(func.max(Visit.id))) or 0)
    receipt = world.push(world.item(3, 2))
    assert receipt.durable_seq == 2 and receipt.have == ((1, 3),)


def test_a_restore_begins_another_epoch(world: World) -> None:
    before = world.push(world.item(1)).epoch
    with world.database.writing() as session:
        renew_epoch(session)
    assert world.push(world.item(2)).epoch != before


def test_the_phone_s_clock_is_kept_with_how_wrong_it_is(world: World) -> None:
    world.push(world.item(1))
    with world.database.reading() as session:
        visit = session.scalars(select(Visit)).one()
    assert visit.skew_ms == 0 and visit.received_at == world.now and visit.noted_at < world.now


def test_without_a_turf_a_door_is_neither_flagged_nor_logged(world: World) -> None:
    with world.database.writing() as session:
        session.execute(delete(Turf))
    told = world.push(
        *(
            world.item(seq, seq, outcome=outcome)
            for seq, outcome in enumerate(("do_not_contact", "refused", "talked"), start=1)
        )
    )
    assert {(one.verdict.value, one.reason) for one in told.verdicts} == {
        ("quarantined", "not_given")
    }
    assert world.count(DoorFlag) == world.count(LoggedDoor) == world.count(Visit) == 0
    assert world.count(QuarantinedVisit) == 3 and not world.happened(DoorVerified)


@pytest.mark.parametrize(
    ("over_for", "flags"), [(timedelta(hours=1), 1), (TURF_SPEAKS_FOR + timedelta(hours=1), 0)]
)
@pytest.mark.parametrize("column", ["expires_at", "ended_at"])
def test_a_turf_that_is_over_speaks_for_its_doors_for_some_time(
    world: World, column: str, over_for: timedelta, flags: int
) -> None:
    with world.database.writing() as session:
        session.execute(update(Turf).values({column: world.now - over_for}))
    world.push(world.item(1, outcome="do_not_contact"))
    assert world.count(DoorFlag) == flags and world.count(QuarantinedVisit) == 1 - flags


def test_a_correction_flags_no_door_of_a_turf_long_over_but_a_visit_can_be_taken_back(
    world: World,
) -> None:
    visit = world.item(1)
    world.push(visit)
    with world.database.writing() as session:
        session.execute(update(Turf).values(ended_at=world.now - 2 * TURF_SPEAKS_FOR))
    told = world.push(
        world.item(2, kind="correction", of=visit["id"], outcome="do_not_contact"),
        world.item(3, kind="retraction", of=visit["id"]),
    )
    assert [(one.verdict.value, one.reason) for one in told.verdicts] == [
        ("quarantined", "not_given"),
        ("stored", ""),
    ]
    assert world.count(DoorFlag) == world.count(LoggedDoor) == 0


def test_visits_that_come_days_later_are_kept_and_verify_nothing(world: World) -> None:
    told = world.push(
        *(
            world.item(day, day, at=int((world.now - timedelta(days=day)).timestamp() * 1000))
            for day in range(1, 11)
        )
    )
    assert {one.verdict.value for one in told.verdicts} == {"stored"}
    assert world.count(Visit) == world.count(LoggedDoor) == 10
    assert len(world.happened(DoorVerified)) == 3

"""Flags at doors: who has set them, and lifting all that one person has set."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import func, select

from app.audit.models import AuditEntry
from canvassing.doors.models import DoorFlag, LoggedDoor, Visit
from quests.ranking.models import PointEntry
from tests.canvassing_world import Field, a_turf, rows_of

REASON = "These doors were never knocked at."


def spoil(field: Field, who: str, *doors: int) -> None:
    """Let somebody say of doors that nobody may come again."""
    client = field.portal.browser(who)
    items = [
        {**field.item(number, door), "outcome": "do_not_contact"}
        for number, door in enumerate(doors, 1)
    ]
    # A token is remembered by its client, and this client may stand where another one stood.
    field.tokens.clear()
    field.push(client, field.batch(*items, device=uuid4()))


def standing(field: Field) -> dict[int, str]:
    """Give the flags that stand, by the place of their door."""
    with field.portal.database.reading() as session:
        return {
            field.doors.index(flag.door_id): flag.flag
            for flag in rows_of(session, DoorFlag)
            if flag.lifted_at is None
        }


def give_to_second(field: Field) -> None:
    with field.portal.database.writing() as session:
        second = field.portal.people["second"]
        a_turf(session, field.campaign_id, second, field.entrance_id, now=field.portal.now)


def test_all_flags_of_one_person_are_lifted_in_one_act_and_those_of_others_stay(
    field: Field,
) -> None:
    give_to_second(field)
    spoil(field, "canvasser", 0, 1, 2, 3)
    spoil(field, "second", 5)
    # A wish from a list of contacts or of somebody forgotten was set by no visit.
    with field.portal.database.writing() as session:
        session.add(
            DoorFlag(
                campaign_id=field.campaign_id,
                door_id=field.doors[7],
                flag="do_not_contact",
                set_at=field.portal.now,
            )
        )
    lead = field.portal.browser("lead")
    page = lead.page(field.at("/flags"))
    whose = field.portal.people["canvasser"]
    assert page.says("Asked us not to come: 4") and page.says("Lift 4 flags")
    here = field.at(f"/flags/{whose}/lift")
    lead.send(here, {"reason": " "}, status=422, start=field.at("/flags"))
    assert len(standing(field)) == 6
    lead.send(here, {"reason": REASON}, start=field.at("/flags"))
    assert standing(field) == {5: "do_not_contact", 7: "do_not_contact"}
    lead.send(here, {"reason": REASON}, status=404, start=field.at("/flags"))
    with field.portal.database.reading() as session:
        lifted = [flag for flag in rows_of(session, DoorFlag) if flag.lifted_at is not None]
        noted = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "door.flags_lifted")
        ).one()
    assert {flag.reason for flag in lifted} == {REASON}
    assert {flag.lifted_by for flag in lifted} == {field.portal.people["lead"]}
    assert (noted.subject_id, noted.detail, noted.actor_id) == (
        whose,
        {"flags": 4, "visits": False},
        field.portal.people["lead"],
    )


def kept(field: Field) -> tuple[int, int, int]:
    """Give how many observations and logged doors there are, and the points of all doors."""
    with field.portal.database.reading() as session:
        visits, logged = (
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Visit, LoggedDoor)
        )
        points = session.scalar(select(func.sum(PointEntry.points)))
    return visits, logged, points or 0


def test_lifting_flags_leaves_visits_and_their_points_unless_the_visits_are_taken_back_too(
    field: Field,
) -> None:
    spoil(field, "canvasser", 0, 1)
    _, _, earned = kept(field)
    assert earned > 0
    lead, page = field.portal.browser("lead"), field.at("/flags")
    lift = field.at(f"/flags/{field.portal.people['canvasser']}/lift")
    lead.send(lift, {"reason": REASON}, start=page)
    assert kept(field) == (2, 2, earned)
    spoil(field, "canvasser", 2, 3, 4)
    assert kept(field)[:2] == (5, 5) and kept(field)[2] > earned
    lead.send(lift, {"reason": REASON, "visits": "1"}, start=page)
    # Only the visits behind what was lifted go, each by an observation of its own.
    assert kept(field) == (8, 2, earned)
    assert standing(field) == {}


def test_a_flag_may_be_set_again_after_all_were_lifted(field: Field) -> None:
    spoil(field, "canvasser", 0)
    lift = field.at(f"/flags/{field.portal.people['canvasser']}/lift")
    field.portal.browser("lead").send(lift, {"reason": REASON}, start=field.at("/flags"))
    give_to_second(field)
    spoil(field, "second", 0)
    assert standing(field) == {0: "do_not_contact"}


def test_only_who_leads_the_field_of_the_campaign_lifts_flags(field: Field) -> None:
    spoil(field, "canvasser", 0)
    lift = field.at(f"/flags/{field.portal.people['canvasser']}/lift")
    for who, status in (("canvasser", 403), ("pavel", 404)):
        browser = field.portal.browser(who)
        browser.page(field.at("/flags"), status)
        browser.send(lift, {"reason": REASON}, status=status, start="/")
    assert standing(field) == {0: "do_not_contact"}


def test_who_leads_reads_in_russian_that_nothing_stands(field: Field) -> None:
    page = field.portal.browser("lead", "ru").page(field.at("/flags"))
    assert page.says("Отметок нет")

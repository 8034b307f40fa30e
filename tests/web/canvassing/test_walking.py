"""Going from door to door without a script: the walk, the grid, a door."""

from __future__ import annotations

from sqlalchemy import func, select

from canvassing.doors.models import DoorFlag, LoggedDoor, Visit
from canvassing.territory.models import Building, Door, Entrance
from canvassing.territory.rules import address_key, sort_key
from tests.canvassing_world import Field, a_contact, a_turf, rows_of


def test_a_canvasser_finds_the_doors_of_the_turf(field: Field) -> None:
    browser = field.portal.browser("canvasser", "ru")
    page = browser.page(field.at("/walk"))
    assert page.says("Участок 4") and page.says("Садовая, 42, парадная 2")


def test_the_grid_shows_every_flat_the_top_floor_first(field: Field) -> None:
    page = field.portal.browser("canvasser", "ru").page(field.at(f"/entrances/{field.entrance_id}"))
    labels = [cell.get_text() for cell in page.soup.select(".cell b")]
    assert labels[:4] == ["61", "62", "63", "64"] and len(labels) == 20
    assert page.says("Следующая дверь: кв. 45")


def test_a_visit_is_noted_with_a_plain_form_and_the_next_door_opens(field: Field) -> None:
    browser = field.portal.browser("canvasser")
    address = field.at(f"/doors/{field.doors[0]}")
    form = browser.page(address).form("/doors/")
    page = browser.send(
        address, {**form, "outcome": "talked", "support": "4", "agreed": "1"}, start=address
    )
    assert page.response.location.endswith(f"/doors/{field.doors[1]}")
    grid = browser.page(field.at(f"/entrances/{field.entrance_id}"))
    assert "for us" in grid.soup.find(id=f"door-{field.doors[0]}").get_text(" ")


def test_the_same_form_sent_twice_is_one_visit(field: Field) -> None:
    browser = field.portal.browser("canvasser")
    address = field.at(f"/doors/{field.doors[0]}")
    form = browser.page(address).form("/doors/")
    for _ in range(2):
        browser.send(address, {**form, "outcome": "out"}, start=address)
    with field.portal.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Visit)) == 1


def test_without_an_outcome_the_door_says_what_is_missing(field: Field) -> None:
    browser = field.portal.browser("canvasser")
    address = field.at(f"/doors/{field.doors[0]}")
    form = browser.page(address).form("/doors/")
    page = browser.send(address, {**form, "support": "2"}, status=422, start=address)
    assert page.says("Choose what happened at this door.")


def test_an_opinion_without_consent_is_counted_for_the_building_only(field: Field) -> None:
    browser = field.portal.browser("canvasser")
    address = field.at(f"/doors/{field.doors[0]}")
    form = browser.page(address).form("/doors/")
    browser.send(address, {**form, "outcome": "talked", "support": "5"}, start=address)
    with field.portal.database.reading() as session:
        assert [visit.support for visit in rows_of(session, Visit)] == [None]
    building = field.portal.browser("lead").page(field.at(f"/buildings/{field.building_id}"))
    assert building.says("5 · Surely yes") and building.soup.select_one(".lean-for[value='1']")


def test_a_first_name_is_shown_and_no_more_is_asked(field: Field) -> None:
    with field.portal.database.writing() as session:
        a_contact(session, field.campaign_id, field.doors[0])
    page = field.portal.browser("canvasser").page(field.at(f"/doors/{field.doors[0]}"))
    assert page.says("Ольга") and page.says("спрашивала про двор")


def test_a_visit_can_be_taken_back_by_its_canvasser(field: Field) -> None:
    browser = field.portal.browser("canvasser")
    address = field.at(f"/doors/{field.doors[0]}")
    form = browser.page(address).form("/doors/")
    browser.send(address, {**form, "outcome": "talked"}, start=address)
    undo = browser.page(address).soup.select_one("form[action*='/retract/']")["action"]
    browser.send(str(undo), start=address)
    with field.portal.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(LoggedDoor)) == 0
        assert session.scalar(select(func.count()).select_from(Visit)) == 2


def test_who_asked_not_to_come_is_kept_away_from_until_the_lead_says_why(field: Field) -> None:
    browser = field.portal.browser("canvasser")
    address = field.at(f"/doors/{field.doors[0]}")
    form = browser.page(address).form("/doors/")
    browser.send(address, {**form, "outcome": "do_not_contact"}, start=address)
    assert browser.page(address).says("Do not knock here.")
    lead = field.portal.browser("lead")
    lift = field.at(f"/doors/{field.doors[0]}/lift/do_not_contact")
    lead.send(lift, {"reason": ""}, status=422, start=address)
    lead.send(lift, {"reason": "They asked us to come again."}, start=address)
    with field.portal.database.reading() as session:
        assert [flag.reason for flag in rows_of(session, DoorFlag)] == [
            "They asked us to come again."
        ]
    assert not lead.page(address).says("Do not knock here.")


def test_doors_outside_the_turf_are_not_shown_to_a_canvasser(field: Field) -> None:
    other = field.portal.browser("second")
    other.page(field.at(f"/entrances/{field.entrance_id}"), 404)
    other.page(field.at(f"/doors/{field.doors[0]}"), 404)
    field.portal.browser("lead").page(field.at(f"/entrances/{field.entrance_id}"))


def test_another_campaign_sees_nothing(field: Field) -> None:
    pavel = field.portal.browser("pavel")
    for path in ("", "/walk", f"/entrances/{field.entrance_id}", "/turfs", "/contacts"):
        pavel.page(field.at(path), 404)


def test_the_territory_counts_what_was_reached(field: Field) -> None:
    browser = field.portal.browser("canvasser")
    address = field.at(f"/doors/{field.doors[0]}")
    form = browser.page(address).form("/doors/")
    browser.send(address, {**form, "outcome": "talked", "marks": "signed"}, start=address)
    page = field.portal.browser("lead").page(field.at(""))
    assert page.says("42 Садовая") and page.says("1 / 20")


def test_a_turf_is_given_out_and_taken_back(field: Field) -> None:
    lead = field.portal.browser("lead")
    entry = {
        "name": "Тихая улица",
        "person": field.portal.people["second"],
        "days": "2",
        "entrances": str(field.entrance_id),
    }
    lead.send(field.at("/turfs"), entry, start=field.at("/turfs"))
    second = field.portal.browser("second")
    second.page(field.at(f"/entrances/{field.entrance_id}"))
    end = lead.page(field.at("/turfs")).soup.select("form[action$='/end']")
    for form in end:
        lead.send(str(form["action"]), start=field.at("/turfs"))
    second.page(field.at(f"/entrances/{field.entrance_id}"), 404)


def test_in_a_house_of_one_door_an_opinion_without_consent_is_not_shown(field: Field) -> None:
    with field.portal.database.writing() as session:
        house = Building(
            campaign_id=field.campaign_id,
            street="Тихая",
            house="1",
            address_key=address_key("Тихая", "1"),
            sort_key=sort_key("Тихая", "1"),
            origin="table",
        )
        session.add(house)
        session.flush()
        hall = Entrance(campaign_id=field.campaign_id, building_id=house.id, label="", position=1)
        session.add(hall)
        session.flush()
        door = Door(
            campaign_id=field.campaign_id, entrance_id=hall.id, label="", floor=None, position=1
        )
        session.add(door)
        session.flush()
        a_turf(
            session,
            field.campaign_id,
            field.portal.people["canvasser"],
            hall.id,
            now=field.portal.now,
        )
        number, building = door.id, house.id
    browser = field.portal.browser("canvasser")
    field.push(browser, field.batch({**field.item(1), "door": number, "support": 5}))
    lead = field.portal.browser("lead")
    page = lead.page(field.at(f"/buildings/{building}"))
    assert page.says("1 / 1") and not page.soup.select(".lean-for[value='1']")
    # With everybody's it counts: there it is nobody's.
    assert lead.page(field.at("")).soup.select(".lean-for[value='1']")

"""A visitor applies as a candidate."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models import Campaign, Person
from tests.builders import PASSWORD
from tests.web.accounts.conftest import World, refusal


def entry(**changed: Any) -> dict[str, Any]:
    values = {
        "name": "Anna Test",
        "email": "anna@example.org",
        "phone": "+7 812 000-00-00",
        "organisation": "",
        "password": PASSWORD,
        "consent": "y",
        **changed,
    }
    return {key: value for key, value in values.items() if value is not None}


def test_the_only_election_is_chosen_and_a_street_finds_its_district(world: World) -> None:
    page = world.visitor().page("/join?place=берёзовая")
    assert page.says("Тихая Гавань") and page.says("District No. 7")


def test_nothing_found_says_what_to_try(world: World) -> None:
    assert world.visitor().page("/join?place=zzzz").says("Nothing found")


def test_applying_signs_in_and_shows_what_happens_next(world: World) -> None:
    client = world.visitor()
    path = f"/join/{world.ids['district']}"
    client.send(path, entry(organisation=str(world.ids["second"])), start=path)
    page = client.page("/campaigns")
    assert page.says("Waiting for the interview") and page.says("Confirm your address")
    with world.database.reading() as session:
        campaign = session.scalars(
            select(Campaign)
            .join(Person, Person.id == Campaign.candidate_id)
            .where(Person.email == "anna@example.org")
        ).one()
    assert (campaign.state, campaign.organisation_id) == ("applied", world.ids["second"])


def test_the_letter_confirms_the_address_with_one_button(world: World) -> None:
    client = world.visitor()
    path = f"/join/{world.ids['district']}"
    client.send(path, entry(), start=path)
    link = world.link_in_last_letter("anna@example.org")
    assert client.page(link).says("anna@example.org")
    client.send(link, start=link)
    client.send("/sign-out", start="/campaigns")
    client.send("/sign-in", {"login": "anna@example.org", "password": PASSWORD})
    assert client.page("/campaigns").says("Waiting for the interview")


def test_a_known_address_is_answered_exactly_alike(world: World) -> None:
    path = f"/join/{world.ids['district']}"
    answers = []
    for address in ("anna@example.org", "known@example.org"):
        client = world.visitor()
        done = client.send(path, entry(email=address), start=path)
        shown = client.page("/campaigns").text.replace(address, "…")
        answers.append((done.status, done.response.headers["Location"], shown))
    assert answers[0] == answers[1]
    assert "already have an account" in world.letters_to("known@example.org")[-1]


def test_the_application_moves_to_the_account_that_owns_the_address(world: World) -> None:
    path = f"/join/{world.ids['district']}"
    world.visitor().send(path, entry(email="known@example.org"), start=path)
    link = world.link_in_last_letter("known@example.org")
    client = world.visitor()
    client.send(link, start=link)
    client.send("/sign-in", {"login": "known@example.org", "password": PASSWORD})
    assert client.page("/campaigns").says("Waiting for the interview")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 5000),
        ("email", "not an address"),
        ("email", "a@b\x00.org"),
        ("phone", "call me"),
        ("organisation", "999999"),
        ("organisation", "'; drop table"),
        ("password", "short"),
        ("password", "x" * 5000),
        ("consent", None),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(
    world: World, field: str, value: str | None
) -> None:
    path = f"/join/{world.ids['district']}"
    sent = entry(**{field: value})
    page = world.visitor().send(path, sent, status=422, start=path)
    assert refusal(page, field)
    kept = page.form(path)
    for name in {"name", "email", "phone"} - {field}:
        assert kept[name] == sent[name]
    assert kept["password"] == ""


def test_a_district_that_is_not_offered_is_not_found(world: World) -> None:
    client = world.visitor()
    client.page("/join/999999999", 404)
    client.page("/join/99999999999999999999999", 404)


def test_a_person_with_an_account_applies_without_a_new_one(world: World) -> None:
    client = world.browser_of("known")
    path = f"/join/{world.ids['district']}"
    page = client.page(path)
    assert "email" not in page.form(path)
    client.send(path, {"organisation": "", "consent": "y"}, start=path)
    client.send(path, {"organisation": "", "consent": "y"}, start=path, status=409)


def test_a_form_sent_twice_is_one_application(world: World) -> None:
    path = f"/join/{world.ids['district']}"
    client = world.visitor()
    once = client.page(path).form(path)["once"]
    client.send(path, entry(once=once), start=path)
    world.visitor().send(path, entry(once=once), start=path)
    assert len(world.letters_to("anna@example.org")) == 1
    page = world.browser_of("chief").page("/desk/people")
    assert page.text.count("anna@example.org") == 1


def test_a_hostile_name_is_shown_as_text(world: World) -> None:
    path = f"/join/{world.ids['district']}"
    hostile = "<script>alert(1)</script> {name}"
    world.visitor().send(path, entry(name=hostile), start=path)
    html = world.browser_of("chief").get("/desk/people").get_data(as_text=True)
    assert "&lt;script&gt;alert(1)" in html and "<script>alert" not in html
    assert hostile in world.letters_to("anna@example.org")[0]


def test_a_form_found_in_a_history_gives_nobody_the_account_it_made(world: World) -> None:
    path = f"/join/{world.ids['district']}"
    client = world.visitor()
    once = client.page(path).form(path)["once"]
    client.send(path, entry(once=once), start=path)
    stranger = world.visitor()
    stranger.send(
        path,
        entry(once=once, name="Somebody Else", email="else@example.org", password="another one 4"),
        start=path,
    )
    assert not stranger.page("/settings").says("Anna Test")


def test_a_form_sent_again_much_later_leads_to_the_sign_in(world: World) -> None:
    path = f"/join/{world.ids['district']}"
    client = world.visitor()
    once = client.page(path).form(path)["once"]
    client.send(path, entry(once=once), start=path)
    with world.database.writing() as session:
        for campaign in session.scalars(select(Campaign).where(Campaign.once_key.is_not(None))):
            campaign.created_at -= timedelta(hours=1)
    page = world.visitor().send(path, entry(once=once), start=path, status=409)
    assert page.says("Sign in to see it")


def test_everything_wrong_is_said_at_once(world: World) -> None:
    path = f"/join/{world.ids['district']}"
    wrong = entry(name="1", email="anna", phone="call me", password="short", consent=None)
    page = world.visitor().send(path, wrong, start=path, status=422)
    for field in ("name", "email", "phone", "password", "consent"):
        assert refusal(page, field), field


def test_the_wording_of_the_consent_is_dated_as_people_say_it(world: World) -> None:
    page = world.visitor().page(f"/join/{world.ids['district']}")
    assert page.says("June") and not page.says("2026-06-01")


def test_whoever_owes_a_second_factor_can_not_apply(world: World) -> None:
    path = f"/join/{world.ids['district']}"
    half = world.browser_of("chief", second_factor=False)
    half.send(path, {"organisation": "", "consent": "y"}, start=path)
    with world.database.reading() as session:
        assert not session.scalars(
            select(Campaign).where(Campaign.candidate_id == world.ids["chief"])
        ).all()

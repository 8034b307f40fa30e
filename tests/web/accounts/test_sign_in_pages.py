"""Signing in, the second factor, reset and settings in a browser."""

from __future__ import annotations

import re

import pyotp

from app import clock
from app.accounts.models import Person
from tests.builders import PASSWORD
from tests.web.accounts.conftest import World, refusal

KNOWN = {"login": "known@example.org", "password": PASSWORD}


def test_signing_in_goes_on_to_where_the_person_was_going(world: World) -> None:
    client = world.visitor()
    sent = client.get("/settings")
    assert sent.headers["Location"] == "/sign-in?next=%2Fsettings"
    done = client.send("/sign-in?next=/settings", KNOWN)
    assert done.response.headers["Location"] == "/settings"


def test_signing_in_never_leads_outside(world: World) -> None:
    done = world.visitor().send("/sign-in?next=//example.com/", KNOWN)
    assert done.response.headers["Location"] == "/"


def test_a_wrong_password_says_so_and_keeps_the_address(world: World) -> None:
    page = world.visitor().send("/sign-in", {**KNOWN, "password": "wrong wrong"}, status=422)
    assert page.says("Address and password do not match.")
    assert page.form("/sign-in") | {"csrf_token": ""} == {
        "csrf_token": "",
        "login": "known@example.org",
        "password": "",
    }


def test_after_five_failures_the_brake_says_how_long(world: World) -> None:
    client = world.visitor()
    for _ in range(5):
        client.send("/sign-in", {**KNOWN, "password": "wrong wrong"}, status=422)
    assert client.send("/sign-in", KNOWN, status=422).says("Too many tries")


def test_signing_out_ends_the_session_on_the_server(world: World) -> None:
    client = world.visitor()
    client.send("/sign-in", KNOWN)
    with client.session_transaction() as cookie:
        stolen = cookie["_user_id"]
    client.send("/sign-out", start="/settings")
    thief = world.visitor()
    with thief.session_transaction() as cookie:
        cookie["_user_id"] = stolen
    assert thief.get("/settings").status_code == 303


def test_a_coordinator_without_second_factor_is_led_to_the_set_up(world: World) -> None:
    client = world.browser_of("coordinator", second_factor=False)
    assert client.get("/desk/people").headers["Location"] == "/second-factor"
    assert client.get("/second-factor").headers["Location"] == "/second-factor/set-up"
    client.send("/second-factor/begin", start="/second-factor/set-up")
    key = client.page("/second-factor/set-up").soup.find("code").get_text()
    wrong = client.send(
        "/second-factor/set-up", {"code": "000000"}, status=422, start="/second-factor/set-up"
    )
    assert refusal(wrong, "code")
    done = client.send(
        "/second-factor/set-up",
        {"code": pyotp.TOTP(key).at(clock.now())},
        status=200,
        start="/second-factor/set-up",
    )
    assert len(done.soup.select("ol.codes li")) == 10
    client.page("/desk/people")


def test_a_reset_by_letter_sets_a_new_password_and_signs_in(world: World) -> None:
    client = world.visitor()
    for address in ("known@example.org", "nobody@example.org"):
        done = client.send("/reset", {"email": address}, start="/reset")
        assert done.response.headers["Location"] == "/reset/sent"
    client.page("/reset/sent")
    link = world.link_in_last_letter("known@example.org")
    short = client.send(link, {"password": "short"}, status=422, start=link)
    assert refusal(short, "password")
    client.send(link, {"password": "another long password"}, start=link)
    client.page("/settings")
    client.page(link, 409)


def test_a_made_up_link_is_over(world: World) -> None:
    client = world.visitor()
    client.page("/reset/made-up", 409)
    client.page("/confirm/made-up", 409)
    client.page("/invitations/made-up", 409)


def test_the_profile_is_saved_and_the_page_speaks_the_new_language(world: World) -> None:
    client = world.browser_of("known")
    client.send(
        "/settings",
        {"name": "Анна Новая", "phone": "", "language": "ru", "theme": "dark"},
        start="/settings",
    )
    page = client.page("/settings")
    assert page.soup.html["lang"] == "ru" and page.soup.html["data-theme"] == "dark"
    assert not re.search(r"[A-Za-z]{4,} [a-z]{3,}", page.text.replace("known@example.org", ""))
    with world.database.reading() as session:
        assert session.get_one(Person, world.ids["known"]).name == "Анна Новая"


def test_every_setting_refuses_nonsense_beside_its_field(world: World) -> None:
    client = world.browser_of("known")
    cases = [
        ("/settings", {"name": "", "language": "en", "theme": "auto"}, "name"),
        ("/settings", {"name": "A", "phone": "x", "language": "en", "theme": "auto"}, "phone"),
        ("/settings/email", {"new-email": "x"}, "new-email"),
        ("/settings/password", {"pw-current": "no", "pw-password": PASSWORD}, "pw-current"),
        ("/settings/password", {"pw-current": PASSWORD, "pw-password": "x"}, "pw-password"),
        ("/settings/password", {}, "pw-password"),
    ]
    for path, data, field in cases:
        page = client.send(path, data, status=422, start="/settings")
        assert refusal(page, field), (path, data)
    client.send("/settings", {"name": "A", "language": "xx"}, status=422, start="/settings")


def test_changing_the_password_signs_the_other_browsers_out(world: World) -> None:
    here, there = world.browser_of("known"), world.browser_of("known")
    here.send(
        "/settings/password",
        {"pw-current": PASSWORD, "pw-password": "another long password"},
        start="/settings",
    )
    here.page("/settings")
    assert there.get("/settings").status_code == 303


def test_another_browser_can_be_signed_out_from_the_list(world: World) -> None:
    here, there = world.browser_of("known"), world.browser_of("known")
    page = here.page("/settings")
    form = page.soup.find("form", action=re.compile(r"/settings/sessions/\d+/end"))
    here.send(form["action"], start="/settings")
    assert there.get("/settings").status_code == 303
    world.browser_of("manager").send(form["action"], start="/settings", status=404)


def test_all_other_browsers_can_be_signed_out_at_once(world: World) -> None:
    here, there = world.browser_of("known"), world.browser_of("known")
    here.send("/settings/sessions/end-others", start="/settings")
    here.page("/settings")
    assert there.get("/settings").status_code == 303


def test_a_new_address_is_used_after_its_letter_was_opened(world: World) -> None:
    client = world.browser_of("known")
    client.send("/settings/email", {"new-email": "new@example.org"}, start="/settings")
    link = world.link_in_last_letter("new@example.org")
    assert world.visitor().page(link).says("Sign in to your account first")
    client.send(link, start=link)
    assert client.page("/settings").says("new@example.org")

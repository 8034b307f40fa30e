from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask

from app import clock
from app.config import Settings
from app.demo import DEMO_SIGN_INS, PASSWORD
from app.demo.sign_ins import DEMO_TOTP_SECRET, code_at, find_sign_in, seconds_left
from app.demo.views import section
from app.main import create_app
from app.web.kernel import EXTENSION
from quests.route.library import PackLibrary
from tests.demo_once import SMALLEST, Planted, Planting
from tests.engines import warm
from tests.page import client_of
from tests.web.small_program import a_small_program

PATH = "/demo/sign-ins"


@pytest.fixture(scope="session")
def small_demo(planting: Planting) -> Planted:
    return planting("smallest", clock.now(), SMALLEST)


@pytest.fixture
def program(settings: Settings, library: PackLibrary, small_demo: Planted) -> Iterator[Flask]:
    app = create_app(settings, library)
    database = warm(app.extensions[EXTENSION].database)
    small_demo.lay(database, settings)
    yield app
    database.dispose()


def test_the_page_lists_everybody_with_the_password_and_the_codes(settings: Settings) -> None:
    with a_small_program(settings, section) as program:
        page = client_of(program).page(PATH)
        assert page.says(PASSWORD)
        for one in DEMO_SIGN_INS:
            assert page.says(one.login)


@pytest.mark.parametrize("login", [one.login for one in DEMO_SIGN_INS])
def test_one_press_signs_in_with_the_second_factor_passed(program: Flask, login: str) -> None:
    client = client_of(program)
    client.send(PATH, {"login": login}, start=PATH)
    assert client.page("/settings").h1


def test_nobody_else_can_be_signed_in_as(program: Flask) -> None:
    client = client_of(program)
    for login in ("person-1@example.org", "", "nobody@example.org", "x" * 5000):
        client.send(PATH, {"login": login}, status=404, start=PATH)


def test_outside_a_demo_there_is_no_such_page(settings: Settings) -> None:
    real = settings.model_copy(update={"demo": False})
    with a_small_program(real, section) as program:
        client = client_of(program)
        client.page(PATH, status=404)


def test_the_code_shown_is_the_code_of_this_half_minute(now: datetime) -> None:
    assert len(code_at(DEMO_TOTP_SECRET, now)) == 6
    assert 1 <= seconds_left(now) <= 30
    assert find_sign_in("chief@example.org") is not None
    assert find_sign_in("somebody@example.org") is None

"""The brake on sending."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.config import Settings
from app.main import create_app
from app.web.kernel import EXTENSION
from quests.route.library import PackLibrary
from tests.page import client_of


@pytest.fixture
def braked(settings: Settings, library: PackLibrary) -> Iterator[Flask]:
    app = create_app(settings.model_copy(update={"rate_limits": True}), library)
    yield app
    app.extensions[EXTENSION].database.dispose()


def test_a_visitor_who_sends_too_much_is_asked_to_wait(braked: Flask) -> None:
    client = client_of(braked)
    token = client.token()
    statuses = [
        client.post("/reset", data={"csrf_token": token, "email": ""}).status_code
        for _ in range(31)
    ]
    assert statuses[0] == 422
    assert statuses[-1] == 429


def test_reading_is_never_braked(braked: Flask) -> None:
    client = client_of(braked)
    assert {client.get("/sign-in").status_code for _ in range(40)} == {200}

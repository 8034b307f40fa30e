"""The brake on sending."""

from __future__ import annotations

from flask import Flask

from app.config import Settings
from app.main import create_app
from quests.route.library import PackLibrary
from tests.page import client_of


def braked(settings: Settings, library: PackLibrary) -> Flask:
    return create_app(settings.model_copy(update={"rate_limits": True}), library)


def test_a_visitor_who_sends_too_much_is_asked_to_wait(
    settings: Settings, library: PackLibrary
) -> None:
    client = client_of(braked(settings, library))
    token = client.token()
    statuses = [
        client.post("/reset", data={"csrf_token": token, "email": ""}).status_code
        for _ in range(31)
    ]
    assert statuses[0] == 422
    assert statuses[-1] == 429


def test_reading_is_never_braked(settings: Settings, library: PackLibrary) -> None:
    client = client_of(braked(settings, library))
    assert {client.get("/sign-in").status_code for _ in range(40)} == {200}

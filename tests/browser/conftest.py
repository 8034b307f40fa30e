"""Fixtures: Chromium, a living portal for each run, and watched browsers of its people."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, Page

from app import clock
from quests.route.library import PackLibrary
from tests import builders
from tests.browser.live import LiveServer, serving
from tests.browser.watching import Watch, lines_of
from tests.browser.world import World, a_world

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 10_000
PHONE, DESK = 360, 1280

BrowserOf = Callable[..., Page]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the README's pictures be taken anew."""
    parser.addoption("--screenshots", action="store_true", help="take docs/screenshots anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here as needing a browser; whole journeys go first.

    They take a minute each and share a portal with a worker; what is short fills the end, when of
    two processes one has nothing more to do.
    """
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: here / "with_worker" not in item.path.parents)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Start the system's Chromium, which keeps to itself."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, f"none of {', '.join(NAMES)} is installed: make test installs Chromium"
    return {"executable_path": found, "args": list(ARGUMENTS)}


@pytest.fixture(scope="session")
def live(
    tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path, library: PackLibrary
) -> Iterator[LiveServer]:
    """A portal without rows, in a process of its own."""
    data = tmp_path_factory.mktemp("portal")
    with serving(data, empty_sqlite, library) as server:
        yield server


@pytest.fixture(scope="session")
def world(live: LiveServer, library: PackLibrary) -> World:
    """Both elections with a coordinator, a chief and a campaign in each."""
    return a_world(live.database, library)


@pytest.fixture
def browser_of(live: LiveServer, browser: Browser, world: World) -> Iterator[BrowserOf]:
    """Give browsers of visitors and people; all of them are looked through at the end."""
    watch = Watch(urlsplit(live.url).netloc)
    contexts = []

    def open_page(
        who: int | None = None,
        *,
        language: str = "ru",
        width: int = DESK,
        dark: bool = False,
        script: bool = True,
    ) -> Page:
        context = browser.new_context(
            base_url=live.url,
            viewport={"width": width, "height": 740 if width < 600 else 900},
            locale={"ru": "ru-RU", "en": "en-GB"}[language],
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        context.set_default_timeout(PATIENCE_MS)
        context.add_cookies([cookie_of(live, who, language)])
        watch.over(context)
        contexts.append(context)
        page = context.new_page()
        page.watch = watch  # type: ignore[attr-defined]
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not watch.wrong, lines_of(watch.wrong)


def cookie_of(live: LiveServer, who: int | None, language: str) -> Any:
    """Give the cookie of a browser in which a person (None: nobody) is signed in."""
    values: dict[str, str] = {"language": language}
    if who is not None:
        with live.database.writing() as session:
            values["_user_id"] = builders.a_session_token(session, who, now=clock.now())
    signing = Flask(__name__)
    signing.secret_key = live.variables["MANDAT_SECRET_KEY"]
    serializer = SecureCookieSessionInterface().get_signing_serializer(signing)
    assert serializer is not None
    return {"name": "mandat", "value": serializer.dumps(values), "url": live.url}

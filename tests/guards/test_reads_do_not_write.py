"""Looking changes nothing: no GET writes, but for the note of a session's last visit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, update

from app import clock
from app.accounts.models import SignIn
from app.accounts.rules.sign_in import TOUCH_EVERY
from tests.guards.browsing import World
from tests.guards.test_access_matrix import PRINCIPALS

READS = re.compile(r"\s*(SELECT|WITH|PRAGMA|BEGIN\s*$|SAVEPOINT|RELEASE)", re.IGNORECASE)


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect what is sent to the database, of any engine."""
    found: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def writes(found: list[str]) -> list[str]:
    return [each for each in found if not READS.match(each)]


@pytest.mark.parametrize("name", PRINCIPALS)
def test_no_get_sends_a_statement_that_writes(world: World, name: str) -> None:
    who = world.principals[name]
    wrong = []
    for route in world.routes:
        if route.method != "GET":
            continue
        path = world.path(route, route.values(world.places["own"], who))
        for method in ("GET", "HEAD"):
            with statements() as found:
                world.ask(who, method, path)
            wrong += [f"{method} {path}: {each}" for each in writes(found)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", PRINCIPALS)
def test_no_get_changes_the_database(world: World, name: str) -> None:
    sweep = world.sweep(world.principals[name])
    assert [str(one) for one in sweep.answers if one.route.method == "GET" and one.wrote] == []


def test_a_visit_after_a_while_notes_the_session_and_nothing_else(world: World) -> None:
    long_ago = clock.now() - TOUCH_EVERY - timedelta(minutes=1)
    with world.database.writing() as session:
        session.execute(update(SignIn).values(seen_at=long_ago))
    campaign_id = world.places["own"].ids["campaign_id"]
    with statements() as found:
        answer = world.ask(world.principals["candidate"], "GET", f"/campaigns/{campaign_id}/route")
    assert answer.status_code == 200
    sent = [each for each in writes(found) if not each.startswith("BEGIN")]
    assert len(sent) == 1
    assert sent[0].startswith("UPDATE sign_in SET seen_at=")


def test_the_second_visit_right_after_notes_nothing(world: World) -> None:
    campaign_id = world.places["own"].ids["campaign_id"]
    with statements() as found:
        for _ in range(2):
            world.ask(world.principals["candidate"], "GET", f"/campaigns/{campaign_id}/route")
    assert writes(found) == []

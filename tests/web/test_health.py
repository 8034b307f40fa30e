from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.wrappers import Response

from app import clock
from app.access import Public
from app.config import Settings
from app.db import Database
from app.jobs.worker import Worker
from app.logs import JsonLines
from app.migration import newest_revision
from app.operations.owning import let_program_in
from app.operations.requests import log_requests
from app.operations.views import section
from app.web.routing import Section
from tests.page import client_of
from tests.web.small_program import a_small_program

pages = Section("pages", __name__)


@pages.get("/people/<int:person_id>", access=Public(because="a test"))
def person(person_id: int) -> Response:
    """Answer, or break."""
    if person_id == 13:
        raise ValueError("Ivanova")
    return Response("text", mimetype="text/plain")


@pytest.fixture
def program(settings: Settings) -> Iterator[Flask]:
    with a_small_program(settings, section, pages) as app:
        log_requests(app)
        yield app


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("mandat")
    before, level = logger.handlers, logger.level
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel("INFO")
    yield stream
    logger.handlers, logger.propagate = before, True
    logger.setLevel(level)


def stamp_revision(owner: Database, settings: Settings) -> None:
    """Say that the tables are up to date, as a migration would."""
    with owner.write_engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32))"
        )
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{newest_revision()}')")
    let_program_in(settings)


def test_a_portal_with_a_worker_is_well(
    program: Flask, database: Database, owner: Database, settings: Settings
) -> None:
    stamp_revision(owner, settings)
    Worker(database=database, handlers={}, clock=clock.now).keep_house()
    answer = client_of(program).get("/health")
    assert answer.status_code == 200
    assert answer.json is not None
    assert [p for p in answer.json["problems"] if p != "disk-low"] == []
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_portal_without_a_worker_still_serves_and_says_what_is_wrong(
    program: Flask, owner: Database, settings: Settings
) -> None:
    stamp_revision(owner, settings)
    answer = client_of(program).get("/health")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["status"] == "degraded"
    assert "worker-silent" in answer.json["problems"]


def test_a_portal_whose_tables_are_old_does_not_serve(program: Flask) -> None:
    answer = client_of(program).get("/health")
    assert answer.status_code == 503
    assert answer.json is not None
    assert "schema-not-current" in answer.json["problems"]


def test_a_portal_without_its_database_says_so(settings: Settings) -> None:
    away = settings.model_copy(
        update={"database_url": f"sqlite+pysqlite:///{settings.data}/no/such/folder/x.db"}
    )
    with a_small_program(away, section) as program:
        answer = client_of(program).get("/health")
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["problems"][0] == "database-away"


def test_a_request_is_one_line_without_its_address_or_query(
    program: Flask, lines: io.StringIO
) -> None:
    answer = client_of(program).get("/people/7?name=Ivanova")
    (line,) = map(json.loads, lines.getvalue().splitlines())
    assert line["route"] == "/people/<int:person_id>"
    assert line["status"] == 200
    assert line["request"] == answer.headers["X-Request-ID"]
    assert "Ivanova" not in lines.getvalue()


def test_a_failure_is_logged_without_its_message_under_the_id_of_the_answer(
    program: Flask, lines: io.StringIO
) -> None:
    answer = client_of(program).get("/people/13")
    assert answer.status_code == 500
    assert "Ivanova" not in lines.getvalue()
    written = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert {line["request"] for line in written} == {answer.headers["X-Request-ID"]}
    (failure,) = [line for line in written if "exception" in line]
    assert failure["exception"]["kind"] == "builtins.ValueError"


def test_health_checks_do_not_fill_the_log(program: Flask, lines: io.StringIO) -> None:
    client_of(program).get("/health")
    assert "request" not in lines.getvalue()

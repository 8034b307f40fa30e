"""Rows of the time before packets were written out of date and scans said their pages.

The rows are made by the program as it is and laid into tables as they were: a migration that drops
or changes one of them, or a program that can't read what it leaves, is noticed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy.engine.interfaces import DBAPICursor

from app.config import Settings
from app.db import Database
from app.migration import alembic_config, migrate, newest_revision, revision_of
from app.web.kernel import EXTENSION
from documents.overview.keeping import RECHECK
from documents.packets.facts import packet_facts
from documents.packets.queries.packets import present_of_all
from documents.paperwork.queries.papers import papers_of, scans_by_paper
from documents.press.client import Press
from quests.route.library import PackLibrary
from tests.conftest import WHOLE
from tests.overview_world import jobs_of
from tests.web.packets.program import AClerk, a_program, ask, issue, make_ready, path, scan, work
from tests.web.paperwork.program import path as paper_path
from tests.web.portal import Portal

pytestmark = pytest.mark.slow
BEFORE = "0003"
SINCE = {("packet", "outdated_at"), ("paper_scan", "page_numbers")}
"""The columns that 0004 and 0005 add."""


@pytest.fixture
def today(
    russian: Portal, settings: Settings, press: Press, request: pytest.FixtureRequest
) -> Portal:
    """Two candidates with papers, scans and packets; Pavel's packet was overtaken by a paper."""
    if request.config.getoption("--postgres"):
        pytest.skip("said once, for the embedded database")
    for who in ("anna", "pavel"):
        make_ready(russian, who)
        scan(russian, "consent", who)
        ask(russian, russian.browser(who), who=who)
    work(russian, settings, press)
    issue(russian, "consent", "pavel", version=2, pages=2)
    return russian


@pytest.fixture
def before(today: Portal, tmp_path: Path) -> Iterator[Database]:
    """The same rows in a database of the time before."""
    place = tmp_path / "before.db"
    database = Database(f"sqlite+pysqlite:///{place}").reaching(WHOLE)
    with database.write_engine.connect() as connection:
        command.upgrade(alembic_config(connection), BEFORE)
        connection.commit()
    with in_its_file(database) as old:
        old.execute("PRAGMA foreign_keys=OFF")
        old.execute("ATTACH DATABASE ? AS today", (today.database.url.database,))
        for table, columns in columns_of(old).items():
            names = ", ".join(f'"{name}"' for name in columns)
            old.execute(f'INSERT INTO "{table}" ({names}) SELECT {names} FROM today."{table}"')
        assert not asked(old, "PRAGMA foreign_key_check")
    database.dispose()
    yield database
    database.dispose()


@contextmanager
def in_its_file(database: Database) -> Iterator[DBAPICursor]:
    """Read and write rows as they lie in the file, with the very library the program has."""
    with closing(database.write_engine.raw_connection()) as connection:
        yield connection.cursor()


def columns_of(cursor: DBAPICursor) -> dict[str, list[str]]:
    """Give the columns of every table that rows are kept in."""
    cursor.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")
    names = [name for (name,) in cursor.fetchall()]
    return {
        name: [row[1] for row in asked(cursor, f'PRAGMA main.table_info("{name}")')]
        for name in names
        if name != "alembic_version" and not name.startswith("sqlite_")
    }


def rows_of(database: Database) -> dict[str, list[dict[str, object]]]:
    """Give every row of every table, by the names of its columns."""
    with in_its_file(database) as cursor:
        return {
            table: [
                dict(zip(columns, row, strict=True))
                for row in asked(cursor, f'SELECT * FROM "{table}" ORDER BY rowid')
            ]
            for table, columns in columns_of(cursor).items()
        }


def asked(cursor: DBAPICursor, statement: str) -> Sequence[Sequence[Any]]:
    cursor.execute(statement)
    return cursor.fetchall()


@pytest.fixture
def migrated(
    today: Portal, before: Database, settings: Settings, library: PackLibrary, clerk: AClerk
) -> Iterator[Portal]:
    """The same people in the program over the database of before, brought up to date."""
    migrate(before)
    moved = settings.model_copy(update={"database_url": str(before.url)})
    app = a_program(moved, library, clerk)
    database = app.extensions[EXTENSION].database
    yield replace(today, app=app, database=database.reaching(WHOLE))
    database.dispose()


def test_every_row_is_what_it_was_and_what_is_new_is_not_known(before: Database) -> None:
    was = rows_of(before)
    assert revision_of(before) == BEFORE
    assert len(was["packet"]) == 2 and len(was["paper_scan"]) >= 4 and len(was["paper_issue"]) >= 5
    migrate(before)
    assert revision_of(before) == newest_revision()
    since = rows_of(before)
    assert {(table, name) for table in was for name in new_columns(was, since, table)} == SINCE
    for table, name in SINCE:
        assert {row.pop(name) for row in since[table]} == {None}
    assert {table: since[table] for table in was} == was


def new_columns(
    was: dict[str, list[dict[str, object]]], since: dict[str, list[dict[str, object]]], table: str
) -> set[str]:
    return {name for row in since[table] for name in row} - {
        name for row in was[table] for name in row
    }


def test_the_program_reads_the_papers_and_their_scans(migrated: Portal) -> None:
    with migrated.database.reading() as session:
        anna = migrated.campaigns["anna"]
        consent = papers_of(session, anna)["consent"]
        (found,) = scans_by_paper(session, anna)[consent.id]
    assert found.page_numbers is None and found.name == "scan.jpg"
    page = migrated.browser("anna").page(paper_path(migrated))
    assert page.says("scan.jpg")


def test_a_packet_counts_until_the_job_has_looked_and_then_as_the_rules_say(
    migrated: Portal, settings: Settings
) -> None:
    anna, pavel = migrated.campaigns["anna"], migrated.campaigns["pavel"]

    def counting() -> set[int]:
        with migrated.database.reading() as session:
            return set(packet_facts(session, None))

    assert counting() == {anna, pavel}
    jobs_of(migrated, settings).run(RECHECK)
    assert counting() == {anna}
    with migrated.database.reading() as session:
        assert present_of_all(session, pavel)["nomination"].outdated_at is not None
    assert not migrated.browser("anna").page(path(migrated)).says("The packet is out of date")
    late = migrated.browser("pavel").page(path(migrated, who="pavel"))
    assert late.says("The packet is out of date")


def test_what_is_put_together_anew_is_kept_in_the_tables_of_today(
    migrated: Portal, settings: Settings, press: Press
) -> None:
    issue(migrated, "consent", version=2, pages=2)
    ask(migrated, migrated.browser("anna"))
    work(migrated, settings, press)
    with migrated.database.reading() as session:
        anna = migrated.campaigns["anna"]
        assert present_of_all(session, anna)["nomination"].outdated_at is None
        assert anna in packet_facts(session, None)

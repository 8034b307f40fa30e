"""The bench's own worker: it makes packets, and no figure is given when it does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click
import pytest

from app.cli.worker_figures import many_packets
from app.config import Settings
from app.db import Database
from app.migration import migrate
from app.reach import everything
from documents.sheets import Sheet
from tests import builders

pytestmark = [pytest.mark.slow, pytest.mark.timeout(200)]
SHEET = Sheet(html="<p style='font-family: Tinos'>Заявление</p>", identifier="form", language="ru")


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """Settings that a process of its own can read, with a database that is up to date."""
    return Settings.for_tests(tmp_path)


@pytest.fixture
def opened(own: Settings) -> Database:
    """The database of these settings, as the bench opens it."""
    own.data.mkdir(parents=True, exist_ok=True)
    database = Database(own.resolved_database_url).reaching(everything("a test of the whole"))
    migrate(database)
    return database


@pytest.fixture
def campaign_id(opened: Database) -> int:
    """A campaign that has packets made."""
    with opened.writing() as session:
        return builders.a_campaign(session).id


def test_packets_are_made_and_measured(own: Settings, opened: Database, campaign_id: int) -> None:
    made = many_packets(opened, own, campaign_id, SHEET, count=2)
    assert made.seconds_each > 0 and made.cpu_seconds_each > 0
    assert made.most_mb >= max(made.first_mb, made.last_mb) > 0


def test_a_packet_that_can_not_be_made_is_no_figure(
    own: Settings, opened: Database, campaign_id: int
) -> None:
    torn = replace(SHEET, pictures=("0" * 64,))
    with pytest.raises(click.ClickException, match="could not make"):
        many_packets(opened, own, campaign_id, torn, count=1)


def test_a_worker_that_stops_is_no_figure(
    own: Settings, opened: Database, campaign_id: int
) -> None:
    wrong = own.model_copy(update={"gateway": "nobody"})
    with pytest.raises(click.ClickException, match="stopped"):
        many_packets(opened, wrong, campaign_id, SHEET, count=1)

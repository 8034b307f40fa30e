"""``mandat ledger check`` proves the books from the machine's side."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import update

from app.cli import mandat
from app.config import Settings
from app.db import Database
from fundraising.models import Donation
from tests.fund_world import FundWorld, a_fund_world


@pytest.fixture
def world(settings: Settings, database: Database) -> FundWorld:
    return a_fund_world(settings, database)


def check(settings: Settings) -> Result:
    """Run the command on a machine where this database is."""
    where = {"MANDAT_DATA": str(settings.data), "MANDAT_DATABASE_URL": settings.database_url}
    return CliRunner().invoke(mandat, ["ledger", "check"], env=where)


def test_books_that_hold_are_called_sound(world: FundWorld) -> None:
    with world.database.writing() as session:
        world.gift(session)
    answer = check(world.settings)
    assert (answer.exit_code, answer.output) == (0, "The ledger is sound.\n")


def test_a_gift_that_does_not_stand_as_its_sums_say_is_named(world: FundWorld) -> None:
    with world.database.writing() as session:
        number = world.gift(session)
        session.execute(update(Donation).values(state="cleared"))
    answer = check(world.settings)
    assert answer.exit_code == 1
    assert f"donation {number}: its state is cleared" in answer.output

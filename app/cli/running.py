"""Commands that run the portal: demo, serve, work."""

from __future__ import annotations

import os
import sys

import click

from app import clock
from app.cli.demo_words import DEMO_WORDS
from app.cli.surroundings import Progress, database_of, settings_now
from app.cli.surroundings import migrate as migrate_tables
from app.config import Settings
from app.db import Database
from app.demo import DEMO_SIGN_INS, is_planted, plant
from app.logs import configure_logs
from app.main import open_database
from app.operations.owning import require_bound_role
from app.operations.serving import serve as serve_processes
from app.operations.serving import work as work_jobs
from app.upkeep import job_handlers, periodics
from quests.route.library import load_library


@click.command()
@click.option("--plant-only", is_flag=True, help="Plant the demo coalition and stop.")
def demo(plant_only: bool) -> None:
    """Run the demo coalition: make the data when they are not there, then serve.

    The data are in MANDAT_DATA (var/demo by default) and stay between runs.
    """
    os.environ.setdefault("MANDAT_DATA", "var/demo")
    os.environ["MANDAT_DEMO"] = "1"
    os.environ.setdefault("MANDAT_GATEWAY", "demo")
    os.environ.setdefault("MANDAT_LOG_LEVEL", "warning")
    settings = settings_now()
    configure_logs("warning")
    database = database_of(settings)
    plant_demo(database, settings)
    database.dispose()
    if plant_only:
        return
    sys.exit(serve_processes(settings, on_ready=lambda: announce(settings)))


def plant_demo(database: Database, settings: Settings) -> None:
    """Migrate and, in an empty database, plant the demo coalition."""
    migrate_tables(settings)
    if is_planted(database):
        click.echo("The demo coalition is there already.", err=True)
        return
    plant(database, settings, now=clock.now(), progress=Progress())


def announce(settings: Settings) -> None:
    """Print the address and the demo's sign-ins."""
    click.echo(DEMO_WORDS.format(address=settings.base_url))
    for sign_in in DEMO_SIGN_INS:
        click.echo(f"  {sign_in.login:<28} {sign_in.who}")


@click.command()
def serve() -> None:
    """Serve pages and run jobs in one tree of processes, until told to stop."""
    settings = settings_now()
    configure_logs(settings.log_level)
    load_library()
    migrate_tables(settings)
    require_bound_role(settings)
    sys.exit(serve_processes(settings))


@click.command()
def work() -> None:
    """Run jobs only, until told to stop; several may run at once."""
    settings = settings_now()
    configure_logs(settings.log_level)
    require_bound_role(settings)
    library = load_library()
    database = open_database(settings, library)
    work_jobs(settings, database, job_handlers(settings, library, database), periodics=periodics())

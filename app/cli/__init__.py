"""The ``mandat`` program."""

from __future__ import annotations

import os
import sys

import click

from app.calendar import CalendarError
from app.cli.bench import bench
from app.cli.data import backup, ledger, migrate, papers, restore, user, verify
from app.cli.looking import doctor, routes
from app.cli.packs import pack
from app.cli.running import demo, serve, work
from app.cli.surroundings import EXIT_REFUSED, EXIT_WRONG_SETTINGS
from app.config import SettingsError
from app.errors import MandatError
from app.operations.errors import OperationRefused
from app.packs import PackError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def mandat() -> None:
    """Mandat turns ordinary people into registered candidates.

    Settings come from MANDAT_* variables; docs/running.md lists them.
    Exit codes: 0 done, 1 refused or found wrong, 2 used wrongly, 78 wrong settings.
    """


for command in (
    demo, serve, work, migrate, user, pack, routes, doctor, backup, restore, verify, ledger,
    papers, bench,
):  # fmt: skip
    mandat.add_command(command)


def main() -> None:
    """Run the program; refusals become one clear message and an exit code."""
    os.umask(0o077)
    try:
        mandat()
    except SettingsError as error:
        click.echo(f"These settings are wrong:\n{error}", err=True)
        sys.exit(EXIT_WRONG_SETTINGS)
    except (PackError, CalendarError, OperationRefused) as error:
        click.echo(str(error), err=True)
        sys.exit(EXIT_REFUSED)
    except MandatError as error:
        click.echo(error.message.format(**error.params), err=True)
        sys.exit(EXIT_REFUSED)

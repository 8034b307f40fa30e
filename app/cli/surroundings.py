"""What every command needs: settings, a database, words about progress."""

from __future__ import annotations

import os
import sys

import click

from app.config import Settings
from app.db import Database
from app.operations.owning import migrate_as_owner
from app.reach import everything

EXIT_REFUSED = 1
EXIT_WRONG_SETTINGS = 78


def settings_now() -> Settings:
    """Read the settings of this process; raises SettingsError when they are wrong."""
    return Settings.from_environment(os.environ)


OPERATOR = everything("whoever runs commands on the machine runs the whole portal")


def database_of(settings: Settings) -> Database:
    """Open the database; the data folder is made when it is missing, for this user only."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Database(settings.resolved_database_url).reaching(OPERATOR)


def migrate(settings: Settings) -> str:
    """Bring the tables up to date as their owner; give the revision reached."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    return migrate_as_owner(settings)


class Progress:
    """Words about long work: one line that changes on a terminal, few lines in a log."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._said = ""

    def __call__(self, what: str, done: int, total: int) -> None:
        """Say how far the work is."""
        if self._terminal:
            click.echo(f"\r\x1b[K{what} {done}/{total}", err=True, nl=done >= total)
        elif what != self._said:
            click.echo(f"{what} …", err=True)
        self._said = what

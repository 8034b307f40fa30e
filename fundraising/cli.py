"""``mandat ledger``: proving the books from the machine's side."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from app import clock
from app.db import Database
from fundraising.pack import FundPacks
from fundraising.verification import LedgerSound


def ledger_commands(
    *, connect: Callable[[], Database], packs: Callable[[], FundPacks]
) -> click.Group:
    """Give the group of commands; the program says how to reach its database and its packs."""

    @click.group()
    def ledger() -> None:
        """The books of all funds."""

    @ledger.command()
    def check() -> None:
        """Prove that every transaction sums to zero and every gift stands as it should."""
        database = connect()
        try:
            with database.reading() as session:
                found = list(LedgerSound(packs=packs()).findings(session, now=clock.now()))
        finally:
            database.dispose()
        for finding in found:
            click.echo(str(finding))
        if found:
            sys.exit(1)
        click.echo("The ledger is sound.")

    return ledger

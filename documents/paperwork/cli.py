"""``mandat papers``: proving issued papers from the machine's side."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing

import click

from app.db import Database
from app.operations.errors import OperationRefused
from app.sealing import Seal
from documents.paperwork.proving import prove_issued
from documents.press.client import FontsNotBuilt, Press


def paper_commands(
    *, connect: Callable[[], Database], seal: Callable[[], Seal], press: Callable[[], Press]
) -> click.Group:
    """Give the group of commands; the program says how to reach its database, seal and press."""

    @click.group()
    def papers() -> None:
        """Issued papers."""

    @papers.command()
    @click.argument("number", required=False)
    def prove(number: str | None) -> None:
        """Typeset what was issued again, or NUMBER alone, and compare it byte by byte."""
        database = connect()
        proved, wrong = 0, 0
        try:
            with closing(press()) as engine:
                for proof in prove_issued(database, seal(), engine, number=number):
                    proved += 1
                    if proof.problem:
                        wrong += 1
                        click.echo(f"{proof.number}: {proof.problem}", err=True)
        except FontsNotBuilt as error:
            raise OperationRefused(str(error)) from None
        finally:
            database.dispose()
        if number is not None and not proved:
            raise OperationRefused(f"no paper was issued as {number}")
        click.echo(f"{proved} issued papers made again, {wrong} differ")
        if wrong:
            sys.exit(1)

    return papers

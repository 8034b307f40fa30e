"""Commands around the data: migrate, user, backup, restore, verify, ledger, papers."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from app import clock
from app.accounts.commands.operators import drop_second_factor, make_chief, reset_password_link
from app.audit.rules import Head
from app.cli.surroundings import EXIT_REFUSED, Progress, database_of, settings_now
from app.cli.surroundings import migrate as migrate_tables
from app.config import Settings, secret_key
from app.main import KEEP_LOG
from app.operations.archive import check as check_archive
from app.operations.backup import BackupNote
from app.operations.backup import backup as write_backup
from app.operations.restore import restore as read_backup
from app.operations.verify import verify as look
from app.pack_data import pack_data
from app.sealing import Seal
from app.upkeep import stored_files, verifications
from canvassing.doors.commands.durability import (
    last_settled_visit,
    note_verified_backup,
    renew_epoch,
)
from documents.paperwork.cli import paper_commands
from documents.press.client import Press
from documents.typesetting.commands import forget_all_previews
from documents.typesetting.handlers import settings_profiles
from fundraising.cli import ledger_commands
from quests.route.library import load_library


@click.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    click.echo(f"tables are at {migrate_tables(settings_now())}")


@click.group()
def user() -> None:
    """People, from the machine's side: the first coordinator, a lost password."""


@user.command("chief")
@click.argument("email")
@click.argument("name")
@click.option("--coalition", "coalition_name", required=True, help="Made when it is not there.")
@click.option("--language", type=click.Choice(["ru", "en"]), default="ru", show_default=True)
def user_chief(email: str, name: str, coalition_name: str, language: str) -> None:
    """Make EMAIL the coordinator of a whole coalition and print a link to set a password."""
    settings = settings_now()
    database = database_of(settings)
    database.before_commit.append(KEEP_LOG)
    with database.writing() as session:
        path = make_chief(
            session,
            email=email,
            name=name,
            coalition_name=coalition_name,
            language=language,
            now=clock.now(),
        )
    click.echo(f"Set a password within 30 minutes: {settings.base_url}{path}")


@user.command("reset")
@click.argument("email")
@click.option("--second-factor", is_flag=True, help="Take the second factor away too.")
def user_reset(email: str, second_factor: bool) -> None:
    """Print a link with which EMAIL can set a new password."""
    settings = settings_now()
    database = database_of(settings)
    database.before_commit.append(KEEP_LOG)
    with database.writing() as session:
        if second_factor:
            drop_second_factor(session, email=email, now=clock.now())
        path = reset_password_link(session, email=email, now=clock.now())
    click.echo(f"Set a password within 30 minutes: {settings.base_url}{path}")


ledger = ledger_commands(
    connect=lambda: database_of(settings_now()), packs=lambda: pack_data(load_library()).funds
)
papers = paper_commands(
    connect=lambda: database_of(settings_now()),
    seal=lambda: Seal.from_secret(secret_key(settings_now())),
    press=lambda: Press(profiles=settings_profiles(settings_now())),
)
NOTES = (BackupNote(reach=last_settled_visit, write=note_verified_backup),)
"""What is noted about a backup: phones may forget the visits that are in one."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write everything into FILE while the portal runs on."""
    report = write_backup(settings_now(), file, now=clock.now(), progress=Progress(), notes=NOTES)
    click.echo(f"{report.path}: {report.size_bytes:,} bytes, {report.files} uploaded files")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--force", is_flag=True, help="Move what is there aside instead of refusing.")
def restore(file: Path, force: bool) -> None:
    """Put FILE's data in place, bring the tables up to date and look them over."""
    settings = settings_now()
    report = read_backup(settings, file, force=force, now=clock.now(), progress=Progress())
    if report.replaced:
        click.echo(f"What was there before is in {report.replaced}")
    migrate_tables(settings)
    _begin_anew(settings)
    _look_over(report.manifest.audit_head)


def _begin_anew(settings: Settings) -> None:
    """Have phones send again what they hold, and previews, which are in no backup, made again."""
    database = database_of(settings)
    with database.writing() as session:
        renew_epoch(session)
        forget_all_previews(session)
    database.dispose()


@click.command()
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A backup: the audit log must go on where the backup's ended.",
)
def verify(against: Path | None) -> None:
    """Look over database, audit log, files and queue. Exit code 1 when something is wrong."""
    _look_over(check_archive(against).audit_head if against else None)


def _look_over(known_head: Head | None = None) -> None:
    settings = settings_now()
    found = look(
        database_of(settings),
        settings,
        now=clock.now(),
        verifications=verifications(settings, load_library()),
        stored_files=stored_files(),
        known_head=known_head,
        progress=Progress(),
    )
    for finding in found.findings:
        click.echo(str(finding), err=True)
    click.echo(f"{len(found.checks)} checks, {len(found.findings)} findings")
    if not found.sound:
        sys.exit(EXIT_REFUSED)

"""Commands around packs: check one, print its calendar."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path

import click

from app.calendar import Anchors, calendar_report, load_calendar
from app.cli.pack_checking import check_whole_pack
from app.cli.surroundings import EXIT_REFUSED
from quests.route.library import PACKS

ANCHOR_OPTIONS = (
    "first-polling-day",
    "published",
    "called",
    "nominations-open",
    "consented",
    "submitted",
    "decided",
    "results",
    "declared",
    "receipt",
)


class Day(click.ParamType[date]):
    """A day written as 2024-05-02."""

    name = "day"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Give the day, or say how one is written."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"{value!r} is not a day like 2024-05-02", param, ctx)


@click.group()
def pack() -> None:
    """Packs: the rules, texts and dates of one kind of election."""


@pack.command("check")
@click.argument("path", type=click.Path(path_type=Path, exists=True, file_okay=False))
def pack_check(path: Path) -> None:
    """Check the pack in PATH; every problem is named with file, line and remedy."""
    problems = check_whole_pack(path)
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        click.echo(f"{len(problems)} problems in {path.name}", err=True)
        sys.exit(EXIT_REFUSED)
    click.echo(f"{path.name}: ok")


@pack.command("calendar")
@click.option("--pack", "pack_id", required=True, help="The pack's id, for example gb-eng-local.")
@click.option("--polling-day", type=Day(), required=True)
@click.option("--language", type=click.Choice(["ru", "en"]), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")
def pack_calendar(
    pack_id: str, polling_day: date, language: str, as_json: bool, **days: date | None
) -> None:
    """Print every deadline of an election: its day, hour, source, how sure, and why."""
    folder = PACKS / pack_id
    if not (folder / "calendar.toml").is_file() or folder.parent != PACKS:
        known = ", ".join(sorted(path.parent.name for path in PACKS.glob("*/pack.toml")))
        raise click.BadParameter(f"there is no pack {pack_id!r}; there are {known}")
    try:
        anchors = Anchors(polling_day=polling_day, **days)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    report = calendar_report(load_calendar(folder / "calendar.toml"), anchors, language)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
        return
    for key, found in report["deadlines"].items():
        when = " ".join(part for part in (found["date"], found["time"]) if part) or "not known yet"
        click.echo(f"{when:<18} {key:<42} [{found['status']}] {found['why']}")


for _name in ANCHOR_OPTIONS:
    pack_calendar = click.option(f"--{_name}", type=Day(), default=None)(pack_calendar)

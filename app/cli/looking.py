"""Commands that look and say: routes, doctor."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import click

from app import clock
from app.cli.surroundings import EXIT_REFUSED, settings_now
from app.config import Settings
from app.main import create_app
from app.operations.doctor import doctor as examine
from app.web.routing import access_of


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def routes(as_json: bool) -> None:
    """List every address with its methods and who may use it."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings.for_tests(Path(folder)))
        found = [
            {
                "rule": rule.rule,
                "methods": sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}),
                "endpoint": rule.endpoint,
                "access": str(access_of(rule)),
            }
            for rule in sorted(
                app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)
            )
        ]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for route in found:
        click.echo(f"{','.join(route['methods']):<5} {route['rule']:<70} {route['access']}")


@click.command()
def doctor() -> None:
    """Look at machine and settings and say what to do. Exit code 1 when something fails."""
    failed = False
    for diagnosis in examine(settings_now(), now=clock.now()):
        click.echo(f"{diagnosis.state:<5} {diagnosis.name}: {diagnosis.found}")
        if diagnosis.remedy:
            click.echo(f"      → {diagnosis.remedy}")
        failed = failed or diagnosis.state == "fail"
    if failed:
        sys.exit(EXIT_REFUSED)

"""The filters of the coordinator's screens: read from the address, and kept in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import request, url_for

from quests.dispatch.rules.counting import Sieve
from quests.route.library import PackLibrary
from quests.route.shape import Line

LONGEST = 100
STUCK: Final = "stuck"
SILENT: Final = "silent"
NOWHERE: Final = "-"
"""The station of those who can do nothing now."""
NARROW = ("organisation", "pack", "council", "line")
"""The filters that the board and the list share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of all campaigns is looked at, as the address says."""

    sieve: Sieve
    search: str
    station: str
    pace: str
    only: str
    """STUCK or SILENT, which paces do not tell alone: who is late may be silent too."""
    due: str
    """A step whose legal day is near: those who are not there."""


def wanted() -> Wanted:
    """Read the filters of the address; what can't be one is left out."""
    only = _text("only")
    line = _text("line")
    return Wanted(
        sieve=Sieve(
            organisation_id=_number(_text("organisation")),
            pack_id=_text("pack"),
            council=_text("council"),
            line=line if line in set(Line) else "",
        ),
        search=_text("q"),
        station=_text("station"),
        pace=_text("pace"),
        only=only if only in (STUCK, SILENT) else "",
        due=_text("due"),
    )


def _text(name: str) -> str:
    return request.args.get(name, "")[:LONGEST].strip()


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def address(endpoint: str, values: Mapping[str, object]) -> str:
    """Give an address with these filters; empty ones are left out."""
    query = urlencode({key: str(value) for key, value in values.items() if value})
    return url_for(endpoint) + (f"?{query}" if query else "")


def changed(endpoint: str, **changes: object) -> str:
    """Give an address with the present filters, some of them changed; the page is forgotten."""
    present = {key: value for key, value in request.args.items() if key != "page"}
    return address(endpoint, present | changes)


def narrowed() -> dict[str, str]:
    """Give the present filters that the board and the list share."""
    return {key: _text(key) for key in NARROW}


def lines_of(library: PackLibrary) -> dict[tuple[str, str | None], str]:
    """Give the line of each station of each pack."""
    return {
        (pack_id, step.key): step.line.value
        for pack_id, entry in library.entries.items()
        for step in entry.route.steps
    }

"""Which deadlines a pack's calendar knows, and whether their sources are those of the pack."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from app.calendar import CalendarError, Status, load_calendar
from app.packs import PackHeader, Problem, TomlFile, read_toml

CALENDAR_FILE = "calendar.toml"
SPEAKS_OF_OTHERS = "is called verified by sources on another election or region alone"
LOWER_IT = 'lower its status to "A", or name a source on this election'


def check_deadlines(folder: Path, header: PackHeader, problems: list[Problem]) -> frozenset[str]:
    """The keys of the calendar's deadlines; what is wrong with them is added to `problems`."""
    try:
        rules = load_calendar(folder / CALENDAR_FILE)
    except CalendarError as error:
        problems.extend(error.problems)
        return frozenset(_keys_as_written(read_toml(folder, CALENDAR_FILE, [])))
    known = frozenset(source.key for source in header.source)
    for key, versions in rules.rules.items():
        for version in versions:
            if version.status is Status.VERIFIED and speaks_of_others(
                version.source_keys, header.analogous_keys
            ):
                problems.append(
                    Problem(
                        file=CALENDAR_FILE,
                        line=version.line,
                        message=f"deadline {key} {SPEAKS_OF_OTHERS}",
                        remedy=LOWER_IT,
                    )
                )
            for source in version.source_keys:
                if source not in known:
                    problems.append(
                        Problem(
                            file=CALENDAR_FILE,
                            line=version.line,
                            message=f"deadline {key} names the unknown source {source}",
                            remedy="add the source to pack.toml or correct the key",
                        )
                    )
    return frozenset(rules.rules)


def speaks_of_others(keys: Collection[str], analogous: frozenset[str]) -> bool:
    """Whether all the sources named speak of another election or region."""
    return bool(keys) and analogous.issuperset(keys)


def _keys_as_written(file: TomlFile) -> Iterator[str]:
    """Keys of a calendar that can't be used, so that the route is not blamed for its faults."""
    entries = file.data.get("deadline")
    for entry in entries if isinstance(entries, Sequence) else ():
        if isinstance(entry, Mapping):
            keys = entry.get("keys", ())
            for key in (entry.get("key"), *(keys if isinstance(keys, Sequence) else ())):
                if isinstance(key, str):
                    yield key

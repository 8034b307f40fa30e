"""Reading a pack's calendar and refusing one that cannot be computed or explained."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from app.calendar.anchors import ANCHOR_NAMES
from app.calendar.rules import (
    NEEDS_WORKING_DAYS,
    CalendarRules,
    DeadlineRule,
    DeadlineText,
    Reckoning,
)
from app.calendar.shapes import (
    WEEKDAYS,
    CalendarShape,
    DeadlineShape,
    TextsShape,
    WorkingDaysShape,
)
from app.calendar.workdays import ExtraDay, WorkingDays
from app.packs import PackError, Problem, TomlFile, read_toml, shaped
from app.sources import SourceWords, read_sources, unsaid_problems

CALENDAR_FILE = "calendar.toml"
LANGUAGES = ("ru", "en")

CalendarProblem = Problem


class CalendarError(PackError):
    """A calendar that cannot be used; `problems` has file, line, message and remedy of each."""


def load_calendar(path: Path) -> CalendarRules:
    """The deadlines of the calendar.toml at `path`, with the texts that lie beside it.

    Raises CalendarError with every problem found.
    """
    folder = path.parent
    problems: list[Problem] = []
    file = read_toml(folder, path.name, problems)
    shape = shaped(file, CalendarShape, problems)
    if shape is None:
        raise CalendarError(folder, problems)
    rules = _versions(file, shape)
    problems.extend(_reference_problems(file, shape, rules))
    order = _order(file, rules, problems)
    texts = {language: _texts(folder, language, rules, problems) for language in LANGUAGES}
    sources = {language: read_sources(folder, language, problems) for language in LANGUAGES}
    for words in sources.values():
        problems.extend(_source_problems(file, shape, words))
    if problems:
        raise CalendarError(folder, problems)
    working = shape.working_days
    return CalendarRules(
        rules=rules,
        reckoning_order=order,
        working_days=_working_days(working) if working else None,
        short_period=working.short_period if working else 0,
        texts=texts,
        sources=sources,
    )


def _versions(file: TomlFile, shape: CalendarShape) -> Mapping[str, tuple[DeadlineRule, ...]]:
    versions: dict[str, tuple[DeadlineRule, ...]] = {}
    for position, row in enumerate(shape.deadline):
        line = file.line("deadline", position)
        for key in row.all_keys:
            versions[key] = (*versions.get(key, ()), _rule(key, row, line))
    return versions


def _rule(key: str, row: DeadlineShape, line: int) -> DeadlineRule:
    return DeadlineRule(
        key=key,
        rule_id=row.rule_id,
        reckoning=Reckoning(
            kind=row.rule.kind,
            anchors=row.rule.anchor,
            count=row.rule.count or 0,
            not_before=row.rule.not_before,
        ),
        at=row.time,
        edge=row.edge,
        whose=row.whose,
        when=row.when,
        status=row.status,
        source=row.source,
        source_keys=row.source_keys,
        applies_from=row.applies_from,
        applies_to=row.applies_to,
        verified_on=row.verified_on,
        line=line,
    )


def _reference_problems(
    file: TomlFile, shape: CalendarShape, rules: Mapping[str, tuple[DeadlineRule, ...]]
) -> Iterator[Problem]:
    seen: set[tuple[object, ...]] = set()
    for position, row in enumerate(shape.deadline):
        place = ("deadline", position)
        for key in row.all_keys:
            if key in ANCHOR_NAMES and row.rule.anchor != (key,):
                yield file.problem(place, f"{key} is the name of an anchor", "rename the deadline")
            version = (key, row.when, row.applies_from, row.applies_to)
            if version in seen:
                yield file.problem(
                    place,
                    f"the deadline {key} is given twice for the same elections",
                    "remove one, or give each its own when, applies_from or applies_to",
                )
            seen.add(version)
        for anchor in row.rule.anchor:
            if anchor not in ANCHOR_NAMES and anchor not in rules:
                yield file.problem(
                    (*place, "rule"),
                    f"the rule counts from {anchor}, which is neither an anchor nor a deadline",
                    f"use one of {', '.join(sorted(ANCHOR_NAMES))}, or the key of a deadline",
                )
        if row.rule.not_before is not None and row.rule.not_before not in ANCHOR_NAMES:
            yield file.problem(
                (*place, "rule"),
                f"not_before = {row.rule.not_before} is no anchor",
                "use an anchor",
            )
        if row.rule.kind in NEEDS_WORKING_DAYS and shape.working_days is None:
            yield file.problem(
                (*place, "rule"),
                f"the rule {row.rule.kind.value} can’t be computed without working days",
                "add [working_days] with weekend, country, source and status",
            )


def _order(
    file: TomlFile, rules: Mapping[str, tuple[DeadlineRule, ...]], problems: list[Problem]
) -> tuple[str, ...]:
    graph = {
        key: [
            anchor
            for version in versions
            for anchor in version.reckoning.anchors
            if anchor not in ANCHOR_NAMES and anchor in rules
        ]
        for key, versions in rules.items()
    }
    try:
        return tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        cycle: list[str] = error.args[1]
        problems.append(
            Problem(
                file=file.name,
                line=rules[cycle[0]][0].line,
                message=f"deadlines count from each other: {' → '.join(cycle)}",
                remedy="let one of them count from an anchor",
            )
        )
        return ()


def _texts(
    folder: Path,
    language: str,
    rules: Mapping[str, tuple[DeadlineRule, ...]],
    problems: list[Problem],
) -> Mapping[str, DeadlineText]:
    file = read_toml(folder, f"deadlines.{language}.toml", problems)
    shape = shaped(file, TextsShape, problems)
    if shape is None:
        return {}
    texts = shape.deadline
    problems.extend(_text_problems(file, texts.keys(), rules))
    problems.extend(_unnamed_anchors(file, {k: t.of for k, t in texts.items()}, rules))
    return {
        key: DeadlineText(title=text.title, note=text.note, of=text.of)
        for key, text in texts.items()
    }


def _text_problems(
    file: TomlFile, keys: Collection[str], rules: Mapping[str, tuple[DeadlineRule, ...]]
) -> Iterator[Problem]:
    for key in rules:
        if key not in keys:
            yield file.problem(
                ("deadline",),
                f"the deadline {key} has no title in this language",
                f"add [deadline.{key}] with a title",
            )
    for key in sorted(set(keys) - set(rules)):
        yield file.problem(
            ("deadline", key), f"no deadline is called {key}", "remove it or correct the key"
        )


def _unnamed_anchors(
    file: TomlFile,
    phrases: Mapping[str, str | None],
    rules: Mapping[str, tuple[DeadlineRule, ...]],
) -> Iterator[Problem]:
    counted_from = {
        anchor
        for versions in rules.values()
        for version in versions
        for anchor in version.reckoning.anchors
        if anchor not in ANCHOR_NAMES
    }
    for key in sorted(counted_from & set(phrases)):
        if phrases[key] is None:
            yield file.problem(
                ("deadline", key),
                f"other deadlines count from {key}, but it has no `of` to say so in words",
                'add of = "…", the words that follow “before” or “after”',
            )


def _source_problems(file: TomlFile, shape: CalendarShape, words: SourceWords) -> Iterator[Problem]:
    for position, row in enumerate(shape.deadline):
        name = f"deadline {', '.join(row.all_keys)}"
        line = file.line("deadline", position)
        yield from unsaid_problems(words, row.source, file=file.name, line=line, name=name)
    if shape.working_days is not None:
        said = (shape.working_days.source, *(day.source for day in shape.working_days.extra_day))
        line = file.line("working_days")
        for source in said:
            yield from unsaid_problems(
                words, source, file=file.name, line=line, name="working_days"
            )


def _working_days(shape: WorkingDaysShape) -> WorkingDays:
    return WorkingDays(
        weekend=frozenset(WEEKDAYS.index(day) for day in shape.weekend),
        country=shape.country,
        subdivision=shape.subdivision,
        yearly=frozenset((day.month, day.day) for day in shape.yearly),
        extra=tuple(
            ExtraDay(on=extra.date, source=extra.source, status=extra.status.value)
            for extra in shape.extra_day
        ),
    )

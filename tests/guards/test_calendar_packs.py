"""The calendars that ship are complete."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from app.calendar import (
    ANCHOR_NAMES,
    Anchors,
    CalendarRules,
    Status,
    calendar_report,
    compute_dates,
    load_calendar,
)

PACKS = Path(__file__).parents[2] / "quests" / "packs"
CALENDARS = sorted(PACKS.glob("*/calendar.toml"))
UNSCHEDULED = {"postal_voting_agents", "fund_data_published"}


def _id(path: Path) -> str:
    return path.parent.name


def _rules(path: Path) -> CalendarRules:
    return load_calendar(path)


def test_both_elections_ship_a_calendar() -> None:
    assert {_id(path) for path in CALENDARS} >= {"ru-spb-municipal", "gb-eng-local"}


@pytest.mark.parametrize("path", CALENDARS, ids=_id)
def test_every_deadline_can_be_computed_once_all_anchors_are_known(path: Path) -> None:
    day = date(2026, 9, 20)
    dated = compute_dates(_rules(path), Anchors(**dict.fromkeys(ANCHOR_NAMES, day)))
    assert {key for key, each in dated.items() if each.on is None} <= UNSCHEDULED


@pytest.mark.parametrize("path", CALENDARS, ids=_id)
def test_what_was_not_read_in_a_source_is_never_called_verified(path: Path) -> None:
    for versions in _rules(path).rules.values():
        for rule in versions:
            assert rule.source
            assert rule.source_keys or rule.status in (Status.UNVERIFIED, Status.DERIVED), rule.key


@pytest.mark.parametrize("path", CALENDARS, ids=_id)
def test_every_source_key_is_a_source_of_the_pack(path: Path) -> None:
    header = path.parent / "pack.toml"
    if not header.is_file():
        pytest.skip("the pack has no header yet")
    known = {source["key"] for source in tomllib.loads(header.read_text("utf-8"))["source"]}
    used = {
        key
        for versions in _rules(path).rules.values()
        for rule in versions
        for key in rule.source_keys
    }
    assert used <= known


@pytest.mark.parametrize("path", CALENDARS, ids=_id)
def test_russian_texts_are_russian_and_english_texts_are_not(path: Path) -> None:
    rules = _rules(path)
    for key in rules.keys:
        for language, cyrillic in (("ru", True), ("en", False)):
            text = rules.text(key, language)
            for words in (text.title, text.note, text.of):
                if words:
                    assert bool(re.search("[а-яё]", words)) is cyrillic, (key, language)
                    assert not re.search(r"[\"']", words), (key, language)
                    assert not words.endswith("."), (key, language)


def test_all_rows_of_the_petersburg_table_are_there() -> None:
    rules = load_calendar(PACKS / "ru-spb-municipal" / "calendar.toml")
    rows = {rule.rule_id for versions in rules.rules.values() for rule in versions}
    assert {f"T{number:02}" for number in range(1, 33)} <= rows


def test_the_report_has_the_promised_shape() -> None:
    rules = load_calendar(PACKS / "gb-eng-local" / "calendar.toml")
    report = calendar_report(rules, Anchors(polling_day=date(2024, 5, 2)), "en")
    assert report["deadlines"]["nominations_close"] == {
        "date": "2024-04-05",
        "time": "16:00",
        "status": "V",
        "source": "LEPAR r.1, r.5, r.16(4); RPA 1983 s.67",
        "why": "19th working day before the poll; not counting weekends. It can’t be extended.",
    }
    assert report["deadlines"]["return_of_expenses"]["date"] is None
    assert report["deadlines"]["return_of_expenses"]["time"] is None

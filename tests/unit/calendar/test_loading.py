"""A broken calendar is refused with the place and the remedy of every problem."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.calendar import Anchors, CalendarError, CalendarProblem, load_calendar
from tests.unit.calendar.places import days

GOOD = """
[working_days]
weekend = ["saturday", "sunday"]
country = "GB"
subdivision = "ENG"
short_period = 7
source = "Act"
source_keys = ["ACT"]
status = "V"

[[deadline]]
key = "papers"
rule = { kind = "working_days_before", anchor = "polling_day", count = 3 }
time = "16:00"
edge = "closes"
whose = "campaign"
status = "V"
source = "Act s.1"
source_keys = ["ACT"]
"""
SOURCES = '[law]\nAct = "The Act"\n[place]\ns = ", s. {}"\n[words]\nx = "x"\n'
TEXTS = '[deadline.papers]\ntitle = "Papers"\n'


def loaded_days(folder: Path, calendar: str, poll: date, texts: str = TEXTS) -> date | None:
    _write(folder, calendar, texts)
    rules = load_calendar(folder / "calendar.toml")
    return days(rules, Anchors(polling_day=poll))["papers"]


def problems_of(folder: Path, calendar: str, texts: str = TEXTS) -> tuple[CalendarProblem, ...]:
    _write(folder, calendar, texts)
    with pytest.raises(CalendarError) as refused:
        load_calendar(folder / "calendar.toml")
    return refused.value.problems


def _write(folder: Path, calendar: str, texts: str) -> None:
    (folder / "calendar.toml").write_text(calendar, encoding="utf-8")
    for language in ("ru", "en"):
        (folder / f"deadlines.{language}.toml").write_text(texts, encoding="utf-8")
        (folder / f"sources.{language}.toml").write_text(SOURCES, encoding="utf-8")


def test_a_proclaimed_day_in_the_pack_does_not_count(tmp_path: Path) -> None:
    extra = '\n[[working_days.extra_day]]\ndate = 2026-05-06\nsource = "x"\nstatus = "V"\n'
    before, after = GOOD.split("\n[[deadline]]")
    poll = date(2026, 5, 14)
    assert loaded_days(tmp_path, GOOD, poll) == date(2026, 5, 11)
    proclaimed = f"{before}{extra.replace('05-06', '05-12')}\n[[deadline]]{after}"
    assert loaded_days(tmp_path, proclaimed, poll) == date(2026, 5, 8)


def test_a_rule_out_of_force_gives_no_day(tmp_path: Path) -> None:
    dated = GOOD + "applies_from = 2027-01-01\n"
    assert loaded_days(tmp_path, dated, date(2026, 5, 14)) is None
    assert loaded_days(tmp_path, dated, date(2027, 5, 13)) is not None


def test_a_later_version_of_a_rule_takes_over(tmp_path: Path) -> None:
    row = GOOD.split("\n[[deadline]]")[1]
    versions = (
        GOOD
        + "applies_to = 2026-12-31\n[[deadline]]"
        + row.replace("count = 3", "count = 4")
        + "applies_from = 2027-01-01\n"
    )
    assert loaded_days(tmp_path, versions, date(2026, 5, 14)) == date(2026, 5, 11)
    assert loaded_days(tmp_path, versions, date(2027, 5, 13)) == date(2027, 5, 7)


@pytest.mark.parametrize(
    ("was", "becomes", "message"),
    [
        ('status = "V"\nsource = "Act s.1"', 'source = "Act s.1"', "status is missing"),
        ('source = "Act s.1"\n', "", "source is missing"),
        ('anchor = "polling_day"', 'anchor = "pole_day"', "pole_day"),
        (", count = 3", "", "needs count"),
        ("working_days_before", "working_days_befor", "kind"),
        ('time = "16:00"', 'time = "26:00"', "time"),
        ('edge = "closes"', 'edge = "closes"\ncolour = "red"', "unknown key"),
        ('anchor = "polling_day"', 'anchor = "papers"', "count from each other"),
    ],
)
def test_a_wrong_rule_names_its_file_line_and_remedy(
    tmp_path: Path, was: str, becomes: str, message: str
) -> None:
    found = problems_of(tmp_path, GOOD.replace(was, becomes))
    problem = next(each for each in found if message in each.message)
    assert problem.file == "calendar.toml"
    assert problem.line >= 11
    assert problem.remedy


def test_working_days_need_a_calendar_of_them(tmp_path: Path) -> None:
    found = problems_of(tmp_path, "[[deadline]]" + GOOD.split("\n[[deadline]]")[1])
    assert "without working days" in found[0].message


def test_the_same_deadline_twice_is_refused(tmp_path: Path) -> None:
    found = problems_of(tmp_path, GOOD + "[[deadline]]" + GOOD.split("\n[[deadline]]")[1])
    assert any("given twice" in problem.message for problem in found)


def test_a_missing_title_is_refused_in_each_language(tmp_path: Path) -> None:
    found = problems_of(tmp_path, GOOD, '[deadline.other]\ntitle = "Other"\n')
    assert {problem.file for problem in found} == {"deadlines.ru.toml", "deadlines.en.toml"}
    assert {problem.message for problem in found} == {
        "the deadline papers has no title in this language",
        "no deadline is called other",
    }


def test_a_file_that_is_not_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    found = problems_of(tmp_path, GOOD.replace('key = "papers"', "key = papers"))
    assert found[0].line == 12

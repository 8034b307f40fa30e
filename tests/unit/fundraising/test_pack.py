"""The shipped fund.toml files, and what is refused in others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.packs import PackError, load_pack
from fundraising.pack import load_fund
from quests.route.library import PACKS
from tests.fund_world import EN, RU, fund_packs


def test_what_we_do_not_know_has_no_value() -> None:
    limit = fund_packs()[RU].check_rule("limit")
    assert limit is not None
    assert (limit.limit_minor, limit.status.value, limit.statable) == (None, "?", True)


def test_a_stated_limit_never_replaces_a_known_rule() -> None:
    checks = fund_packs()[EN].checks_with({"register": 1, "named": 1})
    assert checks == fund_packs()[EN].checks


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('statable = true\nstatus = "?"', 'statable = true\nstatus = "M"', "not known"),
        ('questions = ["citizenship"]', 'questions = ["nation"]', "nobody asks nation"),
        ('source = "Mandat rule"', 'source = "hearsay"', "hearsay"),
        ('key = "full_name"', 'key = "name"', "has no words"),
        ('["S26"]', '["S999"]', "no source S999"),
        ("days = 10", "days = 10\ncolour = 1", "unknown key"),
    ],
)
def test_a_wrong_rule_is_named_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = tmp_path / RU
    shutil.copytree(PACKS / RU, folder)
    file = folder / "fund.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as error:
        load_fund(load_pack(folder))
    assert any(said in str(problem) for problem in error.value.problems), error.value

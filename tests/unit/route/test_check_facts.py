"""What a condition or a piece of evidence names has to be something that can come true."""

from __future__ import annotations

from pathlib import Path

import pytest

from quests.route.check import check_pack
from quests.route.features import KEYED, NAMED, SUPPORT_PAGE
from tests.unit.route.tiny_pack import ROUTE, problems_of, written


@pytest.mark.parametrize("name", [*(f"{begin}bag" for begin in KEYED), *NAMED])
@pytest.mark.parametrize(
    "written_as",
    ["opens = LEAF", "opens = { all = [LEAF] }", "opens = { not = LEAF }"],
)
def test_what_other_packages_prove_is_no_condition(
    tmp_path: Path, written_as: str, name: str
) -> None:
    leaf = f'{{ fact = "{name}", at_least = 1 }}'
    (problem,) = problems_of(
        tmp_path, "route_toml", 'opens = { step = "first" }', written_as.replace("LEAF", leaf)
    )
    assert f"names the fact {name}, which proves steps" in problem.message
    assert ROUTE.splitlines()[problem.line - 1].startswith("opens")
    assert problem.remedy == "let it prove a step, and name that step"


@pytest.mark.parametrize(
    ("key", "evidence"),
    [
        ("day", 'kind = "date", key = "day", reached = { deadline = "close" }'),
        ("people", 'kind = "team", key = "people", at_least = 3'),
        ("doors", 'kind = "fact", key = "doors", fact = "doors.logged"'),
    ],
)
def test_no_condition_counts_what_a_step_only_reckons(
    tmp_path: Path, key: str, evidence: str
) -> None:
    folder = written(tmp_path)
    route = ROUTE.replace('{ kind = "form", key = "form" }', f"{{ {evidence} }}", 1)
    fact = f"evidence:first:{key}"
    route = route.replace('{ step = "first" }', f'{{ fact = "{fact}", at_least = 1 }}', 1)
    (folder / "route.toml").write_text(route, "utf-8")
    found = [one for one in check_pack(folder) if fact in one.message]
    assert [one.remedy for one in found] == ["name the step itself"]
    assert route.splitlines()[found[0].line - 1].startswith("opens")


@pytest.mark.parametrize("name", ["paper:bag", "packet:bag", "filed:bag", SUPPORT_PAGE])
def test_what_is_there_or_not_is_never_wanted_twice(tmp_path: Path, name: str) -> None:
    wanted = f'{{ kind = "form", key = "form" }}, {{ kind = "fact", key = "it", fact = "{name}"'
    old = '{ kind = "form", key = "form" }'
    assert problems_of(tmp_path / "once", "route_toml", old, f"{wanted} }}") == []
    (problem,) = problems_of(tmp_path / "twice", "route_toml", old, f"{wanted}, at_least = 2 }}")
    assert f"wants 2 of {name}, of which there is never more than one" in problem.message

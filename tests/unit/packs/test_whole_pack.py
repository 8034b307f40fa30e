"""``mandat pack check`` looks at every file of a pack, whichever feature reads it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import mandat
from app.cli.pack_checking import check_whole_pack
from app.packs import Problem
from quests.route.library import PACKS

RU = "ru-spb-municipal"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a shipped pack, to be spoiled."""
    return Path(shutil.copytree(PACKS / RU, tmp_path / RU))


def spoil(folder: Path, name: str, old: str, new: str) -> int:
    """Put a mistake into a file and give its line."""
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def of_file(problems: list[Problem], name: str) -> list[Problem]:
    return [one for one in problems if one.file == name]


@pytest.mark.parametrize("pack", sorted(path.parent.name for path in PACKS.glob("*/pack.toml")))
def test_a_shipped_pack_is_sound_as_a_whole(pack: str) -> None:
    assert [str(one) for one in check_whole_pack(PACKS / pack)] == []


@pytest.mark.parametrize(
    "name",
    [
        "documents/consent.toml",
        "documents/answers.toml",
        "imprint.toml",
        "fund.toml",
        "doors.toml",
        "points.toml",
        "route.toml",
    ],
)
def test_a_key_nobody_knows_is_found_in_every_file(folder: Path, name: str) -> None:
    text = (folder / name).read_text("utf-8")
    (folder / name).write_text(f"unheard_of = 1\n{text}", "utf-8")
    (found,) = (one for one in of_file(check_whole_pack(folder), name) if one.line == 1)
    assert "unheard_of" in found.message
    assert found.remedy


@pytest.mark.parametrize("name", ["documents/consent.toml", "imprint.toml", "fund.toml"])
def test_work_that_belongs_to_no_step_is_found(folder: Path, name: str) -> None:
    line = spoil(folder, name, '\nstep = "', '\nstep = "no_') + 1
    (found,) = of_file(check_whole_pack(folder), name)
    assert (found.line, found.remedy) == (line, "name a step of route.toml")


def test_a_step_that_asks_for_a_paper_nobody_wrote_is_found(folder: Path) -> None:
    evidence = '[[step.evidence]]\nkind = "fact"\nkey = "paper"\nfact = "paper:unwritten"\n\n'
    line = spoil(folder, "route.toml", "[[step.evidence]]", f"{evidence}[[step.evidence]]")
    found = of_file(check_whole_pack(folder), "route.toml")
    (unwritten,) = (one for one in found if "unwritten" in one.message)
    assert (unwritten.line, unwritten.remedy) == (line, "name the key of a file in documents/")


def test_the_mistakes_of_all_files_are_told_at_once(folder: Path) -> None:
    for name in ("doors.toml", "points.toml", "fund.toml"):
        (folder / name).write_text("not toml", "utf-8")
    told = {one.file for one in check_whole_pack(folder)}
    assert {"doors.toml", "points.toml", "fund.toml"} <= told


def test_the_command_names_file_line_and_remedy(folder: Path) -> None:
    (folder / "points.toml").unlink()
    answer = CliRunner().invoke(mandat, ["pack", "check", str(folder)])
    assert answer.exit_code == 1
    assert "points.toml:1: the file is missing — add points.toml" in answer.stderr

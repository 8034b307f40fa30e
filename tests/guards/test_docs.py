"""What the documentation says of settings, files and commands is so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from app.calendar.anchors import ANCHOR_NAMES
from app.calendar.rules import RuleKind
from app.cli import mandat
from app.config import PREFIX, Settings
from quests.route.shape import EvidenceKind, FieldType, Review, RuleStatus

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
RUNNING = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
PACKS = (ROOT / "docs" / "packs.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def documented() -> dict[str, str]:
    """The settings table: default by variable, in the order of the page."""
    rows = re.findall(r"^\| `(MANDAT_\w+)` \| (.+?) \|", RUNNING, re.MULTILINE)
    return {name: default.strip("`") for name, default in rows}


def shown(value: object) -> str:
    """A default as the table writes it."""
    if isinstance(value, bool):
        return "1" if value else "0"
    return "empty" if value in ("", ()) else str(value)


def anchor(heading: str) -> str:
    """The fragment under which a heading is reached."""
    plain = re.sub(r"[^\w\- ]", "", heading.replace("`", "").strip().casefold())
    return plain.replace(" ", "-")


def test_the_settings_table_names_every_setting_in_the_order_of_the_program() -> None:
    assert list(documented()) == [PREFIX + name.upper() for name in Settings.model_fields]


def test_the_settings_table_gives_the_defaults_of_the_program() -> None:
    said = documented()
    for name, field in Settings.model_fields.items():
        assert said[PREFIX + name.upper()] == shown(field.default), name


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_speaks_of_a_setting_that_does_not_exist(path: Path) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    named = set(re.findall(r"\bMANDAT_[A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8")))
    assert named <= known


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_inside_the_documentation_leads_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", text):
        name, _, fragment = target.partition("#")
        found = (path.parent / name).resolve() if name else path
        assert found.exists(), target
        if fragment:
            headings = re.findall(r"^#+ (.+)$", found.read_text(encoding="utf-8"), re.MULTILINE)
            assert fragment in {anchor(heading) for heading in headings}, target


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_of_the_documentation_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for name in re.findall(r"(?:`|bin/)mandat ([a-z]+)", text):
        assert name in mandat.commands, name


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_make_target_of_the_documentation_exists(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE)) <= targets


@pytest.mark.parametrize("words", [RuleKind, EvidenceKind, FieldType, Review, RuleStatus])
def test_the_page_on_packs_names_every_word_a_pack_may_use(words: type) -> None:
    missing = [word.value for word in words if f"`{word.value}`" not in PACKS]
    assert missing == []


def test_the_page_on_packs_names_every_anchor() -> None:
    assert {name for name in ANCHOR_NAMES if f"`{name}`" not in PACKS} == set()


def test_the_readme_says_why_each_dependency_is_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    names = {re.split(r"[\[<>=,~ ]", one)[0] for one in wanted}
    package = (ROOT / "package.json").read_text(encoding="utf-8")
    dependencies = package[package.index('"dependencies"') :]
    names |= set(re.findall(r'^    "([^"]+)": "\d', dependencies, re.MULTILINE))
    assert {name for name in names if f"`{name}`" not in README} == set()

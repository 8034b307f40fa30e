"""The points of a pack: what ships is sound, and what is wrong is said with its line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.packs import PackError, load_pack
from quests.ranking.pack import Earned, load_point_book, load_points
from quests.ranking.rules.awarding import Deed
from quests.route.library import PACKS, PackLibrary

IDS = ("ru-spb-municipal", "gb-eng-local")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a pack that may be broken."""
    found = tmp_path / IDS[0]
    shutil.copytree(PACKS / IDS[0], found)
    return found


@pytest.mark.parametrize("pack_id", IDS)
def test_every_kind_of_work_has_a_rule_and_words_in_both_languages(pack_id: str) -> None:
    points = load_points(load_pack(PACKS / pack_id))
    assert set(points.rules) == set(Earned)
    for language in ("ru", "en"):
        assert all(points.words_of(rule.value, language) for rule in points.rules)


def test_a_rule_that_is_gone_has_no_words() -> None:
    assert load_points(load_pack(PACKS / IDS[0])).words_of("dance", "en") is None


def test_a_milestone_is_worth_what_its_step_says(library: PackLibrary) -> None:
    book = load_point_book(library)
    for pack_id in IDS:
        for step in library[pack_id].steps:
            worth = book.worth(pack_id, Deed(rule="milestone", source=step.key))
            assert worth is not None
            assert (worth.points, worth.line) == (step.points, step.line.value)


@pytest.mark.parametrize(
    ("pack_id", "rule", "source"),
    [("no-such-pack", "door", "1"), (IDS[0], "dance", "1"), (IDS[0], "milestone", "no_such_step")],
)
def test_what_the_pack_does_not_know_is_worth_nothing(
    library: PackLibrary, pack_id: str, rule: str, source: str
) -> None:
    assert load_point_book(library).worth(pack_id, Deed(rule=rule, source=source)) is None


def broken(folder: Path, change: Callable[[str], str], name: str = "points.toml") -> str:
    path = folder / name
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_points(load_pack(folder))
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('key = "door"', 'key = "gift"', "the rule gift stands twice"),
        ('key = "milestone"', 'key = "milestone"\npoints = 5', "points of a milestone"),
        ("points = 10\n", "", "paper has no points"),
        ("per_day = 80", "per_day = 0", "per_day"),
        ('key = "door"', 'key = "dance"', "rule.4.key"),
    ],
)
def test_a_wrong_rule_is_named_with_its_line(folder: Path, old: str, new: str, said: str) -> None:
    found = broken(folder, lambda text: text.replace(old, new))
    assert "points.toml:" in found and said in found


def test_missing_words_are_named(folder: Path) -> None:
    found = broken(
        folder, lambda text: text.replace("[rule.door]", "[rule.flyer2]"), "points.ru.toml"
    )
    assert "points.ru.toml" in found


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "points.en.toml").unlink()
    with pytest.raises(PackError, match=r"points\.en\.toml"):
        load_points(load_pack(folder))

"""What a pack says about signatures, and what is wrong with one that says it badly."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.packs import Pack, PackError
from documents.signatures.pack import load_signatures
from quests.route.library import PackLibrary


@pytest.fixture
def pack(library: PackLibrary) -> Pack:
    return library.entries["ru-spb-municipal"].route.pack


def test_where_a_rule_was_read_is_written_in_the_language_of_the_reader(pack: Pack) -> None:
    found = load_signatures(pack)
    english = found.reference(("L67",), "en")
    assert english.startswith("Federal Law 67-FZ")
    assert found.reference(("L67",), "ru") == pack.header.source_refs["L67"] != english


@pytest.mark.parametrize(
    ("was", "written", "said"),
    [
        ('source_keys = ["D"]\nstatus = "D"', 'status = "V"', "names where it was read"),
        ('source_keys = ["D"]', 'source_keys = ["XX"]', "has no source XX"),
    ],
)
def test_what_is_wrong_with_a_rule_is_said_once(
    pack: Pack, tmp_path: Path, was: str, written: str, said: str
) -> None:
    folder = tmp_path / pack.folder.name
    shutil.copytree(pack.folder, folder)
    file = folder / "signatures.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(was, written, 1), encoding="utf-8")
    with pytest.raises(PackError) as error:
        load_signatures(replace(pack, folder=folder))
    assert [said in one.message for one in error.value.problems] == [True]

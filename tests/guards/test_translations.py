"""Every sentence of the program exists in Russian, with the same parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from tests.conftest import PACKAGES

ROOT = Path(__file__).resolve().parent.parent.parent
KEYWORDS = {
    "_": None,
    "gettext": None,
    "N_": None,
    "L_": None,
    "translate": (2,),
    "translate_plural": (2, 3),
    "ngettext": (1, 2),
}
ENTRY = re.compile(r"^msgid ", re.MULTILINE)
PARAMETER = re.compile(r"%\((\w+)\)s|\{(\w+)\}")


def messages() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*")):
            if path.suffix not in (".py", ".html") or "packs" in path.parts:
                continue
            method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
            options = {} if path.suffix == ".py" else {"newstyle_gettext": "true"}
            found = extract(method, BytesIO(path.read_bytes()), keywords=KEYWORDS, options=options)
            for _, message, _, _ in found:
                for one in message if isinstance(message, tuple) else (message,):
                    if one:
                        yield one, str(path.relative_to(ROOT))


def russian() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((ROOT / "app" / "translations" / "ru").glob("*.po")):
        with path.open("rb") as source:
            for message in read_po(source, locale="ru"):
                if not message.id or message.fuzzy:
                    continue
                ids = message.id if isinstance(message.id, tuple) else (message.id,)
                texts = message.string if isinstance(message.string, tuple) else (message.string,)
                for one in ids:
                    found[one] = tuple(texts)
    return found


@pytest.fixture(scope="module")
def known() -> dict[str, tuple[str, ...]]:
    return russian()


def test_every_sentence_is_translated(known: dict[str, tuple[str, ...]]) -> None:
    untranslated = ((text, where) for text, where in messages() if not any(known.get(text, ())))
    missing = sorted({f"{text!r} ({where})" for text, where in untranslated})
    assert not missing, "\n".join(missing)


def test_translations_use_only_the_parameters_of_their_sentence(
    known: dict[str, tuple[str, ...]],
) -> None:
    wrong = []
    for text, translations in known.items():
        wanted = {a or b for a, b in PARAMETER.findall(text)}
        for one in translations:
            extra = {a or b for a, b in PARAMETER.findall(one)} - wanted - {"num"}
            if extra:
                wrong.append(f"{text!r}: {extra}")
    assert not wrong, "\n".join(wrong)


def test_no_translation_is_written_for_a_sentence_that_is_gone(
    known: dict[str, tuple[str, ...]],
) -> None:
    used = {text for text, _ in messages()}
    assert not sorted(set(known) - used)


def said_twice(folder: Path) -> list[str]:
    """Give the sentences that more than one entry translates, with where they stand."""
    places: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as source:
            catalog = read_po(source, locale="ru")
        found = [message for message in catalog if message.id]
        for message in found:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            for one in dict.fromkeys(ids):
                places.setdefault(one, []).append(path.name)
        # Of entries that repeat a sentence within one file the reader keeps only the last.
        written = len(ENTRY.findall(path.read_text("utf-8"))) - 1
        if written != len(found):
            places[f"{written - len(found)} sentences"] = [path.name, path.name]
    return [f"{text!r}: {', '.join(where)}" for text, where in places.items() if len(where) > 1]


def test_a_sentence_is_translated_in_one_place_only() -> None:
    # All files of a language are merged: of two translations one would win by the alphabet.
    assert not said_twice(ROOT / "app" / "translations" / "ru")


@pytest.mark.parametrize("second", ["a.po", "b.po"])
def test_two_translations_of_a_sentence_are_found(tmp_path: Path, second: str) -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    entry = '\nmsgid "State"\nmsgstr "{}"\n'
    first = head + entry.format("Состояние")
    (tmp_path / "a.po").write_text(first, "utf-8")
    assert said_twice(tmp_path) == []
    before = first if second == "a.po" else head
    (tmp_path / second).write_text(before + entry.format("Государство"), "utf-8")
    assert len(said_twice(tmp_path)) == 1

"""A source is written once and said in every language, or its missing words are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.packs import Problem
from app.sources import SourceWords, Unsaid, read_sources, unsaid_problems

RUSSIAN = SourceWords(
    law={"67-FZ": "67-ФЗ", "67-FZ draft": "проект 67-ФЗ"},
    place={"art": ", ст. {}", "p": ", п. {}"},
    note={"text of 2014": "текст 2014 года"},
    words={"our advice": "наш совет"},
)
ENGLISH = SourceWords(
    law={"RPA 1983": "Representation of the People Act 1983"},
    place={"s": ", s. {}", "ss": ", ss. {}", "Sch": ", Sch. {}", "para": ", para. {}"},
)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("67-FZ art. 33 p.2", "67-ФЗ, ст. 33, п. 2"),
        ("67-FZ art. 48 p.9–9.2", "67-ФЗ, ст. 48, п. 9–9.2"),
        ("67-FZ art. 38 p.6.3, 6.4", "67-ФЗ, ст. 38, п. 6.3, 6.4"),
        ("67-FZ art. 49, art. 11.1 p.2", "67-ФЗ, ст. 49, ст. 11.1, п. 2"),
        ("67-FZ draft art. 1", "Проект 67-ФЗ, ст. 1"),
        ("67-FZ (text of 2014)", "67-ФЗ (текст 2014 года)"),
        ("our advice; 67-FZ", "Наш совет; 67-ФЗ"),
        ("", ""),
    ],
)
def test_a_source_is_said_law_by_law_and_place_by_place(source: str, said: str) -> None:
    assert RUSSIAN.say(source) == said
    assert RUSSIAN.unsaid(source) == ()


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("RPA 1983 s.76(2)(ib), (4)", "s. 76(2)(ib), (4)"),
        ("RPA 1983 s.7(a)", "s. 7(a)"),
        ("RPA 1983 ss.203A–203B", "ss. 203A–203B"),
        ("RPA 1983 Sch 2A para 6", "Sch. 2A, para. 6"),
    ],
)
def test_letters_in_brackets_belong_to_the_number(source: str, place: str) -> None:
    assert ENGLISH.say(source) == f"Representation of the People Act 1983, {place}"


@pytest.mark.parametrize(
    ("source", "table", "piece"),
    [
        ("68-FZ art. 1", "words", "68-FZ art. 1"),
        ("67-FZ ch. 2", "place", "ch"),
        ("67-FZ (unread)", "note", "unread"),
        ("67-FZ and more", "place", "and more"),
    ],
)
def test_a_piece_without_words_is_named_and_shown_as_it_is(
    source: str, table: str, piece: str
) -> None:
    assert RUSSIAN.unsaid(source) == (Unsaid(table=table, piece=piece),)
    assert RUSSIAN.say(source) == source


def test_entries_that_no_source_needs_are_found() -> None:
    found = RUSSIAN.superfluous(["67-FZ art. 1", "our advice"])
    assert found == (("law", "67-FZ draft"), ("place", "p"), ("note", "text of 2014"))


def test_a_problem_says_where_the_source_stands_and_where_its_words_belong(tmp_path: Path) -> None:
    (tmp_path / "sources.ru.toml").write_text('[law]\n"67-FZ" = "67-ФЗ"\n', encoding="utf-8")
    words = read_sources(tmp_path, "ru", [])
    found = unsaid_problems(words, "68-FZ", file="route.toml", line=7, name="rule x")
    assert list(found) == [
        Problem(
            file="route.toml",
            line=7,
            message="rule x: the source “68-FZ” has no words in sources.ru.toml",
            remedy="add “68-FZ” to [words], or its law to [law] there",
        )
    ]


def test_a_place_without_room_for_its_number_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sources.en.toml").write_text('[place]\nart = "article"\n', encoding="utf-8")
    problems: list[Problem] = []
    read_sources(tmp_path, "en", problems)
    assert "art needs one {}" in problems[0].message


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert read_sources(tmp_path, "en", problems).unsaid("x")
    assert problems[0].file == "sources.en.toml"

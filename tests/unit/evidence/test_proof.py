"""When evidence may change, when a quiz is passed, and what changed between rounds."""

from __future__ import annotations

import pytest

from app.errors import Conflict, Refused
from app.sealing import Seal
from quests.evidence import errors
from quests.evidence.rules.changes import FileNote, file_changes, value_changes, word_changes
from quests.evidence.rules.proof import State, check_files, check_may_change, mark_quiz
from quests.route.shape import FileItem, QuizQuestion

QUESTIONS = tuple(QuizQuestion(key=key, options=("a", "b"), right="a") for key in ("one", "two"))


def test_what_is_being_checked_or_was_accepted_for_good_may_not_change() -> None:
    with pytest.raises(Conflict, match=errors.BEING_CHECKED):
        check_may_change(State.SUBMITTED, reviewed=True, repeatable=True)
    with pytest.raises(Conflict):
        check_may_change(State.ACCEPTED, reviewed=True, repeatable=False)
    check_may_change(State.ACCEPTED, reviewed=True, repeatable=True)
    check_may_change(State.ACCEPTED, reviewed=False, repeatable=False)
    check_may_change(State.RETURNED, reviewed=True, repeatable=False)


def test_files_are_sent_only_when_every_needed_kind_is_there() -> None:
    items = (FileItem(key="front"), FileItem(key="extra", required=False))
    labels = {"front": "Front side", "extra": "Extra"}
    with pytest.raises(Refused) as caught:
        check_files(["extra"], items, labels, at_least=1)
    assert caught.value.params == {"label": "Front side"}
    check_files(["front"], items, labels, at_least=1)
    with pytest.raises(Refused) as too_few:
        check_files(["front"], items, labels, at_least=2)
    assert too_few.value.message == errors.FILES_NEEDED


def test_a_quiz_is_passed_at_its_mark_and_not_below() -> None:
    assert mark_quiz(QUESTIONS, {"one": "a", "two": "b"}, pass_mark=1).passed
    failed = mark_quiz(QUESTIONS, {"one": "a", "two": "b"}, pass_mark=2)
    assert not failed.passed
    assert failed.wrong == ("two",)


@pytest.mark.parametrize("chosen", [{}, {"one": "a"}, {"one": "a", "two": "z"}])
def test_a_quiz_with_an_open_question_is_refused_at_that_question(chosen: dict[str, str]) -> None:
    with pytest.raises(Refused, match=errors.QUIZ_INCOMPLETE):
        mark_quiz(QUESTIONS, chosen, pass_mark=1)


def test_answers_are_compared_with_the_round_before() -> None:
    found = value_changes(
        ["a", "b", "c", "d", "e"],
        {"a": "1", "b": "2", "c": "3"},
        {"a": "1", "b": "9", "d": "4"},
    )
    assert [(change.key, change.kind) for change in found] == [
        ("a", "same"),
        ("b", "changed"),
        ("c", "removed"),
        ("d", "new"),
    ]
    assert [c.kind for c in value_changes(["a"], None, {"a": "1"})] == ["same"]


def note(number: int, content: str) -> FileNote:
    return FileNote(id=number, item="", name=f"{number}.pdf", sha256=content)


def test_files_are_compared_by_their_content() -> None:
    found = file_changes([note(1, "aa"), note(2, "bb")], [note(3, "aa"), note(4, "cc")])
    assert [(change.file["id"], change.kind) for change in found] == [
        (3, "same"),
        (4, "new"),
        (2, "removed"),
    ]


def test_a_changed_text_is_told_word_by_word() -> None:
    assert word_changes("улица Мира, дом 5", "улица Мира, дом 7") == (
        ("same", "улица Мира, дом "),
        ("gone", "5"),
        ("new", "7"),
    )
    long = "слово " * 3000
    assert word_changes(long, long + "ещё") == (("gone", long), ("new", long + "ещё"))


def test_a_seal_opens_only_what_its_own_secret_closed() -> None:
    seal, other = Seal.from_secret("one"), Seal.from_secret("two")
    closed = seal.close("4010 123456")
    assert "123456" not in closed
    assert seal.open(closed) == "4010 123456"
    assert seal.hint(closed) == "••••56"
    assert other.open(closed) == ""

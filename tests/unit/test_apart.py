"""Processes that read bytes from outside: what they answer, how they end, and their turns."""

from __future__ import annotations

import base64
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.errors import Unavailable
from app.files.apart import TooHeavy, Turns, answer_apart, read_apart

LARGE = bytes(3_000_000)
"""More than a pipe holds."""
ONLY_APART = {"docx", "lxml", "numpy", "openpyxl", "osmium", "pikepdf", "pypdfium2", "weasyprint"}


def test_who_finds_no_place_for_too_long_is_told_so() -> None:
    turns = Turns(wait_s=0.01, at_once=0)
    with pytest.raises(Unavailable):
        turns.read_apart("app.files.inspector", b"", longest_s=1)


def test_a_place_is_free_again_whatever_became_of_the_one_before() -> None:
    turns = Turns(wait_s=0.01, at_once=1)
    for _ in range(2):
        assert b"empty" in turns.read_apart("app.files.inspector", b"", longest_s=20)


def test_an_answer_is_read_while_the_rest_is_still_handed_over() -> None:
    with answer_apart("base64", [LARGE] * 3, longest_s=20, options=["-e"]) as answer:
        assert base64.decodebytes(answer.read()) == LARGE * 3


def test_who_reads_nothing_of_what_it_is_handed_holds_nobody_up() -> None:
    said = read_apart("timeit", LARGE, longest_s=20, options=["-n", "1", "pass"])
    assert b"loop" in said


@pytest.mark.parametrize(
    ("program", "options", "longest_s"),
    [
        ("timeit", ["import time; time.sleep(60)"], 0.5),
        ("timeit", ["raise MemoryError"], 20),
        ("there.is.no.such.program", [], 20),
    ],
)
def test_who_takes_too_long_or_falls_was_too_heavy(
    program: str, options: list[str], longest_s: float
) -> None:
    with pytest.raises(TooHeavy):
        read_apart(program, LARGE, longest_s=longest_s, options=options)


def test_nobody_is_left_behind_when_the_reader_gives_up() -> None:
    with (
        pytest.raises(EOFError),
        answer_apart("base64", [LARGE], longest_s=60, options=["-e"]) as answer,
    ):
        assert answer.read(1)
        raise EOFError
    assert answer.closed
    assert children() == []


def children() -> list[int]:
    """Give the processes that this thread has begun and not yet waited for."""
    own = Path(f"/proc/self/task/{threading.get_native_id()}/children")
    return [int(child) for child in own.read_text().split()]


def test_what_only_such_processes_need_is_not_in_the_memory_of_the_program() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "import sys, app.cli; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.partition(".")[0] for name in said.stdout.split()}
    assert loaded & {"app", "documents"} == {"app", "documents"}
    assert loaded.isdisjoint(ONLY_APART)

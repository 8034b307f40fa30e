"""Processes that read bytes from outside: what they answer, how they end, and their turns."""

from __future__ import annotations

import base64
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextvars import copy_context
from pathlib import Path

import pytest

from app.errors import Unavailable
from app.files.apart import HOLDER, TooHeavy, Turns, answer_apart, read_apart

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


def as_person(number: int, take: Callable[[], None]) -> None:
    """Do something in the name of a person, as a request does."""

    def told() -> None:
        HOLDER.set(number)
        take()

    copy_context().run(told)


def test_one_person_never_holds_the_places_of_others() -> None:
    turns = Turns(wait_s=0.01, at_once=2)

    def take() -> None:
        with turns.place():
            pass

    def hold_one() -> None:
        with turns.place():
            with pytest.raises(Unavailable):
                take()
            as_person(2, take)
        take()

    as_person(1, hold_one)


def test_one_person_waits_for_one_place_at_a_time() -> None:
    turns = Turns(wait_s=None, at_once=1)

    def take() -> None:
        with turns.place():
            pass

    with turns.place():
        waiting = threading.Thread(target=as_person, args=(1, take))
        waiting.start()
        # The one that waits is told nothing until the place is free; the next is told at once.
        while not turns.awaited_by(1):
            waiting.join(0.01)
        with pytest.raises(Unavailable):
            as_person(1, take)
    waiting.join()


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
    # Other tests of this process may have a press of their own at work.
    before = children()
    with (
        pytest.raises(EOFError),
        answer_apart("base64", [LARGE], longest_s=60, options=["-e"]) as answer,
    ):
        assert answer.read(1)
        raise EOFError
    assert answer.closed
    assert children() == before


def test_nobody_is_left_behind_when_no_thread_can_be_had() -> None:
    before = children()
    threading.stack_size(1 << 46)
    try:
        with (
            pytest.raises(RuntimeError),
            answer_apart("base64", [LARGE], longest_s=60, options=["-e"]),
        ):
            pass
    finally:
        threading.stack_size(0)
    assert children() == before


def test_input_that_can_not_be_read_to_its_end_is_not_taken_for_the_whole() -> None:
    before = children()

    def pieces() -> Iterator[bytes]:
        yield LARGE
        raise OSError("the disk is gone")

    with (
        pytest.raises(OSError, match="the disk is gone"),
        answer_apart("base64", pieces(), longest_s=60, options=["-e"]) as answer,
    ):
        answer.read()
    assert children() == before


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

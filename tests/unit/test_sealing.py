"""Sealing: what is closed opens again, and a mark says nothing about what it was not made for."""

from __future__ import annotations

from app.sealing import Seal

SEAL = Seal.from_secret("a secret of the tests")
PASSPORT = "4005123456"


def test_what_was_closed_opens_with_the_same_secret_only() -> None:
    closed = SEAL.close(PASSPORT)
    assert PASSPORT not in closed
    assert SEAL.open(closed) == PASSPORT
    assert Seal.from_secret("another").open(closed) == ""


def test_a_mark_is_the_same_for_the_same_thing_only() -> None:
    mark = SEAL.mark("voter", 1, PASSPORT)
    assert mark == SEAL.mark("voter", 1, PASSPORT)
    others = {
        SEAL.mark("voter", 2, PASSPORT),
        SEAL.mark("place of a row", 1, PASSPORT),
        SEAL.mark("voter", "1", PASSPORT),
        SEAL.mark("voter", f"1 {PASSPORT}"),
        Seal.from_secret("another").mark("voter", 1, PASSPORT),
    }
    assert len(others) == 5 and mark not in others


def test_parts_do_not_run_into_one_another() -> None:
    assert SEAL.mark("row", "a", "bc") != SEAL.mark("row", "ab", "c")
    assert SEAL.mark("row", 'a", "b') != SEAL.mark("row", "a", "b")
    assert SEAL.mark("row", "a") != SEAL.mark("rowa")
    assert len(SEAL.mark("row", "\udcff")) == 64

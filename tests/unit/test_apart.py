"""Processes that visitors wait for take turns."""

from __future__ import annotations

import pytest

from app.errors import Unavailable
from app.files.apart import Turns


def test_who_finds_no_place_for_too_long_is_told_so() -> None:
    turns = Turns(wait_s=0.01, at_once=0)
    with pytest.raises(Unavailable):
        turns.read_apart("app.files.inspector", b"", longest_s=1)


def test_a_place_is_free_again_whatever_became_of_the_one_before() -> None:
    turns = Turns(wait_s=0.01, at_once=1)
    for _ in range(2):
        assert b"empty" in turns.read_apart("app.files.inspector", b"", longest_s=20)

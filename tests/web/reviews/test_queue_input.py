"""What comes in from the queue's list of boxes, whoever wrote it."""

from __future__ import annotations

import pytest
from flask import Flask

from quests.route.library import PackLibrary
from tests.web.portal import a_portal


@pytest.mark.parametrize("chosen", ["0" * 19 + "1" + "9" * 30, "9" * 5_000, "-1", "²", "1 OR 1"])
def test_a_chosen_row_that_can_not_be_is_left_out(
    program: Flask, library: PackLibrary, chosen: str
) -> None:
    vera = a_portal(program, library).browser("vera")
    page = vera.send("/desk/queue/accept", {"chosen": chosen}, status=422)
    assert page.h1

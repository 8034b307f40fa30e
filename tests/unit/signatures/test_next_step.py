"""What the first screen asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents.signatures.rules.next_step import NextStep, Progress, next_step
from documents.signatures.rules.requirement import Requirement

NEEDED = Requirement(required=10, maximum=14)
BUSY = Progress(collectors=2, sheets=9, here=3, out=4, unmade=2, good=8, packed=0)


def test_without_numbers_the_plan_comes_first() -> None:
    assert next_step(None, BUSY) is NextStep.PLAN


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (replace(BUSY, collectors=0), NextStep.ADD_COLLECTOR),
        (replace(BUSY, sheets=0), NextStep.ORDER),
        (replace(BUSY, packed=10, good=14), NextStep.MAKE_PROTOCOL),
        (replace(BUSY, packed=9, good=14), NextStep.CHOOSE),
        (BUSY, NextStep.COUNT),
        (replace(BUSY, out=0), NextStep.GIVE_OUT),
        (replace(BUSY, out=0, here=0), NextStep.LOOK_AT_BATCHES),
        (replace(BUSY, out=0, here=0, unmade=0), NextStep.ORDER_MORE),
    ],
)
def test_the_first_thing_that_is_missing_is_asked_for(progress: Progress, said: NextStep) -> None:
    assert next_step(NEEDED, progress) is said

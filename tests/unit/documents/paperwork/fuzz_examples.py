"""How the fuzzing of what is printed draws its examples, and what its tests have in common."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings

DRAWN_HERE = (
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.usefixtures("bundled_fonts"),
    # The engine leaves the file of its colours to the collector of garbage.
    pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014.icc:ResourceWarning"),
)
"""Marks of the tests that lay sheets out and draw them in their own process."""


def examples(count: int) -> settings:
    """Give the settings of a test that draws so many examples and neither shrinks nor keeps any.

    The examples are the same ones every time.
    """
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )

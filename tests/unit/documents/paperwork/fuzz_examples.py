"""How the fuzzing of what is printed draws its examples: few, and the same ones every time."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings


def examples(count: int) -> settings:
    """Give the settings of a test that draws so many examples and neither shrinks nor keeps any."""
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )

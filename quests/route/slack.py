"""The latest sensible start of every step: backward from the deadlines over typical durations."""

from __future__ import annotations

from collections.abc import Sequence

from quests.route.conditions import NEVER
from quests.route.course import Course

KNOWN_BEFORE = NEVER // 2


def latest_starts(
    course: Course, satisfied: int, days: Sequence[int]
) -> tuple[list[int], list[int]]:
    """Ordinals of the latest start, by legal deadlines and by our goals; NEVER when unbound.

    A step must be proved by its own day and before the latest start of each step that firmly
    needs it. Steps already satisfied ask for nothing. Alternatives (`any`, a `count` of fewer
    than all) bind nobody, for another way may be taken.
    """
    size = len(course.backward)
    legal = [NEVER] * size
    goals = [NEVER] * size
    for index, due, goal, duration, followers in course.backward:
        if satisfied >> index & 1:
            continue
        by_law = days[due] if due >= 0 else NEVER
        by_goal = days[goal] if goal >= 0 else NEVER
        for follower in followers:
            if legal[follower] < by_law:
                by_law = legal[follower]
            if goals[follower] < by_goal:
                by_goal = goals[follower]
        legal[index] = by_law - duration if by_law < KNOWN_BEFORE else NEVER
        goals[index] = by_goal - duration if by_goal < KNOWN_BEFORE else NEVER
    return legal, goals

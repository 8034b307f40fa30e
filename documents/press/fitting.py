"""Making a text smaller, step by step, until it fits the place the design gives it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

from documents.sheets import Fitted

NAME = "data-fit"
STEPS = "data-fit-steps"
SLACK_PX = 0.6
"""Rounding of the engine: less than a sixth of a millimetre is no overflow."""
LETTERS = frozenset({"TextBox", "InlineBox"})
"""The engine's own names: only ``documents.rendering`` imports it."""
OPTIMISM = 1.05
"""The guess is a little too small for short texts; one more layout costs less than small type."""
Box = Any  # The engine's boxes have no types.


def fit(page: Any, lay_out: Callable[[], Any]) -> tuple[Any, tuple[Fitted, ...]]:  # noqa: ANN401
    """Give the laid-out document and how each place was filled.

    Every step lays the whole page out anew, because a smaller text may make room for others.
    """
    places = {element.get(NAME): element for element in page.etree_element.iter() if _fits(element)}
    steps = {name: _steps(element) for name, element in places.items()}
    at = dict.fromkeys(places, 0)
    for name, element in places.items():
        _resize(element, steps[name][0])
    while True:
        document = lay_out()
        over = _overflowing(document)
        shrink = [name for name in over if at[name] + 1 < len(steps[name])]
        if not shrink:
            break
        for name in shrink:
            at[name] = _next_step(steps[name], at[name], over[name])
            _resize(places[name], steps[name][at[name]])
    return document, tuple(
        Fitted(name=name, percent=steps[name][at[name]], overflows=name in over) for name in places
    )


def _fits(element: Any) -> bool:  # noqa: ANN401
    return element.get(NAME) is not None


def _steps(element: Any) -> tuple[int, ...]:  # noqa: ANN401
    return tuple(int(step) for step in element.get(STEPS, "100").split())


def _next_step(steps: tuple[int, ...], at: int, room: float) -> int:
    """Give the next step to try: lines and their length both shrink, so the root is the guess."""
    wanted = steps[at] * math.sqrt(room) * OPTIMISM
    return next((i for i in range(at + 1, len(steps)) if steps[i] <= wanted), len(steps) - 1)


def _resize(element: Any, percent: int) -> None:  # noqa: ANN401
    # The place keeps its own size, by which its height may be measured.
    for child in element:
        child.set("style", f"font-size: {percent}%")


def _overflowing(document: Any) -> dict[str, float]:  # noqa: ANN401
    """Give the places that are too full with the share of their text that fits."""
    found: dict[str, float] = {}
    for page in document.pages:
        for box in page._page_box.descendants(placeholders=True):
            if _is_place(box):
                room = _room(box)
                if room < 1:
                    found[box.element.get(NAME)] = room
    return found


def _is_place(box: Box) -> bool:
    return (
        getattr(box, "element", None) is not None
        and box.element_tag == box.element.tag
        and box.element.get(NAME) is not None
    )


def _room(box: Box) -> float:
    top, left = box.content_box_y(), box.content_box_x()
    share = 1.0
    for low, far in _ends(box):
        if low > top + box.height + SLACK_PX:
            share = min(share, box.height / (low - top))
        if far > left + box.width + SLACK_PX:
            share = min(share, box.width / (far - left))
    return share


def _ends(box: Box) -> Iterator[tuple[float, float]]:
    """Give where each line and block inside a box ends, down and to the right.

    The letters of a poster face reach beyond their own line, and that is no overflow: only how
    far to the right they go is looked at.
    """
    for inner in box.descendants(placeholders=True):
        if inner is box or not hasattr(inner, "height") or inner.height == "auto":
            continue
        letters = type(inner).__name__ in LETTERS
        height = 0 if letters else inner.height
        width = inner.width if letters and isinstance(inner.width, int | float) else 0
        yield inner.position_y + height, inner.position_x + width

"""The {places} in the wording of a form: found, so that no paper breaks on one of them."""

from __future__ import annotations

from string import Formatter


def places_in(text: str) -> tuple[str, ...]:
    """Give the names of the places in a wording, in their order.

    Raises ValueError for a wording that can't be filled: a brace that is never closed, or a
    place that is more than a name.
    """
    found = [place for place in Formatter().parse(text) if place[1] is not None]
    for _, name, layout, turned in found:
        if not str(name).isidentifier() or layout or turned:
            raise ValueError(f"{{{name}}}")
    return tuple(str(name) for _, name, _, _ in found)

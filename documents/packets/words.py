"""Whether the words of a pack's inventory can be filled with what is known when it is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.packs import Problem, TomlFile
from documents.packets.shape import PacketsShape
from documents.places import places_in

PLACES: Mapping[str, tuple[str, ...]] = {
    "of": ("candidate",),
    "about": ("council", "district"),
    "number": ("number",),
    "sheet": ("number",),
    "own_sheet": ("page", "pages"),
}
"""The places of the words that have any: these and no others, in the order of the foot."""


def inventory_problems(file: TomlFile, shape: PacketsShape) -> Iterator[Problem]:
    """Give the words with a place that is missing, unknown or written wrongly."""
    for name, wanted in PLACES.items():
        yield from _place_problems(file, name, getattr(shape.inventory, name), wanted)
    used = {item.hand_in for packet in shape.packet for item in packet.item}
    for form in sorted(used - set(shape.inventory.hand_in)):
        yield file.problem(
            ("inventory", "hand_in"), f"hand_in {form.value} has no words", f"add {form.value}"
        )


def _place_problems(
    file: TomlFile, name: str, text: str, wanted: tuple[str, ...]
) -> Iterator[Problem]:
    where = ("inventory", name)
    places = " and ".join(f"{{{place}}}" for place in wanted)
    try:
        found = places_in(text)
    except ValueError as error:
        yield file.problem(where, f"a place is written wrongly: {error}", f"write {places}")
        return
    for place in sorted(set(found) - set(wanted)):
        yield file.problem(where, f"there is no place {{{place}}} in {name}", f"write {places}")
    for place in wanted:
        if place not in found:
            yield file.problem(where, f"{name} has no place {{{place}}}", f"write {places}")
    # The foot is cut at its two places, once at each.
    if name == "own_sheet" and set(found) == set(wanted) and found != wanted:
        yield file.problem(where, f"{name} has its places in another order", f"write {places}")

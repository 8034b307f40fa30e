"""The worker that opens extracts of a map: a short-lived process that can do nothing else.

Reads a file from its input, writes one JSON object: a problem's code, or the houses with an
address. It has little memory, little time, and can write no file.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import osmium

from app.files.limits import limit_myself

MEMORY_BYTES = 2 * 1024 * 1024 * 1024
CPU_S = 200
OPEN_FILES = 32
MOST_HOUSES = 20_000
LONGEST_TEXT = 200
ENTRANCES = {"yes", "main", "staircase", "home", "residence"}
XML_STARTS = (b"<?xml", b"<osm")


class TooMany(Exception):
    """More houses than a district has."""


def houses(data: bytes) -> list[dict[str, Any]]:
    """Give every building with street and number; ways cut off at the edge are taken as they are.

    Two passes, because nodes come before the ways that use them: first the houses, then where
    their corners and entrances are.
    """
    kind = "osm" if data.lstrip()[:5].startswith(XML_STARTS) else "osm.pbf"
    found: list[dict[str, Any]] = []
    corners: dict[int, list[int]] = {}
    thing: Any
    for thing in osmium.FileProcessor(osmium.io.FileBuffer(data, kind)):
        house = _house(thing)
        if house is None:
            continue
        if len(found) >= MOST_HOUSES:
            raise TooMany
        # A closed way names its first corner twice.
        for ref in {node.ref for node in thing.nodes} if thing.is_way() else ():
            corners.setdefault(ref, []).append(len(found))
        found.append(house)
        if thing.is_node():
            house["points"].append((thing.location.lat, thing.location.lon))
    entities = osmium.osm.NODE
    node: Any
    for node in osmium.FileProcessor(osmium.io.FileBuffer(data, kind), entities):
        for place in corners.get(node.id, ()):
            _add_corner(found[place], node)
    return [_told(house) for house in found]


def _house(thing: Any) -> dict[str, Any] | None:  # noqa: ANN401 - osmium's own types.
    tags = thing.tags
    street, number = tags.get("addr:street", ""), tags.get("addr:housenumber", "")
    if not street or not number or ("building" not in tags and not thing.is_node()):
        return None
    # An address that stands on a shop or an entrance is not a house of its own.
    if thing.is_node() and ("building" not in tags or "entrance" in tags):
        return None
    kind = "node" if thing.is_node() else "way" if thing.is_way() else "relation"
    return {
        "ref": f"{kind}/{thing.id}",
        "street": street[:LONGEST_TEXT],
        "house": number[:LONGEST_TEXT],
        "flats": (tags.get("addr:flats") or tags.get("building:flats") or "")[:LONGEST_TEXT],
        "levels": _whole(tags.get("building:levels", "")),
        "entrances": [],
        "points": [],
    }


def _add_corner(house: dict[str, Any], node: Any) -> None:  # noqa: ANN401
    if node.location.valid():
        house["points"].append((node.location.lat, node.location.lon))
    if node.tags.get("entrance") in ENTRANCES:
        label = node.tags.get("ref") or node.tags.get("addr:unit") or ""
        house["entrances"].append(label[:LONGEST_TEXT])


def _told(house: dict[str, Any]) -> dict[str, Any]:
    points = house.pop("points")
    house["entrances"].sort(key=lambda label: (len(label), label))
    house["lat"] = house["lon"] = None
    if points:
        house["lat"] = round(sum(lat for lat, _ in points) / len(points) * 10_000_000)
        house["lon"] = round(sum(lon for _, lon in points) / len(points) * 10_000_000)
    return house


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 and int(text) else None


def main() -> None:
    """Read the one file on the input."""
    limit_myself(memory_bytes=MEMORY_BYTES, cpu_s=CPU_S, open_files=OPEN_FILES)
    data = sys.stdin.buffer.read()
    answer: dict[str, Any] = {"problem": "", "houses": []}
    try:
        answer["houses"] = houses(data)
    except TooMany:
        answer["problem"] = "too_many_houses"
    except MemoryError:
        answer["problem"] = "too_heavy"
    except (RuntimeError, ValueError, osmium.InvalidLocationError):
        answer["problem"] = "broken"
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()

"""Writes district.osm.pbf: a small invented district, real bytes of the real format.

Run it when the district changes: ``python -m tests.data.canvassing.make_extract``.
"""

from __future__ import annotations

from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Relation, Way

HERE = Path(__file__).resolve().parent
FIRST_WAY = 1_000
GONE = 999_999


def write(path: Path) -> None:
    """Write the extract: three houses, one cut off at the edge, one without a number, a shop."""
    houses = (
        {"addr:street": "Садовая улица", "addr:housenumber": "42", "building:levels": "5",
         "addr:flats": "1-40"},
        {"addr:street": "Липовая аллея", "addr:housenumber": "9", "building:flats": "12"},
        {"addr:street": "Липовая аллея", "addr:housenumber": "11"},
        {"addr:street": "Липовая аллея"},
    )  # fmt: skip
    path.unlink(missing_ok=True)
    with osmium.SimpleWriter(str(path)) as out:
        for place in range(len(houses)):
            for corner in range(4):
                number = place * 10 + corner + 1
                tags = {}
                if place == 0 and corner in (0, 2):
                    tags = {"entrance": "staircase", "ref": str(corner // 2 + 1)}
                at = (30.0 + place / 100 + corner % 2 / 1000, 59.9 + corner // 2 / 1000)
                out.add_node(Node(id=number, location=at, tags=tags))
        shop = {"addr:street": "Садовая улица", "addr:housenumber": "44", "shop": "bakery"}
        out.add_node(Node(id=100, location=(30.5, 59.5), tags=shop))
        for place, tags in enumerate(houses):
            corners = [place * 10 + corner + 1 for corner in range(4)]
            # The third house lies on the edge of the extract: some of its corners are missing.
            nodes = [*corners[:2], GONE, corners[0]] if place == 2 else [*corners, corners[0]]
            out.add_way(Way(id=FIRST_WAY + place, nodes=nodes, tags={"building": "yes", **tags}))
        block = {
            "type": "multipolygon",
            "building": "yes",
            "addr:street": "Речная улица",
            "addr:housenumber": "1",
        }
        out.add_relation(Relation(id=5_000, members=[("w", FIRST_WAY, "outer")], tags=block))


if __name__ == "__main__":
    write(HERE / "district.osm.pbf")

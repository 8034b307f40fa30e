"""Having an extract of OpenStreetMap read in a process of its own, and making houses of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.errors import Refused
from app.files.apart import TooHeavy, read_apart
from canvassing.imports.rules import Read, WrongLine
from canvassing.territory.rules import (
    LONGEST_LABEL,
    MOST_DOORS,
    MOST_ENTRANCES,
    MOST_FLOORS,
    HouseEntry,
    Shape,
    address_key,
    flat_labels,
    house_entry,
)

LARGEST_EXTRACT = 40 * 1024 * 1024
LONGEST_S = 240


@dataclass(frozen=True, slots=True)
class ExtractProblem(Exception):
    """An extract that can't be read; the code says why."""

    code: str


def read_extract(data: bytes) -> Read[HouseEntry]:
    """Give the houses of an extract (PBF or XML). Raises ExtractProblem."""
    if len(data) > LARGEST_EXTRACT:
        raise ExtractProblem("too_large")
    try:
        answer = json.loads(
            read_apart("canvassing.territory.extract_reader", data, longest_s=LONGEST_S)
        )
    except TooHeavy:
        raise ExtractProblem("too_heavy") from None
    if answer["problem"]:
        raise ExtractProblem(answer["problem"])
    return houses_of(answer["houses"])


def houses_of(found: Sequence[Mapping[str, Any]]) -> Read[HouseEntry]:
    """Give the houses in what the reader found; what makes no sense is told."""
    entries: list[tuple[int, HouseEntry]] = []
    wrong: list[WrongLine] = []
    seen: set[str] = set()
    doors = 0
    for place, one in enumerate(found, start=1):
        try:
            entry = house_entry(
                one["street"],
                one["house"],
                _shape(one),
                ref=one["ref"][:40],
                at=(one["lat"], one["lon"]) if one["lat"] is not None else None,
            )
        except Refused as error:
            wrong.append(WrongLine.of(place, error))
            continue
        key = address_key(entry.street, entry.house)
        # A house drawn in parts stands in the map several times.
        if key in seen:
            continue
        seen.add(key)
        doors += entry.doors
        if doors > MOST_DOORS:
            raise ExtractProblem("too_many_doors")
        entries.append((place, entry))
    if not entries:
        raise ExtractProblem("no_addresses")
    return Read(entries=tuple(entries), wrong=tuple(wrong))


def _shape(one: Mapping[str, Any]) -> Shape:
    labels = [label[:LONGEST_LABEL] for label in one["entrances"]][:MOST_ENTRANCES]
    flats: tuple[str, ...] = ()
    if one["flats"]:
        try:
            flats = flat_labels(one["flats"])
        except Refused:
            # What mappers write freely must not lose the house.
            flats = ()
    # In the map building:flats is usually a number of flats, and not a list of one.
    if len(flats) == 1 and flats[0].isdigit() and int(flats[0]) <= MOST_DOORS // 10:
        flats = tuple(str(number) for number in range(1, int(flats[0]) + 1))
    floors = one["levels"] if one["levels"] and one["levels"] <= MOST_FLOORS else None
    return Shape(
        entrances=len(labels) or None,
        floors=floors,
        flats=flats,
        labels=tuple(labels) if all(labels) and len(set(labels)) == len(labels) else (),
    )

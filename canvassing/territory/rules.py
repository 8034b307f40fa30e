"""What a building is like: addresses, numbers of flats, and the floors they are on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.accounts.rules.places import folded
from app.errors import Refused
from app.texts import N_
from canvassing.imports.rules import Read, Row, WrongLine, lines_of

LONGEST_STREET = 200
LONGEST_HOUSE = 40
LONGEST_LABEL = 20
MOST_ENTRANCES = 40
MOST_FLOORS = 80
MOST_PER_FLOOR = 40
MOST_DOORS_OF_HOUSE = 2_000
MOST_DOORS = 50_000
NAMES = {
    "address": ("адрес",),
    "street": ("улица",),
    "house": ("дом", "building", "house number", "номер дома"),
    "entrances": ("парадные", "подъезды", "парадных", "подъездов"),
    "floors": ("этажи", "этажей", "levels"),
    "flats_per_floor": ("flats per floor", "квартир на этаже", "квартиры на этаже"),
    "flats": ("квартиры", "flat numbers", "номера квартир"),
}
NEEDED = (("address",), ("street", "house"))
_RANGE = re.compile(r"(\d{1,6})\s*[-–—]\s*(\d{1,6})")
_LABEL = re.compile(r"(?=.{1,20}$)\w+(?:[/.-]\w+)*")
_NUMBER = re.compile(r"\d+")
_ADDRESS = re.compile(r"(.+?),\s*((?:д\.|дом )?\s*\d.*)")
_ADDRESS_WITHOUT_COMMA = re.compile(r"(.+\D)\s(\d\S*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorEntry:
    """A door to be: its label and its floor, when that is known."""

    label: str
    floor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntranceEntry:
    """An entrance to be."""

    label: str
    doors: tuple[DoorEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseEntry:
    """A building to be, with everything behind its walls."""

    street: str
    house: str
    entrances: tuple[EntranceEntry, ...]
    ref: str = ""
    latitude_e7: int | None = None
    longitude_e7: int | None = None

    @property
    def doors(self) -> int:
        """Give how many doors it has."""
        return sum(len(entrance.doors) for entrance in self.entrances)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What is known of a house's inside; everything may be unknown."""

    entrances: int | None = None
    floors: int | None = None
    per_floor: int | None = None
    flats: tuple[str, ...] = ()
    labels: tuple[str, ...] = field(default=())
    """Labels of the entrances, when they have any."""


def address_key(street: str, house: str) -> str:
    """Give what makes two ways of writing one address the same."""
    return f"{folded(street)}|{folded(house).replace(' ', '')}"[:250]


def sort_key(street: str, house: str) -> str:
    """Give what puts houses in the order of walking: 9 before 10."""
    padded = _NUMBER.sub(lambda found: found.group().zfill(6), house)
    return f"{folded(street)}|{folded(padded)}"[:300]


def read_houses(rows: Sequence[Row]) -> Read[HouseEntry]:
    """Read a table of buildings; bad lines are told, good ones kept. Raises Refused(None)."""
    entries: list[tuple[int, HouseEntry]] = []
    wrong: list[WrongLine] = []
    seen: dict[str, int] = {}
    doors = 0
    for line, cells in lines_of(rows, NAMES, NEEDED):
        try:
            street, house = cells["street"], cells["house"]
            if not street and not house:
                street, house = split_address(cells["address"])
            entry = house_entry(
                street,
                house,
                Shape(
                    entrances=cells.whole("entrances", most=MOST_ENTRANCES),
                    floors=cells.whole("floors", most=MOST_FLOORS),
                    per_floor=cells.whole("flats_per_floor", most=MOST_PER_FLOOR),
                    flats=flat_labels(cells["flats"]),
                ),
            )
            key = address_key(entry.street, entry.house)
            if key in seen:
                raise Refused("address", N_("The same address as in line {line}."), line=seen[key])
        except Refused as error:
            wrong.append(WrongLine.of(line, error))
            continue
        seen[key] = line
        doors += entry.doors
        if doors > MOST_DOORS:
            raise Refused(None, N_("More than {most} doors. Split the table."), most=MOST_DOORS)
        entries.append((line, entry))
    return Read(entries=tuple(entries), wrong=tuple(wrong))


def split_address(text: str) -> tuple[str, str]:
    """Give street and house of an address written in one cell: “Sadovaya, 42”."""
    written = _ADDRESS.fullmatch(text) or _ADDRESS_WITHOUT_COMMA.fullmatch(text)
    street, house = (written[1], written[2]) if written else (text, "")
    if not street.strip() or not any(sign.isdigit() for sign in house):
        raise Refused("address", N_("Write the street, a comma and the number of the house."))
    return street.strip(), house.strip().removeprefix("д.").removeprefix("дом ").strip()


def flat_labels(text: str) -> tuple[str, ...]:
    """Give the flats of a list such as “1-20, 21a, 23”. Raises Refused("flats")."""
    labels: list[str] = []
    for part in filter(None, (part.strip() for part in re.split(r"[;,]", text))):
        run = _RANGE.fullmatch(part)
        if run:
            first, last = int(run[1]), int(run[2])
            if last < first or last - first >= MOST_DOORS_OF_HOUSE:
                raise Refused("flats", N_("“{part}” is not a row of flats."), part=part[:40])
            labels += map(str, range(first, last + 1))
        elif _LABEL.fullmatch(part):
            labels.append(part)
        else:
            raise Refused("flats", N_("“{part}” is not a row of flats."), part=part[:40])
        if len(labels) > MOST_DOORS_OF_HOUSE:
            raise Refused("flats", N_("At most {most} doors in a house."), most=MOST_DOORS_OF_HOUSE)
    if len(set(labels)) != len(labels):
        raise Refused("flats", N_("A flat stands twice in the list."))
    return tuple(labels)


def house_entry(
    street: str,
    house: str,
    shape: Shape,
    *,
    ref: str = "",
    at: tuple[int, int] | None = None,
) -> HouseEntry:
    """Give a house with its doors numbered through, floor by floor. Raises Refused."""
    if not street or len(street) > LONGEST_STREET:
        raise Refused("street", N_("Write the street."))
    if not house or len(house) > LONGEST_HOUSE:
        raise Refused("house", N_("Write the number of the house."))
    return HouseEntry(
        street=street,
        house=house,
        entrances=_entrances(shape),
        ref=ref,
        latitude_e7=at[0] if at else None,
        longitude_e7=at[1] if at else None,
    )


def _entrances(shape: Shape) -> tuple[EntranceEntry, ...]:
    count = max(shape.entrances or 1, len(shape.labels), 1)
    flats = shape.flats
    if not flats and shape.floors and shape.per_floor:
        total = count * shape.floors * shape.per_floor
        if total > MOST_DOORS_OF_HOUSE:
            raise Refused(
                "floors", N_("At most {most} doors in a house."), most=MOST_DOORS_OF_HOUSE
            )
        flats = tuple(str(number) for number in range(1, total + 1))
    # A house about which nothing is known inside has one door: its own.
    if not flats:
        flats = ("",)
        count = 1
    count = min(count, len(flats))
    found = []
    for place in range(count):
        part = flats[len(flats) * place // count : len(flats) * (place + 1) // count]
        label = shape.labels[place] if place < len(shape.labels) else ""
        found.append(
            EntranceEntry(
                label=label or (str(place + 1) if count > 1 else ""),
                doors=_on_floors(part, shape.floors),
            )
        )
    return tuple(found)


def _on_floors(flats: Sequence[str], floors: int | None) -> tuple[DoorEntry, ...]:
    """Spread flats over floors, where they come out even; otherwise nobody knows."""
    if not floors or len(flats) % floors or len(flats) < floors:
        return tuple(DoorEntry(label=label) for label in flats)
    on_each = len(flats) // floors
    return tuple(
        DoorEntry(label=label, floor=place // on_each + 1) for place, label in enumerate(flats)
    )

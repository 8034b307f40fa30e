"""What a district must be like, and what a table of districts would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.errors import Refused
from app.texts import N_

LONGEST_COUNCIL = 200
LONGEST_NUMBER = 20
LONGEST_NAME = 200
LONGEST_PLACES = 20_000
MOST_SEATS = 1_000
MOST_ELECTORS = 10_000_000

DistrictKey = tuple[str, str, str]
"""Council and number, or council and name where there is no number: an election has each once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictEntry:
    """What is entered about a district; empty text and None mean nothing is known."""

    council: str
    number: str = ""
    name: str = ""
    seats: int | None = None
    electors: int | None = None
    places: str = ""

    @property
    def key(self) -> DistrictKey:
        """Give what tells this district from the others of its election."""
        return self.council, self.number, "" if self.number else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What a table does to an election's districts; each part is in the order of the table."""

    new: tuple[DistrictEntry, ...] = ()
    changed: tuple[DistrictEntry, ...] = ()
    """As they will be: what the table leaves empty is kept."""
    unchanged: tuple[DistrictEntry, ...] = ()


def tidy(entry: DistrictEntry) -> DistrictEntry:
    """Give the entry with single spaces, as it is compared and stored."""
    return replace(
        entry,
        council=" ".join(entry.council.split()),
        number=" ".join(entry.number.split()),
        name=" ".join(entry.name.split()),
        places=entry.places.strip(),
    )


def problems_of(entry: DistrictEntry) -> Iterator[Refused]:
    """Give everything that is wrong with a tidy entry, each with its field."""
    if not entry.council:
        yield Refused("council", N_("Write which council is elected."))
    for field, text, longest in (
        ("council", entry.council, LONGEST_COUNCIL),
        ("number", entry.number, LONGEST_NUMBER),
        ("name", entry.name, LONGEST_NAME),
        ("places", entry.places, LONGEST_PLACES),
    ):
        if len(text) > longest:
            yield Refused(field, N_("Too long: at most {longest} characters."), longest=longest)
        if not is_storable(text):
            yield Refused(field, N_("This text has characters that can’t be stored. Type it anew."))
    for field, number, most in (
        ("seats", entry.seats, MOST_SEATS),
        ("electors", entry.electors, MOST_ELECTORS),
    ):
        if number is not None and not 1 <= number <= most:
            yield Refused(field, N_("A whole number from 1 to {most}."), most=most)


def is_storable(text: str) -> bool:
    """Say whether both databases can hold the text."""
    return not any(ch in "\x00\ufffe\uffff" or 0xD800 <= ord(ch) <= 0xDFFF for ch in text)


def plan_import(
    entries: Sequence[DistrictEntry], known: Mapping[DistrictKey, DistrictEntry]
) -> ImportPlan:
    """Compare a table with what is stored. An empty cell never wipes what is known.

    A row without a number also means the one numbered district of its council with that name.
    """
    named = _by_name(known.values())
    new: list[DistrictEntry] = []
    changed: list[DistrictEntry] = []
    unchanged: list[DistrictEntry] = []
    for entry in entries:
        stored = known.get(entry.key)
        if stored is None and not entry.number:
            stored = named.get((entry.council, entry.name))
        if stored is None:
            new.append(entry)
            continue
        merged = _merged(stored, entry)
        (unchanged if merged == stored else changed).append(merged)
    return ImportPlan(new=tuple(new), changed=tuple(changed), unchanged=tuple(unchanged))


def _by_name(stored: Iterable[DistrictEntry]) -> dict[tuple[str, str], DistrictEntry]:
    """Give the numbered districts by council and name, where one name means one district."""
    found: dict[tuple[str, str], list[DistrictEntry]] = {}
    for entry in stored:
        if entry.number and entry.name:
            found.setdefault((entry.council, entry.name), []).append(entry)
    return {name: same[0] for name, same in found.items() if len(same) == 1}


def _merged(stored: DistrictEntry, entry: DistrictEntry) -> DistrictEntry:
    return replace(
        stored,
        name=entry.name or stored.name,
        seats=stored.seats if entry.seats is None else entry.seats,
        electors=stored.electors if entry.electors is None else entry.electors,
        places=entry.places or stored.places,
    )

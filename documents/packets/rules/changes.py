"""What has changed since a packet was put together, paper by paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from documents.packets.rules.contents import Bound, Lack, Purpose


class Why(StrEnum):
    """Why a packet is out of date; each has words in ``describing``."""

    NEEDED = "needed"
    """It was not in the packet, and belongs into it by now."""
    NOT_NEEDED = "not_needed"
    """It is in the packet, and does not belong into it any more."""
    ANSWERS = "answers"
    """Its answers have changed since it was issued."""
    ISSUED = "issued"
    """It was issued anew."""
    PHOTOS = "photos"
    """Other pages of it are there than were put in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """A line of a packet as it was put together."""

    name: str
    number: str
    """Of the issued version; empty for a paper made elsewhere."""
    files: tuple[str, ...]
    """SHA-256 of the files that were put in, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What has become of one line."""

    name: str
    why: Why


def changes(
    put: Sequence[Put], now: Iterable[Bound], lacks: Mapping[str, Lack], purpose: Purpose
) -> tuple[Change, ...]:
    """Give what has changed, in the order of the packet as it would be now."""
    before = {line.name: line for line in put}
    found: list[Change] = []
    names = set()
    for bound in now:
        name = bound.line.name
        names.add(name)
        why = _why(before.get(name), bound, lacks.get(name), purpose)
        if why is not None:
            found.append(Change(name=name, why=why))
    gone = (Change(name=name, why=Why.NOT_NEEDED) for name in before if name not in names)
    return (*found, *gone)


def _why(put: Put | None, bound: Bound, lack: Lack | None, purpose: Purpose) -> Why | None:
    if put is None:
        return Why.NEEDED
    paper = bound.line.paper
    if paper is None:
        return None
    if paper.made_here and paper.number != put.number:
        return Why.ISSUED
    if lack is Lack.STALE:
        return Why.ANSWERS
    # A photo of what is handed in itself is not in the document, and may be taken anew.
    if not bound.is_in(purpose) and bound.pieces:
        return None
    return Why.PHOTOS if files_in(bound, purpose) != put.files else None


def files_in(bound: Bound, purpose: Purpose) -> tuple[str, ...]:
    """Give the files of a line that go into the document, in order."""
    return tuple(piece.sha256 for piece in bound.pieces) if bound.is_in(purpose) else ()

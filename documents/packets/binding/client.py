"""Having files turned into pages and bound, in a process of its own that can do nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.files.apart import ALONE, TooHeavy, answer_apart
from documents.press.errors import TOO_HEAVY, NotMade
from documents.press.frames import exactly_from, packing, unpacked

PAGING = "documents.packets.binding.paging"
BINDER = "documents.packets.binding.binder"
LONGEST_S = 60.0
BATCH, BATCH_BYTES = 8, 16 * 1024 * 1024
"""So many photos, and so much of them, are handed over at a time: the worker holds no more."""
MOST_BYTES = 40 * 1024 * 1024
"""Of everything that is bound into one packet, after photos were made smaller."""
MOST_PAGES = 600


class BindingFailed(NotMade):
    """A packet could not be bound; one of PACKET_CODES."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One line of a packet, its files turned into documents."""

    title: str
    name: str
    parts: tuple[bytes, ...]
    copies: int
    stamped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundFiles:
    """What came of it."""

    pdf: bytes
    archive: bytes
    pages: int


def pages_of_pictures(pictures: Iterable[bytes]) -> list[bytes]:
    """Give each picture as a document of one A4 page. Raises BindingFailed."""
    done: list[bytes] = []
    batches = _batches(pictures)
    while True:
        # Photos are read when it is our turn: whoever still waits for one holds none.
        with ALONE.place():
            batch = next(batches, None)
            if batch is None:
                return done
            done.extend(_ask(PAGING, batch)[1:])


def bind(
    *,
    title: str,
    language: str,
    inventory: bytes,
    inventory_name: str,
    stamps: bytes,
    leaves: Iterable[Leaf],
) -> BoundFiles:
    """Bind the inventory and the lines behind it. Raises BindingFailed.

    The same bytes in give the same bytes out.
    """
    leaves = tuple(leaves)
    parts = [part for leaf in leaves for part in leaf.parts]
    about = {
        "title": title,
        "language": language,
        "inventory": inventory_name,
        "stamps": bool(stamps),
        "most_pages": MOST_PAGES,
        "lines": [
            {
                "title": leaf.title,
                "name": leaf.name,
                "parts": len(leaf.parts),
                "copies": leaf.copies,
                "stamped": leaf.stamped,
            }
            for leaf in leaves
        ],
    }
    with ALONE.place():
        told, pdf, archive = _ask(BINDER, [json.dumps(about).encode(), inventory, stamps, *parts])
    return BoundFiles(pdf=pdf, archive=archive, pages=json.loads(told)["pages"])


def _ask(program: str, message: Sequence[bytes]) -> list[bytes]:
    try:
        with answer_apart(program, packing(message), longest_s=LONGEST_S) as answer:
            parts = unpacked(exactly_from(answer))
    except (TooHeavy, EOFError, ValueError):
        raise BindingFailed(TOO_HEAVY) from None
    problem = json.loads(parts[0]).get("error")
    if problem:
        raise BindingFailed(problem)
    return parts


def _batches(pictures: Iterable[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    size = 0
    for picture in pictures:
        if len(batch) == BATCH or (batch and size + len(picture) > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(picture)
        size += len(picture)
    if batch:
        yield batch

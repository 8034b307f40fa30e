"""Having files turned into pages and bound, in a process of its own that can do nothing else."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.files.apart import TooHeavy, read_apart
from documents.press.errors import NotMade
from documents.press.frames import exactly_from, packed, unpacked

PAGING = "documents.packets.binding.paging"
BINDER = "documents.packets.binding.binder"
LONGEST_S = 60.0
BATCH, BATCH_BYTES = 8, 16 * 1024 * 1024
"""So many photos, and so much of them, are handed over at a time: the worker holds no more."""
MOST_BYTES = 40 * 1024 * 1024
"""Of everything that is bound into one packet, after photos were made smaller."""
MOST_PAGES = 600


class BindingFailed(NotMade):
    """A packet could not be bound; the code is a key of errors.BINDING_PROBLEMS."""


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
    for batch in _batches(pictures):
        message = packed(batch)
        # While they are turned the worker holds the photos once: two threads may be at it.
        batch.clear()
        done.extend(_ask(PAGING, message)[1:])
    return done


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
    message = packed([json.dumps(about).encode(), inventory, stamps, *parts])
    # While they are bound the worker holds them once.
    del leaves, parts
    told, pdf, archive = _ask(BINDER, message)
    return BoundFiles(pdf=pdf, archive=archive, pages=json.loads(told)["pages"])


def _ask(program: str, message: bytes) -> list[bytes]:
    try:
        answer = read_apart(program, message, longest_s=LONGEST_S)
        parts = unpacked(exactly_from(io.BytesIO(answer)))
    except (TooHeavy, EOFError, ValueError):
        raise BindingFailed("too_heavy") from None
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

"""Having a file from outside looked at in a process of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Protocol

from app.errors import Refused
from app.files import errors
from app.files.apart import TURNS, TooHeavy

LARGEST_BYTES = 15 * 1024 * 1024
LONGEST_S = 15
Points = tuple[int, int]
"""Width and height of a picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """A file that may be kept: its cleaned bytes and what they are."""

    data: bytes
    media_type: str
    pages: int
    width: int
    height: int


class Inspector(Protocol):
    """Looks at a file from outside."""

    def __call__(self, data: bytes, *, cover: Points | None = None) -> Inspected:
        """Give the file as it may be kept. Raises Refused("file") with the reason.

        A picture that is larger than needed to cover so many points is kept only as large.
        """
        ...


def inspect_apart(data: bytes, *, cover: Points | None = None) -> Inspected:
    """Give the file as it may be kept, opened and cleaned by ``inspector`` in its own process.

    With ``cover`` a larger picture is made smaller, once and for all who print it later.
    Raises Refused("file") with the reason, Unavailable when too many files come at once.
    """
    if len(data) > LARGEST_BYTES:
        raise Refused("file", errors.FILE_TOO_LARGE, megabytes=LARGEST_BYTES // 1024 // 1024)
    options = [str(points) for points in cover or ()]
    try:
        output = TURNS.read_apart("app.files.inspector", data, longest_s=LONGEST_S, options=options)
    except TooHeavy:
        raise Refused("file", errors.FILE_PROBLEMS["too_heavy"]) from None
    return _read(output)


def _read(output: bytes) -> Inspected:
    line, _, kept = output.partition(b"\n")
    verdict = json.loads(line)
    if verdict["problem"]:
        raise Refused("file", errors.FILE_PROBLEMS[verdict["problem"]])
    return Inspected(
        data=kept,
        media_type=verdict["media_type"],
        pages=verdict["pages"],
        width=verdict["width"],
        height=verdict["height"],
    )

"""The folders that are handed in, and whether their sums hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PIECE = re.compile(r"\d+|\D+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """One folder: its number, how many sheets are in it and how many signatures on these."""

    number: str
    sheets: int
    signatures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """All folders together."""

    folders: tuple[Folder, ...]
    sheets: int
    signatures: int

    @property
    def is_empty(self) -> bool:
        """Say whether nothing would be handed in."""
        return not self.sheets


def sums_of(sheets: Iterable[tuple[str, int]]) -> Sums:
    """Add up sheets, each given as (folder, signatures); sheets in no folder are left out.

    Folders come as people count them: 2 before 10.
    """
    found: dict[str, list[int]] = {}
    for folder, signatures in sheets:
        if folder:
            found.setdefault(folder, []).append(signatures)
    folders = tuple(
        Folder(number=number, sheets=len(found[number]), signatures=sum(found[number]))
        for number in sorted(found, key=_order)
    )
    return Sums(
        folders=folders,
        sheets=sum(folder.sheets for folder in folders),
        signatures=sum(folder.signatures for folder in folders),
    )


def _order(number: str) -> list[tuple[int, int, str]]:
    return [
        (0, int(piece), "") if piece.isascii() and piece.isdigit() else (1, 0, piece)
        for piece in _PIECE.findall(number)
    ]

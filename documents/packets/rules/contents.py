"""What belongs into a packet, and what is in the way of putting it together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

ORIGINAL = "original"


class Purpose(StrEnum):
    """What a packet is put together for."""

    PRINT = "print"
    """To be printed, signed and handed in: the issued papers."""
    ARCHIVE = "archive"
    """To be kept: the signed papers as they were accepted."""


class Lack(StrEnum):
    """Why a paper can't be put in; each has words in ``describing``."""

    NOT_ISSUED = "not_issued"
    STALE = "stale"
    BEING_MADE = "being_made"
    FAILED = "failed"
    NOT_BROUGHT = "not_brought"
    NOT_ACCEPTED = "not_accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One file of a paper."""

    sha256: str
    media_type: str
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper as it stands, seen by a packet."""

    name: str
    made_here: bool
    needed: bool
    optional: bool
    begun: bool
    """Whether anything of it is there."""
    issue: str = ""
    """State of the newest issued version: wanted, ready, failed; empty when there is none."""
    number: str = ""
    stale: bool = False
    accepted: bool = False
    issued: Piece | None = None
    scans: tuple[Piece, ...] = ()
    """Of the newest version; of a paper made elsewhere all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a packet."""

    name: str
    hand_in: str
    copies: int
    paper: Paper | None
    """None: counted by hand, nothing of it is in the portal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A line with its files and its place in the whole."""

    line: Line
    copies: int
    pieces: tuple[Piece, ...]
    first: int
    """Number of its first sheet; 0 when it is counted by hand."""
    last: int

    @property
    def pages(self) -> int:
        """Pages of one copy."""
        return sum(piece.pages for piece in self.pieces)

    @property
    def sheets(self) -> int:
        """Sheets of all copies."""
        return self.pages * self.copies

    @property
    def places(self) -> str:
        """Which sheets it is, such as 3–5; empty when it is counted by hand."""
        if not self.first:
            return ""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    @property
    def is_stamped(self) -> bool:
        """Say whether its sheets carry their number: never a form, whose every mark counts."""
        return self.line.paper is not None and not self.line.paper.made_here

    def is_in(self, purpose: Purpose) -> bool:
        """Say whether its files go into the document; an original is not printed once more."""
        if not self.pieces:
            return False
        return purpose is Purpose.ARCHIVE or self.line.hand_in != ORIGINAL


def belongs(paper: Paper) -> bool:
    """Say whether a paper goes into the packet: needed by the answers, or made although not."""
    return (paper.needed and not paper.optional) or paper.begun


def lack_of(line: Line, purpose: Purpose) -> Lack | None:
    """Give why a line can't be put in yet."""
    paper = line.paper
    if paper is None:
        return None
    if purpose is Purpose.ARCHIVE:
        return None if paper.accepted and paper.scans else Lack.NOT_ACCEPTED
    if not paper.made_here:
        return None if paper.scans else Lack.NOT_BROUGHT
    return _lack_of_issue(paper)


def _lack_of_issue(paper: Paper) -> Lack | None:
    match paper.issue:
        case "":
            return Lack.NOT_ISSUED
        case "wanted":
            return Lack.BEING_MADE
        case "failed":
            return Lack.FAILED
        case _:
            return Lack.STALE if paper.stale else None


def bind(lines: Iterable[Line], purpose: Purpose) -> tuple[Bound, ...]:
    """Count the sheets of all lines, one after another, every copy of each."""
    bound: list[Bound] = []
    at = 0
    for line in lines:
        pieces = pieces_of(line, purpose)
        copies = line.copies if purpose is Purpose.PRINT else 1
        sheets = sum(piece.pages for piece in pieces) * copies
        first = at + 1 if sheets else 0
        last = at + sheets if sheets else 0
        bound.append(Bound(line=line, copies=copies, pieces=pieces, first=first, last=last))
        at += sheets
    return tuple(bound)


def sheets_of(bound: Iterable[Bound]) -> int:
    """Give how many numbered sheets there are altogether."""
    return sum(each.sheets for each in bound)


def are_counted(bound: Iterable[Bound]) -> bool:
    """Say whether the sheets of every line are known."""
    return all(each.line.paper is not None and each.pages for each in bound)


def pieces_of(line: Line, purpose: Purpose) -> tuple[Piece, ...]:
    """Give the files of a line: the issued paper to be printed, or what came back signed."""
    paper = line.paper
    if paper is None:
        return ()
    if purpose is Purpose.PRINT and paper.made_here:
        return (paper.issued,) if paper.issued else ()
    return paper.scans

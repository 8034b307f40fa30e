"""Having a scan turned, cropped or drawn by ``shaper`` in its own process."""

from __future__ import annotations

from app.errors import Refused
from app.files import errors
from app.files.apart import TURNS, TooHeavy
from documents.paperwork.rules.shaping import Shape

SHAPER = "documents.paperwork.reshaping.shaper"
LONGEST_S = 30


def reshaped(data: bytes, shape: Shape) -> bytes:
    """Give a scan turned and cropped; it is to be inspected like any file that comes in.

    Raises Refused("file"), Unavailable when too many files come at once.
    """
    edges = [str(edge) for edge in (shape.left, shape.top, shape.right, shape.bottom)]
    return _ask(data, ["shape", str(shape.turn), *edges])


def page_picture(data: bytes, number: int) -> bytes:
    """Give a page of a document as PNG; its number was checked against how many there are.

    Raises Refused("file"), Unavailable when too many files come at once.
    """
    return _ask(data, ["draw", str(number)])


def _ask(data: bytes, options: list[str]) -> bytes:
    try:
        return TURNS.read_apart(SHAPER, data, longest_s=LONGEST_S, options=options)
    except TooHeavy:
        raise Refused("file", errors.FILE_PROBLEMS["too_heavy"]) from None

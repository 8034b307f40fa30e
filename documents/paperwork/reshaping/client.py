"""Having a scan turned and cropped, or a page drawn, by ``shaper`` in its own process."""

from __future__ import annotations

from app.errors import Refused
from app.files import errors
from app.files.apart import TURNS, TooHeavy, read_apart
from documents.paperwork.rules.shaping import Shape

SHAPER = "documents.paperwork.reshaping.shaper"
LONGEST_S = 20
DRAWING_S = 15
"""Five times what the processor gives a page: only the worker waits, and others work beside it."""


def reshaped(data: bytes, shape: Shape) -> bytes:
    """Give a scan turned and cropped; it is to be inspected like any file that comes in.

    Raises Refused("file"), Unavailable when too many files come at once.
    """
    edges = [str(edge) for edge in (shape.left, shape.top, shape.right, shape.bottom)]
    options = ["shape", str(shape.turn), *edges]
    try:
        return TURNS.read_apart(SHAPER, data, longest_s=LONGEST_S, options=options)
    except TooHeavy:
        raise Refused("file", errors.FILE_PROBLEMS["too_heavy"]) from None


def draw_page(data: bytes, number: int) -> bytes:
    """Give a page of a document as JPEG; its number was checked against how many there are.

    Raises TooHeavy. For the job that draws, one at a time: no request waits for it.
    """
    return read_apart(SHAPER, data, longest_s=DRAWING_S, options=["draw", str(number)])

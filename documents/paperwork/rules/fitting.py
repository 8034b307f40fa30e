"""Bringing a text into its place on a form: smaller down to a floor, then onto an added sheet."""

from __future__ import annotations

from dataclasses import dataclass

from documents.paperwork.shape import Overflow

SIZES_PT = (12, 11, 10, 9, 8)
"""From the normal type down to the floor; below it nobody reads a form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A text in its place: its size, what stands there, and what goes on elsewhere."""

    size_pt: int
    text: str
    rest: str = ""
    """The whole text when it is continued on the added sheet."""
    refused: bool = False
    """Whether the form has no place for it at all."""


def fit(text: str, *, room: int, overflow: Overflow, continued: str) -> Fit:
    """Fit a text into a place with room for ``room`` characters of the normal type.

    Text wraps, so a wrong guess makes a form longer and never hides a letter. ``continued`` is
    what the form says where a text goes on elsewhere.
    """
    for size in SIZES_PT:
        if len(text) <= room_at(size, room):
            return Fit(size_pt=size, text=text)
    floor = SIZES_PT[-1]
    if overflow is Overflow.REFUSE:
        return Fit(size_pt=floor, text=text, refused=True)
    begun = (
        text[: max(room_at(floor, room) - len(continued) - 2, 0)].rsplit(" ", 1)[0].rstrip(" ,;")
    )
    return Fit(size_pt=floor, text=f"{begun}… {continued}", rest=text)


def room_at(size_pt: int, room: int) -> int:
    """Give how many characters of a size fit where ``room`` of the normal size do."""
    # A smaller type wins twice where the place has several lines; once is the safe guess.
    return room * SIZES_PT[0] // size_pt

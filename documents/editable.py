"""An issued paper as an editable file, made of the very page that was printed."""

from __future__ import annotations

from app.files.apart import TURNS

LONGEST_S = 20
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAKER = "documents.editable_maker"
"""A program of its own: the library of such files is never in the memory of a web process."""


def editable(page: str) -> bytes:
    """Give a page as an editable file, made in its own process. Raises TooHeavy, Unavailable."""
    return TURNS.read_apart(MAKER, page.encode(), longest_s=LONGEST_S)

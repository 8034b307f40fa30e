"""Why a file could not be made, as codes without any word of it.

Rows keep the codes: one that is called otherwise here is a stranger to those who put it in words.
"""

from __future__ import annotations

TOO_HEAVY = "too_heavy"
"""It takes more memory or time than it gets."""
DIED = "died"
"""The process, or the worker, fell every time."""
BROKE_OFF = "broke_off"
"""Something failed that nobody foresaw, such as a full disk."""
SEAL_CHANGED = "seal_changed"
"""What was to be made can't be read any more."""
PICTURE_MISSING = "picture_missing"
FILE_MISSING = "file_missing"
BROKEN = "broken"
"""A file that was handed over can't be opened."""
TOO_LARGE = "too_large"
TOO_MANY_PAGES = "too_many_pages"
SHEET_CODES = frozenset({TOO_HEAVY, DIED, BROKE_OFF, SEAL_CHANGED, PICTURE_MISSING})
"""What may become of a sheet, besides the kinds of the engine's own errors."""
PACKET_CODES = frozenset(
    {
        *(TOO_HEAVY, DIED, BROKE_OFF, SEAL_CHANGED),
        *(FILE_MISSING, BROKEN, TOO_LARGE, TOO_MANY_PAGES),
    }
)
"""What may become of files that are bound together, besides those of their inventory's sheet."""


class NotMade(Exception):
    """A file that was asked for could not be made; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PressFailed(NotMade):
    """The sheet could not be typeset: one of SHEET_CODES, or the kind of the engine's own error."""

"""A press without an engine, for tests of what happens around it."""

from __future__ import annotations

from documents.press.client import Press
from documents.press.errors import PressFailed
from documents.sheets import Rendered, Sheet

PAGE = b"png"
"""What every page looks like, whatever is on the sheet."""


class ReadablePress(Press):
    """A press that gives back what it was handed, or fails as it is told."""

    fails: str = ""
    typeset_sheets: tuple[Sheet, ...] = ()

    def typeset(self, sheet: Sheet, pictures: object = None) -> Rendered:
        """Give a file that says what the sheet was."""
        self.typeset_sheets = (*self.typeset_sheets, sheet)
        if self.fails:
            raise PressFailed(self.fails)
        return Rendered(pdf=sheet.html.encode(), pages=1, rasters=(PAGE,))

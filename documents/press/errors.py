"""Why the press gave nothing, as codes without any word of the sheet."""

from __future__ import annotations


class PressFailed(Exception):
    """The sheet could not be typeset; ``code`` says why.

    ``too_heavy`` (memory or time), ``died``, or the kind of the engine's own error.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

"""Why a file could not be made, as codes without any word of it."""

from __future__ import annotations


class NotMade(Exception):
    """A file that was asked for could not be made; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PressFailed(NotMade):
    """The sheet could not be typeset.

    The code is ``too_heavy`` (memory or time), ``died``, or the kind of the engine's own error.
    """

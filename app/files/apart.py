"""Bytes from outside are read by a program of ours in a process of its own, which can do little."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import BoundedSemaphore

from app.errors import Unavailable
from app.files import errors

PROGRAM_FOLDER = Path(__file__).resolve().parents[2]
AT_ONCE = 2


class TooHeavy(Exception):
    """The process took too long, was ended by its limits, or fell."""


def read_apart(
    program: str, data: bytes, *, longest_s: float, options: Sequence[str] = ()
) -> bytes:
    """Give what the module ``program``, run with these bytes as its input, writes.

    ``options`` are the program's own and never come from outside.

    Raises TooHeavy.
    """
    try:
        # Fixed program, no shell; the untrusted bytes go in as input only.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", program, *options],
            input=data,
            capture_output=True,
            timeout=longest_s,
            cwd=PROGRAM_FOLDER,
            env={"PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TooHeavy from None
    if done.returncode != 0:
        raise TooHeavy
    return done.stdout


class Turns:
    """A few places for processes that visitors wait for: who comes later waits for a place."""

    def __init__(self, *, wait_s: float, at_once: int = AT_ONCE) -> None:
        self._wait_s = wait_s
        self._places = BoundedSemaphore(at_once)

    def read_apart(
        self, program: str, data: bytes, *, longest_s: float, options: Sequence[str] = ()
    ) -> bytes:
        """Do as ``read_apart`` when it is our turn. Raises TooHeavy, Unavailable."""
        if not self._places.acquire(timeout=self._wait_s):
            raise Unavailable(errors.TOO_MANY_FILES_AT_ONCE)
        try:
            return read_apart(program, data, longest_s=longest_s, options=options)
        finally:
            self._places.release()


TURNS = Turns(wait_s=20)
"""Of everything a visitor waits for: each of these processes may take a gigabyte of memory."""

"""Bytes from outside are read by a program of ours in a process of its own, which can do little."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PROGRAM_FOLDER = Path(__file__).resolve().parents[2]


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

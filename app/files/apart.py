"""Bytes from outside are read by a program of ours in a process of its own, which can do little."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import BoundedSemaphore, Thread, Timer
from typing import IO

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
    with answer_apart(program, (data,), longest_s=longest_s, options=options) as answer:
        return answer.read()


@contextmanager
def answer_apart(
    program: str, pieces: Iterable[bytes], *, longest_s: float, options: Sequence[str] = ()
) -> Iterator[IO[bytes]]:
    """Run a program as ``read_apart`` does; gives what it writes as a stream.

    The input is handed over piece by piece, so that large bytes lie in memory once: neither all
    of them together nor what comes back has to be put together. The process is gone afterwards.

    Raises TooHeavy at the end; a stream that ended early says so to whoever reads it before.
    """
    # Fixed program, no shell; the untrusted bytes go in as input only.
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", program, *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=PROGRAM_FOLDER,
        env={"PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert process.stdin is not None and process.stdout is not None
    # A process that is killed neither reads nor writes: nobody waits for it any longer.
    end = Timer(longest_s, process.kill)
    feeding = Thread(target=_feed, args=(process.stdin, pieces), name=program, daemon=True)
    end.start()
    feeding.start()
    try:
        yield process.stdout
        ended = process.wait()
    finally:
        end.cancel()
        process.kill()
        process.wait()
        feeding.join()
        process.stdout.close()
    if ended != 0:
        raise TooHeavy


def _feed(stream: IO[bytes], pieces: Iterable[bytes]) -> None:
    # Whoever reads nothing more has its reasons; how it ended is looked at, not this.
    with suppress(OSError), stream:
        for piece in pieces:
            stream.write(piece)


class Turns:
    """A few places for processes that take much memory: who comes later waits for a place.

    ``wait_s``: for how long; None: until it comes, as a job may, whose process ends by itself.
    """

    def __init__(self, *, wait_s: float | None, at_once: int = AT_ONCE) -> None:
        self._wait_s = wait_s
        self._places = BoundedSemaphore(at_once)

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place, free again whatever becomes of it. Raises Unavailable."""
        if not self._places.acquire(timeout=self._wait_s):
            raise Unavailable(errors.TOO_MANY_FILES_AT_ONCE)
        try:
            yield
        finally:
            self._places.release()

    def read_apart(
        self, program: str, data: bytes, *, longest_s: float, options: Sequence[str] = ()
    ) -> bytes:
        """Do as ``read_apart`` when it is our turn. Raises TooHeavy, Unavailable."""
        with self.place():
            return read_apart(program, data, longest_s=longest_s, options=options)


TURNS = Turns(wait_s=20)
"""Of everything a visitor waits for: each of these processes may take a gigabyte of memory."""

"""Bytes from outside are read by a program of ours in a process of its own, which can do little."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from threading import Condition, Thread, Timer
from typing import IO

from app.errors import Unavailable
from app.files import errors

PROGRAM_FOLDER = Path(__file__).resolve().parents[2]
AT_ONCE = 2
HOLDER: ContextVar[int | None] = ContextVar("holder", default=None)
"""The id of the person for whom something is done, told at every request; None in a job."""


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
    Raises what ``pieces`` raise, and RuntimeError when no thread can be had.
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
    failed: list[Exception] = []
    feeding = Thread(target=_feed, args=(process.stdin, pieces, failed), name=program, daemon=True)
    try:
        # A machine that gives no more threads leaves no process behind either.
        end.start()
        feeding.start()
        yield process.stdout
        ended = process.wait()
    finally:
        end.cancel()
        process.kill()
        process.wait()
        if feeding.ident is not None:
            feeding.join()
        else:
            process.stdin.close()
        process.stdout.close()
        if failed:
            # Whatever the program made of half of its input, this is why.
            raise failed[0]
    if ended != 0:
        raise TooHeavy


def _feed(stream: IO[bytes], pieces: Iterable[bytes], failed: list[Exception]) -> None:
    try:
        for piece in pieces:
            if not _written(stream, piece):
                break
    except Exception as error:
        # It belongs to whoever gave the pieces; this thread has nobody to tell.
        failed.append(error)
    finally:
        with suppress(OSError):
            stream.close()


def _written(stream: IO[bytes], piece: bytes) -> bool:
    # Whoever reads nothing more has its reasons; how it ended is looked at, not this.
    try:
        stream.write(piece)
    except OSError:
        return False
    return True


class Turns:
    """A few places for processes that take much memory: who comes later waits for a place.

    One person holds one place at most and waits for one more at most, so that whoever sends what
    is slow keeps nobody else waiting; jobs are nobody's.

    ``wait_s``: for how long; None: until it comes, as a job may, whose process ends by itself.
    """

    def __init__(self, *, wait_s: float | None, at_once: int = AT_ONCE) -> None:
        self._wait_s = wait_s
        self._free = at_once
        self._holding: set[int] = set()
        self._waiting: set[int] = set()
        self._changed = Condition()

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place, free again whatever becomes of it. Raises Unavailable."""
        who = HOLDER.get()
        self._take(who)
        try:
            yield
        finally:
            self._give_back(who)

    def awaited_by(self, who: int) -> bool:
        """Say whether a request of this person waits for a place."""
        with self._changed:
            return who in self._waiting

    def _take(self, who: int | None) -> None:
        own = set() if who is None else {who}
        with self._changed:
            if own & self._waiting:
                raise Unavailable(errors.TOO_MANY_FILES_AT_ONCE)
            self._waiting |= own
            try:
                came = self._changed.wait_for(
                    lambda: self._free > 0 and not own & self._holding, self._wait_s
                )
            finally:
                self._waiting -= own
            if not came:
                raise Unavailable(errors.TOO_MANY_FILES_AT_ONCE)
            self._free -= 1
            self._holding |= own

    def _give_back(self, who: int | None) -> None:
        with self._changed:
            self._free += 1
            if who is not None:
                self._holding.discard(who)
            self._changed.notify_all()

    def read_apart(
        self, program: str, data: bytes, *, longest_s: float, options: Sequence[str] = ()
    ) -> bytes:
        """Do as ``read_apart`` when it is our turn. Raises TooHeavy, Unavailable."""
        with self.place():
            return read_apart(program, data, longest_s=longest_s, options=options)


TURNS = Turns(wait_s=5)
"""Of everything a visitor waits for: each of these processes may take a gigabyte of memory."""
ALONE = Turns(wait_s=None, at_once=1)
"""Of a worker: all its threads have one such process at a time.

Each takes, with what is handed to it, as much memory as the warm press, and a job needs it for
less than half of its time: the other thread does the rest of its own meanwhile.
"""

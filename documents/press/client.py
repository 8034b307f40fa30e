"""The press as the worker of the jobs sees it: hand it a sheet, get the file."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from documents.press.errors import DIED, TOO_HEAVY, PressFailed
from documents.press.frames import packed, unpacked
from documents.sheets import Fitted, Rendered, Sheet

PROGRAM_FOLDER = Path(__file__).resolve().parents[2]
FONTS = PROGRAM_FOLDER / "static" / "dist" / "print-fonts" / "fonts.conf"
LONGEST_S = 40.0
SHEETS_A_LIFE = 200
"""After so many sheets a new process is begun: what the engine keeps in memory goes with it."""
LEAVING_S = 2.0
"""A process whose pipe is closed is all but gone."""
CHUNK = 1 << 16


class FontsNotBuilt(RuntimeError):
    """The fonts for print are not there."""


@dataclass(slots=True)
class Press:
    """A warm process that typesets, begun when it is first needed and begun anew when it dies.

    Threads may share it: sheets are typeset one after another.
    """

    longest_s: float = LONGEST_S
    profiles: str = ""
    """Folder of the printers' ICC profiles, which the process may read."""
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _left: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def typeset(self, sheet: Sheet, pictures: Mapping[str, bytes] | None = None) -> Rendered:
        """Give the sheet typeset. Raises PressFailed with a code."""
        known = pictures or {}
        message = packed(
            [sheet.as_json().encode(), *(known[picture] for picture in sheet.pictures)]
        )
        with self._lock:
            try:
                parts = self._exchange(message)
            except (EOFError, BrokenPipeError, ValueError):
                code = self._ended()
                self._end()
                raise PressFailed(code) from None
            except TimeoutError:
                self._end()
                raise PressFailed(TOO_HEAVY) from None
        return _read(parts)

    def warm(self) -> None:
        """Begin the process before the first sheet comes."""
        with self._lock:
            self._running()

    @property
    def pid(self) -> int | None:
        """Give the number of the running process, for whoever measures it."""
        return self._process.pid if self._process is not None else None

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _exchange(self, message: bytes) -> list[bytes]:
        process = self._running()
        assert process.stdin is not None and process.stdout is not None
        until = time.monotonic() + self.longest_s
        _send(process.stdin, message, until)
        reader = _Reader(process.stdout, until)
        parts = unpacked(reader.exactly)
        self._left -= 1
        return parts

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and (self._left <= 0 or self._process.poll() is not None):
            self._end()
        if self._process is None:
            self._process = _begun(self.profiles)
            self._left = SHEETS_A_LIFE
        return self._process

    def _ended(self) -> str:
        """Say why the process is gone: over its time it would be over it again."""
        assert self._process is not None
        try:
            ended = self._process.wait(timeout=LEAVING_S)
        except subprocess.TimeoutExpired:
            return DIED
        return TOO_HEAVY if ended == -signal.SIGXCPU else DIED

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _begun(profiles: str) -> subprocess.Popen[bytes]:
    if not FONTS.is_file():
        raise FontsNotBuilt(
            f"{FONTS} is missing: the front end is not built. Run `make install`, "
            "or `npm ci && npm run build`."
        )
    environment = {
        "FONTCONFIG_FILE": str(FONTS),
        "PYTHONDONTWRITEBYTECODE": "1",
        "MANDAT_PRESS_PROFILES": profiles,
        "LC_ALL": "C.UTF-8",
    }
    # Fixed program, no shell, nothing of our own environment: no password can be seen there.
    process = subprocess.Popen(
        [sys.executable, "-m", "documents.press.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=PROGRAM_FOLDER,
        env=environment,
        bufsize=0,
    )
    for pipe in (process.stdin, process.stdout):
        assert pipe is not None
        os.set_blocking(pipe.fileno(), False)
    return process


def _send(pipe: IO[bytes], message: bytes, until: float) -> None:
    left = memoryview(message)
    while left:
        _wait(pipe, selectors.EVENT_WRITE, until)
        left = left[os.write(pipe.fileno(), left[:CHUNK]) :]


@dataclass(slots=True)
class _Reader:
    pipe: IO[bytes]
    until: float

    def exactly(self, length: int) -> bytes:
        found = bytearray()
        while len(found) < length:
            _wait(self.pipe, selectors.EVENT_READ, self.until)
            piece = os.read(self.pipe.fileno(), min(CHUNK, length - len(found)))
            if not piece:
                raise EOFError
            found += piece
        return bytes(found)


def _wait(pipe: IO[bytes], event: int, until: float) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, event)
        if not selector.select(timeout=max(0.0, until - time.monotonic())):
            raise TimeoutError


def _read(parts: Sequence[bytes]) -> Rendered:
    about = json.loads(parts[0])
    if "error" in about:
        raise PressFailed(about["error"])
    return Rendered(
        pdf=parts[1],
        pages=about["pages"],
        warnings=tuple(about["warnings"]),
        fitted=tuple(Fitted(**place) for place in about["fitted"]),
        rasters=tuple(parts[2:]),
    )

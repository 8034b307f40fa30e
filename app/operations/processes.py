"""Processes that live and die together: one parent that watches web and worker.

The parent restarts a child that crashed after a growing pause, passes
SIGTERM on, and is outlived by no child: on Linux the kernel ends them when the parent ends, in
whatever way that happens.
"""

from __future__ import annotations

import ctypes
import logging
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import FrameType

log = logging.getLogger("mandat.processes")

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
LIVED_LONG_S = 60.0
GRACE_S = 20.0
HASTY_CRASHES = 3
WRONG_SETTINGS = 78
"""The exit code of a child whose settings are wrong: starting it again would not help."""

_LOOK_EVERY_S = 0.2
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A process to keep running."""

    name: str
    argv: Sequence[str]
    environ: Mapping[str, str]


class Supervisor:
    """Keeps children running until told to stop."""

    def __init__(
        self,
        children: Sequence[Child],
        *,
        is_ready: Callable[[], bool] | None = None,
        on_ready: Callable[[], None] | None = None,
        grace_s: float = GRACE_S,
    ) -> None:
        self._kept = [_Kept(child) for child in children]
        self._is_ready = is_ready
        self._on_ready = on_ready
        self._grace_s = grace_s
        self._stopping = False
        self._waker, self._wake = os.pipe()

    def run(self) -> int:
        """Run the children; give the exit code: 0 after a signal, otherwise why it ended.

        Must be called in the main thread. Until the portal has been ready once, a child that
        crashes again and again ends everything, because whoever just started it is watching.
        """
        before = {kind: signal.signal(kind, self._stop) for kind in (signal.SIGTERM, signal.SIGINT)}
        try:
            while not self._stopping:
                code = self._look_after()
                if code:
                    return code
                self._announce()
                select.select([self._waker], [], [], _LOOK_EVERY_S)
            return 0
        finally:
            self._end_all()
            for kind, handler in before.items():
                signal.signal(kind, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True
        os.write(self._wake, b".")

    def _look_after(self) -> int:
        for kept in self._kept:
            code = kept.look_after()
            if code == WRONG_SETTINGS:
                return code
            if self._is_ready is not None and kept.hasty >= HASTY_CRASHES:
                log.error("child can't start", extra={"child": kept.child.name})
                return 1
        return 0

    def _announce(self) -> None:
        if self._is_ready is not None and self._is_ready():
            self._is_ready = None
            if self._on_ready is not None:
                self._on_ready()

    def _end_all(self) -> None:
        for kept in self._kept:
            kept.ask_to_end()
        end = time.monotonic() + self._grace_s
        for kept in self._kept:
            kept.end(max(end - time.monotonic(), 0.1))
        os.close(self._waker)
        os.close(self._wake)


class _Kept:
    """One child, and how its starts went."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.hasty = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._next_start = 0.0

    def look_after(self) -> int:
        """Start the child when it should run and does not; give the code it ended with, or 0."""
        if self._process is None:
            if time.monotonic() >= self._next_start:
                self._start()
            return 0
        code = self._process.poll()
        if code is None:
            return 0
        self._process = None
        lived_long = time.monotonic() - self._started > LIVED_LONG_S
        self.hasty = 1 if lived_long else self.hasty + 1
        pause = min(FIRST_PAUSE_S * 2.0 ** min(self.hasty - 1, 10), LONGEST_PAUSE_S)
        self._next_start = time.monotonic() + pause
        log.error("child ended", extra={"child": self.child.name, "code": code, "pause_s": pause})
        return code

    def ask_to_end(self) -> None:
        """Pass SIGTERM on."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def end(self, patience_s: float) -> None:
        """Wait for the child's end, and enforce it when patience runs out."""
        if self._process is None:
            return
        try:
            self._process.wait(patience_s)
        except subprocess.TimeoutExpired:
            log.warning("child was killed", extra={"child": self.child.name})
            self._process.kill()
            self._process.wait()

    def _start(self) -> None:
        parent = os.getpid()
        self._process = subprocess.Popen(  # noqa: S603 - our own programs with fixed arguments.
            list(self.child.argv),
            env=dict(self.child.environ),
            # Ctrl-C reaches the parent alone, which then ends the children in order.
            process_group=0,
            # Safe: the parent has no threads that could hold a lock while it forks.
            preexec_fn=lambda: die_with_parent(parent),
        )
        self._started = time.monotonic()
        log.info("child started", extra={"child": self.child.name, "pid": self._process.pid})


def die_with_parent(parent: int | None = None) -> None:
    """Have this process get SIGTERM when its parent ends; elsewhere than on Linux do nothing.

    ``parent`` is the number the parent had: when it is gone already, this process ends now.
    """
    if not sys.platform.startswith("linux"):
        return
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if parent is not None and os.getppid() != parent:
        os._exit(0)

"""What a process and all processes below it use: memory and time of the processor."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click

LOOK_EVERY_S = 0.1
LONGEST_S = 900.0
MEGABYTE_KB = 1024


def looks(pid: int, *, longest_s: float = LONGEST_S) -> Iterator[float]:
    """Give the memory of a process and all below it in MB, look by look.

    Raises ClickException when it has ended, or nobody has stopped looking for long.
    """
    until = time.monotonic() + longest_s
    while time.monotonic() < until:
        time.sleep(LOOK_EVERY_S)
        memory = sum(map(pss_mb, family(pid)))
        if not memory:
            break
        yield memory
    raise click.ClickException("the worker stopped, or did not come to an end")


def family(pid: int) -> Iterator[int]:
    """Give a process and all below it.

    Left out is who has only just been begun and still runs in its parent's own memory.
    """
    yield pid
    program = _program(pid)
    for child in _children(pid):
        if _program(child) != program:
            yield from family(child)


def _children(pid: int) -> Iterator[int]:
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            # A thread that ends meanwhile must not hide the children of the others.
            with suppress(OSError):
                yield from map(int, (task / "children").read_text().split())


def _program(pid: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def pss_mb(pid: int) -> float:
    """Give the proportional set size of a process; 0 when it has ended."""
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / MEGABYTE_KB
    return 0.0


def cpu_s(pid: int) -> float:
    """Give the seconds of CPU of a process, of those it waited for and of those still below it."""
    ticks = 0
    for member in family(pid):
        with suppress(OSError):
            # Behind the name, which may hold anything: used by itself and by whom it waited for.
            fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")

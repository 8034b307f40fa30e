"""What the bench reads of processes: of whole families, and of none that is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest

from app.cli.family_figures import cpu_s, family, looks, pss_mb

WAITING = "import sys; sys.stdin.read()"
PARENT = f"""
import subprocess, sys
children = [subprocess.Popen([sys.executable, "-c", {WAITING!r}]) for _ in range(2)]
print(*(child.pid for child in children), flush=True)
sys.stdin.read()
"""
FORKING = """
import os, sys
child = os.fork()
print(child, flush=True) if child else None
sys.stdin.read()
os.wait() if child else None
"""
WORKING = """
import subprocess, sys, time
while time.process_time() < 0.5: pass
subprocess.run([sys.executable, "-c", "import time\\nwhile time.process_time() < 0.5: pass"])
print("done", flush=True)
sys.stdin.read()
"""


@contextmanager
def running(program: str) -> Iterator[tuple[int, list[str]]]:
    """Run a program until the test is over; gives its number and the words it said first."""
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        yield process.pid, process.stdout.readline().split()


def test_a_family_is_a_process_and_all_below_it() -> None:
    with running(PARENT) as (pid, said):
        assert sorted(family(pid)) == sorted([pid, *map(int, said)])
        assert pid in set(family(os.getpid()))
        assert sum(map(pss_mb, family(pid))) > pss_mb(pid) > 0


def test_one_that_has_only_just_been_begun_is_not_counted_twice() -> None:
    with running(FORKING) as (pid, said):
        assert pss_mb(int(said[0])) > 0
        assert list(family(pid)) == [pid]


def test_what_a_process_had_others_work_is_counted() -> None:
    with running(WORKING) as (pid, _):
        assert cpu_s(pid) > 0.75


def test_who_is_gone_uses_nothing_and_is_looked_for_in_vain() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""], stdin=subprocess.DEVNULL)
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    # Nobody has asked yet how it ended, so its number is still its own.
    assert list(looks_until_it_ends(process.pid)) == []
    process.wait()
    assert pss_mb(process.pid) == cpu_s(process.pid) == 0
    assert list(family(process.pid)) == [process.pid]


def test_nobody_looks_for_ever() -> None:
    with running(PARENT) as (pid, _), pytest.raises(click.ClickException):
        for memory in looks(pid, longest_s=0.25):
            assert memory > 0


def test_one_that_ends_beside_others_does_not_hide_them() -> None:
    with running(PARENT) as (pid, said):
        first, second = map(int, said)
        os.kill(first, signal.SIGKILL)
        ended_but_not_waited_for(first)
        assert second in set(family(pid))
        assert pss_mb(first) == 0 < pss_mb(second)


def ended_but_not_waited_for(pid: int) -> None:
    while b"State:\tZ" not in Path(f"/proc/{pid}/status").read_bytes():
        time.sleep(0.01)


def looks_until_it_ends(pid: int) -> Iterator[float]:
    with pytest.raises(click.ClickException, match="stopped"):
        yield from looks(pid)

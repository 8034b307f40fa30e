"""A sheet that kills its press, eats memory or never ends has failed by name; the next is made."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.config import Settings, secret_key
from app.db import Database
from app.jobs.worker import Worker
from app.sealing import Seal
from documents.press.client import Press
from documents.press.errors import PressFailed
from documents.press.worker import CPU_S, MEMORY_BYTES
from documents.sheets import Sheet
from documents.typesetting.commands import want
from documents.typesetting.handlers import typesetting_handlers
from documents.typesetting.queries import Typeset, find_typeset
from documents.typesetting.rules import Purpose, State
from tests import builders
from tests.conftest import NOW
from tests.dying import run_every_attempt

LONG = Sheet(html="<table>" + "<tr><td>a<td>b" * 20_000, language="en", identifier="long")
"""Half a minute of work for any machine."""
HUGE = Sheet(html="<table>" + "<tr><td colspan=10000000>" * 50, language="en", identifier="huge")
SMALL = Sheet(html="<p>well", language="en", identifier="small")


@pytest.fixture
def own_press() -> Iterator[Press]:
    """A real press of this test alone."""
    found = Press()
    yield found
    found.close()


@pytest.fixture
def campaign_id(database: Database) -> int:
    """A campaign."""
    with database.writing() as session:
        return builders.a_campaign(session).id


def ask(database: Database, settings: Settings, campaign_id: int, sheet: Sheet) -> str:
    """Ask for a sheet as the issuing of a paper does."""
    seal = Seal.from_secret(secret_key(settings))
    with database.writing() as session:
        return want(session, seal, campaign_id, sheet, purpose=Purpose.ISSUE, now=NOW)


def found(database: Database, campaign_id: int, digest: str) -> Typeset:
    """Give what has become of a sheet."""
    with database.reading() as session:
        typeset = find_typeset(session, campaign_id, digest, purpose=Purpose.ISSUE)
    assert typeset is not None
    return typeset


@contextmanager
def sent_while_it_works(press: Press, sign: signal.Signals, *, times: int) -> Iterator[None]:
    """Send a sign to the press's process once it has worked on a sheet for a while."""
    over = threading.Event()

    def watch() -> None:
        sent: set[int] = set()
        while not over.is_set() and len(sent) < times:
            pid = press.pid
            if pid is not None and pid not in sent and is_at_work(pid):
                os.kill(pid, sign)
                sent.add(pid)
            time.sleep(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def is_at_work(pid: int) -> bool:
    """Say whether a process has limited itself, as it does before its first sheet, and works."""
    try:
        limited = f"{MEMORY_BYTES}" in Path(f"/proc/{pid}/limits").read_text()
        return limited and Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "R"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.slow
def test_a_press_killed_in_the_middle_of_a_sheet_is_begun_anew(
    database: Database, settings: Settings, campaign_id: int, own_press: Press
) -> None:
    long = ask(database, settings, campaign_id, LONG)
    with sent_while_it_works(own_press, signal.SIGKILL, times=10):
        run_every_attempt(database, typesetting_handlers(settings, own_press), began=NOW)
    failed = found(database, campaign_id, long)
    assert (failed.state, failed.error) == (State.FAILED, "died")
    small = ask(database, settings, campaign_id, SMALL)
    run_every_attempt(database, typesetting_handlers(settings, own_press), began=NOW)
    assert found(database, campaign_id, small).ready


def test_a_sheet_over_its_time_of_the_processor_is_not_tried_again(
    database: Database, settings: Settings, campaign_id: int, own_press: Press
) -> None:
    digest = ask(database, settings, campaign_id, LONG)
    own_press.warm()
    # What the system sends a process whose seconds are used up.
    with sent_while_it_works(own_press, signal.SIGXCPU, times=1):
        worker = Worker(
            database=database,
            handlers=typesetting_handlers(settings, own_press),
            clock=lambda: NOW,
        )
        worker.run_due()
    failed = found(database, campaign_id, digest)
    assert (failed.state, failed.error) == (State.FAILED, "too_heavy")


def test_a_sheet_that_never_ends_fails_and_the_worker_goes_on_with_the_next(
    database: Database, settings: Settings, campaign_id: int
) -> None:
    press = Press(longest_s=4)
    try:
        press.warm()
        long = ask(database, settings, campaign_id, LONG)
        small = ask(database, settings, campaign_id, SMALL)
        run_every_attempt(database, typesetting_handlers(settings, press), began=NOW)
        failed = found(database, campaign_id, long)
        assert (failed.state, failed.error) == (State.FAILED, "too_heavy")
        assert found(database, campaign_id, small).ready
    finally:
        press.close()


@pytest.mark.slow
def test_a_sheet_that_eats_memory_fails_and_the_worker_goes_on_with_the_next(
    database: Database, settings: Settings, campaign_id: int, own_press: Press
) -> None:
    huge = ask(database, settings, campaign_id, HUGE)
    small = ask(database, settings, campaign_id, SMALL)
    run_every_attempt(database, typesetting_handlers(settings, own_press), began=NOW)
    failed = found(database, campaign_id, huge)
    assert (failed.state, failed.error) == (State.FAILED, "too_heavy")
    assert found(database, campaign_id, small).ready


def test_the_press_has_given_up_memory_time_and_files(own_press: Press) -> None:
    own_press.typeset(SMALL)
    limits = Path(f"/proc/{own_press.pid}/limits").read_text()
    assert limit(limits, "Max address space") == (MEMORY_BYTES, MEMORY_BYTES)
    assert limit(limits, "Max file size") == (0, 0)
    assert limit(limits, "Max core file size") == (0, 0)
    soft, _ = limit(limits, "Max cpu time")
    assert 0 < soft <= CPU_S * 2


def test_every_sheet_has_the_whole_time(own_press: Press) -> None:
    own_press.typeset(SMALL)
    for _ in range(2):
        own_press.typeset(Sheet(html="<table>" + "<tr><td>a<td>b" * 200, language="en"))
    used = sum(map(int, Path(f"/proc/{own_press.pid}/stat").read_text().split()[13:15]))
    soft, _ = limit(Path(f"/proc/{own_press.pid}/limits").read_text(), "Max cpu time")
    assert soft - used / os.sysconf("SC_CLK_TCK") > CPU_S - 1


def test_a_sheet_deeper_than_any_form_is_refused_and_the_next_is_typeset(own_press: Press) -> None:
    with pytest.raises(PressFailed, match="RecursionError"):
        own_press.typeset(Sheet(html="<div>" * 3000 + "x", language="en"))
    assert own_press.typeset(SMALL).pages == 1


def limit(limits: str, name: str) -> tuple[int, int]:
    """Give the soft and the hard limit of a process; without one, −1."""
    said = re.search(rf"^{name}\s+(\S+)\s+(\S+)", limits, re.MULTILINE)
    assert said is not None
    soft, hard = (-1 if word == "unlimited" else int(word) for word in said.groups())
    return soft, hard

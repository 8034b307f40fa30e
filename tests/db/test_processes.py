from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest
from sqlalchemy import select

from app import clock
from app.config import Settings
from app.db import Database
from app.jobs.commands import enqueue
from app.jobs.models import Job, WorkerBeat
from app.operations.errors import OperationRefused
from app.operations.serving import environment_of, require_free_port, without_owner
from tests.ports import a_free_port

Process = subprocess.Popen[str]
_SLOW = select(Job).where(Job.kind == "test.slow")


@contextmanager
def started(*arguments: str, environ: dict[str, str] | None = None) -> Iterator[Process]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.db.supervised", *arguments],
        env={**os.environ, **(environ or {})},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def numbers(path: Path) -> list[int]:
    return [int(line) for line in path.read_text().splitlines()] if path.exists() else []


def alive(number: int) -> bool:
    status = Path(f"/proc/{number}/stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_signal_ends_parent_and_children_in_good_order(tmp_path: Path) -> None:
    with started(str(tmp_path), "long") as parent:
        until(lambda: bool(numbers(tmp_path / "long")))
        parent.terminate()
        assert parent.wait(10) == 0
        assert not alive(numbers(tmp_path / "long")[0])


def test_a_killed_parent_leaves_no_orphan(tmp_path: Path) -> None:
    with started(str(tmp_path), "long") as parent:
        until(lambda: bool(numbers(tmp_path / "long")))
        parent.kill()
        (child,) = numbers(tmp_path / "long")
        until(lambda: not alive(child))


def test_a_child_that_was_killed_is_started_again(tmp_path: Path) -> None:
    with started(str(tmp_path), "long") as parent:
        until(lambda: bool(numbers(tmp_path / "long")))
        os.kill(numbers(tmp_path / "long")[0], signal.SIGKILL)
        until(lambda: len(numbers(tmp_path / "long")) == 2)
        assert parent.poll() is None


def test_a_child_that_does_not_listen_is_killed_after_the_grace(tmp_path: Path) -> None:
    with started(str(tmp_path), "stubborn") as parent:
        until(lambda: bool(numbers(tmp_path / "stubborn")))
        parent.terminate()
        assert parent.wait(10) == 0
        assert not alive(numbers(tmp_path / "stubborn")[0])


def test_a_program_that_can_not_start_says_so_instead_of_trying_forever(tmp_path: Path) -> None:
    with started(str(tmp_path), "long", "crash") as parent:
        assert parent.wait(15) == 1
        assert len(numbers(tmp_path / "crash")) == 3
        assert not alive(numbers(tmp_path / "long")[0])


def test_wrong_settings_end_everything_at_once(tmp_path: Path) -> None:
    with started(str(tmp_path), "wrong") as parent:
        assert parent.wait(10) == 78


def test_the_real_web_server_serves_and_dies_with_its_parent(tmp_path: Path) -> None:
    port = a_free_port()
    environ = {
        "MANDAT_DATA": str(tmp_path),
        "MANDAT_PORT": str(port),
        "MANDAT_BASE_URL": f"http://127.0.0.1:{port}",
    }
    with started("serve", environ=environ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "ready\n"
        with pytest.raises(OperationRefused, match="taken"):
            require_free_port("127.0.0.1", port)
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/")
        serving, main, kept = map(int, connection.getresponse().read().split())
        connection.close()
        # The collector never walks through the program itself: pages would wait for it.
        assert kept > 0
        (worker,) = numbers(tmp_path / "worker")
        parent.kill()
        until(lambda: not any(map(alive, (serving, main, worker))))


def test_a_serving_process_does_not_outlive_the_server_above_it(tmp_path: Path) -> None:
    port = a_free_port()
    environ = {"MANDAT_DATA": str(tmp_path), "MANDAT_PORT": str(port)}
    with started("serve", environ=environ) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/")
        serving, main, _ = map(int, connection.getresponse().read().split())
        connection.close()
        os.kill(main, signal.SIGKILL)
        until(lambda: not alive(serving))
        parent.terminate()
        assert parent.wait(15) == 0


def test_a_worker_told_to_stop_finishes_its_job_first(
    database: Database, settings: Settings
) -> None:
    with database.writing() as session:
        enqueue(session, "test.slow", {}, run_at=clock.now())
    with started("work", environ=environment_of(settings, os.environ)) as worker:
        until((settings.data / "began").exists)
        worker.terminate()
        assert worker.wait(10) == 0
    assert (settings.data / "ended").exists()
    with database.reading() as session:
        assert session.scalars(_SLOW).one().done_at is not None
        assert session.scalars(select(WorkerBeat)).all() == []


def test_a_worker_hears_a_signal_that_woke_another_thread(
    database: Database, settings: Settings
) -> None:
    with database.writing() as session:
        enqueue(session, "test.stop", {}, run_at=clock.now())
    with started("work", environ=environment_of(settings, os.environ)) as worker:
        assert worker.wait(20) == 0


def test_another_process_reads_exactly_our_settings(tmp_path: Path) -> None:
    settings = Settings(
        data=tmp_path,
        port=8123,
        demo=True,
        trusted_hosts=("a.example.org", "b.example.org"),
        secret_key="k" * 40,
    )
    environ = environment_of(settings, {"MANDAT_PORT": "1", "PATH": "/bin"})
    assert environ["PATH"] == "/bin"
    assert Settings.from_environment(environ) == settings


def test_who_answers_requests_does_not_learn_the_owners_address(tmp_path: Path) -> None:
    owner = "postgresql+psycopg://owner:secret@db/m"
    settings = Settings(
        data=tmp_path, database_url="postgresql+psycopg://m@db/m", database_owner_url=owner
    )
    environ = environment_of(without_owner(settings), {"MANDAT_DATABASE_OWNER_URL": owner})
    assert not any("secret" in value for value in environ.values())
    assert environ["MANDAT_DATABASE_URL"] == settings.database_url

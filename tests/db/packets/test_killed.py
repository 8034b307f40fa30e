"""A worker killed in the middle of putting a packet together leaves no half and no second one."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import select

from app.config import Settings
from app.db import Database
from app.files.storage import FileStore
from app.jobs.models import Job
from documents.packets.commands.assembling import ASSEMBLE
from documents.packets.models import Packet
from tests.db.packets.planting import plant

LINES = 8
ROOT = Path(__file__).resolve().parents[3]


def begin(tmp_path: Path, database_url: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.db.killable_work",
            "packets",
            str(tmp_path),
            database_url,
        ],
        cwd=ROOT,
    )


def test_a_packet_survives_the_death_of_its_worker(
    tmp_path: Path, database: Database, database_url: str, settings: Settings
) -> None:
    plant(database, settings, lines=LINES)
    before = set(settings.files.rglob("*"))
    worker = begin(tmp_path, database_url)
    until = time.monotonic() + 60
    done = 0
    while not 1 <= done < LINES:
        assert time.monotonic() < until and worker.poll() is None
        time.sleep(0.05)
        with database.reading() as session:
            done = session.execute(select(Packet.done)).scalar_one()
    worker.kill()
    worker.wait()
    with database.reading() as session:
        assert session.execute(select(Packet.state)).scalar_one() == "wanted"
    assert set(settings.files.rglob("*")) == before
    time.sleep(1.2)
    again = begin(tmp_path, database_url)
    assert again.wait(timeout=60) == 0
    with database.reading() as session:
        (packet,) = session.execute(select(Packet)).scalars()
        (job,) = session.execute(select(Job).where(Job.kind == ASSEMBLE)).scalars()
    assert packet.state == "ready" and packet.pages == 1 + LINES and job.attempts == 2
    kept = FileStore(folder=settings.files)
    for name in (packet.pdf_sha256, packet.zip_sha256):
        assert hashlib.sha256(kept.get(name)).hexdigest() == name

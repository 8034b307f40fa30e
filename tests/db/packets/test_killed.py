"""A worker killed in the middle of putting a packet together leaves no half and no second one."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import time
from pathlib import Path

from PIL import Image
from sqlalchemy import insert, select

from app import clock
from app.config import Settings, secret_key
from app.db import Database
from app.files.storage import FileStore
from app.jobs.commands import enqueue
from app.jobs.models import Job
from app.sealing import Seal
from documents.packets.commands.assembling import ASSEMBLE
from documents.packets.models import Packet
from documents.packets.ordering import Order, OrderFile, OrderLine
from documents.sheets import Sheet
from tests import builders

LINES = 8
ROOT = Path(__file__).resolve().parents[3]


def a_photo(number: int) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((1600, 2200), 40 + number).save(out, "JPEG")
    return out.getvalue()


def plant(database: Database, settings: Settings) -> None:
    """Ask for a packet of some photos, and put it into the queue."""
    store, seal = FileStore(folder=settings.files), Seal.from_secret(secret_key(settings))
    files = [
        OrderFile(sha256=store.put(a_photo(number)), media_type="image/jpeg", pages=1)
        for number in range(LINES)
    ]
    sheet = Sheet(html="<p style='font-family: Tinos'>Опись</p>", language="ru").as_json()
    order = Order(
        title="Опись",
        language="ru",
        inventory=sheet,
        inventory_name="00.pdf",
        stamps="",
        lines=tuple(
            OrderLine(
                title=f"Бумага {number}",
                name=f"{number:02d}.pdf",
                files=(file,),
                copies=1,
                first=number,
                stamped=False,
            )
            for number, file in enumerate(files, 1)
        ),
    )
    with database.writing() as session:
        campaign = builders.a_campaign(session)
        packet = session.execute(
            insert(Packet)
            .values(
                campaign_id=campaign.id,
                key="nomination",
                purpose="print",
                digest="0" * 64,
                state="wanted",
                order_sealed=seal.close(order.as_json()),
                steps=order.steps,
                sheets=LINES,
                asked_at=clock.now(),
            )
            .returning(Packet.id)
        ).scalar_one()
        enqueue(session, ASSEMBLE, {"packet": packet}, run_at=clock.now())


def begin(tmp_path: Path, database_url: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.db.packets.killable_bindery",
            str(tmp_path),
            database_url,
        ],
        cwd=ROOT,
    )


def test_a_packet_survives_the_death_of_its_worker(
    tmp_path: Path, database: Database, database_url: str, settings: Settings
) -> None:
    plant(database, settings)
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

"""A worker killed in the middle of drawing leaves no half of a page, and another one draws it."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from pathlib import Path

from PIL import Image
from sqlalchemy import select

from app.config import Settings
from app.db import Database
from app.files.storage import FileStore
from app.jobs.commands import enqueue
from app.jobs.models import Job
from documents.paperwork.commands.scans import DRAW
from documents.paperwork.models import Paper, PaperScan
from documents.paperwork.reshaping.drawings import FOLDER, Drawings, Page
from tests import builders
from tests.conftest import NOW
from tests.web.packets.program import a_pdf

PAGES = 12
ROOT = Path(__file__).resolve().parents[3]


def begin(tmp_path: Path, database_url: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.db.killable_work", "drawing"]
    return subprocess.Popen([*command, str(tmp_path), database_url], cwd=ROOT)


def plant(database: Database, settings: Settings) -> str:
    """Plant a scan of many pages that are yet to be drawn; give its name."""
    data = a_pdf(PAGES)
    name = FileStore(folder=settings.files).put(data)
    with database.writing() as session:
        campaign = builders.a_campaign(session)
        paper = Paper(
            campaign_id=campaign.id, kind="consent", state="draft", note="", changed_at=NOW
        )
        session.add(paper)
        session.flush()
        session.add(
            PaperScan(
                campaign_id=campaign.id,
                paper_id=paper.id,
                issue_id=None,
                name="scan.pdf",
                sha256=name,
                media_type="application/pdf",
                size_bytes=len(data),
                pages=PAGES,
                code="none",
                code_number="",
                uploaded_at=NOW,
            )
        )
        enqueue(session, DRAW, {}, run_at=NOW)
    return name


def test_pages_survive_the_death_of_the_worker_that_draws_them(
    tmp_path: Path, database: Database, database_url: str, settings: Settings
) -> None:
    name = plant(database, settings)
    drawings = Drawings.of(settings)
    worker = begin(tmp_path, database_url)
    until = time.monotonic() + 60
    while not drawings.sizes():
        assert time.monotonic() < until and worker.poll() is None
        time.sleep(0.01)
    worker.kill()
    worker.wait()
    there = drawings.sizes()
    assert 0 < len(there) < PAGES
    for page in there:
        Image.open(io.BytesIO(drawings.find(page))).load()
    time.sleep(1.2)
    again = begin(tmp_path, database_url)
    assert again.wait(timeout=60) == 0
    assert set(drawings.sizes()) == {Page(name, number) for number in range(1, PAGES + 1)}
    assert len(list((settings.data / FOLDER).glob("*/*"))) == PAGES
    with database.reading() as session:
        jobs = session.scalars(select(Job).where(Job.kind == DRAW).order_by(Job.id)).all()
    assert max(job.attempts for job in jobs) == 2 and all(job.done_at for job in jobs)

"""Issued papers from the machine's side: proved byte by byte, and in every backup."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, text, update

from app import clock
from app.cli import mandat
from app.config import Settings
from app.operations import archive
from app.operations.backup import backup
from app.upkeep import stored_files
from documents.paperwork.models import PaperIssue
from documents.press.client import Press
from documents.typesetting.previews import Previews
from tests.web.paperwork.program import a_photo, answer_all, path, typeset
from tests.web.portal import Portal


@pytest.fixture
def signed(russian: Portal, settings: Settings, press: Press) -> Portal:
    """A portal with a paper that was previewed, issued, and came back as a photo."""
    anna = russian.browser("anna")
    answer_all(russian, anna)
    for asked in ("/preview", "/issue"):
        anna.send(path(russian, asked), start=path(russian))
        typeset(russian, settings, press)
    photo = {"file": (io.BytesIO(a_photo()), "signed.jpg")}
    where = path(russian)
    anna.send(path(russian, "/scans"), photo, start=where, content_type="multipart/form-data")
    return russian


def prove(settings: Settings, *words: str) -> Result:
    """Run the command on a machine where this database is."""
    where = {
        "MANDAT_DATA": str(settings.data),
        "MANDAT_DATABASE_URL": settings.database_url,
        "MANDAT_SECRET_KEY": settings.secret_key,
    }
    return CliRunner().invoke(mandat, ["papers", "prove", *words], env=where)


def test_the_command_proves_issued_papers_and_names_the_one_that_differs(
    signed: Portal, settings: Settings
) -> None:
    with signed.database.reading() as session:
        number = session.scalars(select(PaperIssue.number)).one()
    for words in ((), (number,)):
        answer = prove(settings, *words)
        assert (answer.exit_code, answer.output) == (0, "1 issued papers made again, 0 differ\n")
    with signed.database.writing() as session:
        session.execute(update(PaperIssue).values(sha256="0" * 64))
    answer = prove(settings)
    assert answer.exit_code == 1
    assert f"{number}: the bytes differ from what was issued" in answer.output
    assert "1 issued papers made again, 1 differ" in answer.output


def test_a_number_that_was_never_issued_is_refused(settings: Settings, signed: Portal) -> None:
    answer = prove(settings, "MND-000-000")
    assert answer.exit_code == 1
    assert str(answer.exception) == "no paper was issued as MND-000-000"


def test_issued_papers_and_scans_are_in_a_backup_and_previews_are_not(
    signed: Portal, settings: Settings, tmp_path: Path
) -> None:
    made = backup(settings, tmp_path / "out.tar.gz", now=clock.now()).manifest
    kept = {member.name: member.sha256 for member in made.members}
    with signed.database.reading() as session:
        rows = [file for listed in stored_files() for file in listed(session)]
        issued = session.scalars(select(PaperIssue.sha256)).one()
        scan = session.scalar(text("SELECT sha256 FROM paper_scan"))
    assert {issued, scan} <= {file.sha256 for file in rows}
    assert all(kept[archive.FILES + file.path] == file.sha256 for file in rows)
    folder = Previews.of(settings).store.folder
    previews = [file for file in folder.rglob("*") if file.is_file()]
    digests = {hashlib.sha256(file.read_bytes()).hexdigest() for file in previews}
    assert previews
    assert not digests & set(kept.values())

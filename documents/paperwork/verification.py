"""What ``mandat verify`` asks of paperwork: which files its rows speak of."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from app.files.storage import relative_path
from app.operations.verify import StoredFile
from documents.paperwork.models import PaperIssue, PaperScan


def stored_papers(session: Session) -> Iterable[StoredFile]:
    """Give every issued file and every scan, each content once."""
    issued = select(PaperIssue.sha256).where(PaperIssue.sha256 != "")
    originals = select(PaperScan.original_sha256).where(PaperScan.original_sha256 != "")
    found = session.execute(union(issued, select(PaperScan.sha256), originals).order_by("sha256"))
    for (name,) in found:
        yield StoredFile(path=relative_path(name).as_posix(), sha256=name)

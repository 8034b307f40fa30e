"""Which uploaded files the rows speak of, for ``mandat verify``."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.files.storage import relative_path
from app.operations.verify import StoredFile
from quests.evidence.models import UploadedFile


def stored_uploads(session: Session) -> Iterable[StoredFile]:
    """Give every file the rows speak of, each content once."""
    found = session.scalars(select(UploadedFile.sha256).distinct().order_by(UploadedFile.sha256))
    for name in found:
        yield StoredFile(path=relative_path(name).as_posix(), sha256=name)

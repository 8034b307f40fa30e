"""Which kept files the press has made, for ``mandat verify``; previews are not kept."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.files.storage import relative_path
from app.operations.verify import StoredFile
from documents.typesetting.models import TypesetSheet
from documents.typesetting.rules import Purpose


def stored_issues(session: Session) -> Iterable[StoredFile]:
    """Give every file that was typeset to be kept, with the rasters of its pages."""
    rows = session.execute(
        select(TypesetSheet.sha256, TypesetSheet.rasters)
        .where(TypesetSheet.purpose == Purpose.ISSUE.value, TypesetSheet.sha256.is_not(None))
        .order_by(TypesetSheet.id)
    )
    names = {name for row in rows for name in (row.sha256, *row.rasters)}
    for name in sorted(names):
        yield StoredFile(path=relative_path(name).as_posix(), sha256=name)

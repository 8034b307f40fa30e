"""Which kept files the flyers speak of, for ``mandat verify``."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from app.files.storage import relative_path
from app.operations.verify import StoredFile
from documents.flyers.models import FlyerPhoto, FlyerVersion

_NAMES = union(
    select(FlyerVersion.print_sha256.label("name")),
    select(FlyerVersion.front_sha256),
    select(FlyerVersion.back_sha256),
    select(FlyerVersion.card_sha256),
    select(FlyerPhoto.sha256),
).order_by("name")


def stored_flyer_files(session: Session) -> Iterable[StoredFile]:
    """Give every file the rows speak of, each content once."""
    for name in session.scalars(_NAMES):
        yield StoredFile(path=relative_path(name).as_posix(), sha256=name)

"""What has become of a sheet that was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import get_campaign
from app.errors import Missing
from documents.sheets import Fitted
from documents.typesetting.models import TypesetSheet
from documents.typesetting.rules import Purpose, State

_SHEETS = select(
    TypesetSheet.id,
    TypesetSheet.digest,
    TypesetSheet.state,
    TypesetSheet.sha256,
    TypesetSheet.rasters,
    TypesetSheet.fitted,
    TypesetSheet.pages,
    TypesetSheet.error,
    TypesetSheet.wanted_at,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeset:
    """How far a sheet is; ``sha256`` and ``rasters`` name files once it is ready."""

    id: int
    digest: str
    state: State
    sha256: str
    rasters: tuple[str, ...]
    fitted: tuple[Fitted, ...]
    pages: int
    error: str
    wanted_at: datetime

    @property
    def ready(self) -> bool:
        """Say whether the file can be had."""
        return self.state is State.READY


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingSheet:
    """A sheet that the press has yet to typeset."""

    campaign_id: int
    digest: str
    purpose: Purpose
    sealed: str


def typeset(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    digest: str,
    *,
    permission: Permission,
    purpose: Purpose = Purpose.PREVIEW,
) -> Typeset:
    """Give what has become of a sheet of a campaign. Raises Missing."""
    get_campaign(session, viewer, campaign_id, permission)
    found = find_typeset(session, campaign_id, digest, purpose=purpose)
    if found is None:
        raise Missing
    return found


def find_typeset(
    session: Session, campaign_id: int, digest: str, *, purpose: Purpose = Purpose.PREVIEW
) -> Typeset | None:
    """Give what has become of a sheet, for code that has looked at the viewer already."""
    row = session.execute(
        _SHEETS.where(
            TypesetSheet.campaign_id == campaign_id,
            TypesetSheet.digest == digest,
            TypesetSheet.purpose == purpose.value,
        )
    ).one_or_none()
    if row is None:
        return None
    return Typeset(
        id=row.id,
        digest=row.digest,
        state=State(row.state),
        sha256=row.sha256 or "",
        rasters=tuple(row.rasters),
        fitted=tuple(Fitted(**place) for place in row.fitted),
        pages=row.pages,
        error=row.error,
        wanted_at=row.wanted_at,
    )


def find_waiting(session: Session, sheet_id: int) -> WaitingSheet | None:
    """Give a sheet that has yet to be typeset, for the job that does it; None when it is done."""
    return _waiting(session, TypesetSheet.id == sheet_id)


def find_waiting_of(session: Session, campaign_id: int, digest: str) -> WaitingSheet | None:
    """Give a preview that has yet to be typeset, for the demo, which does not wait for jobs."""
    return _waiting(
        session,
        (TypesetSheet.campaign_id == campaign_id)
        & (TypesetSheet.digest == digest)
        & (TypesetSheet.purpose == Purpose.PREVIEW.value),
    )


def preview_files(session: Session) -> frozenset[str]:
    """Give the names of all files that previews speak of."""
    rows = session.execute(
        select(TypesetSheet.sha256, TypesetSheet.rasters).where(
            TypesetSheet.purpose == Purpose.PREVIEW.value
        )
    )
    return frozenset(name for row in rows for name in (row.sha256, *row.rasters) if name)


def _waiting(session: Session, which: ColumnElement[bool]) -> WaitingSheet | None:
    row = session.execute(
        select(
            TypesetSheet.campaign_id, TypesetSheet.digest, TypesetSheet.purpose, TypesetSheet.sheet
        ).where(which, TypesetSheet.state == State.WANTED.value)
    ).one_or_none()
    if row is None or row.sheet is None:
        return None
    return WaitingSheet(
        campaign_id=row.campaign_id,
        digest=row.digest,
        purpose=Purpose(row.purpose),
        sealed=row.sheet,
    )

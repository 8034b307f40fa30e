"""Asking the press for a sheet."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.jobs.commands import enqueue
from app.sealing import Seal
from documents.sheets import Sheet
from documents.typesetting.models import TypesetSheet
from documents.typesetting.queries import preview_files
from documents.typesetting.rules import Purpose, State

TYPESET = "documents.typeset"
TOUCH_AFTER = timedelta(hours=1)
HEAD_START = timedelta(minutes=5)
"""An issue goes before what has waited less than this, so that previews never hold it up, and
before nothing that has waited longer, so that none of them waits for ever."""


def want(
    session: Session,
    seal: Seal,
    campaign_id: int,
    sheet: Sheet,
    *,
    purpose: Purpose = Purpose.PREVIEW,
    now: datetime,
) -> str:
    """Ask for a sheet and give the digest under which ``queries.typeset`` finds it.

    Asking again for what is being typeset, or is ready, changes nothing; what failed is tried
    again. The sheet lies sealed until it is typeset and is then forgotten.
    """
    digest = digest_of(seal, sheet)
    found = session.execute(
        select(TypesetSheet.id, TypesetSheet.state, TypesetSheet.wanted_at).where(
            TypesetSheet.campaign_id == campaign_id,
            TypesetSheet.digest == digest,
            TypesetSheet.purpose == purpose.value,
        )
    ).one_or_none()
    if found is None:
        _ask(session, seal, campaign_id, sheet, digest, purpose, now)
    elif found.state == State.FAILED:
        _ask_again(session, found.id, seal.close(sheet.as_json()), purpose, now)
    elif now - found.wanted_at > TOUCH_AFTER:
        _touch(session, found.id, now)
    return digest


def want_instead(
    session: Session, seal: Seal, campaign_id: int, sheet: Sheet, *, now: datetime
) -> str:
    """Ask for a preview as ``want`` does, in the place of those of its kind that still wait.

    Of one kind, told by the sheet's identifier, a campaign has one in the queue: whoever changes
    an answer and looks again wants the last of them only, and others wait for the press.
    """
    digest = want(session, seal, campaign_id, sheet, now=now)
    waiting = session.execute(
        select(TypesetSheet.id, TypesetSheet.sheet).where(
            TypesetSheet.campaign_id == campaign_id,
            TypesetSheet.purpose == Purpose.PREVIEW.value,
            TypesetSheet.state == State.WANTED.value,
            TypesetSheet.digest != digest,
        )
    ).all()
    replaced = [row.id for row in waiting if _identifier(seal, row.sheet) == sheet.identifier]
    # Its job finds nothing to do; one that is being typeset at this moment is thrown away.
    session.execute(
        delete(TypesetSheet).where(
            TypesetSheet.campaign_id == campaign_id, TypesetSheet.id.in_(replaced)
        )
    )
    return digest


def _identifier(seal: Seal, sealed: str | None) -> str:
    text = seal.open(sealed) if sealed else ""
    return Sheet.from_json(text).identifier if text else ""


def digest_of(seal: Seal, sheet: Sheet) -> str:
    """Give what the sheet is recognised by: keyed, because a short sheet could be guessed."""
    return seal.mark("sheet", sheet.digest())


def _ask(
    session: Session,
    seal: Seal,
    campaign_id: int,
    sheet: Sheet,
    digest: str,
    purpose: Purpose,
    now: datetime,
) -> None:
    new = insert(TypesetSheet).values(
        campaign_id=campaign_id,
        digest=digest,
        purpose=purpose.value,
        state=State.WANTED.value,
        sheet=seal.close(sheet.as_json()),
        rasters=[],
        fitted=[],
        pages=0,
        error="",
        wanted_at=now,
    )
    try:
        with session.begin_nested():
            sheet_id = session.execute(new.returning(TypesetSheet.id)).scalar_one()
    except IntegrityError:
        # Another request asked for the same in between our look and our insert.
        return
    _enqueue(session, sheet_id, purpose, now)


def _enqueue(session: Session, sheet_id: int, purpose: Purpose, now: datetime) -> None:
    since = now - HEAD_START if purpose is Purpose.ISSUE else now
    enqueue(session, TYPESET, {"sheet": sheet_id}, run_at=since)


def _ask_again(
    session: Session, sheet_id: int, sealed: str, purpose: Purpose, now: datetime
) -> None:
    values = {"state": State.WANTED.value, "sheet": sealed, "error": "", "wanted_at": now}
    session.execute(update(TypesetSheet).where(TypesetSheet.id == sheet_id).values(values))
    _enqueue(session, sheet_id, purpose, now)


def _touch(session: Session, sheet_id: int, now: datetime) -> None:
    session.execute(update(TypesetSheet).where(TypesetSheet.id == sheet_id).values(wanted_at=now))


def forget_all_previews(session: Session) -> None:
    """Forget every preview after a restore: their files are in no backup, and are made again."""
    session.execute(delete(TypesetSheet).where(TypesetSheet.purpose == Purpose.PREVIEW.value))


def forget_previews(session: Session, *, before: datetime) -> tuple[str, ...]:
    """Delete the previews asked for before this moment; give the files nobody needs any more."""
    gone = session.execute(
        delete(TypesetSheet)
        .where(TypesetSheet.purpose == Purpose.PREVIEW.value, TypesetSheet.wanted_at < before)
        .returning(TypesetSheet.sha256, TypesetSheet.rasters)
    ).all()
    files = {name for row in gone for name in (row.sha256, *row.rasters) if name}
    # Two campaigns may have the same page (an empty one): its file stays while one needs it.
    return tuple(sorted(files - preview_files(session)))

"""Putting files there, taking them away, and sending them to be checked."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import Missing, Refused
from app.files.inspection import Inspected
from app.files.names import shown_name
from app.reviews.commands import HandedInReview
from quests.evidence import errors
from quests.evidence.commands.work import (
    Held,
    StepWork,
    count_towards,
    hand_in,
    hold,
    prove,
    unprove,
)
from quests.evidence.models import UploadedFile
from quests.evidence.rules.changes import FileNote, Snapshot
from quests.evidence.rules.proof import MOST_FILES, check_files
from quests.route.shape import EvidenceKind


def add_file(
    session: Session,
    work: StepWork,
    *,
    evidence_key: str,
    item_key: str,
    given_name: str,
    file: Inspected,
    sha256: str,
) -> None:
    """Put a file there that was looked at and stored; the same file twice is there once.

    Raises Refused("item") for an unknown kind of file, Refused("file") when no more fit, Conflict
    when the evidence may not change.
    """
    held = hold(session, work, work.asked(EvidenceKind.UPLOAD, evidence_key))
    known = [item.key for item in work.step.file]
    if known and item_key not in known:
        raise Refused("item", errors.UNKNOWN_FILE_KIND)
    if _count(session, work, held) >= MOST_FILES:
        raise Refused("file", errors.TOO_MANY_FILES, most=MOST_FILES)
    new = insert(UploadedFile).values(
        campaign_id=work.campaign.id,
        evidence_id=held.id,
        item_key=item_key if known else "",
        name=shown_name(given_name, file.media_type, fallback=evidence_key),
        sha256=sha256,
        media_type=file.media_type,
        size_bytes=len(file.data),
        pages=file.pages,
        uploaded_at=work.now,
        uploaded_by=work.viewer.person_id,
    )
    try:
        with session.begin_nested():
            session.execute(new)
    except IntegrityError:
        # The very same file is there already: the button was pressed twice.
        return
    _recount(session, work, held)


def remove_file(session: Session, work: StepWork, *, evidence_key: str, file_id: int) -> None:
    """Take a file away; rounds it was handed in with keep it.

    Raises Missing when it is not there, Conflict when the evidence may not change.
    """
    held = hold(session, work, work.asked(EvidenceKind.UPLOAD, evidence_key))
    removed = session.execute(
        update(UploadedFile)
        .where(
            UploadedFile.campaign_id == work.campaign.id,
            UploadedFile.evidence_id == held.id,
            UploadedFile.id == file_id,
            UploadedFile.removed_at.is_(None),
        )
        .values(removed_at=work.now)
        .returning(UploadedFile.id)
    ).first()
    if removed is None:
        raise Missing
    _recount(session, work, held)


def send_files(
    session: Session, work: StepWork, *, evidence_key: str, labels: Mapping[str, str]
) -> HandedInReview | None:
    """Send the files to their review, or let them count when none is asked.

    Raises Refused naming what is still missing, Conflict when they are being checked already.
    """
    held = hold(session, work, work.asked(EvidenceKind.UPLOAD, evidence_key))
    files = _notes(session, work, held)
    check_files(
        [note["item"] for note in files],
        work.step.file,
        labels,
        at_least=held.asked.at_least,
    )
    if held.asked.review is None:
        prove(session, work, held, count=len(files))
        return None
    return hand_in(session, work, held, count=len(files), snapshot=Snapshot(files=files))


def _recount(session: Session, work: StepWork, held: Held) -> None:
    count = _count(session, work, held)
    if held.proved_day is not None and not work.step.repeatable:
        unprove(session, work, held, count=count)
    else:
        count_towards(session, work, held, count)


def _count(session: Session, work: StepWork, held: Held) -> int:
    return session.execute(
        select(func.count())
        .select_from(UploadedFile)
        .where(
            UploadedFile.campaign_id == work.campaign.id,
            UploadedFile.evidence_id == held.id,
            UploadedFile.removed_at.is_(None),
        )
    ).scalar_one()


def _notes(session: Session, work: StepWork, held: Held) -> list[FileNote]:
    rows = session.execute(
        select(UploadedFile.id, UploadedFile.item_key, UploadedFile.name, UploadedFile.sha256)
        .where(
            UploadedFile.campaign_id == work.campaign.id,
            UploadedFile.evidence_id == held.id,
            UploadedFile.removed_at.is_(None),
        )
        .order_by(UploadedFile.id)
    )
    return [FileNote(id=row[0], item=row[1], name=row[2], sha256=row[3]) for row in rows]

"""Everything a campaign has done on one step: what the work area shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.reviews.queries import ReviewRow, rounds_of
from quests.evidence.models import (
    AnswerSheet,
    Evidence,
    Meeting,
    QuizAttempt,
    Tick,
    UploadedFile,
)
from quests.evidence.rules.proof import SUBJECT_KIND, State


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """How far one piece of evidence is, with its rounds of review, the newest first."""

    id: int
    step_key: str
    key: str
    kind: str
    queue: str
    state: State
    count: int
    is_proved: bool
    note: str
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A step's form as last saved."""

    typed: Mapping[str, str]
    version: int
    saved_at: datetime
    saved_by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """A file that is there now."""

    id: int
    evidence_id: int
    item_key: str
    name: str
    media_type: str
    size_bytes: int
    pages: int
    uploaded_at: datetime
    uploaded_by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRow:
    """The last try at a quiz."""

    evidence_id: int
    chosen: Mapping[str, str]
    right: int
    passed: bool
    taken_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow:
    """The meeting of a step."""

    evidence_id: int
    starts_at: datetime
    place: str
    outcome: str
    held_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDone:
    """All that was done on one step so far."""

    evidence: Mapping[str, EvidenceRow]
    rounds: Mapping[int, tuple[ReviewRow, ...]]
    sheet: SheetRow | None
    files: tuple[FileRow, ...]
    ticks: frozenset[str]
    attempts: Mapping[int, AttemptRow]
    meetings: Mapping[int, MeetingRow]


_EVIDENCE = select(
    Evidence.id,
    Evidence.step_key,
    Evidence.evidence_key,
    Evidence.kind,
    Evidence.queue,
    Evidence.state,
    Evidence.count,
    Evidence.proved_day,
    Evidence.note,
    Evidence.changed_at,
).where(Evidence.campaign_id == bindparam("campaign"))
_EVIDENCE_AT_STEP = _EVIDENCE.where(Evidence.step_key == bindparam("step")).order_by(Evidence.id)
_SHEET = (
    select(AnswerSheet.typed, AnswerSheet.version, AnswerSheet.saved_at, Person.name)
    .outerjoin(Person, Person.id == AnswerSheet.saved_by)
    .where(
        AnswerSheet.campaign_id == bindparam("campaign"),
        AnswerSheet.step_key == bindparam("step"),
    )
)
_FILES = (
    select(
        UploadedFile.id,
        UploadedFile.evidence_id,
        UploadedFile.item_key,
        UploadedFile.name,
        UploadedFile.media_type,
        UploadedFile.size_bytes,
        UploadedFile.pages,
        UploadedFile.uploaded_at,
        Person.name,
    )
    .outerjoin(Person, Person.id == UploadedFile.uploaded_by)
    .where(UploadedFile.campaign_id == bindparam("campaign"), UploadedFile.removed_at.is_(None))
    .order_by(UploadedFile.id)
)
_FILES_OF = _FILES.where(UploadedFile.evidence_id.in_(bindparam("evidence", expanding=True)))
_TICKS = select(Tick.item_key).where(
    Tick.campaign_id == bindparam("campaign"), Tick.step_key == bindparam("step")
)
_ATTEMPTS = (
    select(
        QuizAttempt.evidence_id,
        QuizAttempt.chosen,
        QuizAttempt.right,
        QuizAttempt.passed,
        QuizAttempt.taken_at,
    )
    .where(
        QuizAttempt.campaign_id == bindparam("campaign"),
        QuizAttempt.evidence_id.in_(bindparam("evidence", expanding=True)),
    )
    .order_by(QuizAttempt.id.desc())
    .limit(1)
)
_MEETINGS = select(
    Meeting.evidence_id, Meeting.starts_at, Meeting.place, Meeting.outcome, Meeting.held_at
).where(
    Meeting.campaign_id == bindparam("campaign"),
    Meeting.evidence_id.in_(bindparam("evidence", expanding=True)),
)


def step_done(session: Session, campaign_id: int, step_key: str) -> StepDone:
    """Give what was done on a step; the caller has asked for the campaign with a permission."""
    at = {"campaign": campaign_id, "step": step_key}
    evidence = {row.key: row for row in _evidence_rows(session, at)}
    ids = [row.id for row in evidence.values()]
    of = {"campaign": campaign_id, "evidence": ids}
    kinds = {row.kind for row in evidence.values()}
    return StepDone(
        evidence=evidence,
        rounds={
            row.id: rounds_of(session, campaign_id, SUBJECT_KIND, row.id)
            for row in evidence.values()
            if row.queue
        },
        sheet=_sheet(session, at),
        files=files_of(session, campaign_id, ids) if "upload" in kinds else (),
        ticks=frozenset(session.execute(_TICKS, at).scalars()),
        attempts=_attempts(session, of) if "quiz" in kinds else {},
        meetings=_meetings(session, of) if "meeting" in kinds else {},
    )


def _evidence_rows(session: Session, at: Mapping[str, object]) -> list[EvidenceRow]:
    return [_evidence(tuple(row)) for row in session.execute(_EVIDENCE_AT_STEP, at)]


def evidence_of_campaign(session: Session, campaign_id: int) -> tuple[EvidenceRow, ...]:
    """Give all evidence of a campaign; the caller has asked for it with a permission."""
    rows = session.execute(
        _EVIDENCE.order_by(Evidence.changed_at.desc(), Evidence.id), {"campaign": campaign_id}
    )
    return tuple(_evidence(tuple(row)) for row in rows)


def _evidence(row: tuple[Any, ...]) -> EvidenceRow:
    return EvidenceRow(
        id=row[0],
        step_key=row[1],
        key=row[2],
        kind=row[3],
        queue=row[4],
        state=State(row[5]),
        count=row[6],
        is_proved=row[7] is not None,
        note=row[8],
        changed_at=row[9],
    )


def _sheet(session: Session, at: Mapping[str, object]) -> SheetRow | None:
    row = session.execute(_SHEET, at).first()
    if row is None:
        return None
    return SheetRow(typed=row[0], version=row[1], saved_at=row[2], saved_by_name=row[3] or "")


def files_of(
    session: Session, campaign_id: int, evidence_ids: Sequence[int]
) -> tuple[FileRow, ...]:
    """Give the files that are there now, oldest first."""
    rows = session.execute(_FILES_OF, {"campaign": campaign_id, "evidence": list(evidence_ids)})
    return tuple(
        FileRow(
            id=row[0],
            evidence_id=row[1],
            item_key=row[2],
            name=row[3],
            media_type=row[4],
            size_bytes=row[5],
            pages=row[6],
            uploaded_at=row[7],
            uploaded_by_name=row[8] or "",
        )
        for row in rows
    )


def _attempts(session: Session, of: Mapping[str, object]) -> dict[int, AttemptRow]:
    return {
        row[0]: AttemptRow(
            evidence_id=row[0], chosen=row[1], right=row[2], passed=row[3], taken_at=row[4]
        )
        for row in session.execute(_ATTEMPTS, of)
    }


def _meetings(session: Session, of: Mapping[str, object]) -> dict[int, MeetingRow]:
    return {
        row[0]: MeetingRow(
            evidence_id=row[0], starts_at=row[1], place=row[2], outcome=row[3], held_at=row[4]
        )
        for row in session.execute(_MEETINGS, of)
    }

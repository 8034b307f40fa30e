"""What was handed in with one review, and with the round before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from quests.evidence.models import Evidence, HandedInRound, UploadedFile
from quests.evidence.rules.changes import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRow:
    """One round: the snapshot, and which evidence of which step it is of."""

    campaign_id: int
    evidence_id: int
    step_key: str
    evidence_key: str
    kind: str
    round: int
    snapshot: Snapshot
    handed_in_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What is known of a file of a round."""

    media_type: str
    size_bytes: int
    pages: int


_ROUNDS = select(
    HandedInRound.campaign_id,
    HandedInRound.evidence_id,
    Evidence.step_key,
    Evidence.evidence_key,
    Evidence.kind,
    HandedInRound.round,
    HandedInRound.snapshot,
    HandedInRound.handed_in_at,
).join(Evidence, Evidence.id == HandedInRound.evidence_id)


def find_round(session: Session, review_id: int) -> RoundRow | None:
    """Give the round of a review; the caller has asked for the review with the viewer."""
    return _first(session, _ROUNDS.where(HandedInRound.review_id == review_id))


def find_round_before(session: Session, this: RoundRow) -> RoundRow | None:
    """Give the round handed in before this one."""
    return _first(
        session,
        _ROUNDS.where(
            HandedInRound.campaign_id == this.campaign_id,
            HandedInRound.evidence_id == this.evidence_id,
            HandedInRound.round < this.round,
        )
        .order_by(HandedInRound.round.desc())
        .limit(1),
    )


def _first(session: Session, statement: Select[*tuple[Any, ...]]) -> RoundRow | None:
    row = session.execute(statement).first()
    if row is None:
        return None
    return RoundRow(
        campaign_id=row[0],
        evidence_id=row[1],
        step_key=row[2],
        evidence_key=row[3],
        kind=row[4],
        round=row[5],
        snapshot=cast(Snapshot, row[6]),
        handed_in_at=row[7],
    )


def file_facts(session: Session, campaign_id: int, evidence_id: int) -> dict[int, FileFacts]:
    """Give what is known of all files ever put to this evidence, by id."""
    rows = session.execute(
        select(
            UploadedFile.id,
            UploadedFile.media_type,
            UploadedFile.size_bytes,
            UploadedFile.pages,
        ).where(UploadedFile.campaign_id == campaign_id, UploadedFile.evidence_id == evidence_id)
    )
    return {row[0]: FileFacts(media_type=row[1], size_bytes=row[2], pages=row[3]) for row in rows}

"""One piece of evidence as commands work on it: found or begun, locked, changed, handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Viewer
from app.accounts.queries import CampaignRow
from app.accounts.rules.elections import day_there
from app.db import record
from app.errors import Missing
from app.reviews import commands as reviews
from app.reviews.rules import Queue
from quests.evidence.events import EvidenceChanged
from quests.evidence.models import Evidence, HandedInRound
from quests.evidence.rules.changes import Snapshot
from quests.evidence.rules.proof import SUBJECT_KIND, State, check_may_change
from quests.route import shape
from quests.route.shape import EvidenceKind, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWork:
    """Who works on which step of which campaign, and when; the step has been found workable."""

    campaign: CampaignRow
    step: Step
    viewer: Viewer
    now: datetime

    @property
    def today(self) -> int:
        """Give the day in the election's zone as an ordinal."""
        return day_there(self.now, self.campaign.timezone).toordinal()

    def asked(self, kind: EvidenceKind, key: str | None = None) -> shape.Evidence:
        """Give the step's evidence of this kind. Raises Missing when it has none."""
        for evidence in self.step.evidence:
            if evidence.kind is kind and (key is None or evidence.key == key):
                return evidence
        raise Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A locked row of evidence with what the pack asks of it."""

    id: int
    asked: shape.Evidence
    state: State
    count: int
    proved_day: int | None
    review_id: int | None


def hold(session: Session, work: StepWork, asked: shape.Evidence) -> Held:
    """Find or begin the evidence, lock its row, and refuse when it may not change now.

    Raises Conflict.
    """
    held = find_held(session, work, asked) or _begin(session, work, asked)
    check_may_change(held.state, reviewed=asked.review is not None, repeatable=work.step.repeatable)
    return held


def find_held(session: Session, work: StepWork, asked: shape.Evidence) -> Held | None:
    """Lock and give the evidence, None when nothing was done for it yet."""
    row = session.execute(
        select(Evidence.id, Evidence.state, Evidence.count, Evidence.proved_day, Evidence.review_id)
        .where(
            Evidence.campaign_id == work.campaign.id,
            Evidence.step_key == work.step.key,
            Evidence.evidence_key == asked.key,
        )
        .with_for_update()
    ).first()
    if row is None:
        return None
    return Held(
        id=row[0],
        asked=asked,
        state=State(row[1]),
        count=row[2],
        proved_day=row[3],
        review_id=row[4],
    )


def _begin(session: Session, work: StepWork, asked: shape.Evidence) -> Held:
    new = insert(Evidence).values(
        campaign_id=work.campaign.id,
        step_key=work.step.key,
        evidence_key=asked.key,
        kind=asked.kind.value,
        queue=asked.review.value if asked.review else "",
        state=State.DRAFT.value,
        count=0,
        changed_at=work.now,
        changed_by=work.viewer.person_id,
    )
    try:
        with session.begin_nested():
            session.execute(new)
    except IntegrityError:
        # Another request of the same team began it a moment earlier: use its row.
        pass
    held = find_held(session, work, asked)
    if held is None:
        raise Missing
    return held


def count_towards(session: Session, work: StepWork, held: Held, count: int) -> None:
    """Note how much of unreviewed or unfinished work is there, without proving anything.

    While a repeatable step is being done again, what proved it the first time stands.
    """
    kept = max(count, held.count) if held.proved_day is not None else count
    change(session, work, held, count=kept)


def prove(session: Session, work: StepWork, held: Held, *, count: int) -> None:
    """Let evidence that needs no review count from today."""
    change(
        session,
        work,
        held,
        state=State.ACCEPTED.value,
        count=count,
        proved_day=held.proved_day or work.today,
    )


def unprove(session: Session, work: StepWork, held: Held, *, count: int) -> None:
    """Let evidence that needs no review count no longer."""
    change(session, work, held, state=State.DRAFT.value, count=count, proved_day=None)


def hand_in(
    session: Session, work: StepWork, held: Held, *, count: int, snapshot: Snapshot
) -> reviews.HandedInReview:
    """Send the evidence to its queue with a copy of what it is now.

    Raises Conflict when it is being checked already.
    """
    if held.asked.review is None:
        raise Missing
    review = reviews.submit(
        session,
        work.viewer,
        work.campaign,
        subject_kind=SUBJECT_KIND,
        subject_id=held.id,
        step_key=work.step.key,
        queue=Queue(held.asked.review.value),
        now=work.now,
    )
    session.execute(
        insert(HandedInRound).values(
            campaign_id=work.campaign.id,
            evidence_id=held.id,
            review_id=review.review_id,
            round=review.round,
            snapshot=dict(snapshot),
            handed_in_at=work.now,
        )
    )
    kept = max(count, held.count) if held.proved_day is not None else count
    change(
        session,
        work,
        held,
        state=State.SUBMITTED.value,
        count=kept,
        review_id=review.review_id,
    )
    return review


def change(session: Session, work: StepWork, held: Held, **values: Any) -> None:  # noqa: ANN401 - columns.
    """Write columns of the evidence and say that it changed."""
    session.execute(
        update(Evidence)
        .where(Evidence.campaign_id == work.campaign.id, Evidence.id == held.id)
        .values(changed_at=work.now, changed_by=work.viewer.person_id, **values)
    )
    record(
        session,
        EvidenceChanged(
            campaign_id=work.campaign.id,
            step_key=work.step.key,
            evidence_key=held.asked.key,
            at=work.now,
        ),
    )

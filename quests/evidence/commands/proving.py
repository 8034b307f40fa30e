"""Ticking a checklist, answering a quiz, agreeing on a meeting and reporting it as held."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.errors import Conflict, Refused
from app.reviews.commands import HandedInReview
from quests.evidence import errors
from quests.evidence.commands.work import (
    StepWork,
    count_towards,
    hand_in,
    hold,
    prove,
    unprove,
)
from quests.evidence.models import Meeting, QuizAttempt, Tick
from quests.evidence.rules.changes import Snapshot
from quests.evidence.rules.proof import QuizResult, mark_quiz
from quests.route.shape import EvidenceKind

LONGEST_PLACE = 300
LONGEST_OUTCOME = 4_000


def tick(session: Session, work: StepWork, ticked: Collection[str]) -> None:
    """Keep which lines of the checklist are ticked; unknown lines are left out.

    Raises Conflict when the checklist may not change.
    """
    held = hold(session, work, work.asked(EvidenceKind.CHECKLIST))
    wanted = {item.key for item in work.step.item if item.key in ticked}
    here = (Tick.campaign_id == work.campaign.id, Tick.step_key == work.step.key)
    known = set(session.execute(select(Tick.item_key).where(*here)).scalars())
    if known - wanted:
        session.execute(delete(Tick).where(*here, Tick.item_key.not_in(wanted)))
    rows = [
        {
            "campaign_id": work.campaign.id,
            "step_key": work.step.key,
            "item_key": key,
            "ticked_at": work.now,
            "ticked_by": work.viewer.person_id,
        }
        for key in sorted(wanted - known)
    ]
    if rows:
        session.execute(insert(Tick), rows)
    if held.proved_day is not None and not work.step.repeatable:
        unprove(session, work, held, count=len(wanted))
    else:
        count_towards(session, work, held, len(wanted))


def send_checklist(
    session: Session, work: StepWork, ticked: Collection[str]
) -> HandedInReview | None:
    """Keep the ticks and send the complete checklist to be confirmed.

    Raises Refused while lines are left, Conflict when it is being confirmed already.
    """
    left = sum(item.key not in ticked for item in work.step.item)
    if left:
        raise Refused("ticked", errors.ITEMS_LEFT, left=left)
    tick(session, work, ticked)
    held = hold(session, work, work.asked(EvidenceKind.CHECKLIST))
    count = len(work.step.item)
    if held.asked.review is None:
        prove(session, work, held, count=count)
        return None
    snapshot = Snapshot(ticks=[item.key for item in work.step.item])
    return hand_in(session, work, held, count=count, snapshot=snapshot)


def answer_quiz(session: Session, work: StepWork, chosen: Mapping[str, str]) -> QuizResult:
    """Mark a quiz and keep the try; a pass once reached stands.

    Raises Refused beside the first question left open.
    """
    held = hold(session, work, work.asked(EvidenceKind.QUIZ))
    need = work.step.need(held.asked)
    result = mark_quiz(work.step.question, chosen, pass_mark=need)
    session.execute(
        insert(QuizAttempt).values(
            campaign_id=work.campaign.id,
            evidence_id=held.id,
            chosen={q.key: chosen[q.key] for q in work.step.question},
            right=result.right,
            passed=result.passed,
            taken_at=work.now,
            taken_by=work.viewer.person_id,
        )
    )
    if result.passed:
        prove(session, work, held, count=max(result.right, held.count))
    elif held.proved_day is None:
        # The best try is shown; a worse one later takes nothing away.
        count_towards(session, work, held, max(result.right, held.count))
    return result


def propose_meeting(session: Session, work: StepWork, *, starts_at: datetime, place: str) -> None:
    """Agree on, or move, the meeting of a step.

    Raises Refused beside the field, Conflict when the meeting may not change.
    """
    held = hold(session, work, work.asked(EvidenceKind.MEETING))
    if starts_at <= work.now:
        raise Refused("day", errors.MEETING_IN_PAST)
    if not place.strip():
        raise Refused("place", errors.FILL_IN)
    if len(place) > LONGEST_PLACE:
        raise Refused("place", errors.TOO_LONG, longest=LONGEST_PLACE)
    values = {
        "starts_at": starts_at,
        "place": place.strip(),
        "proposed_at": work.now,
        "proposed_by": work.viewer.person_id,
        "held_at": None,
    }
    here = (Meeting.campaign_id == work.campaign.id, Meeting.evidence_id == held.id)
    changed = session.execute(
        update(Meeting).where(*here).values(**values).returning(Meeting.evidence_id)
    ).first()
    if changed is None:
        session.execute(
            insert(Meeting).values(
                campaign_id=work.campaign.id, evidence_id=held.id, outcome="", **values
            )
        )
    count_towards(session, work, held, 0)


def hold_meeting(session: Session, work: StepWork, *, outcome: str) -> HandedInReview | None:
    """Report that the meeting took place; a coordinator confirms it where the pack says so.

    Raises Conflict before a time is proposed or before it has come, Refused without an outcome.
    """
    held = hold(session, work, work.asked(EvidenceKind.MEETING))
    here = (Meeting.campaign_id == work.campaign.id, Meeting.evidence_id == held.id)
    meeting = session.execute(select(Meeting.starts_at, Meeting.place).where(*here)).first()
    if meeting is None:
        raise Conflict(errors.MEETING_MISSING)
    if meeting[0] > work.now:
        raise Conflict(errors.MEETING_NOT_YET)
    said = outcome.strip()
    if not said:
        raise Refused("outcome", errors.FILL_IN)
    if len(said) > LONGEST_OUTCOME:
        raise Refused("outcome", errors.TOO_LONG, longest=LONGEST_OUTCOME)
    session.execute(update(Meeting).where(*here).values(outcome=said, held_at=work.now))
    if held.asked.review is None:
        prove(session, work, held, count=1)
        return None
    snapshot = Snapshot(
        meeting=meeting[0].isoformat(), answers={"place": meeting[1], "outcome": said}
    )
    return hand_in(session, work, held, count=1, snapshot=snapshot)

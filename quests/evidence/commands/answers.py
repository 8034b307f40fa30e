"""Filling in a step's form: a draft keeps everything, sending it checks everything."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.errors import Conflict, Refused
from app.reviews.commands import HandedInReview
from app.sealing import Seal
from quests.evidence import errors
from quests.evidence.commands.work import StepWork, hand_in, hold, prove, unprove
from quests.evidence.models import Answer, AnswerSheet
from quests.evidence.rules.answers import CheckedAnswers, check_answers, keep_typed
from quests.evidence.rules.changes import Snapshot
from quests.route.shape import AnswerFact, EvidenceKind, FormField, answer_fact


class SheetIncomplete(Refused):
    """Answers that can't be sent yet, with the problems of each field."""

    def __init__(self, checked: CheckedAnswers) -> None:
        super().__init__(None, errors.ANSWERS_INCOMPLETE)
        self.checked = checked


@dataclass(frozen=True, slots=True, kw_only=True)
class SentAnswers:
    """What came of sending a form: what was found, and the review when it goes to one."""

    checked: CheckedAnswers
    review: HandedInReview | None


def save_draft(
    session: Session, work: StepWork, typed: Mapping[str, str], *, version: int, seal: Seal
) -> None:
    """Keep what was typed, unchecked; ``version`` is that of the page it was typed on.

    Raises Conflict when somebody else has saved the form since, or it may not change.
    """
    held = hold(session, work, work.asked(EvidenceKind.FORM))
    before = _lock_sheet(session, work)
    kept = _sealed(work.step.field, keep_typed(work.step.field, typed), before, seal)
    _write_sheet(session, work, kept, version=version)
    if work.step.repeatable or held.proved_day is None:
        return
    # A form that counted without a review counts again once it is sent again.
    unprove(session, work, held, count=0)
    _forget_answers(session, work)


def send_answers(
    session: Session,
    work: StepWork,
    typed: Mapping[str, str],
    *,
    version: int,
    wanted: Collection[AnswerFact],
    seal: Seal,
) -> SentAnswers:
    """Check the answers and let them count, or send them to their review.

    Answers that stop are kept and known to the route, but prove nothing.
    Raises SheetIncomplete with the problem of each field, Conflict as ``save_draft`` does.
    """
    held = hold(session, work, work.asked(EvidenceKind.FORM))
    before = _lock_sheet(session, work)
    fields = work.step.field
    checked = check_answers(fields, _with_sealed(fields, typed, before, seal))
    if not checked.are_complete:
        raise SheetIncomplete(checked)
    kept = _sealed(fields, checked.values, before, seal)
    _write_sheet(session, work, kept, version=version)
    _publish(session, work, checked.values, wanted)
    if not checked.prove:
        unprove(session, work, held, count=0)
        return SentAnswers(checked=checked, review=None)
    if held.asked.review is None:
        prove(session, work, held, count=1)
        return SentAnswers(checked=checked, review=None)
    snapshot = Snapshot(answers=kept)
    review = hand_in(session, work, held, count=1, snapshot=snapshot)
    return SentAnswers(checked=checked, review=review)


def _lock_sheet(session: Session, work: StepWork) -> Mapping[str, str]:
    """Lock the sheet and give what is on it; the evidence row, held before, guards a new one."""
    row = session.execute(
        select(AnswerSheet.typed)
        .where(AnswerSheet.campaign_id == work.campaign.id, AnswerSheet.step_key == work.step.key)
        .with_for_update()
    ).first()
    return row[0] if row else {}


def _write_sheet(
    session: Session, work: StepWork, typed: Mapping[str, str], *, version: int
) -> None:
    values = {"typed": dict(typed), "saved_at": work.now, "saved_by": work.viewer.person_id}
    here = (AnswerSheet.campaign_id == work.campaign.id, AnswerSheet.step_key == work.step.key)
    known = session.execute(
        select(AnswerSheet.version, AnswerSheet.typed, Person.name)
        .outerjoin(Person, Person.id == AnswerSheet.saved_by)
        .where(*here)
    ).first()
    if known is None:
        session.execute(
            insert(AnswerSheet).values(
                campaign_id=work.campaign.id, step_key=work.step.key, version=1, **values
            )
        )
        return
    # The same text sent twice is a second press of the button, not another person's work.
    if known[0] != version and known[1] != values["typed"]:
        raise Conflict(errors.SHEET_CHANGED, name=known[2] or "?")
    session.execute(update(AnswerSheet).where(*here).values(version=known[0] + 1, **values))


def _publish(
    session: Session,
    work: StepWork,
    values: Mapping[str, str],
    wanted: Collection[AnswerFact],
) -> None:
    """Write the answers the route asks about; sealed ones never leave the sheet."""
    _forget_answers(session, work)
    rows = [
        {
            "campaign_id": work.campaign.id,
            "name": answer_fact(work.step.key, field.key),
            "value": values[field.key],
        }
        for field in work.step.field
        if values[field.key]
        and not field.seal
        and AnswerFact(step=work.step.key, field=field.key) in wanted
    ]
    if rows:
        session.execute(insert(Answer), rows)


def _forget_answers(session: Session, work: StepWork) -> None:
    names = [answer_fact(work.step.key, field.key) for field in work.step.field]
    session.execute(
        delete(Answer).where(Answer.campaign_id == work.campaign.id, Answer.name.in_(names))
    )


def _with_sealed(
    fields: tuple[FormField, ...],
    typed: Mapping[str, str],
    before: Mapping[str, str],
    seal: Seal,
) -> dict[str, str]:
    """Fill sealed fields left empty with what is kept: they are never sent back to a page."""
    filled = dict(typed)
    for field in fields:
        if field.seal and not filled.get(field.key, "").strip() and before.get(field.key):
            filled[field.key] = seal.open(before[field.key])
    return filled


def _sealed(
    fields: tuple[FormField, ...],
    values: Mapping[str, str],
    before: Mapping[str, str],
    seal: Seal,
) -> dict[str, str]:
    kept = dict(values)
    for field in fields:
        if not field.seal:
            continue
        known = before.get(field.key, "")
        if not kept[field.key]:
            kept[field.key] = known
        elif not known or seal.open(known) != kept[field.key]:
            kept[field.key] = seal.close(kept[field.key])
        else:
            kept[field.key] = known
    return kept

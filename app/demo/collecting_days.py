"""Since when planted campaigns collect signatures, and until when they may."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign, Election
from app.accounts.rules.elections import day_there
from app.calendar import Anchors
from documents.signatures.pack import SignaturePacks
from quests.evidence.models import AnswerSheet
from quests.route.library import PackLibrary
from quests.route.models import Milestone

PAID, PAID_ON, TRAINED = "c2_sheet", "paid_on", "c3_train"
"""The steps behind which somebody collects, and the answer that says when the sheets were paid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectingDays:
    """When the sheets were paid for, the first day of collecting, and the last that counts."""

    paid_on: date
    first_day: date
    last_day: date


def collecting_days(
    session: Session, library: PackLibrary, packs: SignaturePacks, campaign_ids: Sequence[int]
) -> Mapping[int, CollectingDays]:
    """Give the days of those among these campaigns who have paid for sheets and know how to."""
    return dict(_found(session, library, packs, campaign_ids))


def _found(
    session: Session, library: PackLibrary, packs: SignaturePacks, campaign_ids: Sequence[int]
) -> Iterator[tuple[int, CollectingDays]]:
    rows = session.execute(
        select(
            Campaign.id,
            Election.pack_id,
            Election.polling_day,
            Election.published_on,
            Election.timezone,
            AnswerSheet.typed,
            Milestone.reached_at,
        )
        .join(Election, Election.id == Campaign.election_id)
        .join(AnswerSheet, AnswerSheet.campaign_id == Campaign.id)
        .join(Milestone, Milestone.campaign_id == Campaign.id)
        .where(
            Campaign.id.in_(campaign_ids),
            AnswerSheet.step_key == PAID,
            Milestone.step_key == TRAINED,
        )
    )
    for row in rows:
        pack = packs.find(row.pack_id)
        anchors = Anchors(polling_day=row.polling_day, published=row.published_on)
        dates = library.days(row.pack_id, anchors).dates
        last_day = dates[pack.shape.period.last] if pack else None
        paid = row.typed.get(PAID_ON, "")
        if last_day is not None and paid:
            paid_on = date.fromisoformat(paid)
            trained = day_there(row.reached_at, row.timezone)
            yield (
                row.id,
                CollectingDays(paid_on=paid_on, first_day=max(paid_on, trained), last_day=last_day),
            )

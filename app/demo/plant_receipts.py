"""Planting receipts: whoever is past the step of filing has noted what the desk gave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign, Election
from app.accounts.rules.elections import day_there
from app.demo.history import Deed, History
from app.demo.rows import Rows
from documents.packets.models import PacketReceipt
from quests.evidence.models import AnswerSheet, Evidence, HandedInRound
from quests.route.features import FILED
from quests.route.library import PackLibrary
from quests.route.shape import EvidenceKind, Step

SEED = 20260717
TIMES = ("10:20", "11:05", "12:40", "15:15", "16:50")
LEAST_SHEETS, MOST_SHEETS = 9, 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A campaign that was at the desk: which packet, when it said so, and the day it named."""

    campaign_id: int
    coalition_id: int
    person_id: int
    key: str
    at: datetime
    day: date


def plant_receipts(session: Session, rows: Rows, history: History, library: PackLibrary) -> None:
    """Plant the receipts of everybody whose photo of it was handed in, whatever became of that.

    They filed papers of their own: what most of the demo has handed in was never typeset. Who has
    a receipt already keeps it.
    """
    random = Random(SEED)
    noted = {
        (campaign_id, key)
        for campaign_id, key in session.execute(
            select(PacketReceipt.campaign_id, PacketReceipt.key)
        )
    }
    for one in all_filed(session, library):
        if (one.campaign_id, one.key) in noted:
            continue
        receipt_id = rows.add_numbered(
            PacketReceipt,
            campaign_id=one.campaign_id,
            key=one.key,
            packet_id=None,
            received_on=one.day,
            received_time=random.choice(TIMES),
            sheets=random.randint(LEAST_SHEETS, MOST_SHEETS),
            recorded_at=one.at,
            recorded_by=one.person_id,
        )
        history.deeds.append(
            Deed(
                at=one.at,
                by=one.person_id,
                action="packet.filed",
                subject_kind="packet_receipt",
                subject_id=receipt_id,
                coalition_id=one.coalition_id,
                campaign_id=one.campaign_id,
                detail={"packet": one.key, "papers": "other"},
            )
        )
    rows.write_when_many()


def all_filed(session: Session, library: PackLibrary) -> Iterator[Filed]:
    """Give everybody who was at the desk, by what they have handed in on the step."""
    for entry in library.entries.values():
        for step in entry.route.steps:
            facts = [one.fact for one in step.evidence if (one.fact or "").startswith(FILED)]
            for fact in facts:
                key = (fact or "").removeprefix(FILED)
                yield from _filed(session, entry.route.id, step, key)


def _filed(session: Session, pack_id: str, step: Step, key: str) -> Iterator[Filed]:
    """Give who has handed in the step's photo; the day is the form's, or that of the photo."""
    photos = {one.key for one in step.evidence if one.kind is EvidenceKind.UPLOAD}
    field = next((asked.key for asked in step.field if asked.day_of == FILED + key), "")
    handed_in = (
        select(Evidence.campaign_id, func.min(HandedInRound.handed_in_at).label("at"))
        .join(HandedInRound, HandedInRound.evidence_id == Evidence.id)
        .where(Evidence.step_key == step.key, Evidence.evidence_key.in_(photos))
        .group_by(Evidence.campaign_id)
        .subquery()
    )
    found = session.execute(
        select(
            Campaign.id,
            Campaign.coalition_id,
            Campaign.candidate_id,
            Election.timezone,
            AnswerSheet.typed,
            handed_in.c.at,
        )
        .join(handed_in, handed_in.c.campaign_id == Campaign.id)
        .join(Election, Election.id == Campaign.election_id)
        .join(AnswerSheet, AnswerSheet.campaign_id == Campaign.id)
        .where(Election.pack_id == pack_id, AnswerSheet.step_key == step.key)
        .order_by(Campaign.id)
    )
    for row in found:
        day = day_there(row.at, row.timezone)
        if field and row.typed.get(field):
            day = min(day, date.fromisoformat(row.typed[field]))
        yield Filed(
            campaign_id=row.id,
            coalition_id=row.coalition_id,
            person_id=row.candidate_id,
            key=key,
            at=row.at,
            day=day,
        )

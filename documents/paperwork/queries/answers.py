"""The answers of a campaign, opened for whoever may work with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.queries import CampaignRow
from app.sealing import Seal
from documents.paperwork.models import PaperAnswer
from documents.paperwork.rules.answers import Given
from documents.paperwork.shape import Answer, Suggestion

_answer = PaperAnswer.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAnswer:
    """An answer with who saved it last."""

    given: Given
    saved_at: datetime
    saved_by_name: str


def given_answers(session: Session, seal: Seal, campaign_id: int) -> dict[str, Given]:
    """Give every answer of a campaign by its key; the caller has looked at the viewer."""
    rows = session.execute(
        select(
            _answer.c.key, _answer.c.value, _answer.c.sealed, _answer.c.unknown, _answer.c.version
        ).where(_answer.c.campaign_id == campaign_id)
    )
    return {
        row[0]: Given(text=seal.open(row[2]) if row[2] else row[1], unknown=row[3], version=row[4])
        for row in rows
    }


def saved_answers(
    session: Session, seal: Seal, campaign_id: int, keys: Collection[str]
) -> dict[str, SavedAnswer]:
    """Lock and give the named answers with who saved them, for a command that will change some."""
    rows = session.execute(
        select(PaperAnswer, Person.name)
        .outerjoin(Person, Person.id == PaperAnswer.saved_by)
        .where(PaperAnswer.campaign_id == campaign_id, PaperAnswer.key.in_(keys))
        .order_by(PaperAnswer.key)
        .with_for_update(of=PaperAnswer)
    ).all()
    return {
        row.key: SavedAnswer(
            given=Given(
                text=seal.open(row.sealed) if row.sealed else row.value,
                unknown=row.unknown,
                version=row.version,
            ),
            saved_at=row.saved_at,
            saved_by_name=name or "",
        )
        for row, name in rows
    }


def suggestions(campaign: CampaignRow, answers: Mapping[str, Answer]) -> dict[str, str]:
    """Give what the portal knows itself and offers until somebody has answered."""
    known = {
        Suggestion.COUNCIL: campaign.council,
        Suggestion.DISTRICT_NUMBER: campaign.district_number,
        Suggestion.DISTRICT_NAME: campaign.district_name or campaign.district_number,
        Suggestion.POLLING_DAY: campaign.polling_day.isoformat(),
    }
    return {
        key: known[answer.suggest]
        for key, answer in answers.items()
        if answer.suggest is not None and known[answer.suggest]
    }

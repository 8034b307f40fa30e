"""The answers of a campaign, opened for whoever may work with them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.accounts.queries import CampaignRow
from app.sealing import Seal
from documents.paperwork.models import PaperAnswer, PaperAnswerRow
from documents.paperwork.rules.answers import NOTHING, Given, Row
from documents.paperwork.rules.declining import declined
from documents.paperwork.shape import OF_ANSWER, Answer, Suggestion

EMPTIED = "{}"
"""What is stored of a row that somebody has emptied: it stands on no paper and holds its place."""

_answer = PaperAnswer.__table__
_row = PaperAnswerRow.__table__
_ANSWERS = select(
    _answer.c.key, _answer.c.value, _answer.c.sealed, _answer.c.unknown, _answer.c.version
).where(_answer.c.campaign_id == bindparam("campaign"))
_ROWS = (
    select(
        _row.c.key,
        _row.c.row_id,
        _row.c.value,
        _row.c.sealed,
        _row.c.version,
        _row.c.position,
    )
    .where(
        _row.c.campaign_id == bindparam("campaign"),
        _row.c.removed_at.is_(None),
        _row.c.value != EMPTIED,
    )
    .order_by(_row.c.key, _row.c.position, _row.c.row_id)
)
# Built once: an interview's page asks at every visit.
_AMONG: BindParameter[list[str]] = bindparam("keys", expanding=True)
_ANSWERS_AMONG = _ANSWERS.where(_answer.c.key.in_(_AMONG))
_ROWS_AMONG = _ROWS.where(_row.c.key.in_(_AMONG))
_OF_PERSON = {Suggestion.CANDIDATE_PHONE.value, Suggestion.CANDIDATE_EMAIL.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAnswer:
    """An answer with who saved it last."""

    given: Given
    saved_at: datetime
    saved_by_name: str


def given_answers(
    session: Session,
    seal: Seal,
    campaign_id: int,
    *,
    keys: Collection[str] | None = None,
    tables: Collection[str] | None = None,
) -> dict[str, Given]:
    """Give the answers of a campaign by key, tables with their rows; all unless ``keys`` are named.

    ``tables`` names those of the keys that have rows, where the caller knows them.
    The caller has looked at the viewer.
    """
    listed: dict[str, list[Row]] = {}
    of_tables = keys if tables is None else tables
    for found in _stored(session, campaign_id, of_tables, every=_ROWS, among=_ROWS_AMONG):
        listed.setdefault(found[0], []).append(opened_row(seal, *found[1:]))
    answers = _stored(session, campaign_id, keys, every=_ANSWERS, among=_ANSWERS_AMONG)
    given = {
        key: Given(
            text=seal.open(sealed) if sealed else value,
            unknown=unknown,
            version=version,
            rows=tuple(listed.pop(key, ())),
        )
        for key, value, sealed, unknown, version in answers
    }
    return given | {key: Given(rows=tuple(found)) for key, found in listed.items()}


def _stored(
    session: Session,
    campaign_id: int,
    keys: Collection[str] | None,
    *,
    every: Select[Any],
    among: Select[Any],
) -> Iterable[Any]:
    """Give what is stored under these keys, or under every one; for no key nobody is asked."""
    if keys is None:
        return session.execute(every, {"campaign": campaign_id})
    if not keys:
        return ()
    return session.execute(among, {"campaign": campaign_id, "keys": sorted(keys)})


def opened_row(
    seal: Seal, row_id: str, value: str, sealed: str, version: int, position: int
) -> Row:
    """Give a stored row; one whose seal can't be opened any more is empty, to be asked anew."""
    text = seal.open(sealed) if sealed else value
    values: dict[str, str] = json.loads(text) if text else {}
    return Row(id=row_id, values=values, version=version, position=position)


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


def suggestions(
    session: Session,
    campaign: CampaignRow,
    answers: Mapping[str, Answer],
    given: Mapping[str, Given],
) -> dict[str, str]:
    """Give what is offered for these answers until somebody has answered them.

    It is what the portal knows itself, the same text as another answer, or a name put into a case.
    """
    wanted = {answer.suggest for answer in answers.values()}
    known = _known(campaign) | (_person(session, campaign) if wanted & _OF_PERSON else {})
    offered = {key: _offer(answer, known, given) for key, answer in answers.items()}
    return {key: text for key, text in offered.items() if text}


def _offer(answer: Answer, known: Mapping[str, str], given: Mapping[str, Given]) -> str:
    if answer.decline is not None:
        parts = [given.get(key, NOTHING).text for key in answer.decline.of]
        return declined(parts, answer.decline.case)
    if answer.suggest.startswith(OF_ANSWER):
        return given.get(answer.suggest.removeprefix(OF_ANSWER), NOTHING).text
    return known.get(answer.suggest, "")


def _known(campaign: CampaignRow) -> dict[str, str]:
    return {
        Suggestion.COUNCIL: campaign.council,
        Suggestion.DISTRICT_NUMBER: campaign.district_number,
        Suggestion.DISTRICT_NAME: campaign.district_name or campaign.district_number,
        Suggestion.POLLING_DAY: campaign.polling_day.isoformat(),
        Suggestion.CANDIDATE_NAME: campaign.candidate_name,
    }


def _person(session: Session, campaign: CampaignRow) -> dict[str, str]:
    found = session.execute(
        select(Person.phone, Person.email).where(Person.id == campaign.candidate_id)
    ).first()
    if found is None:
        return {}
    return {Suggestion.CANDIDATE_PHONE: found[0] or "", Suggestion.CANDIDATE_EMAIL: found[1]}

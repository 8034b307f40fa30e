"""Planting the answers of those one signs in as, so that any paper of theirs can be issued."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo import papers_en, papers_ru
from app.demo.plant_papers import names_of
from app.demo.rows import Rows
from app.sealing import Seal
from documents.paperwork.models import PaperAnswer, PaperAnswerRow
from documents.paperwork.pack import PackDocuments
from documents.paperwork.rules.answers import clean
from documents.paperwork.rules.declining import declined
from documents.paperwork.shape import NONE, Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """A campaign whose answers are planted whole."""

    campaign_id: int
    candidate_id: int | None
    name: str
    documents: PackDocuments
    issued: Collection[str] = ()
    """Kinds of paper that are out already: what they say stays as it was."""
    at: datetime
    polling_day: date | None = None
    """Answered, too, where the papers ask for it."""
    own: Mapping[str, str] = field(default_factory=dict)
    """What it says otherwise than the others."""


def plant_answers(session: Session, rows: Rows, wanted: Sequence[Answering], seal: Seal) -> None:
    """Plant what is not answered yet; every paper of these campaigns can then be issued."""
    for one in wanted:
        _Answers(rows=rows, one=one, seal=seal).plant(_left_alone(session, one))


def _left_alone(session: Session, one: Answering) -> set[str]:
    given = session.scalars(
        select(PaperAnswer.key).where(PaperAnswer.campaign_id == one.campaign_id)
    )
    kinds = (one.documents.kinds[key] for key in one.issued if key in one.documents.kinds)
    return {*given, *(place.answer for kind in kinds for place in kind.field)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answers:
    """The answers of one campaign while they are planted."""

    rows: Rows
    one: Answering
    seal: Seal

    def plant(self, left_alone: Collection[str]) -> None:
        answers = self.one.documents.answers
        for key, text in self._texts():
            if key in answers and key not in left_alone:
                self._text(answers[key], text)
        for key, listed in self._tables().items():
            if key in answers and key not in left_alone:
                self._listed(answers[key], listed)

    @property
    def _russian(self) -> bool:
        return self.one.documents.pack.id.startswith("ru")

    def _texts(self) -> Iterator[tuple[str, str]]:
        answered = papers_ru.ANSWERED if self._russian else papers_en.ANSWERED
        nothing = papers_ru.NOTHING_LISTED if self._russian else papers_en.NOTHING_LISTED
        said = {**answered, **dict.fromkeys(nothing, NONE), **self.one.own}
        said |= names_of(self.one.name, self.one.documents.pack.id)
        if not self._russian:
            said |= _known_as(self.one.name)
        if self.one.polling_day is not None:
            said["poll_date"] = self.one.polling_day.isoformat()
        for key, answer in self.one.documents.answers.items():
            of = answer.decline
            if of is not None and key in said:
                said[key] = declined([said.get(part, "") for part in of.of], of.case)
        yield from ((key, text) for key, text in said.items() if text)

    def _tables(self) -> Mapping[str, Sequence[Mapping[str, str]]]:
        return papers_ru.LISTED if self._russian else papers_en.LISTED

    def _text(self, answer: Answer, text: str) -> None:
        kept = clean(answer, text)
        self.rows.add(
            PaperAnswer,
            campaign_id=self.one.campaign_id,
            key=answer.key,
            value="" if answer.seal else kept,
            sealed=self.seal.close(kept) if answer.seal else "",
            unknown=False,
            version=1,
            saved_at=self.one.at,
            saved_by=self.one.candidate_id,
        )

    def _listed(self, answer: Answer, listed: Sequence[Mapping[str, str]]) -> None:
        columns = {column.key: column for column in answer.column}
        for position, values in enumerate(listed, 1):
            kept = json.dumps(
                {key: clean(columns[key], text) for key, text in values.items()},
                ensure_ascii=False,
            )
            name = f"{self.one.campaign_id}/{answer.key}/{position}"
            self.rows.add(
                PaperAnswerRow,
                campaign_id=self.one.campaign_id,
                key=answer.key,
                row_id=str(uuid5(NAMESPACE_URL, name)),
                position=position,
                value="" if answer.seal else kept,
                sealed=self.seal.close(kept) if answer.seal else "",
                version=1,
                saved_at=self.one.at,
                saved_by=self.one.candidate_id,
                removed_at=None,
            )


def _known_as(name: str) -> dict[str, str]:
    """Give how an English candidate is commonly called and written to: by their first name."""
    first = name.split()[0]
    return {
        "common_forenames": first,
        "common_surname": "",
        "candidate_email": f"{first.lower()}@example.org",
    }

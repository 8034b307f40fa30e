"""Keeping answers: each with its own version, so that two people never overwrite one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import CampaignRow, get_campaign
from app.db import record
from app.errors import Forbidden, Missing, Refused
from app.sealing import Seal
from documents.paperwork import errors
from documents.paperwork.events import PapersTouched, SealedAnswerShown
from documents.paperwork.models import PaperAnswer
from documents.paperwork.queries.answers import SavedAnswer, saved_answers
from documents.paperwork.queries.rows import extent_of
from documents.paperwork.rules.answers import NOTHING, Given, clean
from documents.paperwork.rules.texts import LONGEST_KEPT
from documents.paperwork.shape import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What a page sent for one answer; ``version`` and ``was`` are those the page began with."""

    text: str
    unknown: bool
    version: int
    was: str | None = None
    """The text the page showed; None when it shows none, as of a sealed answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """An answer that somebody else has saved since the page was opened."""

    key: str
    mine: str
    theirs: SavedAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What came of saving a page: versions by key, and what could not be decided alone."""

    versions: Mapping[str, int]
    contested: tuple[Contested, ...] = ()


def save_answers(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    answers: Mapping[str, Answer],
    typed: Mapping[str, Typed],
    *,
    seal: Seal,
    now: datetime,
) -> Kept:
    """Keep what was typed, right or wrong; what nobody touched on this page is left alone.

    An answer that was changed elsewhere meanwhile is not overwritten but given back.
    Raises Missing for an answer the pack does not have, Forbidden, Refused for a text that is
    longer than anything a form can take.
    """
    if not viewer.may(Permission.PAPER_WORK, campaign.scope):
        raise Forbidden
    for key, entry in typed.items():
        if key not in answers:
            raise Missing
        if len(entry.text) > LONGEST_KEPT:
            raise Refused(key, errors.TOO_LONG, longest=answers[key].longest)
    before = saved_answers(session, seal, campaign.id, tuple(typed))
    desk = _Desk(session=session, viewer=viewer, campaign_id=campaign.id, seal=seal, now=now)
    versions: dict[str, int] = {}
    contested: list[Contested] = []
    for key in sorted(typed):
        outcome = desk.keep(answers[key], typed[key], before.get(key))
        if isinstance(outcome, Contested):
            contested.append(outcome)
        else:
            versions[key] = outcome
    return Kept(versions=versions, contested=tuple(contested))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    session: Session
    viewer: Viewer
    campaign_id: int
    seal: Seal
    now: datetime

    def keep(self, answer: Answer, typed: Typed, saved: SavedAnswer | None) -> int | Contested:
        current = saved.given if saved else NOTHING
        text = clean(answer, typed.text)
        if answer.is_table and text and extent_of(self.session, self.campaign_id, answer.key)[0]:
            raise Refused(answer.key, errors.ROWS_THERE)
        unknown = typed.unknown and not text
        if _is_untouched(answer, text, unknown, typed, current):
            return current.version
        if text == current.text and unknown == current.unknown:
            return current.version
        if saved is not None and typed.version != current.version:
            return Contested(key=answer.key, mine=typed.text, theirs=saved)
        if self._write(answer, text, unknown=unknown, version=current.version):
            return current.version + 1
        found = saved_answers(self.session, self.seal, self.campaign_id, [answer.key])
        return Contested(key=answer.key, mine=typed.text, theirs=found[answer.key])

    def _write(self, answer: Answer, text: str, *, unknown: bool, version: int) -> bool:
        """Write the next version; False when another request wrote it a moment earlier."""
        record(self.session, PapersTouched(touched=self.campaign_id))
        sealed = answer.seal and bool(text)
        values = {
            "value": "" if sealed else text,
            "sealed": self.seal.close(text) if sealed else "",
            "unknown": unknown,
            "version": version + 1,
            "saved_at": self.now,
            "saved_by": self.viewer.person_id,
        }
        if version:
            changed = self.session.execute(
                update(PaperAnswer)
                .where(
                    PaperAnswer.campaign_id == self.campaign_id,
                    PaperAnswer.key == answer.key,
                    PaperAnswer.version == version,
                )
                .values(**values)
                .returning(PaperAnswer.key)
            )
            return changed.first() is not None
        new = insert(PaperAnswer).values(campaign_id=self.campaign_id, key=answer.key, **values)
        try:
            with self.session.begin_nested():
                self.session.execute(new)
        except IntegrityError:
            return False
        return True


def _is_untouched(answer: Answer, text: str, unknown: bool, typed: Typed, current: Given) -> bool:
    if answer.seal and not answer.is_table:
        # A sealed answer is not shown, so an empty place says nothing about it.
        return not text and not unknown
    if typed.was is None:
        return False
    return text == clean(answer, typed.was) and unknown == current.unknown


def show_sealed(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    answer: Answer,
    *,
    seal: Seal,
    now: datetime,
) -> str:
    """Give a sealed answer opened, and note in the log that it was looked at.

    Raises Missing when there is none, or it is not the viewer's to see.
    """
    campaign = get_campaign(session, viewer, campaign_id, Permission.SEALED_READ)
    found = saved_answers(session, seal, campaign.id, [answer.key]).get(answer.key)
    if found is None or not answer.seal or not found.given.text:
        raise Missing
    record(
        session,
        SealedAnswerShown(campaign_id=campaign.id, key=answer.key, by=viewer.person_id, at=now),
    )
    return found.given.text

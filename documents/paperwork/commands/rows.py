"""Keeping the rows of tables: sent twice they are kept once, removed they can be put back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import CampaignRow, get_campaign
from app.db import record
from app.errors import Conflict, Forbidden, Missing, Refused
from app.sealing import Seal
from documents.paperwork import errors
from documents.paperwork.events import PapersTouched, SealedAnswerShown
from documents.paperwork.models import PaperAnswer, PaperAnswerRow
from documents.paperwork.queries.rows import SavedRow, extent_of, find_row
from documents.paperwork.rules.answers import Row, clean
from documents.paperwork.rules.texts import LONGEST_KEPT
from documents.paperwork.shape import Answer

Begins = Callable[[Mapping[str, str]], bool]
_ROW_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedCell:
    """What a page sent for one place of a row; ``was`` is what it began with.

    Of a sealed row it is the ``cell_mark`` of the text. None: the page said nothing of it.
    """

    text: str
    was: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRow:
    """What came of saving a row: its version, 0 when there was nothing to keep."""

    version: int
    contested: tuple[str, ...] = ()
    """Columns that somebody else has saved since the page was opened."""
    theirs: SavedRow | None = None


def cell_mark(seal: Seal, text: str, *, campaign_id: int, at: tuple[str, str, str]) -> str:
    """Give what a page knows a sealed place by; empty for an empty place.

    ``at``: the table, the row and the column. The mark says nothing about any other place: whoever
    works on a row types what they like and reads its mark.
    """
    return seal.mark("place of a row", campaign_id, *at, text) if text else ""


def is_row_id(text: str) -> bool:
    """Say whether a text can be the id of a row."""
    return _ROW_ID.fullmatch(text) is not None


def _with_anything(values: Mapping[str, str]) -> bool:
    return any(values.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """One table of a campaign, open to somebody who works on it."""

    session: Session
    viewer: Viewer
    campaign: CampaignRow
    answer: Answer
    seal: Seal
    now: datetime

    def __post_init__(self) -> None:
        if not self.viewer.may(Permission.PAPER_WORK, self.campaign.scope):
            raise Forbidden
        if not self.answer.is_table:
            raise Missing

    def save(
        self, row_id: str, typed: Mapping[str, TypedCell], *, begins: Begins = _with_anything
    ) -> KeptRow:
        """Keep what was typed into a row, right or wrong; begin the row when it is new.

        ``begins`` says of the texts by column whether they are enough to begin it with.

        A place that was changed elsewhere meanwhile is not overwritten but given back. Raises
        Missing for a column the table has not, Refused for too long a text and beyond the most
        rows, Conflict for a row that was removed.
        """
        self._check(row_id, typed)
        saved = self._find(row_id)
        if saved is not None and saved.removed:
            raise Conflict(errors.ROW_REMOVED)
        if saved is None:
            return self._begin(row_id, typed, begins)
        return self._change(saved, typed)

    def remove(self, row_id: str) -> bool:
        """Take a row away; twice is once, and one that was never begun is not there already.

        Says whether the row can be put back. Raises Missing for what is no row's id.
        """
        if not is_row_id(row_id):
            raise Missing
        saved = self._find(row_id)
        if saved is not None and not saved.removed:
            self._write(saved.row, removed_at=self.now)
        return saved is not None

    def restore(self, row_id: str) -> None:
        """Put a removed row back in its place. Raises Missing, Refused beyond the most rows."""
        saved = self._find(row_id)
        if saved is None:
            raise Missing
        if saved.removed:
            self._require_room()
            self._write(saved.row, removed_at=None)
            self._forget_none()

    def _check(self, row_id: str, typed: Mapping[str, TypedCell]) -> None:
        columns = {column.key: column for column in self.answer.column}
        if not is_row_id(row_id):
            raise Missing
        for key, cell in typed.items():
            if key not in columns:
                raise Missing
            if len(cell.text) > LONGEST_KEPT:
                raise Refused(key, errors.TOO_LONG, longest=columns[key].longest)

    def _find(self, row_id: str) -> SavedRow | None:
        return find_row(
            self.session, self.seal, self.campaign.id, self.answer.key, row_id, lock=True
        )

    def _begin(self, row_id: str, typed: Mapping[str, TypedCell], begins: Begins) -> KeptRow:
        values = self._cleaned(typed)
        if not any(values.values()) or not begins(values):
            return KeptRow(version=0)
        position = self._require_room()
        new = insert(PaperAnswerRow).values(
            campaign_id=self.campaign.id,
            key=self.answer.key,
            row_id=row_id,
            position=position,
            version=1,
            removed_at=None,
            **self._stored(values),
        )
        try:
            with self.session.begin_nested():
                self.session.execute(new)
        except IntegrityError:
            # The same row arrived a moment earlier: this is its second sending, or another edit.
            saved = self._find(row_id)
            if saved is None:
                raise
            return self._change(saved, typed)
        self._forget_none()
        return KeptRow(version=1)

    def _change(self, saved: SavedRow, typed: Mapping[str, TypedCell]) -> KeptRow:
        before = dict(saved.row.values)
        values = dict(before)
        contested: list[str] = []
        for key, text in self._cleaned(typed).items():
            current = before.get(key, "")
            if text == current or self._is_untouched(key, text, typed[key], current):
                continue
            cell = typed[key]
            if cell.was is not None and cell.was != self._shown(current, saved.row.id, key):
                contested.append(key)
                continue
            values[key] = text
        if values == before:
            version = saved.row.version
            return KeptRow(version=version, contested=tuple(contested), theirs=saved)
        self._write(
            Row(
                id=saved.row.id,
                values=values,
                version=saved.row.version,
                position=saved.row.position,
            ),
            removed_at=None,
        )
        return KeptRow(version=saved.row.version + 1, contested=tuple(contested), theirs=saved)

    def _cleaned(self, typed: Mapping[str, TypedCell]) -> dict[str, str]:
        columns = {column.key: column for column in self.answer.column}
        return {key: clean(columns[key], cell.text) for key, cell in typed.items()}

    def _is_untouched(self, key: str, text: str, cell: TypedCell, current: str) -> bool:
        if self.answer.seal:
            # A sealed place is not shown, so an empty one says nothing about it.
            return not text
        if cell.was is None:
            return False
        column = next(column for column in self.answer.column if column.key == key)
        return text == clean(column, cell.was)

    def _shown(self, text: str, row_id: str, column: str) -> str:
        """Give what the page of a row began with when a place said this."""
        if not self.answer.seal:
            return text
        at = (self.answer.key, row_id, column)
        return cell_mark(self.seal, text, campaign_id=self.campaign.id, at=at)

    def _write(self, row: Row, *, removed_at: datetime | None) -> None:
        self.session.execute(
            update(PaperAnswerRow)
            .where(
                PaperAnswerRow.campaign_id == self.campaign.id,
                PaperAnswerRow.key == self.answer.key,
                PaperAnswerRow.row_id == row.id,
            )
            .values(
                version=row.version + 1, removed_at=removed_at, **self._stored(dict(row.values))
            )
        )

    def _stored(self, values: Mapping[str, str]) -> dict[str, object]:
        record(self.session, PapersTouched(touched=self.campaign.id))
        kept = {key: text for key, text in values.items() if text}
        said = json.dumps(kept, ensure_ascii=False, sort_keys=True)
        sealed = self.answer.seal
        return {
            "value": "" if sealed else said,
            "sealed": self.seal.close(said) if sealed else "",
            "saved_at": self.now,
            "saved_by": self.viewer.person_id,
        }

    def _require_room(self) -> int:
        count, after = extent_of(self.session, self.campaign.id, self.answer.key)
        if count >= self.answer.most:
            raise Refused(None, errors.ROWS_TOO_MANY, most=self.answer.most)
        return after

    def _forget_none(self) -> None:
        """Take back “there are none” and “I don’t know”: the new row says otherwise."""
        self.session.execute(
            update(PaperAnswer)
            .where(PaperAnswer.campaign_id == self.campaign.id, PaperAnswer.key == self.answer.key)
            .values(
                value="",
                sealed="",
                unknown=False,
                version=PaperAnswer.version + 1,
                saved_at=self.now,
                saved_by=self.viewer.person_id,
            )
        )


def show_sealed_row(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    answer: Answer,
    row_id: str,
    *,
    seal: Seal,
    now: datetime,
) -> Row:
    """Give a row of a sealed table opened, and note in the log that it was looked at.

    Raises Missing when there is none, or it is not the viewer's to see.
    """
    campaign = get_campaign(session, viewer, campaign_id, Permission.SEALED_READ)
    found = find_row(session, seal, campaign.id, answer.key, row_id)
    if found is None or found.removed or not answer.seal:
        raise Missing
    record(
        session,
        SealedAnswerShown(campaign_id=campaign.id, key=answer.key, by=viewer.person_id, at=now),
    )
    return found.row

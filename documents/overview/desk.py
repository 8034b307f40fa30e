"""What the overview is given when the program is put together."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy.orm import Session

from app.accounts.queries.elections import DatedElection
from documents.paperwork.desk import PaperworkDesk


class StepsOfMany(Protocol):
    """What the route says of steps of many campaigns; documents do not know it themselves."""

    def due_days(self, election: DatedElection) -> Mapping[str, date]:
        """Give the legal day of each step that has one without knowing a campaign's own acts."""
        ...

    def who_reached(
        self, session: Session, campaign_ids: Sequence[int], steps: Container[str], *, now: datetime
    ) -> Mapping[int, bool]:
        """Say for each of these campaigns whether at least one of the steps is not locked to it.

        Those about which the rules raise are not among them, and the log says why.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewDesk:
    """The tools of the overview: a part of the program."""

    paperwork: PaperworkDesk
    routes: StepsOfMany

    def kind_title(self, pack_id: str, kind: str, language: str) -> str:
        """Give what a kind of paper is called; its key once the pack has it no more."""
        documents = self.paperwork.kinds.find(pack_id)
        if documents is None or kind not in documents.listed:
            return kind
        return documents.kind_words(kind, language).title

"""What the overview is given when the program is put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.accounts.queries.elections import DatedElection
from documents.paperwork.desk import PaperworkDesk


class DueDays(Protocol):
    """What the route says about legal days; documents do not know the route themselves."""

    def due_days(self, election: DatedElection) -> Mapping[str, date]:
        """Give the legal day of each step that has one without knowing a campaign's own acts."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewDesk:
    """The tools of the overview: a part of the program."""

    paperwork: PaperworkDesk
    days: DueDays

    def kind_title(self, pack_id: str, kind: str, language: str) -> str:
        """Give what a kind of paper is called; its key once the pack has it no more."""
        documents = self.paperwork.kinds.find(pack_id)
        if documents is None or kind not in documents.listed:
            return kind
        return documents.kind_words(kind, language).title

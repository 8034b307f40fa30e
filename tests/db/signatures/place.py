"""A campaign with ten sheets that wait for the press, and somebody who collects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.access import Viewer
from app.db import Database
from app.sealing import Seal
from documents.signatures.commands.batches import OrderEntry, order
from documents.signatures.commands.collectors import CollectorEntry
from documents.signatures.commands.counting import CountEntry, RowEntry, count_sheet
from documents.signatures.commands.heads import Questions
from documents.signatures.commands.planning import save_plan
from documents.signatures.desk import SignaturesDesk
from documents.signatures.models import SignatureBatch
from documents.signatures.pack import PackSignatures
from documents.signatures.queries import plan_of
from documents.signatures.rules.heading import Gender
from documents.signatures.rules.plan import PlanEntry
from tests import builders
from tests.paperwork_world import RU, documents_of

NOW = builders.NOW
TODAY = NOW.date()
GROWN_UP = date(1980, 6, 17)
QUESTIONS = Questions(answers=documents_of(RU).answers, label=str)
SEAL = Seal.from_secret("a secret for tests only")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A campaign with ten sheets and somebody who collects."""

    database: Database
    desk: SignaturesDesk
    pack: PackSignatures
    campaign_id: int
    viewer: Viewer
    hand: int

    def order(self, session: Session, key: str, count: int = 10) -> int:
        entry = OrderEntry(
            key=key,
            count=count,
            sides=1,
            collector_id=None,
            name="Ёлкиной Анны Петровны",
            gender=Gender.FEMALE,
        )
        return order(
            session,
            self.viewer,
            self.campaign_id,
            entry,
            desk=self.desk,
            questions=QUESTIONS,
            now=NOW,
        )

    def count(self, session: Session, number: int, rows: tuple[RowEntry, ...], version: int) -> int:
        entry = CountEntry(
            collector_id=self.hand,
            rows=rows,
            certified_on=TODAY,
            candidate_on=TODAY,
            version=version,
        )
        return count_sheet(
            session,
            self.viewer,
            self.campaign_id,
            number,
            entry,
            pack=self.pack,
            seal=SEAL,
            now=NOW,
        ).good

    def plan(self, session: Session, required: int, maximum: int) -> None:
        """Save the numbers that the commission has published."""
        entry = PlanEntry(
            voters=None,
            mandates=None,
            published=required,
            published_maximum=maximum,
            published_where="Decision 12",
            first_day=None,
            last_day=None,
            paid_on=None,
            paid_by="",
        )
        version = plan_of(session, self.campaign_id).version
        save_plan(
            session, self.viewer, self.campaign_id, entry, version=version, pack=self.pack, now=NOW
        )

    def batch_is(self, session: Session, state: str) -> None:
        """Let the press have made every batch, or have failed."""
        session.query(SignatureBatch).update({"state": state})


def a_hand(key: str = "k" * 36, born_on: date = GROWN_UP) -> CollectorEntry:
    """Give what is entered of a collector."""
    return CollectorEntry(
        key=key, name="Козлов Пётр", born_on=born_on, address="", passport="", passport_issued=""
    )

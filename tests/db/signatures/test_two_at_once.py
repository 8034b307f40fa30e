"""Two people at the same sheets, and a transaction that ends in the middle."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.access import Viewer
from app.accounts.models import Campaign
from app.db import Database
from app.errors import Conflict, Refused
from app.files.storage import FileStore
from app.sealing import Seal
from documents.paperwork.models import PaperAnswer
from documents.signatures.commands.batches import OrderEntry, order
from documents.signatures.commands.collectors import CollectorEntry, add_collector
from documents.signatures.commands.counting import (
    CountEntry,
    RowEntry,
    count_sheet,
    pack_folder,
)
from documents.signatures.desk import SignaturesDesk
from documents.signatures.models import SignatureBatch, SignatureRow, SignatureSheet
from documents.signatures.pack import PackSignatures, load_all_signatures
from documents.signatures.planned import rulebook_of
from documents.signatures.queries import plan_of
from documents.signatures.rules.heading import Gender
from documents.signatures.rules.sheets import RowState
from quests.route.library import PackLibrary
from tests import builders
from tests.web.signatures.program import ANSWERS, SEALED, FixedDays

NOW = builders.NOW
TODAY = NOW.date()
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
            session, self.viewer, self.campaign_id, entry, desk=self.desk, label=str, now=NOW
        )

    def count(self, session: Session, number: int, rows: tuple[RowEntry, ...], version: int) -> int:
        entry = CountEntry(
            collector_id=self.hand,
            rows=rows,
            certified_on=TODAY,
            candidate_on=TODAY,
            version=version,
        )
        rules = rulebook_of(self.pack, plan_of(session, self.campaign_id))
        return count_sheet(
            session,
            self.viewer,
            self.campaign_id,
            number,
            entry,
            rules=rules,
            seal=SEAL,
            now=NOW,
        ).good


def row(number: int, passport: str = "") -> RowEntry:
    return RowEntry(
        number=number,
        state=RowState.SIGNED,
        signed_on=TODAY - timedelta(days=1),
        passport=passport,
    )


@pytest.fixture
def place(database: Database, library: PackLibrary, tmp_path: Path) -> Place:
    packs = load_all_signatures({key: entry.route.pack for key, entry in library.entries.items()})
    desk = SignaturesDesk(
        packs=packs,
        seal=SEAL,
        store=FileStore(folder=tmp_path / "files"),
        days=FixedDays(),
        base_url="https://example.org",
    )
    with database.writing() as session:
        campaign: Campaign = builders.a_campaign(session, now=NOW)
        viewer = builders.the_viewer(session, campaign.candidate_id)
        for key, text in {**ANSWERS, **SEALED}.items():
            session.add(
                PaperAnswer(
                    campaign_id=campaign.id,
                    key=key,
                    value="" if key in SEALED else text,
                    sealed=SEAL.close(text) if key in SEALED else "",
                    unknown=False,
                    version=1,
                    saved_at=NOW,
                )
            )
        session.flush()
        details = CollectorEntry(
            key="k" * 36,
            name="Козлов Пётр",
            born_on=TODAY.replace(year=1980),
            address="",
            passport="",
            passport_issued="",
        )
        hand = add_collector(session, viewer, campaign.id, details, seal=SEAL, now=NOW)
        found = Place(
            database=database,
            desk=desk,
            pack=packs.packs["ru-spb-municipal"],
            campaign_id=campaign.id,
            viewer=viewer,
            hand=hand,
        )
        found.order(session, "a" * 36)
    return found


def together(*works: Callable[[], object]) -> list[BaseException]:
    """Do all at the same moment; give what was raised."""
    start, raised = threading.Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        start.wait()
        try:
            work()
        except (Conflict, Refused) as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return raised


def test_one_voter_on_two_sheets_counted_at_once_is_good_on_one(place: Place) -> None:
    def counting(number: int) -> Callable[[], object]:
        def work() -> None:
            with place.database.writing() as session:
                place.count(session, number, (row(1, "4005123456"),), 1)

        return work

    assert together(counting(1), counting(2)) == []
    with place.database.reading() as session:
        assert sum(one.good for one in session.query(SignatureSheet)) == 1


def test_two_people_counting_one_sheet_are_told(place: Place) -> None:
    def work() -> None:
        with place.database.writing() as session:
            place.count(session, 1, (row(1), row(2)), 1)

    (error,) = together(work, work)
    assert isinstance(error, Conflict)
    with place.database.reading() as session:
        assert session.query(SignatureRow).count() == 2


def test_two_folders_at_once_never_pass_the_maximum(place: Place) -> None:
    with place.database.writing() as session:
        for number in (1, 2):
            place.count(session, number, (row(1), row(2), row(3)), 1)

    def packing(number: int) -> Callable[[], object]:
        def work() -> None:
            with place.database.writing() as session:
                pack_folder(
                    session,
                    place.viewer,
                    place.campaign_id,
                    (number,),
                    str(number),
                    maximum=4,
                    now=NOW,
                )

        return work

    (error,) = together(packing(1), packing(2))
    assert isinstance(error, Refused) and error.params["total"] == 6


def test_two_orders_at_once_never_share_a_number(place: Place) -> None:
    with place.database.writing() as session:
        session.query(SignatureBatch).update({"state": "ready"})

    def ordering(key: str) -> Callable[[], object]:
        def work() -> None:
            with place.database.writing() as session:
                place.order(session, key * 36, 5)

        return work

    (error,) = together(ordering("b"), ordering("c"))
    assert isinstance(error, Conflict)
    with place.database.reading() as session:
        numbers = [one.number for one in session.query(SignatureSheet)]
        assert sorted(numbers) == list(range(1, 16))


def test_a_count_that_ends_in_the_middle_leaves_the_sheet_as_it_was(place: Place) -> None:
    def broken_off() -> None:
        with place.database.writing() as session:
            place.count(session, 1, (row(1),), 1)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    with place.database.reading() as session:
        assert session.query(SignatureRow).count() == 0
        assert session.query(SignatureSheet).filter_by(number=1).one().state == "printed"

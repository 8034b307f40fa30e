"""Two people at the same sheets, and a transaction that ends in the middle."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from app.errors import Conflict, Refused
from documents.signatures.commands.counting import RowEntry
from documents.signatures.commands.folders import pack_folder
from documents.signatures.models import SignatureRow, SignatureSheet
from documents.signatures.rules.sheets import RowState
from tests.db.signatures.place import NOW, TODAY, Place


def row(number: int, passport: str = "") -> RowEntry:
    return RowEntry(
        number=number,
        state=RowState.SIGNED,
        signed_on=TODAY - timedelta(days=1),
        passport=passport,
    )


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
        place.plan(session, 3, 4)
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
                    pack=place.pack,
                    now=NOW,
                )

        return work

    (error,) = together(packing(1), packing(2))
    assert isinstance(error, Refused) and error.params["total"] == 6


def test_two_orders_at_once_never_share_a_number(place: Place) -> None:
    with place.database.writing() as session:
        place.batch_is(session, "ready")

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

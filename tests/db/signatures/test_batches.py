"""Sheets of a batch are paper only once its file is there."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.db import record
from app.errors import Refused
from documents.signatures.commands.batches import try_again
from documents.signatures.commands.counting import give_out
from documents.signatures.commands.following import follow_signature_press
from documents.signatures.models import SignatureBatch
from documents.signatures.queries import Shown, all_sums, count_shown, numbers_here, sheets_shown
from documents.typesetting.events import SheetFailed, SheetTypeset
from documents.typesetting.rules import Purpose
from tests.db.signatures.place import NOW, TODAY, Place


def giving(place: Place, session: Session, *numbers: int) -> None:
    give_out(session, place.viewer, place.campaign_id, numbers, place.hand, today=TODAY, now=NOW)


@pytest.mark.parametrize("state", ["wanted", "failed"])
def test_a_sheet_without_a_file_lies_nowhere_and_is_given_to_nobody(
    place: Place, state: str
) -> None:
    with place.database.writing() as session:
        place.batch_is(session, state)
    with place.database.reading() as session:
        sums = all_sums(session, place.campaign_id)
        assert (sums.printed, sums.unmade, sums.sheets) == (0, 10, 10)
        assert numbers_here(session, place.campaign_id) == ()
        assert count_shown(session, place.campaign_id)[Shown.HERE] == 0
        assert sheets_shown(session, place.campaign_id, Shown.HERE, skip=0, most=5) == ()
        first, *_ = sheets_shown(session, place.campaign_id, Shown.ALL, skip=0, most=5)
        assert first.where == "unmade"
    with pytest.raises(Refused) as refused, place.database.writing() as session:
        giving(place, session, 1, 2)
    assert refused.value.params["numbers"] == "1–2"


def test_a_sheet_with_a_file_lies_here_until_it_is_given(place: Place) -> None:
    with place.database.writing() as session:
        place.batch_is(session, "ready")
        giving(place, session, 1, 2)
    with place.database.reading() as session:
        sums = all_sums(session, place.campaign_id)
        assert (sums.printed, sums.unmade, sums.out) == (8, 0, 2)
        assert [number for number, _ in numbers_here(session, place.campaign_id)] == [*range(3, 11)]


def test_what_was_given_stays_out_though_its_files_are_made_anew(place: Place) -> None:
    with place.database.writing() as session:
        place.batch_is(session, "ready")
        giving(place, session, 1)
        place.batch_is(session, "failed")
    with place.database.reading() as session:
        assert all_sums(session, place.campaign_id).out == 1


def test_the_files_of_a_failed_batch_are_asked_for_again(place: Place) -> None:
    with place.database.writing() as session:
        place.batch_is(session, "failed")
        batch = session.query(SignatureBatch).one()
        try_again(session, place.viewer, place.campaign_id, batch.id, desk=place.desk, now=NOW)
    with place.database.reading() as session:
        assert session.query(SignatureBatch).one().state == "wanted"


def made(place: Place, session: Session, digest: str, pages: int) -> None:
    event = SheetTypeset(
        campaign_id=place.campaign_id,
        digest=digest,
        purpose=Purpose.ISSUE,
        sha256="f" * 64,
        pages=pages,
        at=NOW,
    )
    record(session, event)
    follow_signature_press(session)


@pytest.mark.parametrize(("pages", "state"), [(1, "ready"), (2, "failed")])
def test_a_sheet_that_runs_over_onto_another_page_is_never_handed_out(
    place: Place, pages: int, state: str
) -> None:
    with place.database.writing() as session:
        batch = session.query(SignatureBatch).one()
        made(place, session, batch.digest, pages)
        session.refresh(batch)
        assert batch.state == ("wanted" if pages == 1 else "failed")
        made(place, session, batch.cover_digest, 1)
        session.refresh(batch)
        assert batch.state == state


def test_a_batch_whose_cover_could_not_be_made_has_failed(place: Place) -> None:
    with place.database.writing() as session:
        batch = session.query(SignatureBatch).one()
        event = SheetFailed(
            campaign_id=place.campaign_id,
            digest=batch.cover_digest,
            purpose=Purpose.ISSUE,
            code="broken",
            at=NOW,
        )
        record(session, event)
        follow_signature_press(session)
        session.refresh(batch)
        assert batch.state == "failed"

"""Counting sheets: voters who sign again, folders that are closed, pages that are out of date."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.errors import Conflict, Refused
from documents.signatures import errors
from documents.signatures.commands.collectors import end_collector
from documents.signatures.commands.counting import RowEntry, give_out, spoil
from documents.signatures.commands.folders import pack_folder
from documents.signatures.queries import find_sheet
from documents.signatures.rules.sheets import RowState
from tests.db.signatures.place import NOW, TODAY, Place

FIRST_VOTER, SECOND_VOTER = "4005123456", "4005654321"


def signed(number: int, passport: str = "", *, days_ago: int = 1) -> RowEntry:
    return RowEntry(
        number=number,
        state=RowState.SIGNED,
        signed_on=TODAY - timedelta(days=days_ago),
        passport=passport,
    )


def version(place: Place, session: Session, number: int) -> int:
    found = find_sheet(session, place.campaign_id, number)
    assert found is not None
    return found.version


def good(place: Place, session: Session, number: int) -> int:
    found = find_sheet(session, place.campaign_id, number)
    assert found is not None
    return found.good


def test_a_sheet_counted_anew_remembers_the_voters_it_shares_with_a_third(place: Place) -> None:
    with place.database.writing() as session:
        place.count(session, 3, (signed(1, FIRST_VOTER, days_ago=3),), 1)
        place.count(session, 2, (signed(1, FIRST_VOTER), signed(2, SECOND_VOTER)), 1)
        assert good(place, session, 2) == 1
        place.count(session, 1, (signed(1, SECOND_VOTER, days_ago=3),), 1)
        assert [good(place, session, number) for number in (1, 2, 3)] == [1, 0, 1]


def test_a_passport_is_typed_once_however_often_its_sheet_is_saved(place: Place) -> None:
    with place.database.writing() as session:
        place.count(session, 1, (signed(1, FIRST_VOTER, days_ago=3),), 1)
        place.count(session, 1, (signed(1, days_ago=3), signed(2)), 2)
        assert place.count(session, 2, (signed(1, FIRST_VOTER),), 1) == 0


def test_a_sheet_in_a_folder_is_neither_counted_nor_spoilt(place: Place) -> None:
    with place.database.writing() as session:
        place.plan(session, 1, 4)
        place.count(session, 1, (signed(1),), 1)
        pack_folder(session, place.viewer, place.campaign_id, (1,), "7", pack=place.pack, now=NOW)
        now_at = version(place, session, 1)
        with pytest.raises(Refused) as counted:
            place.count(session, 1, (signed(1), signed(2)), now_at)
        with pytest.raises(Refused) as spoilt:
            spoiling(place, session, 1, now_at)
    assert {counted.value.message, spoilt.value.message} == {errors.HANDED_IN}


def test_a_sheet_is_not_spoilt_from_a_page_that_is_out_of_date(place: Place) -> None:
    with place.database.writing() as session:
        place.count(session, 1, (signed(1),), 1)
        with pytest.raises(Conflict):
            spoiling(place, session, 1, 1)
        assert good(place, session, 1) == 1


def test_a_spoilt_sheet_gives_back_the_voters_it_had_taken(place: Place) -> None:
    with place.database.writing() as session:
        place.count(session, 1, (signed(1, FIRST_VOTER, days_ago=3),), 1)
        assert place.count(session, 2, (signed(1, FIRST_VOTER),), 1) == 0
        spoiling(place, session, 1, 2)
        assert good(place, session, 2) == 1


def test_whoever_collects_no_more_is_given_nothing_and_may_still_bring_sheets(
    place: Place,
) -> None:
    with place.database.writing() as session:
        place.batch_is(session, "ready")
        end_collector(session, place.viewer, place.campaign_id, place.hand, now=NOW)
        with pytest.raises(Refused):
            give_out(
                session, place.viewer, place.campaign_id, (1,), place.hand, today=TODAY, now=NOW
            )
        assert place.count(session, 1, (signed(1),), 1) == 1


def spoiling(place: Place, session: Session, number: int, version: int) -> None:
    spoil(
        session,
        place.viewer,
        place.campaign_id,
        number,
        version=version,
        pack=place.pack,
        now=NOW,
    )

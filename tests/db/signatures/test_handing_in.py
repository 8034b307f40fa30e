"""Folders, the protocol, and the marks that are erased in the end."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import Campaign, Election
from app.errors import Refused
from documents.signatures import errors
from documents.signatures.commands.counting import RowEntry
from documents.signatures.commands.folders import pack_folder, take_out
from documents.signatures.commands.forgetting import forget_marks
from documents.signatures.commands.protocols import make_protocol, try_protocol_again
from documents.signatures.models import SignatureProtocol, SignatureRow
from documents.signatures.queries import folder_sums
from documents.signatures.rules.sheets import RowState
from documents.typesetting.models import TypesetSheet
from tests.db.signatures.place import NOW, QUESTIONS, TODAY, Place


def signed(number: int, passport: str = "") -> RowEntry:
    return RowEntry(
        number=number,
        state=RowState.SIGNED,
        signed_on=TODAY - timedelta(days=1),
        passport=passport,
    )


def packing(place: Place, session: Session, *numbers: int) -> None:
    pack_folder(session, place.viewer, place.campaign_id, numbers, "1", pack=place.pack, now=NOW)


def protocol(place: Place, session: Session, key: str) -> int:
    return make_protocol(
        session,
        place.viewer,
        place.campaign_id,
        key * 36,
        desk=place.desk,
        questions=QUESTIONS,
        now=NOW,
    )


@pytest.fixture
def packed(place: Place) -> Place:
    """The place with one sheet of two signatures in a folder."""
    with place.database.writing() as session:
        place.plan(session, 2, 4)
        place.count(session, 1, (signed(1), signed(2)), 1)
        packing(place, session, 1)
    return place


def test_nothing_is_packed_before_the_maximum_is_known(place: Place) -> None:
    with pytest.raises(Refused) as refused, place.database.writing() as session:
        place.count(session, 1, (signed(1),), 1)
        packing(place, session, 1)
    assert refused.value.message == errors.PLAN_FIRST


def test_what_is_taken_out_of_its_folder_is_not_handed_in(packed: Place) -> None:
    with packed.database.writing() as session:
        assert folder_sums(session, packed.campaign_id).signatures == 2
        take_out(session, packed.viewer, packed.campaign_id, (1,), now=NOW)
        assert folder_sums(session, packed.campaign_id).is_empty


def test_pressing_twice_makes_one_protocol(packed: Place) -> None:
    with packed.database.writing() as session:
        assert protocol(packed, session, "a") == protocol(packed, session, "a")
        assert session.query(SignatureProtocol).count() == 1


def test_a_failed_protocol_takes_the_file_that_has_been_made_meanwhile(packed: Place) -> None:
    with packed.database.writing() as session:
        failed = protocol(packed, session, "a")
        session.query(SignatureProtocol).update({"state": "failed"})
        # The press has made the same paper since, and tells of it only once.
        digest = session.query(SignatureProtocol).one().digest
        session.query(TypesetSheet).filter_by(digest=digest).update(
            {"state": "ready", "sha256": "f" * 64, "pages": 1, "sheet": None}
        )
        try_protocol_again(
            session, packed.viewer, packed.campaign_id, failed, desk=packed.desk, now=NOW
        )
    with packed.database.reading() as session:
        found = session.query(SignatureProtocol).one()
        assert (found.state, found.sha256) == ("ready", "f" * 64)


def test_marks_are_erased_from_the_day_after_polling_and_not_before(place: Place) -> None:
    with place.database.writing() as session:
        place.count(session, 1, (signed(1, "4005123456"), signed(2)), 1)
        election = session.get_one(
            Election, session.get_one(Campaign, place.campaign_id).election_id
        )
        midnight = datetime.combine(
            election.polling_day + timedelta(days=1),
            datetime.min.time(),
            tzinfo=ZoneInfo(election.timezone),
        )
    for now, gone in ((midnight - timedelta(minutes=1), None), (midnight, 1), (midnight, 0)):
        with place.database.writing() as session:
            if gone is None:
                with pytest.raises(Refused):
                    forget_marks(session, place.viewer, place.campaign_id, now=now)
            else:
                assert forget_marks(session, place.viewer, place.campaign_id, now=now) == gone
    with place.database.reading() as session:
        assert {row.mark for row in session.query(SignatureRow)} == {""}

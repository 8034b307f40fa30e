"""What stands on a sheet is looked at before it is printed, and named when it can't be."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import District, Person
from app.errors import Refused
from documents.paperwork.heading import PROBLEMS
from documents.paperwork.models import PaperAnswer
from documents.sheets import Sheet
from documents.signatures import errors
from documents.signatures.commands.batches import Frozen
from documents.signatures.commands.folders import pack_folder
from documents.signatures.commands.protocols import make_protocol
from documents.signatures.models import SignatureSheet
from documents.signatures.queries import snapshot_of
from tests.db.signatures.place import NOW, QUESTIONS, Place
from tests.handed_in_world import called_otherwise

FACE = "\U0001f600"
PORTAL = [
    (District, "council", PROBLEMS["council"]),
    (District, "number", PROBLEMS["district"]),
]


def answered(place: Place, session: Session, key: str, text: str) -> None:
    session.query(PaperAnswer).filter_by(campaign_id=place.campaign_id, key=key).update(
        {"value": text}
    )


def refusal_of_an_order(place: Place) -> Refused:
    with pytest.raises(Refused) as refused, place.database.writing() as session:
        place.batch_is(session, "ready")
        place.order(session, "b" * 36)
    return refused.value


def a_protocol(place: Place, session: Session) -> int:
    # Folders are made in other ways elsewhere: here one lies there.
    place.plan(session, 1, 4)
    sheet = {"state": "returned", "folder": "1", "signed": 1, "good": 1}
    session.query(SignatureSheet).filter_by(number=1).update(sheet)
    return make_protocol(
        session,
        place.viewer,
        place.campaign_id,
        "p" * 36,
        desk=place.desk,
        questions=QUESTIONS,
        now=NOW,
    )


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("council", f"Совета {FACE}"),
        ("occupation", "נהג"),
        ("district_kind", "both"),
        ("birth_date", "31.02.1970"),
        ("surname", "Ёлкина2"),
        ("reg_subject", "Щ" * 121),
    ],
)
def test_an_answer_that_the_papers_refuse_is_never_printed_on_a_sheet(
    place: Place, key: str, text: str
) -> None:
    with place.database.writing() as session:
        answered(place, session, key, text)
    refused = refusal_of_an_order(place)
    assert (refused.message, refused.params) == (errors.HEADER_WRONG, {"fields": key})


@pytest.mark.parametrize(("model", "name", "message"), PORTAL)
def test_a_sign_that_can_not_be_drawn_is_named_with_its_place(
    place: Place, model: type[Person | District], name: str, message: str
) -> None:
    with place.database.writing() as session:
        called_otherwise(session, place.campaign_id, model, name, f"Я {FACE}")
    refused = refusal_of_an_order(place)
    assert (refused.message, refused.params) == (message, {"sign": FACE})


def test_a_name_that_no_sheet_prints_keeps_nobody_from_ordering(place: Place) -> None:
    with place.database.writing() as session:
        called_otherwise(session, place.campaign_id, Person, "name", f"Anna {FACE}")
    assert FACE not in the_cover(place)


def test_the_page_beside_the_sheets_says_what_was_looked_at(place: Place) -> None:
    with place.database.writing() as session:
        called_otherwise(session, place.campaign_id, District, "council", "Совет\u202e  Ясный")
        called_otherwise(session, place.campaign_id, District, "number", "\u200b")
        called_otherwise(session, place.campaign_id, District, "name", "Северный")
    assert "Совет Ясный, №\u00a0Северный" in the_cover(place)


def the_cover(place: Place) -> str:
    """Order sheets and give the page that goes with them."""
    with place.database.writing() as session:
        place.batch_is(session, "ready")
        batch_id = place.order(session, "b" * 36)
        sealed = snapshot_of(session, place.campaign_id, batch_id)
    frozen = Frozen.opened(place.desk.seal, sealed)
    assert frozen is not None
    return Sheet.from_json(frozen.cover).html


def test_a_head_that_is_too_long_names_an_answer_that_stands_in_it(place: Place) -> None:
    with place.database.writing() as session:
        answered(place, session, "council", "Ж" * 300)
        answered(place, session, "occupation", "Ш" * 300)
        answered(place, session, "surname", "Щ" * 80)
    refused = refusal_of_an_order(place)
    assert refused.message == errors.HEAD_TOO_LONG
    assert refused.params["answer"] == "council"
    assert int(refused.params["extra"]) > 0


def test_a_name_that_has_no_room_below_the_table_is_named(place: Place) -> None:
    with place.database.writing() as session:
        for key in ("surname", "first_name", "patronymic"):
            answered(place, session, key, "Щ" * 78)
        answered(place, session, "council", "Совета " * 12)
    assert refusal_of_an_order(place).params["answer"] == "surname"


def test_a_protocol_says_which_answer_it_lacks_or_can_not_print(place: Place) -> None:
    for text, message in (
        ("", errors.HEADER_MISSING),
        (f"Совета {FACE}", errors.HEADER_WRONG),
    ):
        with place.database.writing() as session:
            answered(place, session, "council", text)
        with pytest.raises(Refused) as refused, place.database.writing() as session:
            a_protocol(place, session)
        assert (refused.value.message, refused.value.params) == (message, {"fields": "council"})


def test_a_protocol_needs_only_what_stands_in_it(place: Place) -> None:
    with place.database.writing() as session:
        answered(place, session, "occupation", FACE)
        assert a_protocol(place, session)


@pytest.mark.parametrize("folder", [FACE, "1\u202e", "\u200b2", "ا"])
def test_a_folder_is_numbered_with_what_can_be_printed(place: Place, folder: str) -> None:
    with pytest.raises(Refused) as refused, place.database.writing() as session:
        pack_folder(
            session, place.viewer, place.campaign_id, (1,), folder, pack=place.pack, now=NOW
        )
    assert (refused.value.field, refused.value.message) == ("folder", errors.UNPRINTABLE)

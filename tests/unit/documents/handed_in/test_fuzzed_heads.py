"""Whatever is written: a refusal that names its field, or a sheet that says every word of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.packets.rules.names import LONGEST
from documents.paperwork.heading import Heading
from documents.paperwork.rules.answers import read_date
from documents.paperwork.rules.texts import kept
from documents.sheets import Sheet
from documents.signatures.printing import Cover, full_name, signature_sheet
from documents.signatures.rules.heading import asked_answers
from tests.handed_in_world import (
    COVER,
    HEADINGS,
    PACKETS,
    SEVERAL_MEMBERS,
    cover,
    inventory,
    order,
    protocol,
    read_out,
    shape,
    sheet,
)
from tests.paperwork_world import EN
from tests.unit.documents.handed_in.fuzz_heads import (
    ANSWERS,
    NEEDS,
    Typed,
    folders,
    foreign_marks,
    head_or_refusal,
    headings,
    printable_protocol,
    typed,
    words_of_the_portal,
)
from tests.unit.documents.paperwork.fuzz_answers import Mood, endless_text, hostile_text
from tests.unit.documents.paperwork.fuzz_examples import examples
from tests.unit.documents.paperwork.fuzz_outcomes import squeezed

few = examples(8)
FILE_NAME = re.compile(rf"\d\d-[a-z0-9-]{{1,{LONGEST}}}\.pdf", re.ASCII)


@pytest.mark.parametrize("mood", list(Mood))
def test_no_answer_breaks_a_sheet_or_vanishes(mood: Mood) -> None:
    made_of: list[Typed] = []

    @few
    @given(found=typed(mood))
    def each(found: Typed) -> None:
        made = head_or_refusal(found)
        if made is None:
            return
        made_of.append(found)
        for sides in (1, 2):
            page = signature_sheet(shape().sheet, made, sides=sides, official=True)
            assert missing(page, values_of(found)) == []
            assert foreign_marks(page, sheet(sides=sides)) == []

    each()
    assert made_of, "no sheet of this mood was printed at all"


@pytest.mark.parametrize("mood", list(Mood))
def test_no_answer_or_folder_breaks_the_protocol(mood: Mood) -> None:
    made_of: list[Typed] = []

    @few
    @given(found=typed(mood), sheets=folders())
    def each(found: Typed, sheets: list[tuple[str, int]]) -> None:
        if not printable_protocol(found):
            return
        made_of.append(found)
        page = protocol(found.given, sheets)
        said = {folder for folder, _ in sheets if folder}
        given_of = (found.given["council"], found.given["district_no"], full_name(found.given))
        assert missing(page, {*given_of, *said}) == []
        assert foreign_marks(page, protocol()) == []

    each()
    assert made_of, "no protocol of this mood was made at all"


@few
@given(name=words_of_the_portal(240), heading=headings(), hand=words_of_the_portal(160))
def test_nothing_that_is_written_breaks_the_page_beside_the_sheets(
    name: str, heading: Heading, hand: str
) -> None:
    tidy = [kept(name, lines=False), heading.council, kept(hand, lines=False), heading.district]
    about = Cover(
        first=1,
        last=100,
        sides=1,
        candidate=tidy[0],
        council=tidy[1],
        district_no=tidy[3],
        collector=tidy[2],
        official=True,
        address=COVER.address,
    )
    page = cover(about)
    assert missing(page, set(tidy)) == []
    assert foreign_marks(page, cover()) == []


@pytest.mark.parametrize(("pack", "key"), PACKETS)
@few
@given(heading=headings(), title=st.one_of(hostile_text(), endless_text()))
def test_nothing_that_is_written_breaks_an_inventory_or_a_name_of_a_file(
    pack: str, key: str, heading: Heading, title: str
) -> None:
    tidy = kept(title, lines=False)
    found = order(pack, key, heading, title=lambda own: f"{own} {tidy}")
    page = inventory(found)
    assert missing(page, {tidy, heading.candidate, heading.council, heading.district}) == []
    assert foreign_marks(page, inventory(order(pack, key))) == []
    assert FILE_NAME.fullmatch(found.inventory_name)
    names = [line.name for line in found.lines]
    assert all(map(FILE_NAME.fullmatch, names)) and len(set(names)) == len(names)
    # What waits sealed for the worker is the same when it is opened.
    assert type(found).from_json(found.as_json()) == found


@given(title=st.one_of(hostile_text(), endless_text()))
@few
def test_a_title_without_a_latin_letter_still_names_a_file(title: str) -> None:
    names = [line.name for line in order(EN, "nomination", title=lambda own: title).lines]
    assert all(map(FILE_NAME.fullmatch, names)) and len(set(names)) == len(names)


def test_the_world_of_these_tests_is_lawful() -> None:
    assert set(SEVERAL_MEMBERS) <= {need.answer for need in NEEDS}
    assert set(HEADINGS) == {pack for pack, _ in PACKETS}


def values_of(found: Typed) -> set[str]:
    """Give everything that a sheet must say of these answers."""
    asked = asked_answers(NEEDS, found.given)
    said = {
        text
        for key, text in asked.items()
        if text and not ANSWERS[key].choices and read_date(text) is None
    }
    # The status in a party means nothing without the party.
    if not asked["party"]:
        said.discard(asked["party_status"])
    return {*said, found.wording.name, full_name(found.given)}


def missing(page: Sheet, wanted: set[str]) -> list[str]:
    """Give what a page does not say whole."""
    said = squeezed(read_out(page))
    return [text for text in wanted if squeezed(text) not in said]

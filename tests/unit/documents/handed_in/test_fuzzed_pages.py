"""Sheets of signatures, protocols and inventories laid out and drawn: no word lost or outside."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given

from documents.paperwork.heading import PROBLEMS, Heading
from documents.sheets import Sheet
from documents.signatures.printing import signature_sheet
from documents.signatures.rules.heading import SIZES
from tests.handed_in_world import (
    HE,
    PACKETS,
    SEVERAL_MEMBERS,
    cover,
    head,
    inventory,
    order,
    protocol,
    shape,
    sheet,
)
from tests.unit.documents.handed_in.fuzz_heads import (
    Typed,
    folders,
    head_or_refusal,
    headings,
    printable_protocol,
    typed,
)
from tests.unit.documents.paperwork.fuzz_answers import Mood
from tests.unit.documents.paperwork.fuzz_examples import DRAWN_HERE, examples
from tests.unit.documents.paperwork.fuzz_sheets import (
    drawn,
    laid_out,
    lost,
    off_the_page,
    outside,
    undrawn,
)

pytestmark = list(DRAWN_HERE)
some = examples(12)


@pytest.mark.parametrize("mood", list(Mood))
def test_a_sheet_that_is_ordered_keeps_to_its_pages(mood: Mood) -> None:
    made_of: list[Typed] = []

    @some
    @given(found=typed(mood))
    def each(found: Typed) -> None:
        made = head_or_refusal(found)
        if made is None:
            return
        made_of.append(found)
        for sides in (1, 2):
            page = signature_sheet(shape().sheet, made, sides=sides, official=False)
            assert checked(page) == sides

    each()
    assert made_of, "no sheet of this mood was printed at all"


@pytest.mark.parametrize("mood", list(Mood))
def test_a_protocol_that_is_made_loses_nothing(mood: Mood) -> None:
    made_of: list[Typed] = []

    @some
    @given(found=typed(mood), sheets=folders())
    def each(found: Typed, sheets: list[tuple[str, int]]) -> None:
        if printable_protocol(found):
            made_of.append(found)
            checked(protocol(found.given, sheets))

    each()
    assert made_of, "no protocol of this mood was made at all"


@pytest.mark.parametrize(("pack", "key"), PACKETS)
def test_an_inventory_loses_nothing(pack: str, key: str) -> None:
    made_of: list[Heading] = []

    @some
    @given(heading=headings())
    def each(heading: Heading) -> None:
        if heading.obstacle(*PROBLEMS) is None:
            made_of.append(heading)
            checked(inventory(order(pack, key, heading)))

    each()
    assert made_of, "no inventory was printed at all"


@pytest.mark.parametrize("sides", [1, 2])
def test_nothing_leaves_its_place_on_what_everybody_prints(sides: int) -> None:
    for page in (sheet(sides=sides), sheet(SEVERAL_MEMBERS, HE, sides=sides)):
        assert checked(page) == sides
    assert checked(cover()) == checked(protocol()) == 1


def test_an_ordinary_head_is_printed_in_the_largest_letters() -> None:
    assert head().size == head(SEVERAL_MEMBERS, HE).size == SIZES[0]


def checked(page: Sheet) -> int:
    """Lay a sheet out, draw it, look for every word of it; give how many pages it has."""
    with_complaints = logging.getLogger("weasyprint")
    complaints = _Complaints(logging.WARNING)
    with_complaints.addHandler(complaints)
    try:
        laid = laid_out(page)
        pdf = drawn(laid, page)
    finally:
        with_complaints.removeHandler(complaints)
    # Whatever would have been fetched was refused, and the engine would have said so.
    assert complaints.said == []
    assert lost(laid) == []
    assert outside(laid) == []
    assert off_the_page(pdf) == 0
    assert undrawn(laid, pdf) == {}
    return len(laid.document.pages)


class _Complaints(logging.Handler):
    """Keeps what the engine complains of."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one complaint."""
        self.said.append(record.getMessage())

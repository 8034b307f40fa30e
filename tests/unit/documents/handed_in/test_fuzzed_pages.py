"""Sheets of signatures, protocols and inventories laid out and drawn: no word lost or outside."""

from __future__ import annotations

import logging

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from documents.packets.errors import HEADING_PROBLEMS
from documents.packets.ordering import Heading
from documents.paperwork.rules.texts import unprintable
from documents.press.client import FONTS
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
    folders,
    head_or_refusal,
    headings,
    printable_protocol,
    typed,
)
from tests.unit.documents.paperwork.fuzz_answers import Mood
from tests.unit.documents.paperwork.fuzz_sheets import (
    drawn,
    laid_out,
    lost,
    off_the_page,
    outside,
    undrawn,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    # The engine leaves the file of its colours to the collector of garbage.
    pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014.icc:ResourceWarning"),
]
some = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def bundled_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine in this process draws with the fonts that the press has."""
    monkeypatch.setenv("FONTCONFIG_FILE", str(FONTS))


@pytest.mark.parametrize("mood", list(Mood))
@some
@given(data=st.data())
def test_a_sheet_that_is_ordered_keeps_to_its_pages(mood: Mood, data: st.DataObject) -> None:
    made = head_or_refusal(data.draw(typed(mood)))
    if made is None:
        return
    for sides in (1, 2):
        page = signature_sheet(shape().sheet, made, sides=sides, official=False)
        assert checked(page) == sides


@pytest.mark.parametrize("mood", list(Mood))
@some
@given(data=st.data())
def test_a_protocol_that_is_made_loses_nothing(mood: Mood, data: st.DataObject) -> None:
    found, sheets = data.draw(typed(mood)), data.draw(folders())
    if printable_protocol(found):
        checked(protocol(found.given, sheets))


@pytest.mark.parametrize(("pack", "key"), PACKETS)
@some
@given(heading=headings())
def test_an_inventory_loses_nothing(pack: str, key: str, heading: Heading) -> None:
    texts = {name: getattr(heading, name) for name in HEADING_PROBLEMS}
    if not any(map(unprintable, texts.values())):
        checked(inventory(order(pack, key, heading)))


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

"""The code on each page of an issued paper, read off the very file that is printed."""

from __future__ import annotations

import base64
import io

import pypdfium2
import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from documents.paperwork.codes.client import read_codes_apart
from documents.paperwork.codes.drawing import BORDER, DOTS, paper_pictures
from documents.paperwork.codes.reader import QR_CODES
from documents.paperwork.layout import style
from documents.paperwork.printing import compose
from documents.paperwork.rules.scans import PAGES_CODED, page_address
from documents.press.client import Press
from tests.paperwork_world import EN, IDENTITY, RU, composed, documents_of, form_of
from tests.unit.documents.whole_papers import WHOLE

ADDRESS = IDENTITY.check_address
PHONE_DPI = 100
"""What is left of a page that somebody photographs whole and not very well."""


@pytest.mark.parametrize(
    ("pack_id", "kind", "pages"),
    [(RU, "income", 2), (RU, "proxies", 3), (EN, "expenses_return", 4)],
)
def test_every_page_says_which_it_is(press: Press, pack_id: str, kind: str, pages: int) -> None:
    made = press.typeset(composed(documents_of(pack_id), kind, WHOLE[pack_id]).sheet)
    wanted = tuple((page_address(ADDRESS, number),) for number in range(1, pages + 1))
    assert made.pages == pages
    assert read_codes_apart(made.pdf) == wanted


def test_pages_after_the_last_numbered_one_name_the_paper_only(press: Press) -> None:
    documents, rows = documents_of(RU), WHOLE[RU]["proxies"]
    sheet = composed(documents, "proxies", {**WHOLE[RU], "proxies": [rows[0]] * 48}).sheet
    document = pypdfium2.PdfDocument(press.typeset(sheet).pdf)
    assert len(document) > PAGES_CODED
    for number in (1, PAGES_CODED, PAGES_CODED + 1, len(document)):
        picture = document[number - 1].render(scale=PHONE_DPI / 72, grayscale=True).to_pil()
        (code,) = zxingcpp.read_barcodes(picture, formats=QR_CODES)
        assert code.text == (page_address(ADDRESS, number) if number <= PAGES_CODED else ADDRESS)


def test_a_preview_has_no_code(press: Press) -> None:
    documents = documents_of(RU)
    sheet = compose(form_of(documents, "consent"), {}, None).sheet
    assert "<img" not in sheet.html
    assert read_codes_apart(press.typeset(sheet).pdf) == ((),)


def test_the_style_sheet_gives_each_numbered_page_its_own_code() -> None:
    for number in range(1, PAGES_CODED + 2):
        there = f":nth({number})" in style() and f".code-{number} " in style()
        assert there is (number <= PAGES_CODED)


def test_every_code_is_read_back_and_none_is_finer_than_that_of_the_paper() -> None:
    """A code with more squares at the same size is harder to photograph."""
    whole, pages = paper_pictures(ADDRESS)
    drawn = [seen(picture) for picture in (whole, *pages)]
    numbers = range(1, PAGES_CODED + 1)
    assert [text for text, _ in drawn] == [
        ADDRESS,
        *(page_address(ADDRESS, number) for number in numbers),
    ]
    assert len({side for _, side in drawn}) == 1


@given(st.from_regex(r"https://[a-z0-9.-]{4,80}/check/[A-Za-z0-9_-]{24}", fullmatch=True))
def test_the_dots_are_those_of_the_code(address: str) -> None:
    code = segno.make(address, error="m", micro=False)
    drawn, _ = paper_pictures(address)
    with opened(drawn) as picture:
        side = (len(code.matrix) + 2 * BORDER) * DOTS
        assert (picture.size, picture.mode) == ((side, side), "L")
        middle = DOTS // 2
        squares = [
            [
                picture.getpixel(((x + BORDER) * DOTS + middle, (y + BORDER) * DOTS + middle)) == 0
                for x in range(len(code.matrix))
            ]
            for y in range(len(code.matrix))
        ]
    assert squares == [[bool(square) for square in row] for row in code.matrix]


def opened(picture: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(picture.partition(",")[2])))


def seen(picture: str) -> tuple[str, int]:
    """Give what a code says and how wide its picture is."""
    with opened(picture) as drawn:
        (code,) = zxingcpp.read_barcodes(drawn, formats=QR_CODES)
        return code.text, drawn.width

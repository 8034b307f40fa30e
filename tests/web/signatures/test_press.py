"""Sheets as the press makes them: never a page more than there are sides."""

from __future__ import annotations

import io
from datetime import date

import pypdf
import pytest

from documents.press.client import Press
from documents.signatures.pack import load_all_signatures
from documents.signatures.printing import Head, head_of, protocol_sheet, signature_sheet
from documents.signatures.rules.folders import sums_of
from documents.signatures.rules.heading import SIZES, Gender, Wording
from documents.signatures.shape import SignaturesShape
from quests.route.library import PackLibrary
from tests.web.signatures.program import ANSWERS, SEALED

SHE = Wording(name="Ёлкиной Анны Петровны", gender=Gender.FEMALE)
GIVEN = {**ANSWERS, **SEALED}
DAY = date(2026, 9, 20)


@pytest.fixture(scope="module")
def shape(library: PackLibrary) -> SignaturesShape:
    packs = {key: entry.route.pack for key, entry in library.entries.items()}
    return load_all_signatures(packs).packs["ru-spb-municipal"].shape


WIDE = "Широкощитовая "
WORDS = (WIDE, "Ж", "длинное-слово-без-пробелов" * 3 + " ", "а\n")


@pytest.mark.parametrize("sides", [1, 2])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("word", "official"), [(WIDE, True), *((word, False) for word in WORDS)])
def test_the_longest_head_of_each_size_stays_on_its_pages(
    press: Press, shape: SignaturesShape, word: str, size: int, sides: int, *, official: bool
) -> None:
    head = longest_head(shape, word, size)
    assert head.size == size
    done = press.typeset(signature_sheet(shape.sheet, head, sides=sides, official=official))
    assert done.pages == sides and not done.warnings


def test_the_longest_lines_around_the_sentence_stay_on_their_pages(
    press: Press, shape: SignaturesShape
) -> None:
    wide = {"council": WIDE * 20, "surname": "Щ" * 30, "first_name": "Щ" * 30, "patronymic": "Щ"}
    head = longest_head(shape, "Ж", SIZES[-1], **wide)
    for sides in (1, 2):
        done = press.typeset(signature_sheet(shape.sheet, head, sides=sides, official=False))
        assert done.pages == sides


def longest_head(shape: SignaturesShape, word: str, size: int, **others: str) -> Head:
    """Give the head with the longest sentence of these words that is still printed so large."""

    def head(count: int) -> Head:
        answers = {**GIVEN, **others, "conviction": "has", "conviction_text": word * count}
        return head_of(shape.sheet, answers, SHE, polling_day=DAY)

    low, high = 0, 2000
    while high - low > 1:
        middle = (low + high) // 2
        fits = (head(middle).size or 0) >= size
        low, high = (middle, high) if fits else (low, middle)
    return head(low)


def test_the_same_sheet_gives_the_same_bytes_in_our_typeface(
    press: Press, shape: SignaturesShape
) -> None:
    head = head_of(shape.sheet, GIVEN, SHE, polling_day=DAY)
    sheet = signature_sheet(shape.sheet, head, sides=2, official=True)
    first, second = press.typeset(sheet), press.typeset(sheet)
    assert first.pdf == second.pdf
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in pypdf.PdfReader(io.BytesIO(first.pdf)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts and all("Tinos" in font for font in fonts)


def test_a_protocol_of_many_folders_goes_on_another_page_and_loses_none(
    press: Press, shape: SignaturesShape
) -> None:
    sums = sums_of((str(1 + number // 2), 4) for number in range(120))
    sheet = protocol_sheet(
        shape.protocol, shape.sheet.printed, sums, GIVEN, polling_day=DAY, official=False
    )
    done = press.typeset(sheet)
    pages = pypdf.PdfReader(io.BytesIO(done.pdf)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert done.pages == 3 and "60 60 2 8 8" in text and "ИТОГО 120 480 480" in text

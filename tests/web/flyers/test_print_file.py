"""The printer's file: exact boxes, black in black ink, our own fonts, the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from hashlib import sha256

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from pypdf import PdfReader

from app.packs import load_pack
from documents.flyers.layout import Flyer, card_sheet, print_sheet
from documents.flyers.pack import load_flyers
from documents.flyers.rules.content import Content, Photo, unprintable
from documents.press.client import FONTS, Press
from documents.press.errors import PressFailed
from documents.sheets import Rendered, Sheet, Variant
from tests.web.flyers.studio_program import IMPRINTS, PACKS, RU, WORDS, a_photo

MM = 72 / 25.4
PHOTO = a_photo().getvalue()
NAME = sha256(PHOTO).hexdigest()
SIGNS = " \n«»—–№₽€£…“”„’•™−ЁёяЯéßø"


def a_flyer(**slots: str) -> Flyer:
    """Give a flyer with a photo."""
    flyers = load_flyers(load_pack(PACKS / RU))
    content = Content(
        template="a5",
        colour="voice",
        slots={**WORDS, **slots},
        imprint=IMPRINTS[RU],
        photo=Photo(sha256=NAME, width=1500, height=1300),
    )
    return Flyer(
        identifier="flyer-1",
        content=content,
        template=flyers.templates["a5"],
        imprint=flyers.imprint,
        polling_day=date(2026, 9, 13),
    )


@pytest.fixture(scope="session")
def printed(press: Press) -> Rendered:
    """The flyer as the printer gets it."""
    return press.typeset(print_sheet(a_flyer()), {NAME: PHOTO})


@pytest.fixture
def pdf(printed: Rendered) -> Iterator[pikepdf.Pdf]:
    """The printer's file, opened."""
    with pikepdf.open(io.BytesIO(printed.pdf)) as found:
        yield found


def test_the_press_has_nothing_to_complain_of(printed: Rendered) -> None:
    assert printed.warnings == ()
    assert printed.pages == 2


def test_trim_bleed_and_sheet_are_exact(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        trim = [float(edge) for edge in page.trimbox]
        assert trim[2] - trim[0] == pytest.approx(148 * MM, abs=0.01)
        assert trim[3] - trim[1] == pytest.approx(210 * MM, abs=0.01)
        for box, mm in (("/BleedBox", 3), ("/MediaBox", 10)):
            edges = [float(edge) for edge in page.obj[box]]
            grown = [trim[0] - mm * MM, trim[1] - mm * MM, trim[2] + mm * MM, trim[3] + mm * MM]
            assert edges == pytest.approx(grown, abs=0.01)


def test_nothing_is_painted_in_screen_colours(pdf: pikepdf.Pdf) -> None:
    painted = [page.obj for page in pdf.pages]
    painted += [
        thing
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form"
    ]
    for thing in painted:
        steps = pikepdf.parse_content_stream(thing)
        operators = {str(step.operator) for step in steps}
        assert not {"rg", "RG", "g", "G"} & operators
        spaces = {str(s.operands[0]) for s in steps if str(s.operator) in ("cs", "CS")}
        assert spaces <= {"/DeviceCMYK"}


def test_black_text_is_black_ink_alone(pdf: pikepdf.Pdf) -> None:
    black = [0.0, 0.0, 0.0, 1.0]
    for page in pdf.pages:
        steps = pikepdf.parse_content_stream(page)
        inks = [[float(i) for i in s.operands] for s in steps if str(s.operator) in ("k", "scn")]
        assert black in inks
        # Anything darker than a tint that holds black holds nothing else.
        assert all(ink == black for ink in inks if len(ink) == 4 and ink[3] > 0.5)


def test_photos_are_in_inks(pdf: pikepdf.Pdf) -> None:
    images = [
        thing
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
    ]
    assert images
    assert {str(image["/ColorSpace"]) for image in images} == {"/DeviceCMYK"}


def test_only_our_fonts_are_embedded_each_as_a_subset(pdf: pikepdf.Pdf) -> None:
    names = {
        str(thing["/FontName"])
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
    }
    files = [
        thing
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
    ]
    assert names and all(name[7] == "+" for name in names)
    assert {name[8:].split("-")[0] for name in names} <= {"Golos", "GolosText", "Oswald"}
    assert all("/FontFile2" in found or "/FontFile3" in found for found in files)


def test_the_words_can_be_read_out_of_the_file(printed: Rendered) -> None:
    reader = PdfReader(io.BytesIO(printed.pdf))
    text = " ".join(page.extract_text() for page in reader.pages)
    plain = " ".join(text.replace("\u00a0", " ").replace("\u2010", "-").split())
    assert "\x00" not in text
    assert "ИНН 7830002293" in plain and "Открытый бюджет" in plain
    assert "из средств избирательного фонда" in plain


def test_the_same_flyer_gives_the_same_bytes(press: Press, printed: Rendered) -> None:
    again = press.typeset(print_sheet(a_flyer()), {NAME: PHOTO})
    assert again.pdf == printed.pdf
    assert again.rasters == printed.rasters


def test_the_preview_is_the_trimmed_page(printed: Rendered) -> None:
    for raster in printed.rasters:
        width, height = Image.open(io.BytesIO(raster)).size
        assert width == 740
        assert abs(height - 1050) <= 1


def test_the_art_reaches_three_millimetres_beyond_the_trim_and_marks_lie_outside(
    press: Press, pdf: pikepdf.Pdf, printed: Rendered
) -> None:
    import pypdfium2

    page = pypdfium2.PdfDocument(printed.pdf)[0]
    picture = page.render(scale=4).to_pil().convert("RGB")
    page.close()

    def at(x_mm: float, y_mm: float) -> tuple[int, ...]:
        found = picture.getpixel((round((x_mm + 10) * MM * 4), round((y_mm + 10) * MM * 4)))
        assert isinstance(found, tuple)
        return found

    assert at(-2.8, 50) != (255, 255, 255)
    assert at(-3.4, 50) == (255, 255, 255)
    assert min(at(0, -6.5)) < 120


def test_the_picture_for_the_internet_is_square(press: Press) -> None:
    found = press.typeset(card_sheet(a_flyer()), {NAME: PHOTO})
    assert found.warnings == ()
    assert Image.open(io.BytesIO(found.rasters[0])).size == (1080, 1080)


def test_a_text_too_long_is_made_smaller_and_then_reported_never_cut(press: Press) -> None:
    flyer = a_flyer(body="Очень длинный рассказ о том, как всё было. " * 60)
    found = press.typeset(print_sheet(flyer), {NAME: PHOTO})
    assert [place.name for place in found.fitted if place.overflows] == ["body"]


def test_one_endless_word_is_reported_and_stays_on_the_sheet(press: Press) -> None:
    found = press.typeset(print_sheet(a_flyer(name="я" * 300)), {NAME: PHOTO})
    assert "name" in {place.name for place in found.fitted if place.overflows}
    assert found.pages == 2


HOSTILE = (
    "<img src='file:///etc/passwd'><script>alert(1)</script>",
    "<link rel=attachment href='file:///etc/passwd'>",
    "{{ 7 * 7 }}{% for x in y %}",
    "</style><style>*{background:url(http://127.0.0.1:1/)}",
    "&#0; &lt;b&gt; ]]> --> \\",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_only_words(press: Press, text: str) -> None:
    slots = dict.fromkeys(WORDS, text)
    found = press.typeset(print_sheet(a_flyer(**slots)), {NAME: PHOTO})
    assert found.warnings == ()
    assert found.pages == 2
    with pikepdf.open(io.BytesIO(found.pdf)) as document:
        assert "/Names" not in document.Root
    assert b"root:x" not in found.pdf


@pytest.mark.parametrize(
    "html",
    [
        "<p><img src='file:///etc/passwd' alt=x>",
        "<p><img src='http://127.0.0.1:1/x' alt=x>",
        "<link rel=stylesheet href='file:///etc/passwd'>",
        "<link rel=attachment href='file:///etc/passwd'>",
        "<p style=\"background: url('ftp://127.0.0.1/')\">x",
        "<svg><image href='file:///etc/passwd'/></svg>",
    ],
)
def test_nothing_outside_the_sheet_is_ever_fetched(press: Press, html: str) -> None:
    found = press.typeset(Sheet(html=html, language="en", variant=Variant.SCREEN))
    assert any("only what belongs to the sheet" in said for said in found.warnings)
    assert b"root:x" not in found.pdf


def test_a_sheet_that_eats_memory_ends_its_process_and_the_next_is_typeset(press: Press) -> None:
    with pytest.raises(PressFailed):
        press.typeset(Sheet(html="<table>" + "<tr><td colspan=10000000>" * 50, language="en"))
    assert press.typeset(Sheet(html="<p>well", language="en")).pages == 1


def test_a_sheet_that_takes_too_long_is_given_up() -> None:
    hasty = Press(longest_s=0.01)
    try:
        with pytest.raises(PressFailed, match="too_heavy"):
            hasty.typeset(Sheet(html="<p>slow", language="en"))
    finally:
        hasty.close()


def test_the_fonts_have_every_sign_that_the_check_lets_through() -> None:
    for file in (
        "GolosText_400Regular",
        "GolosText_500Medium",
        "Oswald_500Medium",
        "Oswald_700Bold",
    ):
        known = TTFont(FONTS.parent / f"{file}.ttf").getBestCmap()
        signs = [chr(code) for code in range(0x20, 0x2200)]
        missing = [
            s for s in signs if not unprintable(s) and s not in "\n\xad" and ord(s) not in known
        ]
        assert missing == [], file

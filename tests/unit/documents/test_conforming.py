"""An issued paper is PDF/UA-1 and PDF/A-2u in one file, as far as a file can be looked into."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from pikepdf import Name

from documents.packets.ordering import order_of
from documents.packets.pack import load_packets
from documents.packets.rules.contents import Purpose
from documents.paperwork.heading import Heading
from documents.paperwork.printing import Copies, Snapshot, compose
from documents.press.client import Press
from documents.sheets import Sheet, Variant
from tests.paperwork_world import (
    EN,
    IDENTITY,
    RU,
    composed,
    documents_of,
    form_of,
    interview_of,
)
from tests.unit.documents.whole_papers import WHOLE

PRINTED = [
    (pack, key)
    for pack in (RU, EN)
    for key, kind in documents_of(pack).kinds.items()
    if kind.is_printed
]
LOOKED_INTO = [
    (RU, "consent"),
    (RU, "income"),
    (RU, "first_report"),
    (EN, "home_address"),
    (EN, "consent_to_nomination"),
    (EN, "expenses_return"),
]
"""Every sort of part there is: running text, tables of all sorts, lists, boxes, added pages."""
ACTIVE = {"/OpenAction", "/AA", "/AcroForm", "/OCProperties", "/Names"}
DEEPEST = 28
"""How often the state of the page may be saved without being restored: ISO 19005-2, 6.1.13."""


Made = tuple[Sheet, bytes]


@pytest.fixture(scope="module")
def made(press: Press) -> Callable[[str, str], Made]:
    """Papers as they would be issued, each typeset once."""

    @cache
    def typeset(pack: str, kind: str) -> Made:
        sheet = composed(documents_of(pack), kind, WHOLE[pack]).sheet
        return sheet, press.typeset(sheet).pdf

    return typeset


@pytest.fixture(params=LOOKED_INTO, ids=lambda found: found[1])
def issued(request: pytest.FixtureRequest, made: Callable[[str, str], Made]) -> Made:
    """One of them, and its file."""
    return made(*request.param)


@pytest.fixture
def file(issued: Made) -> Iterator[pikepdf.Pdf]:
    """The file, opened."""
    with pikepdf.open(io.BytesIO(issued[1])) as found:
        yield found


def test_it_says_that_it_is_both(file: pikepdf.Pdf) -> None:
    with file.open_metadata() as said:
        assert said.pdfa_status == "2U"
        assert said["pdfuaid:part"] == "1"
        assert said["dc:title"] == str(file.docinfo["/Title"])
        assert said["pdf:Producer"] == str(file.docinfo["/Producer"])
        assert said["pdf:Keywords"] == str(file.docinfo["/Keywords"]) == IDENTITY.number
    text = file.Root.Metadata.read_bytes()
    assert text.count(b"<rdf:RDF") == text.count(b"</rdf:RDF>") == 1
    # PDF/A knows no schema but its own: the other one has to be described.
    assert b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in text


def test_it_has_a_language_a_title_that_is_shown_and_marks(issued: Made, file: pikepdf.Pdf) -> None:
    assert str(file.Root.Lang) == issued[0].language
    said = [file.Root.ViewerPreferences.DisplayDocTitle, file.Root.MarkInfo.Marked]
    assert said == [True, True]
    assert file.pdf_version == "1.7" and len(file.trailer.ID) == 2
    assert not file.is_encrypted


def test_its_colours_are_those_of_a_profile_it_carries(file: pikepdf.Pdf) -> None:
    (intent,) = file.Root.OutputIntents
    assert intent.S == Name.GTS_PDFA1
    assert intent.DestOutputProfile.N == 3
    assert b"RGB " in intent.DestOutputProfile.read_bytes()[:40]
    spoken = {str(part.operator) for page in file.pages for part in contents(page)}
    assert not spoken & {"k", "K", "CS", "cs", "sh", "BI"}


def test_nothing_in_it_is_seen_through(file: pikepdf.Pdf) -> None:
    for found in file.objects:
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            assert "/SMask" not in found
            assert found.get("/BM", Name.Normal) == Name.Normal
            # Opacity of strokes and of fills; certificates have a CA of another kind.
            assert float(found.get("/ca", 1)) == float(found.get("/CA", 1)) == 1


def test_every_face_is_in_it_and_says_what_its_signs_mean(file: pikepdf.Pdf) -> None:
    faces = [found for found in file.objects if is_of(found, Name.Font) and "/ToUnicode" in found]
    inner = [found for found in file.objects if is_of(found, Name.Font) and "/W" in found]
    assert faces and len(faces) == len(inner)
    for face in faces:
        (own,) = face.DescendantFonts
        assert "/FontFile2" in own.FontDescriptor and own.CIDToGIDMap == Name.Identity
        assert re.match(r"/[A-Z]{6}\+", str(face.BaseFont))
        meant = set(re.findall(rb"<[0-9a-f]{4}> <([0-9a-f]+)>", face.ToUnicode.read_bytes()))
        assert meant and not meant & {b"0000", b"feff", b"fffe", b"fffd"}


def test_every_word_belongs_to_the_tree_or_to_no_text_at_all(file: pikepdf.Pdf) -> None:
    require_one_tree(file)


def require_one_tree(file: pikepdf.Pdf) -> None:
    """Raise AssertionError when something is drawn that is neither text of the tree nor apart."""
    known = {element.objgen for element in elements(file.Root.StructTreeRoot)}
    places = {int(number): owners for number, owners in numbered(file)}
    for page in file.pages:
        owners = places[int(page.StructParents)]
        inside = 0
        for part in contents(page):
            operator = str(part.operator)
            if operator == "BDC" and "/MCID" in part.operands[1]:
                owner = owners[int(part.operands[1].MCID)]
                assert owner.objgen in known
            inside += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
            assert inside > 0 or operator not in ("Tj", "TJ", "Do", "f", "f*", "S", "B")


@pytest.mark.parametrize("pack", [RU, EN])
def test_a_packets_inventory_is_both_too(pack: str, press: Press) -> None:
    words = load_packets(documents_of(pack)).shape.inventory
    order = order_of(
        (),
        (),
        words,
        Heading(candidate="A. B.", council="C", district="3"),
        purpose=Purpose.PRINT,
        language="ru",
    )
    data = press.typeset(Sheet.from_json(order.inventory)).pdf
    with pikepdf.open(io.BytesIO(data)) as found:
        with found.open_metadata() as said:
            assert said.pdfa_status == "2U" and said["pdfuaid:part"] == "1"
        require_one_tree(found)


def test_what_stands_in_the_margins_is_no_part_of_the_text(file: pikepdf.Pdf) -> None:
    said = b"".join(page.Contents.read_bytes() for page in file.pages)
    assert said.count(b"/Pagination") >= len(file.pages)
    kinds = {str(element.get("/S")) for element in elements(file.Root.StructTreeRoot)}
    assert "/Document" in kinds and "/Figure" not in kinds


def test_pictures_in_the_text_have_words(press: Press) -> None:
    html = (
        "<html lang=en><title>A</title><p>Words <img alt='A square' src='data:image/svg+xml,"
        "<svg xmlns=%22http://www.w3.org/2000/svg%22 width=%229%22 height=%229%22>"
        "<path d=%22M0 0h9v9z%22/></svg>'>"
    )
    data = press.typeset(Sheet(html=html, language="en", variant=Variant.ISSUED, identifier="x"))
    with pikepdf.open(io.BytesIO(data.pdf)) as found:
        figures = [
            element
            for element in elements(found.Root.StructTreeRoot)
            if element.get("/S") == Name.Figure
        ]
        assert [str(figure.Alt) for figure in figures] == ["A square"]


def test_its_pages_are_not_nested_too_deeply(file: pikepdf.Pdf) -> None:
    for page in file.pages:
        depth = deepest = 0
        for part in contents(page):
            depth += {"q": 1, "Q": -1}.get(str(part.operator), 0)
            deepest = max(deepest, depth)
        assert deepest <= DEEPEST


def test_nothing_in_it_acts_or_is_hidden(file: pikepdf.Pdf) -> None:
    assert not set(file.Root.keys()) & {
        "/OpenAction",
        "/AA",
        "/AcroForm",
        "/OCProperties",
        "/Names",
    }
    for page in file.pages:
        assert "/Annots" not in page and "/AA" not in page


def test_the_same_sheet_gives_the_same_bytes_in_another_process(press: Press) -> None:
    sheet = composed(documents_of(RU), "consent", WHOLE[RU]).sheet
    again = Press()
    try:
        assert again.typeset(Sheet.from_json(sheet.as_json())).pdf == press.typeset(sheet).pdf
    finally:
        again.close()


@pytest.mark.parametrize(("pack", "kind"), PRINTED)
def test_headings_leave_no_level_out(pack: str, kind: str) -> None:
    said = WHOLE[pack]
    copies = Copies(title="A copy", pages=2) if kind == "certification" else None
    form, found = form_of(documents_of(pack), kind), interview_of(documents_of(pack), kind, said)
    html = compose(
        form, found.printed(), IDENTITY, tables=found.printed_tables(), copies=copies
    ).sheet.html
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", html)]
    assert levels[:1] == [1]
    for before, after in pairwise(levels):
        assert after <= before + 1, levels


def test_a_paper_says_in_its_snapshot_what_sort_of_file_it_is() -> None:
    form = form_of(documents_of(EN), "nomination_paper")
    sheet = compose(form, {}, IDENTITY).sheet
    assert sheet.variant is Variant.ISSUED
    kept = Snapshot.from_json(Snapshot(answers={}, sheet=sheet.as_json()).as_json())
    assert Sheet.from_json(kept.sheet) == sheet
    assert compose(form, {}, None).sheet.variant is Variant.UA


def test_a_paper_issued_before_is_proved_as_what_it_was(press: Press) -> None:
    sheet = composed(documents_of(EN), "nomination_paper", WHOLE[EN]).sheet
    before = replace(sheet, variant=Variant.UA)
    again = Sheet.from_json(before.as_json())
    assert again.variant is Variant.UA
    first, second = press.typeset(before).pdf, press.typeset(again).pdf
    assert hashlib.sha256(first).digest() == hashlib.sha256(second).digest()
    with pikepdf.open(io.BytesIO(first)) as found, found.open_metadata() as said:
        assert said.pdfa_status == "" and said["pdfuaid:part"] == "1"


def contents(page: pikepdf.Page) -> list[Any]:
    """Give the operations by which a page is drawn."""
    return list(pikepdf.parse_content_stream(page))


def is_of(found: object, kind: Name) -> bool:
    """Say whether an object is a dictionary of a type."""
    return isinstance(found, pikepdf.Dictionary) and found.get("/Type") == kind


def elements(root: Any) -> Iterator[Any]:
    """Give every element of the tree of a file."""
    waiting = list(root.K)
    while waiting:
        found = waiting.pop()
        if isinstance(found, pikepdf.Dictionary):
            yield found
            waiting += list(found.get("/K", []))


def numbered(file: pikepdf.Pdf) -> Iterator[tuple[int, Any]]:
    """Give to which elements the marks of each page belong."""
    places = list(file.Root.StructTreeRoot.ParentTree.Nums)
    yield from zip(map(int, places[::2]), places[1::2])

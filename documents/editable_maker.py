"""Makes an editable file of a page: a short-lived process that can do nothing else.

It reads a page as HTML from its input and writes the file. Number, code and page count stay with
the issued paper alone: what can be edited must not look like it.
"""

from __future__ import annotations

import io
import re
import sys
import warnings
import zipfile
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml import html

from app.files.limits import limit_myself

MEMORY_BYTES = 768 * 1024 * 1024
CPU_S = 15
LONG_AGO = (1980, 1, 1, 0, 0, 0)
LEFT_OUT = frozenset({"running-code", "running-number", "running-mark"})
HEADINGS = {"h1": 14.0, "h2": 12.0}
WITHIN = frozenset({"span", "small", "strong", "b", "em", "i", "br", "img", "a"})
BLANK = "_" * 24
_SPACE = re.compile(r"[ \t\r\n\f]+")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
Element = Any  # The library of trees has no types.


def made(page: str, document: Document) -> bytes:
    """Fill an empty document with a page; the same page gives the same bytes."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12)
    style.paragraph_format.space_after = Pt(4)
    tree = html.document_fromstring(page)
    document.core_properties.title = _clean(tree.findtext(".//title") or "")
    document.core_properties.author = ""
    body = tree.find("body")
    if body is not None:
        _blocks(body, document)
    return _packed(document)


def _blocks(element: Element, into: Document) -> None:
    """Put what is inside an element into the document, block after block."""
    for child in element:
        if not isinstance(child.tag, str) or _classes(child) & LEFT_OUT:
            continue
        if child.tag == "table":
            _table(child, into)
        elif child.tag in ("p", *HEADINGS):
            _paragraph(child, into.add_paragraph())
        elif child.tag in WITHIN:
            _runs(child, into.add_paragraph())
        elif _speaks(child) or ("signing" in _classes(child) and not child.findall(".//table")):
            _paragraph(child, into.add_paragraph())
        else:
            _blocks(child, into)


def _speaks(element: Element) -> bool:
    """Say whether an element has words of its own, as an item of a list or a caption has."""
    words = (element.text, *(child.tail for child in element))
    return any(text and text.strip() for text in words)


def _paragraph(element: Element, paragraph: Paragraph) -> None:
    classes = _classes(element)
    if element.tag in HEADINGS:
        if element.tag == "h1":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
    elif "running" in classes:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(12.5)
    if any("to" in _classes(parent) for parent in element.iterancestors()):
        paragraph.paragraph_format.left_indent = Mm(80)
    _inside(element, paragraph, bold=element.tag in HEADINGS, size=HEADINGS.get(element.tag))


def _inside(
    element: Element, paragraph: Paragraph, *, bold: bool = False, size: float | None = None
) -> None:
    _say(paragraph, element.text, bold=bold, size=size)
    for child in element:
        if isinstance(child.tag, str):
            _runs(child, paragraph, bold=bold, size=size)
        _say(paragraph, child.tail, bold=bold, size=size)


def _runs(
    element: Element, paragraph: Paragraph, *, bold: bool = False, size: float | None = None
) -> None:
    classes = _classes(element)
    if element.tag == "br" or "caption" in classes or element.tag in ("small", "div", "p"):
        paragraph.add_run().add_break()
    if "blank-line" in classes:
        paragraph.add_run(BLANK)
    elif classes & {"said", "ruled-text"}:
        _lines(paragraph, "".join(element.itertext()))
    elif element.tag != "img":
        strong = bold or element.tag in ("strong", "b")
        _inside(element, paragraph, bold=strong, size=8.5 if "caption" in classes else size)


def _say(paragraph: Paragraph, text: str | None, *, bold: bool, size: float | None) -> None:
    said = _SPACE.sub(" ", _clean(text or ""))
    if not said.strip() and (not said or not paragraph.text):
        return
    run = paragraph.add_run(said)
    run.bold = bold or None
    run.font.size = Pt(size) if size else None


def _lines(paragraph: Paragraph, text: str) -> None:
    """Write an answer, underlined as on paper; its own lines stay lines."""
    for number, line in enumerate(_clean(text).split("\n")):
        if number:
            paragraph.add_run().add_break()
        paragraph.add_run(line).underline = True


def _table(element: Element, into: Document) -> None:
    for caption in element.findall("caption"):
        _paragraph(caption, into.add_paragraph())
    rows = list(element.iter("tr"))
    width = max((sum(map(_span, _cells(row))) for row in rows), default=0)
    if not width:
        return
    table = into.add_table(rows=len(rows), cols=width, style="Table Grid")
    for number, row in enumerate(rows):
        _row(row, table, number)
        if row.getparent().tag == "thead":
            _repeat(table, number)
    into.add_paragraph()


def _row(row: Element, table: Table, number: int) -> None:
    at, places = 0, table.rows[number].cells
    for cell in _cells(row):
        span = _span(cell)
        place: _Cell = places[at]
        if span > 1:
            place = place.merge(places[at + span - 1])
        (paragraph,) = place.paragraphs[:1]
        _fill(cell, place, paragraph)
        at += span


def _fill(cell: Element, place: _Cell, paragraph: Paragraph) -> None:
    blocks = [child for child in cell if child.tag in ("p", "div")]
    if blocks:
        for number, block in enumerate(blocks):
            _paragraph(block, paragraph if not number else place.add_paragraph())
        return
    text = "".join(cell.itertext()) if not len(cell) else None
    if text is None:
        _inside(cell, paragraph)
        return
    for number, line in enumerate(_clean(text).strip("\n").split("\n")):
        if number:
            paragraph.add_run().add_break()
        paragraph.add_run(line)


def _repeat(table: Table, number: int) -> None:
    """Let the head of a table stand on every page."""
    mark = OxmlElement("w:tblHeader")
    table.rows[number]._tr.get_or_add_trPr().append(mark)


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _span(cell: Element) -> int:
    given = cell.get("colspan", "1")
    return min(int(given), 50) if given.isascii() and given.isdigit() and int(given) else 1


def _classes(element: Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("", text)


def _packed(document: Document) -> bytes:
    """Give the file without the moment at which it was packed."""
    out, anew = io.BytesIO(), io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as before, zipfile.ZipFile(anew, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, before.read(name))
    return anew.getvalue()


def main() -> None:
    """Turn the page on the input into a file."""
    warnings.simplefilter("ignore")
    # The library reads its empty document from a file, so it is opened before the limits.
    document = docx.Document()
    limit_myself(memory_bytes=MEMORY_BYTES, cpu_s=CPU_S)
    sys.stdout.buffer.write(made(sys.stdin.buffer.read().decode(), document))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()

"""What must be true of a page that was laid out: every word is on it, in its place, and drawn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
from weasyprint import HTML, Document

from documents.rendering import FINISHERS, TAGGED, VARIANTS, NothingElse, fonts
from documents.sheets import Sheet
from tests.unit.documents.paperwork.fuzz_outcomes import squeezed

Box = Any  # The engine's boxes have no types.
SLACK_PX = 1.0
HANGING_PX = 6.0
"""How far a comma may hang over the margin of the page behind a line that is full."""
UNSEEN = frozenset({"head", "style", "title", "meta", "link", "script"})
_NOT_COUNTED = re.compile(r"[\s\u00ad\u2010\u2011\x02\ufffe-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A sheet laid out as the press does it, beside the page it was made of."""

    page: HTML
    document: Document


def laid_out(sheet: Sheet) -> Laid:
    """Lay a sheet out."""
    page = HTML(string=sheet.html, url_fetcher=NothingElse({}), base_url=None)
    return Laid(page=page, document=page.render(font_config=fonts()))


def drawn(laid: Laid, sheet: Sheet) -> bytes:
    """Write the file of a sheet that was laid out."""
    pdf: bytes = laid.document.write_pdf(
        pdf_identifier=sheet.identifier.encode(),
        pdf_variant=VARIANTS[sheet.variant],
        pdf_tags=sheet.variant in TAGGED,
        finisher=FINISHERS.get(sheet.variant),
    )
    return pdf


def lost(laid: Laid) -> list[str]:
    """Give the texts of the page that its sheets do not show whole."""
    shown: dict[int, list[str]] = {}
    for _, text in _lines(laid.document):
        shown.setdefault(id(text.element), []).append(squeezed(text.text))
    wanted = _texts(laid.page.etree_element)
    return [text for which, text in wanted if not _is_repeated("".join(shown.get(which, ())), text)]


def _is_repeated(shown: str, text: str) -> bool:
    """Say whether a text is there whole, once or on every sheet, as the head of a table is."""
    times = len(shown) // len(text)
    return times > 0 and shown == text * times


def _texts(element: Any) -> Iterator[tuple[int, str]]:
    if element.tag in UNSEEN:
        return
    own = squeezed((element.text or "") + "".join(child.tail or "" for child in element))
    if own:
        yield id(element), own
    for child in element:
        yield from _texts(child)


def outside(laid: Laid) -> list[str]:
    """Give the texts that reach beyond their cell, the margins of the page, or its edge."""
    return [
        f"{text.text!r} {_edges(text)} leaves {_edges(room)}"
        for room, text in _lines(laid.document)
        if text.text.strip() and not _is_within(text, room)
    ]


def _is_within(text: Box, room: Box) -> bool:
    left, top, right, bottom = _edges(room)
    low, high, far, deep = _edges(text)
    hanging = HANGING_PX if type(room).__name__ == "PageBox" else SLACK_PX
    return (
        low >= left - SLACK_PX
        and far <= right + hanging
        and high >= top - SLACK_PX
        and deep <= bottom + SLACK_PX
    )


def _edges(box: Box) -> tuple[float, float, float, float]:
    if hasattr(box, "text"):
        left, top, width = box.position_x, box.position_y, box.width
    else:
        left, top, width = box.content_box_x(), box.content_box_y(), box.width
    return left, top, left + width, top + box.height


def _lines(document: Document) -> Iterator[tuple[Box, Box]]:
    """Give every text with the box that has to hold it: a cell, a margin, or the page."""
    for page in document.pages:
        yield from _inside(page._page_box, page._page_box)


def _inside(box: Box, room: Box) -> Iterator[tuple[Box, Box]]:
    for child in box.children:
        found = getattr(child, "_box", child)
        if hasattr(found, "text"):
            if found.element is not None and found.element_tag == found.element.tag:
                yield room, found
        elif hasattr(found, "children"):
            holds = type(found).__name__ in ("MarginBox", "TableCellBox")
            yield from _inside(found, found if holds else room)


def undrawn(laid: Laid, pdf: bytes) -> dict[str, int]:
    """Give the signs that were laid out and are not in the file, or are there another time."""
    wanted = Counter[str]()
    for _, text in _lines(laid.document):
        wanted.update(_NOT_COUNTED.sub("", text.text))
    found = Counter(_NOT_COUNTED.sub("", "".join(text for text, _ in _pages(pdf))))
    return {sign: often - found[sign] for sign, often in wanted.items() if found[sign] < often}


def off_the_page(pdf: bytes) -> int:
    """Count the signs that are drawn outside the page's own box."""
    return sum(off for _, off in _pages(pdf))


def _pages(pdf: bytes) -> Iterator[tuple[str, int]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            text = page.get_textpage()
            width, height = page.get_size()
            boxes = (text.get_charbox(index, loose=True) for index in range(text.count_chars()))
            off = sum(
                left < -1 or bottom < -1 or right > width + 1 or top > height + 1
                for left, bottom, right, top in boxes
            )
            yield text.get_text_range(), off
    finally:
        document.close()

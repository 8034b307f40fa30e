"""Typesetting a sheet: the only module that imports the engine, for the press's own process.

Whoever wants something printed asks ``documents.typesetting``; a request never comes here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pydyf
from PIL import ImageFile
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from documents.press.conforming import claim_both
from documents.press.fitting import fit
from documents.press.pictures import cmyk_jpeg, page_rasters, screen_jpeg
from documents.sheets import PICTURE_SCHEME, Rendered, Sheet, Variant

# The engine makes Pillow take torn pictures for whole ones, everywhere in the process.
ImageFile.LOAD_TRUNCATED_IMAGES = False

PROGRAM_FOLDER = Path(__file__).resolve().parents[1]
STYLES = PROGRAM_FOLDER / "static" / "print"
FONTS = PROGRAM_FOLDER / "static" / "dist" / "print-fonts" / "fonts.conf"
"""What FONTCONFIG_FILE must name in every process that typesets."""
BLEED_PT = 3 / 25.4 * 72
VARIANTS: Mapping[Variant, str | None] = {
    Variant.UA: "pdf/ua-1",
    Variant.ARCHIVE: "pdf/a-2u",
    Variant.ISSUED: "pdf/a-2u",
    Variant.PRINT: None,
    Variant.SCREEN: None,
}
TAGGED = frozenset({Variant.UA, Variant.ISSUED})
log = logging.getLogger("weasyprint")


class NothingElse(URLFetcher):
    """Fetches the sheet's own pictures and ``data:`` addresses; anything else is refused.

    The engine's own fetcher would read any file of the machine and any address.
    """

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._pictures = pictures

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Give what an address stands for. Raises ValueError for what is not the sheet's."""
        if url.startswith(PICTURE_SCHEME):
            name = url.removeprefix(PICTURE_SCHEME)
            if name not in self._pictures:
                raise ValueError("no such picture in this sheet")
            return URLFetcherResponse(
                url, self._pictures[name], headers={"Content-Type": "image/jpeg"}
            )
        if not url.startswith("data:"):
            raise ValueError("only what belongs to the sheet is fetched")
        return super().fetch(url, headers)


class _Complaints(logging.Handler):
    """Collects what the engine complains of while one sheet is typeset."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one complaint."""
        self.said.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[list[str]]:
    complaints = _Complaints()
    log.addHandler(complaints)
    try:
        yield complaints.said
    finally:
        log.removeHandler(complaints)


def render(sheet: Sheet, pictures: Mapping[str, bytes] | None = None) -> Rendered:
    """Typeset a sheet; ``pictures`` holds the bytes of ``sheet.pictures`` by their SHA-256.

    Raises KeyError when a picture or style sheet is missing.
    """
    found = _prepared(sheet, pictures or {})
    with _listening() as warnings:
        page = HTML(string=sheet.html, url_fetcher=NothingElse(found), base_url=None)
        styles = [style(name) for name in sheet.styles]
        document, fitted = fit(page, lambda: _laid_out(page, styles))
        data = document.write_pdf(
            pdf_identifier=sheet.identifier.encode() or None,
            pdf_variant=VARIANTS[sheet.variant],
            pdf_tags=sheet.variant in TAGGED,
            finisher=FINISHERS.get(sheet.variant),
        )
    return Rendered(
        pdf=data,
        pages=len(document.pages),
        warnings=tuple(warnings),
        fitted=fitted,
        rasters=page_rasters(data, width_px=sheet.raster_width_px, crop=sheet.raster_crop),
    )


def _prepared(sheet: Sheet, pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    if sheet.variant is Variant.PRINT:
        return {name: cmyk_jpeg(pictures[name], sheet.profile) for name in sheet.pictures}
    return {name: screen_jpeg(pictures[name]) for name in sheet.pictures}


def _laid_out(page: HTML, styles: list[CSS]) -> Document:
    return page.render(font_config=fonts(), stylesheets=styles)


@cache
def fonts() -> FontConfiguration:
    """Give the bundled fonts, found once a process."""
    return FontConfiguration()


@cache
def style(name: str) -> CSS:
    """Give a bundled style sheet, parsed once a process. Raises KeyError for any other name."""
    known = {path.name: path for path in STYLES.glob("*.css")}
    text = known[name].read_text(encoding="utf-8")
    return CSS(string=text, url_fetcher=NothingElse({}), font_config=fonts(), base_url=None)


def _exact_bleed(document: Document, pdf: pydyf.PDF) -> None:
    """Say where the bleed ends: the engine writes ten points, a printer expects three mm."""
    for page in pdf.objects:
        if isinstance(page, pydyf.Dictionary) and page.get("Type") == "/Page":
            left, top, right, bottom = page["TrimBox"]
            page["BleedBox"] = pydyf.Array(
                [left - BLEED_PT, top - BLEED_PT, right + BLEED_PT, bottom + BLEED_PT]
            )


FINISHERS: Mapping[Variant, Callable[[Document, pydyf.PDF], None]] = {
    Variant.PRINT: _exact_bleed,
    Variant.ISSUED: claim_both,
}


def warm_up() -> None:
    """Load fonts and engine, so that the first sheet is as fast as the next."""
    render(Sheet(html="<p style='font-family: Tinos'>Аб Ab", language="en"))

"""From a flyer's content to the sheets that the press typesets: plain values, all text escaped."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import segno
from markupsafe import Markup

from documents.flyers.rules.content import Content, Photo
from documents.flyers.rules.lint import is_web_address
from documents.flyers.rules.wording import day_in_words, imprint_text
from documents.flyers.shape import FlyerTemplate, Imprint, SlotKind
from documents.layouts import layouts_in
from documents.sheets import PICTURE_SCHEME, Crop, Sheet, Variant

LAYOUTS = Path(__file__).resolve().parent / "layouts"
PREVIEW_WIDTH_PX = 740
CARD_PX = 1080
DARK = "#010203"
"""A colour that segno writes and nothing else has: it is replaced by black ink."""
BLACK_INK = "device-cmyk(0 0 0 1)"
PROMISES = (1, 2, 3)
INKS: Mapping[str, str] = {
    "documents": "device-cmyk(0.92 0.68 0 0)",
    "money": "device-cmyk(0.88 0.2 0.7 0.12)",
    "field": "device-cmyk(0.04 0.78 1 0.02)",
    "voice": "device-cmyk(0.24 0.98 0.08 0.04)",
}
"""The four lines in inks, for what a style sheet can't colour; the same as in flyer-a5.css."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flyer:
    """Everything that makes the pages of one flyer what they are."""

    identifier: str
    content: Content
    template: FlyerTemplate
    imprint: Imprint
    polling_day: date
    profile: str = ""
    """Path of the printer's ICC profile."""


def print_sheet(flyer: Flyer) -> Sheet:
    """Give the two pages for the printer; their raster is the preview."""
    return Sheet(
        html=layouts_in(LAYOUTS).get_template("a5.html").render(_print_values(flyer)),
        styles=("flyer-a5.css",),
        variant=Variant.PRINT,
        identifier=f"{flyer.identifier}-print",
        language=flyer.imprint.language,
        pictures=_pictures(flyer.content.photo),
        profile=flyer.profile,
        raster_width_px=PREVIEW_WIDTH_PX,
        raster_crop=Crop.TRIM,
    )


def card_sheet(flyer: Flyer) -> Sheet:
    """Give the picture for the internet, with its imprint inside."""
    wording = flyer.imprint.card
    values = {
        **_values(flyer, printed=False),
        "imprint": imprint_text(flyer.imprint, wording, flyer.content.imprint),
    }
    return Sheet(
        html=layouts_in(LAYOUTS).get_template("card.html").render(values),
        styles=("flyer-card.css",),
        variant=Variant.SCREEN,
        identifier=f"{flyer.identifier}-card",
        language=flyer.imprint.language,
        pictures=_pictures(flyer.content.photo),
        raster_width_px=CARD_PX,
        raster_crop=Crop.MEDIA,
    )


def _values(flyer: Flyer, *, printed: bool) -> dict[str, object]:
    content, template = flyer.content, flyer.template
    white = "device-cmyk(0 0 0 0)" if printed else "#fffdf8"
    day = day_in_words(flyer.polling_day, flyer.imprint.language)
    return {
        "language": flyer.imprint.language,
        "title": content.slot("headline"),
        "colour": content.colour,
        "slot": {slot.key: content.slot(slot.key) for slot in template.slot},
        "phrase": template.phrase,
        "photo": PICTURE_SCHEME + content.photo.sha256 if content.photo else "",
        "map": Markup(layouts_in(LAYOUTS).get_template("map.svg").render(white=white)),  # noqa: S704
        "vote": template.phrase["vote"].format(day=day),
    }


def _print_values(flyer: Flyer) -> Mapping[str, object]:
    content = flyer.content
    link = next(slot for slot in flyer.template.slot if slot.kind is SlotKind.LINK)
    address = content.slot(link.key)
    # One that is too long is to be mended first, and may be more than a code can hold.
    has_code = len(address) <= link.max and is_web_address(address)
    return {
        **_values(flyer, printed=True),
        "ink": INKS[content.colour],
        "paragraphs": [part for part in content.slot("body").split("\n") if part.strip()],
        "promises": [
            {
                "title": content.slot(f"promise_{number}"),
                "text": content.slot(f"promise_{number}_text"),
            }
            for number in PROMISES
        ],
        "link": shown_address(address),
        "code": _code(address) if has_code else "",
        "imprint": imprint_text(flyer.imprint, flyer.imprint.printed, content.imprint),
    }


def shown_address(address: str) -> str:
    """Give a web address as it is printed: without what every one of them begins with."""
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")


def _code(address: str) -> Markup:
    """Give the address as a code for phones, drawn in black ink alone."""
    full = address if address.startswith(("https://", "http://")) else f"https://{address}"
    drawn = io.BytesIO()
    segno.make(full, error="m", micro=False).save(
        drawn, kind="svg", dark=DARK, border=0, xmldecl=False, svgns=True, omitsize=True
    )
    text = drawn.getvalue().decode().replace(DARK, BLACK_INK).replace("<path", '<path fill="none"')
    return Markup(text)  # noqa: S704 - drawn by us; the address is only its squares.


def _pictures(photo: Photo | None) -> tuple[str, ...]:
    return (photo.sha256,) if photo else ()

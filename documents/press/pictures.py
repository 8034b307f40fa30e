"""Photos for the press and pictures of its pages; runs in the press's process only."""

from __future__ import annotations

import io
import math
from functools import lru_cache
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageChops, ImageCms, ImageMath, ImageOps

from documents.sheets import Crop

LONGEST_SIDE_PX = 2480
"""What an A4 page holds at 300 points an inch across: more is never seen on paper."""
QUALITY = 90
REMEMBERED = 8
"""Photos kept as they were turned: whoever types sees the same photo on every page."""
FILLING = [255 / max(255 - black, 1) * (1 + 5e-7) for black in range(256)]
"""By how much an ink grows on the paper that so much black leaves.

The hair above keeps a whole number whole: what is left is cut off, not rounded.
"""


@lru_cache(maxsize=REMEMBERED)
def screen_jpeg(data: bytes) -> bytes:
    """Give a picture as JPEG of a sensible size, in RGB or grey."""
    picture = _opened(data)
    if picture.mode not in ("L", "RGB"):
        picture = picture.convert("RGB")
    return _jpeg(picture)


@lru_cache(maxsize=REMEMBERED)
def cmyk_jpeg(data: bytes, profile: str) -> bytes:
    """Give a photo as JPEG in CMYK for a printer's profile; without one by plain arithmetic."""
    picture = _opened(data).convert("RGB")
    if profile:
        turned = ImageCms.profileToProfile(
            picture,
            ImageCms.createProfile("sRGB"),
            str(Path(profile)),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="CMYK",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        assert turned is not None
        return _jpeg(turned)
    return _jpeg(_with_black(picture))


def _with_black(picture: Image.Image) -> Image.Image:
    """Turn RGB into CMYK; the darker a point, the more of its grey is printed in black.

    Plain inversion would lay 300 % of ink on the paper for black, which does not dry.
    """
    cyan, magenta, yellow = (ImageOps.invert(band) for band in picture.split())
    common = ImageChops.darker(ImageChops.darker(cyan, magenta), yellow)
    black = common.point([round(value * value / 255) for value in range(256)])
    more = black.point(FILLING, "F")
    inks = [_without(band, black, more) for band in (cyan, magenta, yellow)]
    return Image.merge("CMYK", (*inks, black))


def _without(band: Image.Image, black: Image.Image, more: Image.Image) -> Image.Image:
    """Give how much of an ink is left when black has done its part of it."""

    def left(given: Any) -> Any:  # noqa: ANN401 - Pillow's own operands.
        return given["convert"](given["float"](given["ink"]) * given["more"], "L")

    # There is never more black than of any ink, so whole numbers are enough for what is left.
    found = ImageMath.lambda_eval(left, ink=ImageChops.subtract(band, black), more=more)
    assert isinstance(found, Image.Image)
    return found


def _opened(data: bytes) -> Image.Image:
    picture: Image.Image = Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP"])
    times = max(picture.size) / LONGEST_SIDE_PX
    # Of a JPEG twice as large or more, no more points are decoded than are wanted.
    picture.draft(None, (math.ceil(picture.width / times), math.ceil(picture.height / times)))
    picture.load()
    if picture.mode == "RGBA":
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture)
    picture.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX))
    return picture


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def page_rasters(data: bytes, *, width_px: int, crop: Crop) -> tuple[bytes, ...]:
    """Give a PNG of each page, this wide; none when the width is 0."""
    if not width_px:
        return ()
    document = pypdfium2.PdfDocument(data)
    try:
        return tuple(_raster(page, width_px, crop) for page in document)
    finally:
        document.close()


def _raster(page: pypdfium2.PdfPage, width_px: int, crop: Crop) -> bytes:
    if crop is Crop.TRIM:
        page.set_mediabox(*page.get_trimbox())
        page.set_cropbox(*page.get_trimbox())
    scale = width_px / page.get_width()
    picture = page.render(scale=scale).to_pil().convert("RGB")
    if picture.width != width_px:
        picture = picture.resize((width_px, picture.height))
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=3)
    return out.getvalue()

"""Turns photos of papers into A4 pages: a short-lived process that can do nothing else.

Reads frames of inspected pictures from its input and writes a frame of JSON and a document of one
page for each. A photo is made as small as a page printed at 200 points an inch needs.
"""

from __future__ import annotations

import io
import json
import sys
import warnings

import pikepdf
from PIL import Image

from app.files.limits import limit_myself
from documents.press.errors import BROKEN, TOO_HEAVY
from documents.press.frames import exactly_from, packed, unpacking

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_S = 40
OPEN_FILES = 3
LONGEST_SIDE_PX = 2200
QUALITY = 80
A4_PT = (595.28, 841.89)
MARGIN_PT = 17.0
FORMATS = ["JPEG", "PNG", "WEBP"]


def page_of(data: bytes) -> bytes:
    """Give a document with this picture on one page, upright or lying as the picture is."""
    with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        opened.draft(None, (LONGEST_SIDE_PX, LONGEST_SIDE_PX))
        picture = _on_white(opened)
        picture.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX), reducing_gap=2.0)
        jpeg = io.BytesIO()
        picture.save(jpeg, "JPEG", quality=QUALITY)
    return _page(jpeg.getvalue(), picture.width, picture.height, grey=picture.mode == "L")


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("L", "RGB"):
        # Not a copy: the points of a phone's photo take as much memory as all the rest.
        picture.load()
        return picture
    if picture.mode == "1":
        return picture.convert("L")
    upon = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(upon, picture.convert("RGBA")).convert("RGB")


def _page(jpeg: bytes, width: int, height: int, *, grey: bool) -> bytes:
    paper = A4_PT if height >= width else (A4_PT[1], A4_PT[0])
    scale = min((paper[0] - 2 * MARGIN_PT) / width, (paper[1] - 2 * MARGIN_PT) / height)
    wide, high = width * scale, height * scale
    left, low = (paper[0] - wide) / 2, (paper[1] - high) / 2
    document = pikepdf.new()
    image = pikepdf.Stream(
        document,
        jpeg,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        ColorSpace=pikepdf.Name.DeviceGray if grey else pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    drawing = f"q {wide:.3f} 0 0 {high:.3f} {left:.3f} {low:.3f} cm /Photo Do Q".encode()
    page = document.add_blank_page(page_size=paper)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=image))
    page.Contents = document.make_stream(drawing)
    out = io.BytesIO()
    document.save(out, deterministic_id=True)
    return out.getvalue()


def main() -> None:
    """Turn the pictures on the input into pages."""
    Image.init()
    warnings.simplefilter("ignore")
    limit_myself(memory_bytes=MEMORY_BYTES, cpu_s=CPU_S, open_files=OPEN_FILES)
    try:
        pictures = unpacking(exactly_from(sys.stdin.buffer))
        parts = [json.dumps({}).encode(), *map(page_of, pictures)]
    except MemoryError:
        parts = [json.dumps({"error": TOO_HEAVY}).encode()]
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError):
        parts = [json.dumps({"error": BROKEN}).encode()]
    sys.stdout.buffer.write(packed(parts))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()

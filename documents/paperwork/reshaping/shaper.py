"""Turns, crops and draws scans: a short-lived process that can do nothing else.

Reads an inspected picture or PDF from its input, writes the file it has become to its output. Like
the inspector it has little memory, little time, and can open neither files nor sockets.
"""

from __future__ import annotations

import io
import sys
import warnings

import pikepdf
import pypdfium2
from PIL import Image

from app.files.limits import limit_myself

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_S = 15
OPEN_FILES = 3
QUALITY = 90
WIDTH_PX = 1100
TALLEST_PX = 3000
FORMATS = ("JPEG", "PNG", "WEBP")
Edges = tuple[int, int, int, int]
"""Percent cut off at left, top, right and bottom, as the turned page is seen."""


def shape(data: bytes, turn: int, edges: Edges) -> bytes:
    """Give a scan turned clockwise by so many degrees, then cropped."""
    if data.startswith(b"%PDF"):
        return _shape_document(data, turn, edges)
    return _shape_picture(data, turn, edges)


def _shape_picture(data: bytes, turn: int, edges: Edges) -> bytes:
    with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        kind = opened.format or "JPEG"
        picture = opened.rotate(-turn, expand=True)
    left, top, right, bottom = edges
    box = (
        picture.width * left // 100,
        picture.height * top // 100,
        picture.width - picture.width * right // 100,
        picture.height - picture.height * bottom // 100,
    )
    out = io.BytesIO()
    picture.crop(box).save(out, kind, quality=QUALITY)
    return out.getvalue()


def _shape_document(data: bytes, turn: int, edges: Edges) -> bytes:
    """Turn every page and show less of it; nothing that was signed is drawn anew."""
    with pikepdf.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.rotate(turn, relative=True)
            before = int(page.obj.get("/Rotate", 0)) % 360
            page.cropbox = _cut(page, edges, before)
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _cut(page: pikepdf.Page, edges: Edges, turned: int) -> pikepdf.Array:
    """Give the part of a page that stays; edges are named as the turned page is seen."""
    low_x, low_y, high_x, high_y = (float(number) for number in page.cropbox)
    left, top, right, bottom = (edge / 100 for edge in edges)
    # What is seen at the left of a page turned by 90° is the bottom of the page as it lies.
    for _ in range(turned // 90):
        left, top, right, bottom = top, right, bottom, left
    wide, high = high_x - low_x, high_y - low_y
    return pikepdf.Array(
        [
            low_x + wide * left,
            low_y + high * bottom,
            high_x - wide * right,
            high_y - high * top,
        ]
    )


def draw(data: bytes, number: int) -> bytes:
    """Give a page as PNG, wide enough to be read."""
    document = pypdfium2.PdfDocument(data)
    page = document[number - 1]
    wide, high = max(page.get_width(), 1), max(page.get_height(), 1)
    picture = page.render(scale=min(WIDTH_PX / wide, TALLEST_PX / high)).to_pil().convert("RGB")
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=3)
    return out.getvalue()


def main() -> None:
    """Do one thing with the one file on the input."""
    Image.init()
    warnings.simplefilter("ignore")
    what, *numbers = sys.argv[1:]
    first, *edges = map(int, numbers)
    limit_myself(memory_bytes=MEMORY_BYTES, cpu_s=CPU_S, open_files=OPEN_FILES)
    data = sys.stdin.buffer.read()
    if what == "draw":
        done = draw(data, first)
    else:
        left, top, right, bottom = edges
        done = shape(data, first, (left, top, right, bottom))
    sys.stdout.buffer.write(done)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()

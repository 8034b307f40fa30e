"""Turns, crops and draws scans: a short-lived process that can do nothing else.

Reads an inspected picture or PDF from its input, writes the file it has become to its output. Like
the inspector it has little memory, little time, and can open neither files nor sockets.
"""

from __future__ import annotations

import io
import signal
import sys
import warnings

import pikepdf
import pypdfium2
from PIL import Image

from app.files.limits import limit_myself

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_S = {"shape": 10, "draw": 3}
"""A common page with the start of the process takes a fifth of one."""
OPEN_FILES = 3
QUALITY = 90
WIDTH_PX = 1100
TALLEST_PX = 3000
CUT_DPI = 200
LONGEST_CUT_PX = 2600
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
    out = io.BytesIO()
    _cropped(picture, edges).save(out, kind, quality=QUALITY)
    return out.getvalue()


def _cropped(picture: Image.Image, edges: Edges) -> Image.Image:
    left, top, right, bottom = edges
    box = (
        picture.width * left // 100,
        picture.height * top // 100,
        picture.width - picture.width * right // 100,
        picture.height - picture.height * bottom // 100,
    )
    return picture.crop(box)


def _shape_document(data: bytes, turn: int, edges: Edges) -> bytes:
    """Turn every page; with something to cut off, what stays of each is drawn anew.

    A page of a document can only be told to show less of itself: what was cut off would still be
    in the file that others are given.
    """
    if any(edges):
        return _cut_document(data, turn, edges)
    with pikepdf.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.rotate(turn, relative=True)
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _cut_document(data: bytes, turn: int, edges: Edges) -> bytes:
    document = pypdfium2.PdfDocument(data)
    with pikepdf.new() as cut:
        for number in range(len(document)):
            page = document[number]
            longest = max(page.get_width(), page.get_height(), 1)
            scale = min(CUT_DPI / 72, LONGEST_CUT_PX / longest)
            picture = page.render(scale=scale).to_pil().convert("RGB").rotate(-turn, expand=True)
            _add_picture(cut, _cropped(picture, edges), 1 / scale)
        out = io.BytesIO()
        cut.save(out, deterministic_id=True)
    return out.getvalue()


def _add_picture(document: pikepdf.Pdf, picture: Image.Image, points: float) -> None:
    """Add a page that is this picture; ``points``: of the page, for each point of the picture."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    wide, high = picture.width * points, picture.height * points
    page = document.add_blank_page(page_size=(wide, high))
    image = pikepdf.Stream(
        document,
        out.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=image))
    page.obj.Contents = document.make_stream(f"{wide:.4f} 0 0 {high:.4f} 0 0 cm /Page Do".encode())


def draw(data: bytes, number: int) -> bytes:
    """Give a page as JPEG, wide enough to be read."""
    document = pypdfium2.PdfDocument(data)
    page = document[number - 1]
    wide, high = max(page.get_width(), 1), max(page.get_height(), 1)
    picture = page.render(scale=min(WIDTH_PX / wide, TALLEST_PX / high)).to_pil().convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def main() -> None:
    """Do one thing with the one file on the input."""
    # A worker is told to stop together with its children, and first ends what it has begun: a page
    # that fell for that would be taken for one that is too heavy.
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, signal.SIG_IGN)
    Image.init()
    warnings.simplefilter("ignore")
    what, *numbers = sys.argv[1:]
    first, *edges = map(int, numbers)
    limit_myself(memory_bytes=MEMORY_BYTES, cpu_s=CPU_S[what], open_files=OPEN_FILES)
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

"""The worker that reads QR codes: a short-lived process that can do nothing else.

Reads an inspected picture or PDF from its input and writes one line of JSON,
``{"pages": [["text of a code", ...], ...]}``: the codes of each page, as far as time reaches.
Like the inspector it has little memory, little time, and can open neither files nor sockets.
"""

from __future__ import annotations

import io
import json
import sys
import time
import warnings
from collections.abc import Iterator

import pypdfium2
import zxingcpp
from PIL import Image

from app.files.limits import limit_myself

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_S = 2
ENOUGH_S = 1.2
"""Of the processor, after which no further page is looked at: somebody waits for the answer."""
OPEN_FILES = 3
MOST_PAGES = 12
PDF_DPI = 150
LONGEST_SIDE_PX = 2400
LONGEST_TEXT = 500
MOST_CODES = 20
"""On one page; nobody puts more sheets into one photo."""
QR_CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def pictures(data: bytes) -> Iterator[Image.Image]:
    """Give the pages of a file as grey pictures of a bounded size."""
    if not data.startswith(b"%PDF"):
        with Image.open(io.BytesIO(data)) as opened:
            yield _bounded(opened)
        return
    document = pypdfium2.PdfDocument(data)
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        longest = max(page.get_width(), page.get_height(), 1)
        scale = min(PDF_DPI / 72, LONGEST_SIDE_PX / longest)
        yield page.render(scale=scale, grayscale=True).to_pil()


def _bounded(picture: Image.Image) -> Image.Image:
    grey = picture.convert("L")
    grey.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX))
    return grey


def codes(data: bytes) -> list[list[str]]:
    """Give the texts of the QR codes of each page, each once, as far as time reaches."""
    found = []
    for picture in pictures(data):
        read = zxingcpp.read_barcodes(picture, formats=QR_CODES)
        texts = dict.fromkeys(code.text[:LONGEST_TEXT] for code in read)
        found.append(list(texts)[:MOST_CODES])
        if time.process_time() > ENOUGH_S:
            break
    return found


def main() -> None:
    """Read the one file on the input."""
    Image.init()
    warnings.simplefilter("ignore")
    limit_myself(memory_bytes=MEMORY_BYTES, cpu_s=CPU_S, open_files=OPEN_FILES)
    found = codes(sys.stdin.buffer.read())
    sys.stdout.write(json.dumps({"pages": found}) + "\n")


if __name__ == "__main__":
    main()

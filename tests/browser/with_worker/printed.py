"""What comes back from the press, and what a candidate does with it by hand."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import ImageDraw
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.travelling import press
from tests.browser.watching import assert_fits

# The press and the worker's jobs share two slow cores with the browser.
PRESS_MS = 30_000


def issued(page: Page, link: Locator) -> bytes:
    """Issue the paper on the page as the answers stand; its file is behind the link by and by."""
    press(page, "/issue")
    # The page says by itself when the file is there.
    expect(link).to_be_visible(timeout=PRESS_MS)
    return downloaded(page, link)


def send_back(page: Page, sheets: Sequence[FilePayload], *, printed_here: bool = True) -> None:
    """Send every signed sheet of the paper on the page to whoever looks at them."""
    page.set_input_files("#file", sheets)
    press(page, "/scans")
    expect(page.locator("#signed .files > li")).to_have_count(len(sheets))
    if printed_here:
        # The code on each sheet is that of the version that was issued last.
        expect(page.locator("#signed .files .badge-done")).to_have_count(len(sheets))
    assert_fits(page)
    press(page, "/send")
    expect(page.locator("form[action$='/withdraw']")).to_be_visible()


def downloaded(page: Page, link: Locator) -> bytes:
    """Follow a link to a file."""
    with page.expect_download() as got:
        link.click()
    return Path(got.value.path()).read_bytes()


def words_of(pdf: bytes) -> str:
    """Give the text of a printed paper, spaces folded, hyphens of line ends left as they are."""
    return " ".join(pages_of(pdf))


def pages_of(pdf: bytes) -> list[str]:
    """Give the text of each page, spaces folded."""
    found = pypdfium2.PdfDocument(pdf)
    texts = (sheet.get_textpage().get_text_range() for sheet in found)
    return [" ".join(text.replace("\u00a0", " ").split()) for text in texts]


def photos_of(pdf: bytes) -> list[FilePayload]:
    """Give each page of a printed paper as a photo with a signature on it."""
    assert pdf.startswith(b"%PDF")
    found: list[FilePayload] = []
    for number, sheet in enumerate(pypdfium2.PdfDocument(pdf), start=1):
        picture = sheet.render(scale=2).to_pil().convert("RGB")
        wide, high = picture.size
        ImageDraw.Draw(picture).line(
            [(wide * 0.6, high * 0.8), (wide * 0.7, high * 0.77), (wide * 0.8, high * 0.8)],
            fill="navy",
            width=5,
        )
        written = BytesIO()
        picture.save(written, "PNG")
        found.append(
            {"name": f"{number}.png", "mimeType": "image/png", "buffer": written.getvalue()}
        )
    return found

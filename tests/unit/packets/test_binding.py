"""Binding: hostile files end in a word, never in a half packet."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pytest
from PIL import Image

from documents.packets.binding import binder, paging
from documents.packets.binding.client import BATCH, MOST_PAGES, pages_of_pictures


def a_pdf(pages: int = 1, size: tuple[int, int] = (595, 842), turn: int = 0) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        page = document.add_blank_page(page_size=size)
        if turn:
            page.rotate(turn, relative=False)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def a_plan(*, parts: int = 1, copies: int = 1, stamped: bool = False) -> dict[str, object]:
    line = {"title": "Ё", "name": "01-a.pdf", "parts": parts, "copies": copies, "stamped": stamped}
    return {
        "title": "Опись",
        "language": "ru",
        "inventory": "00.pdf",
        "stamps": stamped,
        "most_pages": MOST_PAGES,
        "lines": [line],
    }


def test_copies_are_bound_as_often_as_they_are_handed_in() -> None:
    pages, whole, packed = binder.bind(a_plan(parts=2, copies=2), [a_pdf(), b"", a_pdf(), a_pdf(2)])
    assert pages == 1 + 2 * 3
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        assert len(pikepdf.open(io.BytesIO(archive.read("01-a.pdf"))).pages) == 3
    assert len(pikepdf.open(io.BytesIO(whole)).pages) == 7


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [(595, 842), (842, 595), (200, 2000)])
def test_stamps_lie_on_pages_of_any_size_and_turn(turn: int, size: tuple[int, int]) -> None:
    given = [a_pdf(), a_pdf(3), a_pdf(3, size, turn)]
    assert binder.bind(a_plan(stamped=True), given) == binder.bind(a_plan(stamped=True), given)


def test_more_pages_than_anybody_prints_are_refused() -> None:
    with pytest.raises(binder.TooManyPages):
        binder.bind(a_plan(copies=3), [a_pdf(), b"", a_pdf(MOST_PAGES // 2)])


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 torn", b"\x00" * 1000])
def test_a_torn_file_is_an_error_that_is_known(data: bytes) -> None:
    with pytest.raises((pikepdf.PdfError, ValueError)):
        binder.bind(a_plan(), [a_pdf(), b"", data])


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA"])
def test_every_kind_of_picture_becomes_a_page(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (300, 200)).save(out, "PNG")
    document = pikepdf.open(io.BytesIO(paging.page_of(out.getvalue())))
    (page,) = document.pages
    assert [round(float(side)) for side in page.mediabox[2:]] == [842, 595]


def test_photos_become_pages_in_their_order_however_many_there_are() -> None:
    shades = range(0, 255, 25)
    photos = []
    for shade in shades:
        out = io.BytesIO()
        Image.new("L", (30, 40), shade).save(out, "PNG")
        photos.append(out.getvalue())
    assert len(photos) > BATCH
    assert pages_of_pictures(photos) == [paging.page_of(photo) for photo in photos]


def test_a_large_photo_is_kept_as_large_as_paper_needs() -> None:
    out = io.BytesIO()
    Image.effect_noise((4000, 5000), 60).save(out, "JPEG", quality=95)
    page = paging.page_of(out.getvalue())
    assert len(page) < len(out.getvalue()) / 3
    assert page == paging.page_of(out.getvalue())

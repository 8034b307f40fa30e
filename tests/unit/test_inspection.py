"""Real broken and hostile files, opened by the real worker process."""

from __future__ import annotations

import io
import struct
import zlib

import pikepdf
import pytest
from PIL import Image

from app.errors import Refused
from app.files import errors
from app.files.inspection import LARGEST_BYTES, inspect_apart
from app.files.inspector import inspect


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind, **options)
    return out.getvalue()


def a_bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG of a few hundred kilobytes that would take gigabytes to open."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(4_000_000), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def a_pdf(change: object = None, **save: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(200, 200))
        if callable(change):
            change(document)
        document.save(out, **save)
    return out.getvalue()


def with_script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
    )


def with_launch(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd"))


def with_attachment(document: pikepdf.Pdf) -> None:
    document.attachments["x.exe"] = b"MZ"


def deep(document: pikepdf.Pdf) -> None:
    nested = pikepdf.Array()
    for _ in range(100):
        nested = pikepdf.Array([nested])
    document.Root.Deep = nested


def problem(data: bytes) -> str:
    return inspect(data)[0].problem


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "empty"),
        (b"<html><script>alert(1)</script></html>", "wrong_type"),
        (b"MZ" + bytes(500), "wrong_type"),
        (b"GIF89a" + bytes(500), "wrong_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "wrong_type"),
        (a_picture()[:300], "broken"),
        (a_picture("PNG")[:60], "broken"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "broken"),
        (a_bomb(), "too_many_pixels"),
        (b"%PDF-1.7 nothing more", "broken"),
        (a_pdf()[:200], "broken"),
        (a_pdf(with_script), "active_content"),
        (a_pdf(with_launch), "active_content"),
        (a_pdf(with_attachment), "active_content"),
        (a_pdf(deep), "broken"),
        (a_pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "encrypted"),
        (a_pdf(encryption=pikepdf.Encryption(owner="o", user="")), "encrypted"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_file_is_recognised_for_what_it_is(data: bytes, found: str) -> None:
    assert problem(data) == found


def test_a_script_inside_a_compressed_object_is_found() -> None:
    data = a_pdf(with_script, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"JavaScript" not in data
    assert problem(data) == "active_content"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_without_its_hidden_data(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "secret place"
    verdict, kept = inspect(a_picture(kind, exif=exif.tobytes()))
    assert verdict.media_type == f"image/{kind.lower()}"
    assert b"secret place" not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size == (20, 40), "turned upright as the camera said"
        assert not picture.getexif()


@pytest.mark.parametrize(
    ("size", "kept_size"),
    [((5000, 4000), (1847, 1477)), ((1600, 1600), (1600, 1600)), ((4000, 1500), (3939, 1477))],
)
def test_a_picture_is_kept_no_larger_than_it_takes_to_cover_its_place(
    size: tuple[int, int], kept_size: tuple[int, int]
) -> None:
    out = io.BytesIO()
    Image.new("RGB", size, "#8a5a3c").save(out, "JPEG")
    verdict, kept = inspect(out.getvalue(), cover=(1819, 1477))
    assert (verdict.width, verdict.height) == kept_size
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size == kept_size
        assert picture.getpixel((5, 5)) == pytest.approx((138, 90, 60), abs=3)


def test_a_picture_that_lies_on_its_side_covers_its_place_once_it_stands() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", (4000, 3000)).save(out, "JPEG", exif=exif.tobytes())
    verdict, _ = inspect(out.getvalue(), cover=(1800, 1500))
    assert (verdict.width, verdict.height) == (1800, 2400)


def test_the_worker_is_told_how_large_a_picture_is_needed() -> None:
    out = io.BytesIO()
    Image.new("RGB", (800, 600)).save(out, "JPEG")
    found = inspect_apart(out.getvalue(), cover=(200, 100))
    assert (found.width, found.height) == (200, 150)


def test_a_picture_with_code_behind_it_loses_the_code() -> None:
    _, kept = inspect(a_picture() + b"<?php system('x'); ?>")
    assert b"php" not in kept


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_colour_can_be_kept(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (5, 5)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    assert problem(out.getvalue()) == ""


def test_the_worker_gives_a_good_file_back_with_its_pages() -> None:
    data = a_pdf()
    found = inspect_apart(data)
    assert (found.media_type, found.pages, found.data) == ("application/pdf", 1, data)


def with_an_author(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = "Secret Author"
    with document.open_metadata() as about:
        about["dc:creator"] = ["Secret Author"]
    form = document.make_stream(b"0 0 9 9 re f")
    form.stream_dict.Type, form.stream_dict.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.stream_dict.Metadata = document.make_stream(b"<x>Secret Author</x>")
    form.stream_dict.PieceInfo = pikepdf.Dictionary(App=pikepdf.String("Secret Author"))
    page = document.pages[0]
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    page.obj.Contents = document.make_stream(b"/F Do (what is signed)")


def all_of(data: bytes) -> bytes:
    """Give everything in a document, unpacked."""
    with pikepdf.open(io.BytesIO(data)) as document:
        out = io.BytesIO()
        document.save(
            out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all
        )
    return out.getvalue()


def test_a_document_is_kept_without_who_made_it() -> None:
    data = a_pdf(with_an_author)
    assert b"Secret Author" in all_of(data)
    kept = inspect(data)[1]
    assert b"Secret Author" not in all_of(kept)
    assert b"what is signed" in all_of(kept)
    assert inspect(kept)[1] == kept, "the same file is known again"


def test_a_document_is_kept_without_its_earlier_versions() -> None:
    before = a_pdf(lambda document: document.Root.__setattr__("Note", pikepdf.String("Secret")))
    # The number of the catalogue, written once more behind the end, without the note.
    with pikepdf.open(io.BytesIO(before)) as document:
        catalogue, pages = document.Root.objgen[0], document.Root.Pages.objgen[0]
        size = int(document.trailer.Size)
    at = int(before.rsplit(b"startxref", 1)[1].split()[0])
    body = b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n" % (catalogue, pages)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %d 0 R /Prev %d >>\n" % (
        catalogue,
        len(before),
        size,
        catalogue,
        at,
    )
    after = before + body + table + b"startxref\n%d\n%%%%EOF\n" % (len(before) + len(body))
    kept = inspect(after)[1]
    assert b"Secret" in after
    assert kept and b"Secret" not in all_of(kept)


def test_the_worker_says_why_a_file_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        inspect_apart(a_pdf(with_script))
    assert caught.value.field == "file"
    assert caught.value.message == errors.FILE_PROBLEMS["active_content"]


def test_a_file_over_the_limit_is_refused_before_any_worker_starts() -> None:
    with pytest.raises(Refused) as caught:
        inspect_apart(bytes(LARGEST_BYTES + 1))
    assert caught.value.params == {"megabytes": 15}

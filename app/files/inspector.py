"""The worker that opens files from outside: a short-lived process that can do nothing else.

Reads a file from its input and writes one line of JSON (the verdict) to its output, followed by
the bytes to keep. It has little memory, little time, and after its limits are set it can open
neither files nor sockets: there are no free descriptors left.
"""

from __future__ import annotations

import io
import json
import math
import sys
import warnings
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import filetype
import pikepdf
from PIL import Image, ImageOps

from app.files.limits import limit_myself

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_S = 10
OPEN_FILES = 3
MOST_PIXELS = 25_000_000
MOST_PAGES = 300
DEEPEST = 60
JPEG_QUALITY = 90
PDF = "application/pdf"
IMAGE_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
PLAIN_MODES = {"JPEG": ("L", "RGB"), "PNG": ("1", "L", "RGB", "RGBA"), "WEBP": ("RGB", "RGBA")}
END_OF_VERSION = b"startxref"
FORBIDDEN_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMedia"})
FORBIDDEN_ACTIONS = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData"})
HIDDEN_KEYS = ("/Metadata", "/PieceInfo", "/LastModified")
"""What programs write into documents beside what is seen: who made them, when, and with what."""
FORBIDDEN_TYPES = frozenset({"/EmbeddedFile", "/RichMedia"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found: a problem's code, or what kind of file is kept."""

    problem: str = ""
    media_type: str = ""
    pages: int = 0
    width: int = 0
    height: int = 0


def inspect(data: bytes, *, cover: tuple[int, int] | None = None) -> tuple[Verdict, bytes]:
    """Give the verdict about a file and the bytes to keep; they are empty when it is refused.

    A picture with more points than it takes to cover ``cover`` (width, height) is made smaller.
    """
    if not data:
        return Verdict(problem="empty"), b""
    media_type = filetype.guess_mime(data) or ""
    if media_type == PDF:
        return _inspect_pdf(data)
    if media_type in IMAGE_FORMATS:
        return _inspect_image(data, media_type, cover)
    if media_type in ("image/heic", "image/heif", "image/avif"):
        return Verdict(problem="phone_format"), b""
    return Verdict(problem="wrong_type"), b""


def _inspect_image(
    data: bytes, media_type: str, cover: tuple[int, int] | None
) -> tuple[Verdict, bytes]:
    """Decode the picture and write it anew, so that only its points are kept."""
    kind = IMAGE_FORMATS[media_type]
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as opened:
            width, height = opened.size
            if width * height > MOST_PIXELS:
                return Verdict(problem="too_many_pixels"), b""
            if cover is not None:
                # Of a large JPEG only every second, fourth or eighth point is decoded. It may
                # still lie on its side, so both of its sides have to be long enough.
                opened.draft(None, (max(cover), max(cover)))
            opened.load()
            upright = ImageOps.exif_transpose(opened)
        clean = _plain(upright, kind)
        if cover is not None:
            clean = _no_larger(clean, cover)
        kept = io.BytesIO()
        clean.save(kept, kind, quality=JPEG_QUALITY)
    except Image.DecompressionBombError:
        return Verdict(problem="too_many_pixels"), b""
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, KeyError):
        return Verdict(problem="broken"), b""
    found = Verdict(media_type=media_type, pages=1, width=clean.width, height=clean.height)
    return found, kept.getvalue()


def _no_larger(picture: Image.Image, cover: tuple[int, int]) -> Image.Image:
    """Give the picture so large that it just covers a place; a smaller one as it is."""
    share = max(cover[0] / picture.width, cover[1] / picture.height)
    if share >= 1:
        return picture
    size = (math.ceil(picture.width * share), math.ceil(picture.height * share))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _plain(picture: Image.Image, kind: str) -> Image.Image:
    modes = PLAIN_MODES[kind]
    if picture.mode not in modes:
        see_through = picture.has_transparency_data and "RGBA" in modes
        picture = picture.convert("RGBA" if see_through else "RGB")
    # Some writers copy comments, profiles and text from here into the new file.
    picture.info.clear()
    return picture


def _inspect_pdf(data: bytes) -> tuple[Verdict, bytes]:
    """Look at every object of the document; what is seen of it is kept as it is."""
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            if document.is_encrypted:
                return Verdict(problem="encrypted"), b""
            pages = len(document.pages)
            if any(_is_forbidden(thing) for thing in _dictionaries(document)):
                return Verdict(problem="active_content"), b""
            if pages == 0:
                return Verdict(problem="broken"), b""
            if pages > MOST_PAGES:
                return Verdict(problem="too_many_pages"), b""
            kept = _without_hidden(document, data)
    except pikepdf.PasswordError:
        return Verdict(problem="encrypted"), b""
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, OSError, KeyError):
        return Verdict(problem="broken"), b""
    return Verdict(media_type=PDF, pages=pages), kept


def _without_hidden(document: pikepdf.Pdf, data: bytes) -> bytes:
    """Give the document without what is not seen of it: who made it, and how it was before.

    A change is often only appended, and what it took away is still there. One that has nothing to
    lose keeps its very bytes, so that the same file is known again.
    """
    hidden = [
        (holder, key)
        for holder in list(_dictionaries(document))
        for key in HIDDEN_KEYS
        if key in holder
    ]
    if not hidden and "/Info" not in document.trailer and data.count(END_OF_VERSION) == 1:
        return data
    for holder, key in hidden:
        del holder[key]
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    out = io.BytesIO()
    document.save(out, deterministic_id=True)
    return out.getvalue()


def _dictionaries(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    yield from _within(document.trailer, 0)
    for thing in document.objects:
        yield from _within(thing, 0)


def _within(thing: object, depth: int) -> Iterator[pikepdf.Object]:
    """Give the dictionaries inside one object; indirect ones come by themselves."""
    if depth > DEEPEST:
        raise ValueError("nested too deeply")
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        holder = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
        yield holder
        for key in holder.keys():  # noqa: SIM118 - a pikepdf dictionary iterates otherwise.
            yield from _inner(holder[key], depth)
    elif isinstance(thing, pikepdf.Array):
        for index in range(len(thing)):
            yield from _inner(thing[index], depth)


def _inner(thing: object, depth: int) -> Iterator[pikepdf.Object]:
    if isinstance(thing, pikepdf.Object) and not thing.is_indirect:
        yield from _within(thing, depth + 1)


def _is_forbidden(holder: pikepdf.Object) -> bool:
    keys = set(holder.keys())
    if keys & FORBIDDEN_KEYS:
        return True
    if "/S" in keys and str(holder["/S"]) in FORBIDDEN_ACTIONS:
        return True
    return any(
        name in keys and str(holder[name]) in FORBIDDEN_TYPES for name in ("/Type", "/Subtype")
    )


def main() -> None:
    """Inspect the one file on the input."""
    Image.init()
    warnings.simplefilter("ignore")
    limit_myself(memory_bytes=MEMORY_BYTES, cpu_s=CPU_S, open_files=OPEN_FILES)
    data = sys.stdin.buffer.read()
    width, height = map(int, sys.argv[1:]) if sys.argv[1:] else (0, 0)
    try:
        verdict, kept = inspect(data, cover=(width, height) if width else None)
    except MemoryError:
        verdict, kept = Verdict(problem="too_heavy"), b""
    except RecursionError:
        verdict, kept = Verdict(problem="broken"), b""
    sys.stdout.buffer.write(json.dumps(asdict(verdict)).encode() + b"\n" + kept)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()

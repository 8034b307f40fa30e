"""Binds a packet: a short-lived process that can do nothing else.

Reads frames from its input: a plan as JSON, the inventory, the stamps, and the documents of each
line; writes a frame of JSON, the whole document and the archive. Nothing of the clock or of the
machine goes into them, so the same papers give the same bytes.
"""

from __future__ import annotations

import io
import json
import sys
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from app.files.limits import limit_myself
from documents.press.errors import BROKEN, TOO_HEAVY, TOO_MANY_PAGES
from documents.press.frames import exactly_from, packed, unpacked

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_S = 50
OPEN_FILES = 3
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first day an archive knows: no file of a packet says when it was packed."""
PLAIN_FILE = 0o644 << 16
STAMP = pikepdf.Name("/MandatSheet")


class TooManyPages(Exception):
    """The packet has more pages than anybody would print."""


@dataclass(slots=True)
class _Stamps:
    """The pages with stamps, taken one after another."""

    document: pikepdf.Pdf | None
    at: int = 0

    def put(self, document: pikepdf.Pdf, page: pikepdf.Page) -> None:
        """Lay the next stamp upon a page; the library's own way gives it a name by chance."""
        assert self.document is not None
        stamp = document.copy_foreign(self.document.pages[self.at].as_form_xobject())
        name = page.add_resource(stamp, pikepdf.Name.XObject, STAMP)
        place = pikepdf.Rectangle(page.trimbox)
        drawing = page.calc_form_xobject_placement(
            stamp, name, place, invert_transformations=True, allow_shrink=True, allow_expand=True
        )
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(b"\nQ\n" + drawing)
        self.at += 1


@dataclass(slots=True)
class _Book:
    whole: pikepdf.Pdf
    most_pages: int
    marks: list[tuple[str, int]] = field(default_factory=list)
    sources: list[pikepdf.Pdf] = field(default_factory=list)
    """Pages taken from a document are read when the whole is saved: it has to live as long."""

    def open(self, data: bytes) -> pikepdf.Pdf:
        document = pikepdf.open(io.BytesIO(data))
        self.sources.append(document)
        return _plain(document)

    def begin(self) -> pikepdf.Pdf:
        self.sources.append(pikepdf.new())
        return self.sources[-1]

    def add(self, title: str, document: pikepdf.Pdf) -> None:
        if len(self.whole.pages) + len(document.pages) > self.most_pages:
            raise TooManyPages
        self.marks.append((title, len(self.whole.pages)))
        self.whole.pages.extend(document.pages)


def bind(plan: dict[str, Any], parts: Sequence[bytes]) -> tuple[int, bytes, bytes]:
    """Give the number of pages, the whole document and the archive."""
    inventory, stamped, *files = parts
    book = _Book(whole=pikepdf.new(), most_pages=plan["most_pages"])
    stamps = _Stamps(document=pikepdf.open(io.BytesIO(stamped)) if plan["stamps"] else None)
    packing = [(plan["inventory"], inventory)]
    book.add(plan["title"], book.open(inventory))
    left = iter(files)
    for line in plan["lines"]:
        own = [next(left) for _ in range(line["parts"])]
        packing.append((line["name"], _line(book, stamps, line, own)))
    _finish(book, plan)
    pages = len(book.whole.pages)
    return pages, _saved(book.whole), _archive(packing)


def _line(book: _Book, stamps: _Stamps, line: dict[str, Any], files: Sequence[bytes]) -> bytes:
    """Add every copy of a line; give its file for the archive.

    A form stays the very file that was issued, so that its fingerprint can be compared.
    """
    first = b""
    for _ in range(line["copies"]):
        bound = book.begin()
        for data in files:
            bound.pages.extend(book.open(data).pages)
            # A document with thousands of pages must not cost more than its refusal.
            if len(bound.pages) > book.most_pages:
                raise TooManyPages
        if line["stamped"]:
            for page in bound.pages:
                stamps.put(bound, page)
        if not first:
            alone = len(files) == 1 and not line["stamped"]
            first = files[0] if alone else _saved(bound)
        book.add(line["title"], bound)
    return first


def _plain(document: pikepdf.Pdf) -> pikepdf.Pdf:
    """Give the document with pages without what only means something in their own document."""
    for page in document.pages:
        for key in ("/StructParents", "/Annots", "/AA", "/Metadata", "/B", "/Tabs"):
            if key in page.obj:
                del page.obj[key]
    return document


def _finish(book: _Book, plan: dict[str, Any]) -> None:
    with book.whole.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(title, at) for title, at in book.marks)
    book.whole.docinfo["/Title"] = plan["title"]
    book.whole.Root.Lang = pikepdf.String(plan["language"])
    book.whole.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)


def _saved(document: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    document.remove_unreferenced_resources()
    document.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return out.getvalue()


def _archive(files: Sequence[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.external_attr = PLAIN_FILE
            entry.create_system = 3
            archive.writestr(entry, data)
    return out.getvalue()


def _answer() -> Iterator[bytes]:
    plan, *parts = unpacked(exactly_from(sys.stdin.buffer))
    pages, whole, archive = bind(json.loads(plan), parts)
    yield json.dumps({"pages": pages}).encode()
    yield whole
    yield archive


def main() -> None:
    """Bind the packet on the input."""
    warnings.simplefilter("ignore")
    limit_myself(memory_bytes=MEMORY_BYTES, cpu_s=CPU_S, open_files=OPEN_FILES)
    try:
        told = list(_answer())
    except MemoryError:
        told = [json.dumps({"error": TOO_HEAVY}).encode()]
    except TooManyPages:
        told = [json.dumps({"error": TOO_MANY_PAGES}).encode()]
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, OSError, KeyError, IndexError):
        told = [json.dumps({"error": BROKEN}).encode()]
    sys.stdout.buffer.write(packed(told))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()

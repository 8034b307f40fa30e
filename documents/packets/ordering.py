"""What the worker is asked to put together: primitive data, complete in itself, sealed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup

from documents.layouts import layouts_in
from documents.packets.rules.contents import Bound, Purpose, sheets_of
from documents.packets.rules.names import file_name
from documents.packets.shape import HandIn, InventoryWords
from documents.paperwork.heading import Heading
from documents.sheets import Sheet, Variant

FOLDER = Path(__file__).resolve().parent / "layouts"
ENGINE = "1"
"""Part of every order: raise it when the same order would give other bytes than before."""
PDF = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFile:
    """One file of a line."""

    sha256: str
    media_type: str
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """One line whose files are bound."""

    title: str
    name: str
    """Of its file in the archive."""
    files: tuple[OrderFile, ...]
    copies: int
    first: int
    stamped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Everything that makes the bytes of a packet."""

    title: str
    language: str
    inventory: str
    """JSON of documents.sheets.Sheet."""
    inventory_name: str
    stamps: str
    """JSON of the sheet with one page for each stamped sheet; empty when none is."""
    lines: tuple[OrderLine, ...]
    engine: str = ENGINE

    @property
    def steps(self) -> int:
        """How many steps the work has: one a line, one for the inventory, one for binding."""
        return len(self.lines) + 2

    def as_json(self) -> str:
        """Give the order as text that ``from_json`` reads."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Order:
        """Read an order."""
        found = json.loads(text)
        lines = tuple(
            OrderLine(**{**line, "files": tuple(OrderFile(**file) for file in line["files"])})
            for line in found["lines"]
        )
        return cls(**{**found, "lines": lines})


def order_of(
    bound: Sequence[Bound],
    titles: Sequence[str],
    words: InventoryWords,
    heading: Heading,
    *,
    purpose: Purpose,
    language: str,
) -> Order:
    """Give the order for these lines; ``titles`` are theirs, in the same order."""
    lines = tuple(_lines(bound, titles, purpose))
    stamps = [
        words.sheet.format(number=line.first + index)
        for line in lines
        if line.stamped
        for index in range(line.copies * sum(file.pages for file in line.files))
    ]
    return Order(
        title=words.title,
        language=language,
        inventory=_inventory(bound, titles, words, heading, language).as_json(),
        inventory_name=file_name(0, words.title, ".pdf"),
        stamps=_stamps(stamps, words, language).as_json() if stamps else "",
        lines=lines,
    )


def _lines(bound: Sequence[Bound], titles: Sequence[str], purpose: Purpose) -> Iterator[OrderLine]:
    for number, (each, title) in enumerate(zip(bound, titles), 1):
        if each.is_in(purpose):
            yield OrderLine(
                title=title,
                name=file_name(number, title, ".pdf"),
                files=tuple(
                    OrderFile(sha256=piece.sha256, media_type=piece.media_type, pages=piece.pages)
                    for piece in each.pieces
                ),
                copies=each.copies,
                first=each.first,
                stamped=each.is_stamped,
            )


def _inventory(
    bound: Sequence[Bound],
    titles: Sequence[str],
    words: InventoryWords,
    heading: Heading,
    language: str,
) -> Sheet:
    rows = [
        {
            "title": title,
            "how": words.hand_in[HandIn(each.line.hand_in)],
            "number": _number(each, words),
            "copies": each.copies,
            "sheets": each.sheets,
            "places": each.places,
        }
        for each, title in zip(bound, titles)
    ]
    html = (
        layouts_in(FOLDER)
        .get_template("inventory.html")
        .render(
            language=language,
            style=_style(),
            words=words,
            of=words.of.format(candidate=heading.candidate),
            about=words.about.format(council=heading.council, district=heading.district),
            foot=_foot(words),
            rows=rows,
            complete=all(each.line.paper is not None for each in bound),
            total=sheets_of(bound),
        )
    )
    return Sheet(html=html, variant=Variant.ISSUED, identifier="inventory", language=language)


def _number(bound: Bound, words: InventoryWords) -> str:
    paper = bound.line.paper
    return words.number.format(number=paper.number) if paper and paper.number else ""


def _foot(words: InventoryWords) -> Markup:
    before, _, rest = words.own_sheet.partition("{page}")
    between, _, after = rest.partition("{pages}")
    page, pages = Markup('<span class="page"></span>'), Markup('<span class="pages"></span>')
    return Markup("").join((before, page, between, pages, after))


def _stamps(stamps: Sequence[str], words: InventoryWords, language: str) -> Sheet:
    html = (
        layouts_in(FOLDER)
        .get_template("stamps.html")
        .render(language=language, title=words.title, stamps=stamps)
    )
    return Sheet(html=html, variant=Variant.SCREEN, identifier="stamps", language=language)


@cache
def _style() -> Markup:
    return Markup((FOLDER / "inventory.css").read_text(encoding="utf-8"))  # noqa: S704 - our own.

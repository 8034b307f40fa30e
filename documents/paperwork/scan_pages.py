"""The pages about scans: one frozen dataclass a template, exactly its fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.web.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapePage(Page):
    """One page of the signed paper, to be turned and cropped."""

    template: ClassVar[str] = "paperwork/shape.html"
    paper: str
    paper_href: str
    name: str
    picture: str
    """Its address; empty for a page that takes too much to draw."""
    file_href: str
    pages: int
    turn: int
    crop: tuple[int, int, int, int]
    most: int
    action: str
    refused: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """A page as it was issued beside the page that came back; either may be missing."""

    number: int
    issued: str
    issued_file: str
    signed: str
    """The address of the picture; empty when none came, or it takes too much to draw."""
    signed_name: str
    signed_file: str
    """The address of the file that the page is of; empty when none came."""
    again: bool
    """Whether the same page stands before it already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePage(Page):
    """The signed paper page by page beside what was issued."""

    template: ClassVar[str] = "paperwork/compare.html"
    paper: str
    paper_href: str
    number: str
    issued_pages: int
    pages_told: tuple[str, ...]
    """Which pages have not come, and which came more than once, a sentence each."""
    verdicts: tuple[tuple[str, str, str], ...]
    """What each file's code says: (name, words, tone)."""
    pairs: tuple[PairView, ...]

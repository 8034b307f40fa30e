"""What another package has found in the papers: beside its field, and counted in the list.

Forms do not know who reads them; the program that joins the packages gives a reader.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from app.accounts.queries import CampaignRow
from documents.paperwork.pages import CountView, SourceView
from documents.paperwork.standing import Standing

Pieces = tuple[tuple[str, bool], ...]
"""A text in stretches: (text, whether the other text has something else there)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkPair:
    """Two texts side by side, with what differs marked."""

    label: str
    """Which answer, and the paper that says the other."""
    one: Pieces
    other: Pieces
    sort: str
    """What sort of difference it is, in words; empty when there is nothing to say."""
    words: str = ""
    """What is said instead of both texts where they are sealed."""
    href: str = ""
    """Where a sealed answer can be opened by who may; empty where the finding leads there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkView:
    """What is wrong, how to mend it, and which rule says so; in the reader's language."""

    what: str
    mend: str
    rule: str
    source: SourceView
    pairs: tuple[RemarkPair, ...]
    stops: bool
    """Whether the papers are not to be filed like this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarked:
    """What was found at an answer, or in a whole paper, where somebody has come for it."""

    answer: str
    """Empty when it is about the paper."""
    remarks: tuple[RemarkView, ...]
    """Empty once it is mended."""
    verdict: str
    """What is said after saving: that it is mended and what is left, or that it is not.

    Empty when it is about the paper: that is mended in several ways, none of which leads away.
    """
    back_href: str


class Reader(Protocol):
    """Whoever reads the papers of a campaign; ``mark`` is ``finding`` in the address.

    A mark that says nothing, or nothing about this place, is answered with None. The caller has
    looked at the viewer.
    """

    def beside(
        self,
        session: Session,
        campaign: CampaignRow,
        mark: str,
        *,
        kind: str,
        page: str,
        now: datetime,
    ) -> Remarked | None:
        """Give what was found where the mark points, when that is on this page of questions."""
        ...

    def above(
        self, session: Session, campaign: CampaignRow, mark: str, *, kind: str, now: datetime
    ) -> Remarked | None:
        """Give what was found in a whole paper, when the mark is about this one."""
        ...

    def counted(
        self,
        session: Session,
        campaign: CampaignRow,
        standings: Sequence[Standing],
        *,
        now: datetime,
    ) -> Mapping[str, tuple[CountView, ...]]:
        """Give how much was found in each kind of paper; kinds without anything are left out."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """Who reads the papers: a part of the program; without it nobody does."""

    reader: Reader

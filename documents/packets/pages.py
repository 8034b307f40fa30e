"""The pages of packets: one frozen dataclass a template, exactly its fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.web.forms import Form
from app.web.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketLink:
    """A packet in the list of all of them."""

    title: str
    why: str
    href: str
    items: int
    ready: int
    """How many of its papers can be put in as they are."""
    together: bool
    filed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketsPage(Page):
    """The packets of a campaign."""

    template: ClassVar[str] = "packets/index.html"
    packets: tuple[PacketLink, ...]
    papers_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One line of a packet."""

    title: str
    how: str
    number: str
    copies: int
    sheets: str
    """Which sheets it is, such as 3–5; empty when counted by hand."""
    lack: str
    href: str
    opens_later: bool
    """Whether the paper is not open yet; then the way leads to what opens it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeView:
    """A packet put together, or on its way."""

    state: str
    done: int
    steps: int
    stale: bool
    changes: tuple[tuple[str, str, str], ...]
    """Why it is out of date: (paper, what has become of it, address); empty when none of them."""
    error: str
    pages: int
    pdf_href: str
    pdf_size: str
    zip_href: str
    zip_size: str
    sha256: str
    by: str
    at: datetime | None
    action: str
    lacking: int
    """How many lines are in the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeView:
    """Something to take along."""

    thing: str
    title: str
    why: str
    ticked: bool
    status: str
    source: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptView:
    """What the desk gave for the papers."""

    received_on: date
    received_time: str
    sheets: int | None
    expected: int
    """Sheets of the packet that was handed in; 0 when that is not known."""
    number: str
    received_by: str
    photo_href: str
    photo_name: str
    by: str
    at: datetime
    take_back_action: str
    without_packet: bool
    """Whether other papers were handed in than were put together here."""
    packet: str
    """Number of the packet that was handed in; empty: none of ours."""
    packet_words: str
    late_after: date | None
    """The last day, when the papers were taken after it."""
    sheets_differ: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketPage(Page):
    """One packet: what is in it, putting it together, what to take along, the receipt."""

    template: ClassVar[str] = "packets/packet.html"
    title: str
    why: str
    own: bool
    here: str
    index_href: str
    step_href: str
    lines: tuple[LineView, ...]
    sheets: int
    counted: bool
    """Whether all sheets are known."""
    stops: tuple[tuple[str, str, str, bool], ...]
    """What is in the way: (what, how to mend it, address, whether its paper opens later)."""
    printed: MadeView | None
    """None for whoever may not open the papers."""
    archive: MadeView | None
    refused: str
    take: tuple[TakeView, ...]
    tick_action: str
    cards: int
    cards_known: int
    rehearsal_href: str
    receipt: ReceiptView | None
    takes: bool
    """Whether its step is open: a locked one takes neither a packet nor a receipt."""
    form: Form
    filing_action: str
    is_form_open: bool
    put_together: bool
    """Whether there is a packet that can have been handed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPage(Page):
    """One card of the rehearsal."""

    template: ClassVar[str] = "packets/card.html"
    packet: str
    packet_href: str
    number: int
    count: int
    known: int
    says: str
    answer: str
    status: str
    source: str
    reference: str
    thing: str
    is_known: bool
    tick_action: str
    next_href: str
    before_href: str

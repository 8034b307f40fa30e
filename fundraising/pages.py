"""The pages of fundraising as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from markupsafe import Markup

from app.ui.paging import Pages
from app.web.pages import Page
from fundraising.forms.fund import LimitForm, PageForm
from fundraising.forms.giving import GiftForm, MissingForm, OfferedSum
from fundraising.queries.books import Booked, RefundRow, Totals
from fundraising.rules.goals import Mark, Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsPart(Page):
    """What is asked of a giver besides the sum."""

    template: ClassVar[str] = "support/_questions.html"
    form: GiftForm
    above: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportPageView(Page):
    """A candidate's public page with the form of a gift."""

    template: ClassVar[str] = "support/page.html"
    title: str
    words: tuple[str, ...]
    imprint: str
    about: str
    polling_day: date
    today: date
    progress: Progress
    givers: int
    currency: str
    amounts: tuple[Mark, ...]
    sums: tuple[OfferedSum, ...]
    form: GiftForm
    action: str
    limit: str
    where_money_goes: str
    if_not_accepted: str
    privacy: str
    questions: Markup
    takes_gifts: bool
    moves_money: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftPage(Page):
    """A gift as its giver follows it."""

    template: ClassVar[str] = "support/gift.html"
    heading: str
    candidate: str
    state: str
    said: str
    reasons: tuple[str, ...]
    amount_minor: int
    cleared_minor: int
    refunded_minor: int
    currency: str
    created_at: datetime
    cleared_at: datetime | None
    return_by: date | None
    pay_href: str | None
    receipt_href: str | None
    back_href: str | None
    may_ask_back: bool
    asks_treasurer: bool
    asked_back: bool
    action: str
    missing: MissingForm | None
    """The questions it waits for; None when its giver can add nothing."""
    missing_action: str
    privacy: str
    """Who sees the answers, and what for."""
    looked_at: bool
    """Whether the giver has added what was missing and the rules have not looked yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPayPage(Page):
    """The demo provider's page."""

    template: ClassVar[str] = "demo_pay/page.html"
    title: str
    amount_minor: int
    currency: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftLine:
    """A gift in the treasurer's lists."""

    href: str
    giver: str
    amount_minor: int
    state: str
    tone: str
    received_on: date | None
    return_by: date | None
    late: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitLine:
    """A limit that the pack does not know: what is stated, and the form to state it."""

    title: str
    holds: str
    status: str
    source: str
    stated_minor: int | None
    stated_source: str
    stated_at: datetime | None
    action: str
    form: LimitForm | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FundPage(Page):
    """The treasurer's desk: what waits, what counts, what the ledger says."""

    template: ClassVar[str] = "fund/fund.html"
    campaign: str
    totals: Totals
    currency: str
    held: tuple[GiftLine, ...]
    limits: tuple[LimitLine, ...]
    balances: tuple[tuple[str, str], ...]
    page_href: str | None
    public_href: str | None
    gifts_href: str
    clock_days: int
    clock_status: str
    clock_source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftsPage(Page):
    """All paid gifts."""

    template: ClassVar[str] = "fund/gifts.html"
    back_href: str
    gifts: tuple[GiftLine, ...]
    currency: str
    pages: Pages


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """A check that a person answers."""

    key: str
    title: str
    holds: str
    status: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FundGiftPage(Page):
    """One gift with everything that happened to it."""

    template: ClassVar[str] = "fund/gift.html"
    back_href: str
    line: GiftLine
    currency: str
    facts: tuple[tuple[str, str], ...]
    checks: tuple[CheckView, ...]
    booked: tuple[tuple[str, Booked], ...]
    refunds: tuple[tuple[str, str, RefundRow], ...]
    steps: tuple[tuple[str, datetime], ...]
    wished_back_at: datetime | None
    """When the giver asked for it back; None too when it no longer counts."""
    may_return: bool
    may_retry: bool
    base: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPage(Page):
    """The support page as its campaign writes it."""

    template: ClassVar[str] = "fund/page.html"
    back_href: str | None
    form: PageForm
    state: str | None
    note: str
    public_href: str | None
    base_address: str
    action: str
    may_hand_in: bool
    waits: bool

"""The treasurer's pages, put together from queries and words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from flask import url_for
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import CampaignRow
from app.accounts.rules.elections import day_there
from app.sealing import Seal
from app.web.language import gettext
from fundraising.describing import (
    ACCOUNTS,
    CAUSES,
    KINDS,
    REFUNDS,
    STATES,
    balance_words,
    gift_line,
    giver_facts,
)
from fundraising.forms.fund import LimitForm
from fundraising.pack import CheckRule, FundPack
from fundraising.pages import CheckView, FundGiftPage, FundPage, GiftLine, LimitLine
from fundraising.queries import books
from fundraising.rules.eligibility import CheckKind
from fundraising.rules.states import DonationState

MOST_HELD = 100


def fund_page(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    fund: FundPack,
    seal: Seal | None,
    *,
    language: str,
    now: datetime,
    refused: LimitForm | None,
) -> FundPage:
    """Give the treasurer's desk."""
    today = day_there(now, campaign.timezone)
    held = books.held_gifts(session, viewer, campaign.id, limit=MOST_HELD)
    balances = books.account_balances(session, viewer, campaign.id)
    may_write = viewer.may(Permission.PAGE_WRITE, campaign.scope)
    page = books.own_page(session, viewer, campaign.id) if may_write else None
    clock = fund.rules.return_clock
    return FundPage(
        campaign=campaign.title,
        totals=books.totals(session, viewer, campaign.id),
        currency=fund.currency,
        held=tuple(_line(row, campaign, fund, seal, language, today) for row in held),
        limits=_limits(session, viewer, campaign, fund, language, refused),
        balances=tuple(
            (gettext(ACCOUNTS[each]), balance_words(each, amount, fund.currency, language))
            for each, amount in balances.items()
        ),
        page_href=url_for("fund.page", campaign_id=campaign.id) if may_write else None,
        public_href=url_for("support.show", slug=page.slug) if page and page.shown else None,
        gifts_href=url_for("fund.gifts", campaign_id=campaign.id),
        clock_days=clock.days,
        clock_status=clock.status.value,
        clock_source=fund.source_in(clock, language),
    )


def gift_details_page(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    fund: FundPack,
    seal: Seal | None,
    donation_id: int,
    *,
    language: str,
    now: datetime,
) -> FundGiftPage:
    """Give one gift with everything that happened to it. Raises Missing."""
    found = books.gift_details(session, viewer, campaign.id, donation_id)
    today = day_there(now, campaign.timezone)
    gift, state = found.gift, found.gift.state
    manages = viewer.may(Permission.FUND_MANAGE, campaign.scope)
    held = state is DonationState.PAID_HELD
    returnable = (DonationState.PAID_HELD, DonationState.CLEARED, DonationState.PART_REFUNDED)
    return FundGiftPage(
        back_href=url_for("fund.show", campaign_id=campaign.id),
        line=_line(_decided(found), campaign, fund, seal, language, today),
        currency=fund.currency,
        facts=giver_facts(gift, fund, seal, language) if seal else (),
        checks=_checks(fund, gift, language) if manages and held else (),
        booked=tuple((gettext(KINDS[each.kind]), each) for each in found.booked),
        refunds=tuple(
            (gettext(REFUNDS[each.state]), gettext(CAUSES[each.cause]), each)
            for each in found.refunds
        ),
        steps=tuple((gettext(STATES[step]), at) for step, at in found.steps),
        wished_back_at=gift.wished_back_at if state in returnable else None,
        may_return=manages and state in returnable,
        may_retry=manages and state is DonationState.REFUND_FAILED,
        base=url_for("fund.gift", campaign_id=campaign.id, donation_id=gift.id),
    )


def _decided(found: books.GiftDetails) -> books.GiftRow:
    """Give a gift without what it was held for, once somebody or the clock sent it back."""
    causes = [refund.cause for refund in found.refunds[-1:]]
    if found.gift.state is DonationState.PAID_HELD or causes in ([], ["rules"]):
        return found.gift
    return replace(found.gift, reasons=())


def _line(
    row: books.GiftRow,
    campaign: CampaignRow,
    fund: FundPack,
    seal: Seal | None,
    language: str,
    today: date,
) -> GiftLine:
    href = url_for("fund.gift", campaign_id=campaign.id, donation_id=row.id)
    return gift_line(row, fund, seal, href=href, language=language, today=today)


def _checks(fund: FundPack, gift: books.GiftRow, language: str) -> tuple[CheckView, ...]:
    words = fund.words_in(language).check
    return tuple(
        CheckView(
            key=rule.key,
            title=words[rule.key].title,
            holds=words[rule.key].holds,
            status=rule.status.value,
            source=fund.source_in(rule, language),
        )
        for rule in fund.rules.check
        if rule.kind is CheckKind.LOOKED_UP and rule.key in gift.reasons
    )


def _limits(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    fund: FundPack,
    language: str,
    refused: LimitForm | None,
) -> tuple[LimitLine, ...]:
    stated = books.stated(session, viewer, campaign.id)
    manages = viewer.may(Permission.FUND_MANAGE, campaign.scope)
    return tuple(
        _limit(campaign, fund, rule, stated.get(rule.key), language,
               (refused or LimitForm(formdata=None)) if manages else None)
        for rule in fund.rules.check
        if rule.statable and rule.limit_minor is None
    )  # fmt: skip


def _limit(
    campaign: CampaignRow,
    fund: FundPack,
    rule: CheckRule,
    stated: books.StatedRow | None,
    language: str,
    form: LimitForm | None,
) -> LimitLine:
    words = fund.words_in(language).check[rule.key]
    return LimitLine(
        title=words.title,
        holds=words.holds,
        status=rule.status.value,
        source=fund.source_in(rule, language),
        stated_minor=stated.amount_minor if stated else None,
        stated_source=stated.source if stated else "",
        stated_at=stated.at if stated else None,
        action=url_for("fund.state_limit", campaign_id=campaign.id, key=rule.key),
        form=form,
    )

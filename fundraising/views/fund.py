"""The treasurer's screens: what is held and why, all gifts, one gift, a limit stated."""

from __future__ import annotations

from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission
from app.accounts.queries import CampaignRow, get_campaign
from app.accounts.rules.elections import day_there
from app.errors import Missing, Refused
from app.sealing import Seal
from app.texts import N_
from app.ui.paging import page_number, pages_of
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language
from app.web.pages import flash_done, render, see_other
from app.web.routing import Section
from app.web.templating import use_zone
from fundraising import errors
from fundraising.commands import holds
from fundraising.describing import gift_line
from fundraising.forms.fund import CheckForm, EmptyForm, LimitForm
from fundraising.fund_pages import fund_page, gift_details_page
from fundraising.pack import FundPack, FundPacks
from fundraising.pages import GiftsPage
from fundraising.queries import books

READ, MANAGE = Holds(Permission.FUND_READ), Holds(Permission.FUND_MANAGE)

section = Section("fund", "fundraising")


@section.get("/campaigns/<int:campaign_id>/fund", access=READ)
def show(campaign_id: int) -> Response:
    """Show what waits, what counts and what the ledger says."""
    return show_fund(campaign_id)


def show_fund(campaign_id: int, status: int = 200, *, refused: LimitForm | None = None) -> Response:
    """Show the treasurer's desk, with a limit that was refused beside its field."""
    with reading() as session:
        campaign, fund = open_fund(session, campaign_id, Permission.FUND_READ)
        page = fund_page(
            session, viewer(), campaign, fund, _seal(campaign),
            language=current_language(), now=clock.now(), refused=refused,
        )  # fmt: skip
    return render(page, status)


@section.get("/campaigns/<int:campaign_id>/fund/gifts", access=READ)
def gifts(campaign_id: int) -> Response:
    """List all paid gifts, the newest first."""
    with reading() as session:
        campaign, fund = open_fund(session, campaign_id, Permission.FUND_READ)
        count = books.count_gifts(session, viewer(), campaign.id)
        pages = pages_of(
            page_number(request.args.get("page")),
            count,
            books.ROWS_A_PAGE,
            lambda page: url_for("fund.gifts", campaign_id=campaign.id, page=page),
        )
        offset = (pages.number - 1) * books.ROWS_A_PAGE
        rows = books.gifts(session, viewer(), campaign.id, limit=books.ROWS_A_PAGE, offset=offset)
    language, seal = current_language(), _seal(campaign)
    today = day_there(clock.now(), campaign.timezone)
    return render(
        GiftsPage(
            back_href=url_for("fund.show", campaign_id=campaign.id),
            gifts=tuple(
                gift_line(
                    row,
                    fund,
                    seal,
                    href=url_for("fund.gift", campaign_id=campaign.id, donation_id=row.id),
                    language=language,
                    today=today,
                )
                for row in rows
            ),
            currency=fund.currency,
            pages=pages,
        )
    )


@section.get("/campaigns/<int:campaign_id>/fund/gifts/<int:donation_id>", access=READ)
def gift(campaign_id: int, donation_id: int) -> Response:
    """Show one gift with everything that happened to it."""
    with reading() as session:
        campaign, fund = open_fund(session, campaign_id, Permission.FUND_READ)
        return render(
            gift_details_page(
                session, viewer(), campaign, fund, _seal(campaign), donation_id,
                language=current_language(), now=clock.now(),
            )
        )  # fmt: skip


@section.post("/campaigns/<int:campaign_id>/fund/gifts/<int:donation_id>/check", access=MANAGE)
def check(campaign_id: int, donation_id: int) -> Response:
    """Answer a check that needs a person."""
    form = CheckForm()
    with writing() as session:
        # The campaign first: a refused form tells nobody that a foreign one exists.
        campaign, fund = open_fund(session, campaign_id, Permission.FUND_MANAGE)
        if not form.validate_on_submit():
            raise Refused(None, errors.NO_SUCH_CHECK)
        holds.answer_check(
            session,
            viewer(),
            campaign,
            fund,
            donation_id,
            check=form.check.data,
            passed=bool(form.found.data),
            now=clock.now(),
        )
    flash_done(N_("Noted. The gift is being decided about again."))
    return _to_gift(campaign_id, donation_id)


@section.post("/campaigns/<int:campaign_id>/fund/gifts/<int:donation_id>/refund", access=MANAGE)
def refund(campaign_id: int, donation_id: int) -> Response:
    """Give a gift back."""
    _require_form()
    with writing() as session:
        campaign, _ = open_fund(session, campaign_id, Permission.FUND_MANAGE)
        holds.send_back(session, viewer(), campaign, donation_id, now=clock.now())
    flash_done(N_("The gift is going back the way it came."))
    return _to_gift(campaign_id, donation_id)


@section.post("/campaigns/<int:campaign_id>/fund/gifts/<int:donation_id>/retry", access=MANAGE)
def retry(campaign_id: int, donation_id: int) -> Response:
    """Try a refund anew that the provider would not make."""
    _require_form()
    with writing() as session:
        campaign, _ = open_fund(session, campaign_id, Permission.FUND_MANAGE)
        holds.try_again(session, viewer(), campaign, donation_id, now=clock.now())
    flash_done(N_("The payment provider is being asked again."))
    return _to_gift(campaign_id, donation_id)


@section.post("/campaigns/<int:campaign_id>/fund/limits/<key>", access=MANAGE)
def state_limit(campaign_id: int, key: str) -> Response:
    """Enter a limit from the commission's own paper."""
    form = LimitForm()
    with reading() as session:
        _, fund = open_fund(session, campaign_id, Permission.FUND_MANAGE)
    valid = form.validate_on_submit()
    amount = form.amount_minor(fund.currency) if valid else 0
    if not valid or not amount:
        return show_fund(campaign_id, 422, refused=form)
    with writing() as session:
        campaign, fund = open_fund(session, campaign_id, Permission.FUND_MANAGE)
        holds.state_limit(
            session,
            viewer(),
            campaign,
            fund,
            check=key,
            amount_minor=amount,
            source=form.source.data,
            now=clock.now(),
        )
    flash_done(N_("The limit holds from now on. Held gifts are being decided about again."))
    return see_other(url_for("fund.show", campaign_id=campaign_id))


def open_fund(
    session: Session, campaign_id: int, permission: Permission
) -> tuple[CampaignRow, FundPack]:
    """Give a campaign and the rules of its fund. Raises Missing."""
    campaign = get_campaign(session, viewer(), campaign_id, permission)
    packs = part(FundPacks)
    if campaign.pack_id not in packs:
        raise Missing
    use_zone(campaign.timezone)
    return campaign, packs[campaign.pack_id]


def _seal(campaign: CampaignRow) -> Seal | None:
    """Open givers' names only to those who look after the fund; others see sums."""
    return part(Seal) if viewer().may(Permission.FUND_MANAGE, campaign.scope) else None


def _require_form() -> None:
    if not EmptyForm().validate_on_submit():
        raise Refused(None, errors.NOTHING_TO_RETURN)


def _to_gift(campaign_id: int, donation_id: int) -> Response:
    return see_other(url_for("fund.gift", campaign_id=campaign_id, donation_id=donation_id))

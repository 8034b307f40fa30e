"""Where a campaign writes its support page and hands it in.

Press may write the words; whoever answers for the money hands them in.
"""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission
from app.accounts.queries import CampaignRow
from app.errors import Refused
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import kernel
from app.web.pages import flash_done, render, see_other
from fundraising.commands import pages as commands
from fundraising.forms.fund import PageForm
from fundraising.models import SupportPage
from fundraising.pages import EditPage
from fundraising.queries import books
from fundraising.views.fund import open_fund, section

__all__ = ["section"]

WRITE = Holds(Permission.PAGE_WRITE)


@section.get("/campaigns/<int:campaign_id>/fund/page", access=WRITE)
def page(campaign_id: int) -> Response:
    """Show the support page as it is being written."""
    with reading() as session:
        campaign, fund = open_fund(session, campaign_id, Permission.PAGE_WRITE)
        stored = books.own_page(session, viewer(), campaign.id)
    form = PageForm()
    form.bind_pack(fund)
    form.fill(stored, fund, slug=f"candidate-{campaign.id}")
    return _answer(campaign, form, stored)


@section.post("/campaigns/<int:campaign_id>/fund/page", access=WRITE)
def save_page(campaign_id: int) -> Response:
    """Keep the words, and hand them in when the button says so."""
    form = PageForm()
    with reading() as session:
        campaign, fund = open_fund(session, campaign_id, Permission.PAGE_WRITE)
        stored = books.own_page(session, viewer(), campaign.id)
    form.bind_pack(fund)
    if not form.validate_on_submit():
        return _answer(campaign, form, stored, status=422)
    hand_in = request.form.get("send") == "yes"
    now = clock.now()
    try:
        with writing() as session:
            campaign, fund = open_fund(session, campaign_id, Permission.PAGE_WRITE)
            saved = commands.save_page(
                session, viewer(), campaign, fund, form.to_text(),
                version=form.version.data or 0, now=now,
            )  # fmt: skip
            if hand_in:
                commands.hand_in(session, viewer(), campaign, fund, saved, now=now)
    except Refused as refusal:
        form.refuse(refusal)
        return _answer(campaign, form, stored, status=422)
    flash_done(
        N_("The page is being checked. You get a letter when that is done.")
        if hand_in
        else N_("Saved. Nobody else sees it before it is checked.")
    )
    return see_other(url_for("fund.page", campaign_id=campaign_id))


def _answer(
    campaign: CampaignRow,
    form: PageForm,
    stored: SupportPage | None,
    *,
    status: int = 200,
) -> Response:
    public = stored is not None and stored.shown is not None
    may_read = viewer().may(Permission.FUND_READ, campaign.scope)
    return render(
        EditPage(
            back_href=url_for("fund.show", campaign_id=campaign.id) if may_read else None,
            form=form,
            state=stored.state if stored else None,
            note=stored.note if stored else "",
            public_href=url_for("support.show", slug=stored.slug) if stored and public else None,
            base_address=f"{kernel().settings.base_url}/support/",
            action=url_for("fund.save_page", campaign_id=campaign.id),
            may_hand_in=viewer().may(Permission.FUND_MANAGE, campaign.scope),
            waits=stored is not None and stored.state == "submitted",
        ),
        status,
    )

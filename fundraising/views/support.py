"""What visitors see: a candidate's support page, and a gift by its giver's own link."""

from __future__ import annotations

from dataclasses import replace

from flask import request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from app import clock
from app.access import Public
from app.accounts.rules.elections import day_there
from app.errors import Conflict, MandatError, Missing, Refused, Unavailable
from app.files.storage import FileStore
from app.reach import Reach, everything
from app.sealing import Seal
from app.texts import N_
from app.web.database import reading, writing
from app.web.kernel import kernel, part
from app.web.language import current_language, gettext
from app.web.pages import flash_done, markup, render, see_other
from app.web.routing import Section
from app.web.templating import use_zone
from app.web.wording import money
from documents.typesetting.queries import find_typeset
from documents.typesetting.rules import Purpose
from fundraising import errors
from fundraising.commands import gifts
from fundraising.commands.answers import add_answers
from fundraising.commands.attempts import (
    network_mark,
    require_open_till,
    require_room_for_network,
)
from fundraising.commands.judging import opened
from fundraising.commands.wishes import ask_back
from fundraising.forms.fund import EmptyForm
from fundraising.forms.giving import GiftForm, MissingForm, gift_form, missing_form
from fundraising.gateways.protocol import Gateways
from fundraising.gift_page import Awaited, awaited, gift_page, onward, times_asked
from fundraising.links import RETURNED, gift_token, read_gift_token
from fundraising.pack import FundPack, FundPacks
from fundraising.pages import QuestionsPart, SupportPageView
from fundraising.queries.attempts import tried_from_network
from fundraising.queries.giving import (
    OwnGift,
    PublicPage,
    campaign_of_page,
    find_own_gift,
    find_public_page,
)
from fundraising.rules.eligibility import refused_beforehand
from fundraising.rules.goals import Mark, progress

VISITORS = Public(because="anybody may read a candidate’s page and support it")
GIVERS = Public(because="the giver has no account; the link in the address is the giver’s secret")
ADDRESS = everything("the address of a page stands for its campaign")
EVERY_TILL = everything("cards are tried from one network on many pages; only counted")
BY_LINK = everything("whoever holds a gift’s link is its giver, and sees that one gift")
UNLAWFUL = N_("The law does not let the candidate take this gift: {why}.")
IN_DISTRICT = N_("{candidate}, candidate in {council}, district {number}.")
IN_COUNCIL = N_("{candidate}, candidate in {council}.")

section = Section("support", "fundraising")


@section.get("/support/<slug>", access=VISITORS)
def show(slug: str) -> Response:
    """Show a candidate's page."""
    campaign_id = _campaign(slug)
    page = _read(campaign_id)
    fund = part(FundPacks)[page.pack_id]
    return render(_view(page, fund, _form(page, fund)))


@section.post("/support/<slug>", access=VISITORS)
def give(slug: str) -> Response:
    """Begin a gift; the way on leads over the giver's own page to the provider."""
    campaign_id = _campaign(slug)
    page = _read(campaign_id)
    fund = part(FundPacks)[page.pack_id]
    form = _form(page, fund)
    if not form.validate_on_submit():
        return render(_view(page, fund, form), 422)
    try:
        donation_id = _begin(page, fund, form)
    except MandatError as refusal:
        if not isinstance(refusal, Refused):
            raise
        form.refuse(refusal)
        return render(_view(page, fund, form), 422)
    token = gift_token(part(Seal), donation_id)
    return see_other(url_for("support.gift", token=token))


@section.get("/support/gifts/<token>", access=GIVERS)
def gift(token: str) -> Response:
    """Show a gift to its giver; while it moves, the page reloads itself."""
    found = _own_gift(token)
    waits = _awaited(found)
    asked = times_asked(request.args.get(RETURNED))
    answer = _gift_answer(found, token, waits, _missing(found, waits), returned=asked > 0)
    # A header and no redirect: a form's answer may not lead to the provider directly, because
    # the page's own policy lets forms go nowhere but here.
    refresh = onward(found, request.path, asked=asked, waits=waits, now=clock.now())
    if refresh is not None:
        answer.headers["Refresh"] = refresh
    return answer


@section.post("/support/gifts/<token>/answers", access=GIVERS)
def answer(token: str) -> Response:
    """Take what a held gift still waits for from its giver."""
    found = _own_gift(token)
    waits = _awaited(found)
    form = _missing(found, waits)
    if form is None or form.is_stale(request.form):
        raise Conflict(errors.NOT_ASKED)
    if not form.validate_on_submit():
        return _gift_answer(found, token, waits, form, status=422)
    with writing(reach=BY_LINK) as session:
        add_answers(
            session,
            part(FundPacks)[found.pack_id],
            part(Seal),
            found.id,
            form.to_answers(),
            now=clock.now(),
        )
    flash_done(N_("Your answers have arrived."))
    # Counted like a giver's way back from the provider, so that the page is shown anew until the
    # rules have looked.
    return see_other(f"{url_for('support.gift', token=token)}?{RETURNED}=1")


@section.get("/support/gifts/<token>/receipt", access=GIVERS)
def receipt(token: str) -> Response:
    """Give the receipt as a file; while it is being typeset, the gift's page."""
    donation_id = _gift_behind(token)
    with reading(reach=BY_LINK) as session:
        gift = find_own_gift(session, donation_id)
        digest = gift.shown_receipt if gift else None
        if gift is None or digest is None:
            raise Missing
        sheet = find_typeset(session, gift.campaign_id, digest, purpose=Purpose.ISSUE)
    if sheet is None or not sheet.ready:
        flash_done(N_("The receipt is being printed. Try again in a minute."))
        return see_other(url_for("support.gift", token=token))
    store = FileStore(folder=kernel().settings.files)
    answer = Response(store.get(sheet.sha256), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="receipt-{donation_id}.pdf"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@section.post("/support/gifts/<token>/back", access=GIVERS)
def back(token: str) -> Response:
    """Let the giver ask for the gift back."""
    donation_id = _gift_behind(token)
    if not EmptyForm().validate_on_submit():
        raise Refused(None, errors.NOTHING_TO_RETURN)
    with writing(reach=BY_LINK) as session:
        at_once = ask_back(session, donation_id, now=clock.now())
    flash_done(
        N_("Your gift is going back the way it came.")
        if at_once
        else N_("The treasurer has your request and will answer.")
    )
    return see_other(url_for("support.gift", token=token))


def _campaign(slug: str) -> int:
    with reading(reach=ADDRESS) as session:
        found = campaign_of_page(session, slug)
    if found is None:
        raise Missing
    return found


def _read(campaign_id: int) -> PublicPage:
    with reading(reach=Reach(campaign_ids=(campaign_id,))) as session:
        page = find_public_page(session, campaign_id)
    if page is None or page.pack_id not in part(FundPacks):
        raise Missing
    return page


def _begin(page: PublicPage, fund: FundPack, form: GiftForm) -> int:
    gateway = part(Gateways).default
    if gateway is None:
        raise Unavailable(errors.NOT_TAKEN)
    language = current_language()
    asked = form.to_gift(language)
    unlawful = refused_beforehand(
        asked.answers, asked.amount_minor, fund.checks, polling_day=page.polling_day
    )
    if unlawful:
        said = fund.words_in(language).check[unlawful[0]].donor
        raise Refused(None, gettext(UNLAWFUL, why=said))
    now, network = clock.now(), network_mark(part(Seal), request.remote_addr or "")
    with reading(reach=EVERY_TILL) as session:
        require_open_till(tried_from_network(session, network, now=now))
        require_room_for_network(session, network, now=now)
    with writing(reach=Reach(campaign_ids=(page.campaign_id,))) as session:
        return gifts.start(
            session,
            fund,
            part(Seal),
            page.campaign_id,
            replace(asked, network=network),
            gateway=gateway.name,
            now=now,
        )


def _form(page: PublicPage, fund: FundPack) -> GiftForm:
    language = current_language()
    amounts = tuple(
        (mark.amount_minor, money(mark.amount_minor, fund.currency, language))
        for mark in _marks(page, "amounts")
    )
    return gift_form(fund, language, amounts)


def _questions(fund: FundPack, language: str, form: GiftForm) -> Markup:
    """Draw the questions; those nobody has answered yet look alike to everybody."""
    drawn = part(FundPacks).drawn
    if not form.is_submitted() and (fund.pack_id, language) in drawn:
        return drawn[fund.pack_id, language]
    said = Markup(markup(QuestionsPart(form=form, above=fund.words_in(language).above)))  # noqa: S704
    if not form.is_submitted():
        drawn[fund.pack_id, language] = said
    return said


def _gift_behind(token: str) -> int:
    """Give the gift that a giver's link opens. Raises Missing for a link nobody was given."""
    donation_id = read_gift_token(part(Seal), token)
    if donation_id is None:
        raise Missing
    return donation_id


def _own_gift(token: str) -> OwnGift:
    """Give the gift that a giver's link opens, read. Raises Missing."""
    donation_id = _gift_behind(token)
    with reading(reach=BY_LINK) as session:
        found = find_own_gift(session, donation_id)
    if found is None:
        raise Missing
    use_zone(found.timezone)
    return found


def _awaited(found: OwnGift) -> Awaited:
    return awaited(found, part(FundPacks)[found.pack_id], opened(part(Seal), found.sealed)[1])


def _missing(found: OwnGift, waits: Awaited) -> MissingForm | None:
    """Give the form of what a gift waits for from its giver, None when that is nothing."""
    if not waits.questions:
        return None
    return missing_form(part(FundPacks)[found.pack_id], current_language(), waits.questions)


def _gift_answer(
    found: OwnGift,
    token: str,
    waits: Awaited,
    missing: MissingForm | None,
    *,
    returned: bool = False,
    status: int = 200,
) -> Response:
    page = gift_page(
        found,
        part(FundPacks)[found.pack_id],
        token=token,
        returned=returned,
        language=current_language(),
        waits=waits,
        missing=missing,
    )
    answer = render(page, status)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _marks(page: PublicPage, name: str) -> tuple[Mark, ...]:
    return tuple(
        Mark(amount_minor=mark["amount_minor"], words=mark["words"]) for mark in page.shown[name]
    )


def _view(page: PublicPage, fund: FundPack, form: GiftForm) -> SupportPageView:
    language, words = current_language(), fund.words_in(current_language())
    gateway = part(Gateways).default
    use_zone(page.timezone)
    return SupportPageView(
        title=page.shown["title"],
        words=tuple(filter(None, (p.strip() for p in page.shown["words"].split("\n\n")))),
        imprint=page.shown["imprint"],
        about=gettext(
            IN_DISTRICT if page.district_number else IN_COUNCIL,
            candidate=page.candidate,
            council=page.council,
            number=page.district_number,
        ),
        polling_day=page.polling_day,
        today=day_there(clock.now(), page.timezone),
        progress=progress(page.raised_minor, page.shown["goal_minor"], _marks(page, "marks")),
        givers=page.givers,
        currency=fund.currency,
        amounts=_marks(page, "amounts"),
        sums=form.sums(),
        form=form,
        action=url_for("support.give", slug=page.slug),
        limit=words.limit,
        where_money_goes=words.where_money_goes,
        if_not_accepted=words.if_not_accepted,
        privacy=words.privacy,
        questions=_questions(fund, language, form),
        takes_gifts=gateway is not None,
        moves_money=gateway is not None and gateway.moves_money,
    )

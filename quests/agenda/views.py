"""The calendar page, the feed for calendar programs, and their switches."""

from __future__ import annotations

from flask import make_response, request, session, url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission, Public
from app.accounts.queries import CampaignRow, get_campaign
from app.reach import everything
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import kernel, part
from app.web.language import current_language
from app.web.pages import flash_done, render, see_other
from app.web.routing import Section
from app.web.templating import use_zone
from quests.agenda import commands, queries
from quests.agenda.describing import calendar_page
from quests.agenda.feed import FRESH_FOR, feed_text
from quests.agenda.links import Links
from quests.agenda.pages import SubscriptionView
from quests.agenda.queries import Subscription
from quests.route.library import PackLibrary
from quests.route.position import CANDIDATE
from quests.route.standing import position_of, role_of

section = Section("agenda", __name__)
READ = Holds(Permission.CALENDAR_READ)
NEW_LINK = "new_feed"
"""Where the cookie carries a new link to the one page that shows it."""


@section.get("/campaigns/<int:campaign_id>/calendar", access=READ)
def calendar(campaign_id: int) -> Response:
    """Every day of the campaign, our advice, and the link to subscribe."""
    now, library = clock.now(), part(PackLibrary)
    with reading() as reader:
        campaign = get_campaign(reader, viewer(), campaign_id, Permission.CALENDAR_READ)
        use_zone(campaign.timezone)
        role = role_of(viewer(), campaign)
        position = position_of(reader, library, campaign, now=now, role=role)
        found = queries.subscription(reader, viewer(), campaign)
    language = current_language()
    page = calendar_page(
        position,
        library.deadlines(campaign.pack_id, position.anchors, language),
        only_own=request.args.get("whose") == "campaign",
        subscription=_subscription(campaign, found),
        language=language,
        now=now,
    )
    return render(page)


@section.post("/campaigns/<int:campaign_id>/calendar/feed", access=READ)
def make_feed(campaign_id: int) -> Response:
    """Make the link, or a new one instead of the old."""
    with writing() as writer:
        campaign = get_campaign(writer, viewer(), campaign_id, Permission.CALENDAR_READ)
        token = commands.make_feed(writer, viewer(), campaign, now=clock.now())
    session[NEW_LINK] = [campaign_id, token]
    return _back(campaign_id)


@section.post("/campaigns/<int:campaign_id>/calendar/feed/off", access=READ)
def void_feed(campaign_id: int) -> Response:
    """Switch the link off."""
    with writing() as writer:
        campaign = get_campaign(writer, viewer(), campaign_id, Permission.CALENDAR_READ)
        commands.void_feed(writer, viewer(), campaign)
    session.pop(NEW_LINK, None)
    flash_done(N_("The link is off. Calendar programs get nothing through it any more."))
    return _back(campaign_id)


@section.post("/campaigns/<int:campaign_id>/calendar/reminders", access=READ)
def set_reminders(campaign_id: int) -> Response:
    """Switch the viewer's reminders on or off."""
    wanted = request.form.get("wanted") == "yes"
    with writing() as writer:
        campaign = get_campaign(writer, viewer(), campaign_id, Permission.CALENDAR_READ)
        commands.set_reminders(writer, viewer(), campaign, wanted=wanted, now=clock.now())
    flash_done(
        N_("We will write before deadlines: 7, 3 and 1 days ahead.")
        if wanted
        else N_("No more reminders about this campaign.")
    )
    return _back(campaign_id)


@section.get(
    "/calendar/<token>.ics",
    access=Public(because="calendar programs can’t sign in; the address is the secret"),
)
def feed(token: str) -> Response:
    """The calendar of one campaign for whoever holds the secret address."""
    now, library = clock.now(), part(PackLibrary)
    with reading(reach=everything("the secret address stands for its campaign")) as reader:
        found = queries.get_subscriber(reader, token)
        position = position_of(reader, library, found.campaign, now=now, role=CANDIDATE)
    body = feed_text(position, library, _links(), language=found.language, now=now)
    answer = make_response(body)
    answer.mimetype = "text/calendar"
    answer.headers["Cache-Control"] = f"private, max-age={FRESH_FOR.total_seconds():.0f}"
    answer.headers["Content-Disposition"] = 'inline; filename="mandat.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.add_etag()
    return answer.make_conditional(request)


def _back(campaign_id: int) -> Response:
    return see_other(url_for("agenda.calendar", campaign_id=campaign_id) + "#subscribe")


def _links() -> Links:
    return Links(base_url=kernel().settings.base_url)


def _subscription(campaign: CampaignRow, found: Subscription | None) -> SubscriptionView | None:
    if found is None:
        return None
    return SubscriptionView(
        link=_new_link(campaign.id) if found.feed_since else "",
        since=found.feed_since,
        is_reminded=found.is_reminded,
        wants_reminders=found.wants_reminders,
    )


def _new_link(campaign_id: int) -> str:
    """Give the link that was made a moment ago, once."""
    if session.get(NEW_LINK, [None])[0] != campaign_id:
        return ""
    return _links().feed(session.pop(NEW_LINK)[1])

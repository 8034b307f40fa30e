"""The Route and Step screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from flask import request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission
from app.accounts.queries import CampaignRow, get_campaign
from app.addresses import step_address
from app.errors import Missing
from app.texts import N_
from app.ui.drawing import map_markup
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language, gettext, ngettext
from app.web.pages import flash_done, render, see_other
from app.web.routing import Section
from app.web.templating import use_zone
from app.web.wording import number
from quests.route import commands, pages
from quests.route.library import PackLibrary
from quests.route.position import Status, may_work
from quests.route.shape import Step
from quests.route.standing import (
    Position,
    is_of_team,
    position_of,
    reads_all_evidence,
    role_of,
)
from quests.route.step_page import StepExtras, step_page

JUST_REACHED = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inserts:
    """What other features put on these screens; given by the program that joins them."""

    work: Callable[[Position, str, datetime, Any], Markup]
    questions: Callable[[Position, str, Any], Markup]
    asked: Callable[[Position, str], tuple[pages.AskedView, ...]]
    proof_labels: Callable[[Position, str], tuple[str, ...]]


section = Section("route", __name__)


@section.get("/campaigns/<int:campaign_id>/route", access=Holds(Permission.ROUTE_READ))
def show(campaign_id: int) -> Response:
    """The route of one campaign, as its candidate sees it."""
    now = clock.now()
    position = load(campaign_id, now)
    return render(route_page(position, now))


@section.get("/campaigns/<int:campaign_id>/steps/<key>", access=Holds(Permission.ROUTE_READ))
def step(campaign_id: int, key: str) -> Response:
    """One step; a locked one only says what opens it."""
    return show_step(campaign_id, key)


@section.post("/campaigns/<int:campaign_id>/steps/<key>/snooze", access=Holds(Permission.STEP_WORK))
def snooze(campaign_id: int, key: str) -> Response:
    """Put a step off for some days; for none, propose it again at once."""
    days = request.form.get("days", default=-1, type=int)
    library, who, now = part(PackLibrary), viewer(), clock.now()
    with writing() as session:
        campaign = get_campaign(session, who, campaign_id, Permission.STEP_WORK)
        if days == 0:
            commands.propose_again(session, library, who, campaign, key, now=now)
        else:
            commands.snooze(session, library, who, campaign, key, days=days, now=now)
    flash_done(N_("Put off. We propose another step meanwhile.") if days else N_("It is back."))
    return see_other(url_for("route.show", campaign_id=campaign_id))


def load(campaign_id: int, now: datetime) -> Position:
    """Read one campaign's position for the current viewer."""
    with reading() as session:
        campaign = get_campaign(session, viewer(), campaign_id, Permission.ROUTE_READ)
        use_zone(campaign.timezone)
        return position_of(
            session, part(PackLibrary), campaign, now=now, role=role_of(viewer(), campaign)
        )


def show_step(
    campaign_id: int,
    key: str,
    status: int | None = None,
    *,
    refused: Any = None,  # noqa: ANN401 - another feature's own value, handed through.
    question: Any = None,  # noqa: ANN401 - the same.
) -> Response:
    """Render a step; ``refused`` work or a refused ``question`` is shown with what was typed."""
    now = clock.now()
    position = load(campaign_id, now)
    found = position.route.by_key.get(key)
    if found is None:
        raise Missing
    locked = found.status is Status.LOCKED
    inserts = part(Inserts)
    works = viewer().may(Permission.STEP_WORK, position.campaign.scope)
    extras = StepExtras(
        work=Markup() if locked else inserts.work(position, key, now, refused),
        questions=Markup() if locked else inserts.questions(position, key, question),
        proof_labels=inserts.proof_labels(position, key),
        may_work=works and found.may_be_worked_by(role_of(viewer(), position.campaign)),
        reasons=reads_reasons(position, found.step),
    )
    library = part(PackLibrary)
    page = step_page(position, found, library, extras, language=current_language())
    return render(page, 403 if locked else status or 200)


def reads_reasons(position: Position, step: Step) -> bool:
    """Say whether the viewer may read why work was sent back; reasons speak of private matters."""
    who, scope = viewer(), position.campaign.scope
    if who.may(Permission.STEP_WORK, scope) and may_work(step, role_of(who, position.campaign)):
        return True
    return reads_all_evidence(who, position.campaign)


def route_page(position: Position, now: datetime) -> pages.RoutePage:
    """Put the Route screen together."""
    campaign, route = position.campaign, position.route
    words = position.pack.words_in(current_language())
    left = (campaign.polling_day - route.today).days
    here = pages.now_view(position, words)
    if here is not None and route.now and not reads_reasons(position, route.now.step):
        here = replace(here, returned="")
    now_key = route.now.step.key if route.now else position.pack.steps[0].key
    count, title = countdown(left)
    return pages.RoutePage(
        number=count,
        title=title,
        text=pages.route_summary(route),
        person=campaign.candidate_name,
        place=place_of(campaign),
        own=is_of_team(viewer(), campaign),
        map=map_markup(pages.metro_map(position, words)),
        now=here,
        tiles=pages.tiles(route),
        asked=part(Inserts).asked(position, now_key),
        ask_href=step_address(campaign.id, now_key) + "#ask",
        reached=tuple(
            words.step[found.key].title
            for found in route.steps
            if found.status is Status.DONE
            and found.reached_at is not None
            and now - found.reached_at < JUST_REACHED
        ),
    )


def place_of(campaign: CampaignRow) -> str:
    """Give the council and the district, with what is known of it."""
    number = campaign.district_number
    district = gettext("district {number}", number=number) if number else ""
    return ", ".join(filter(None, (campaign.council, district, campaign.district_name)))


def countdown(left: int) -> tuple[str, str]:
    """Give the large number and its words for the days to polling day."""
    language = current_language()
    if left > 0:
        words = ngettext("day to polling day", "days to polling day", left)
        return number(left, language), words
    if left == 0:
        return "0", gettext("days: polling day is today")
    words = ngettext("day since polling day", "days since polling day", -left)
    return number(-left, language), words

"""The first page, and the way from it to everybody's own beginning."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Permission, Public
from app.accounts.queries import home_of, open_elections
from app.web.access import viewer
from app.web.database import reading
from app.web.kernel import kernel, part
from app.web.language import current_language
from app.web.pages import render, see_other
from app.web.routing import Section
from quests.landing.pages import ElectionView, LandingPage, StageView
from quests.route.library import PackLibrary
from quests.route.pack import RoutePack
from quests.route.saying import effort

section = Section("landing", __name__)


@section.get("/", access=Public(because="a visitor learns here what it takes"))
def home() -> Response:
    """Show the landing page to visitors; take everybody else to where their day begins."""
    who = viewer()
    if who.signed_in:
        found = home_of(who)
        if found.endpoint == "desk":
            board = who.holds(Permission.CAMPAIGNS_READ)
            return see_other(url_for("dispatch.board" if board else "reviews.queue"))
        if found.endpoint == "log":
            return see_other(url_for("dispatch.audit"))
        if found.endpoint == "route":
            return see_other(url_for("route.show", campaign_id=found.campaign_id))
        return see_other(url_for("accounts.campaigns"))
    language = current_language()
    with reading() as session:
        rows = open_elections(session, now=clock.now(), language=language)
    library = part(PackLibrary)
    elections = tuple(
        ElectionView(
            name=row.name,
            coalition=row.coalition_name,
            polling_day=row.polling_day,
            today=row.today,
            href=url_for("accounts.join", election=row.id),
            steps=sum(not step.side for step in library[row.pack_id].steps),
            effort=effort(sum(step.minutes for step in library[row.pack_id].steps)),
            stages=_stages(library[row.pack_id], language),
        )
        for row in rows
        if row.pack_id in library
    )
    return render(LandingPage(elections=elections, demo=kernel().settings.demo))


def _stages(pack: RoutePack, language: str) -> tuple[StageView, ...]:
    words = pack.words_in(language)
    found = []
    for stage in pack.stages:
        steps = [step for step in pack.steps if step.stage == stage.key and not step.side]
        found.append(
            StageView(
                title=words.stage[stage.key].title,
                steps=tuple(words.step[step.key].title for step in steps),
                effort=effort(sum(step.minutes for step in steps)),
            )
        )
    return tuple(found)

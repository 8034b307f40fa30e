"""The league of organisations as a card on the coordinators' board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from flask import url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.access import Viewer
from app.web.kernel import part
from app.web.pages import Page, markup
from quests.ranking import describing, queries
from quests.ranking.ground import coalitions_of, find_ground
from quests.ranking.pages import ClubView
from quests.ranking.rules.weeks import local_day, monday_of, week_period
from quests.route.library import PackLibrary

MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationsCard(Page):
    """The organisations that are ahead this week."""

    template: ClassVar[str] = "ranking/_organisations_card.html"
    rows: tuple[ClubView, ...]
    href: str


def organisations_card(session: Session, viewer: Viewer, now: datetime) -> Markup | None:
    """Give the organisations ahead this week to whoever stands for the whole coalition.

    ``now`` is an aware moment. The others get None: their reach holds one organisation, and a
    league of one compares nothing.
    """
    whole = {grant.coalition_id for grant in viewer.grants if grant.organisation_id is None}
    mine = [each for each in coalitions_of(viewer) if each in whole]
    if not mine:
        return None
    ground = find_ground(session, viewer, mine[0])
    period = week_period(monday_of(local_day(now, ground.zone)))
    sums = queries.club_sums(session, ground, period)
    titles = describing.line_titles(part(PackLibrary), ground.pack_id)
    rows, _ = describing.club_views(sums, ground, titles, by_capacity=False)
    if not rows:
        return None
    href = url_for("ranking.league", scope="organisations")
    card = OrganisationsCard(rows=rows[:MOST], href=href)
    return Markup(markup(card))  # noqa: S704 - our own template.

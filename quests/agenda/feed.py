"""What a calendar program reads: the deadlines of a campaign and our advice for open steps."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.texts import N_
from app.web.language import translate
from quests.agenda import rules
from quests.agenda.ical import Agenda, AgendaEntry, calendar_text, entries_of
from quests.agenda.links import Links
from quests.agenda.wording import confidence, place
from quests.route.library import PackLibrary
from quests.route.position import RouteStep
from quests.route.standing import Position

FRESH_FOR = timedelta(hours=1)
NAME = N_("Deadlines: {place}")
ADVICE = N_("Our advice: {step}")
NOT_THE_LAW = N_("This is our advice, not a legal deadline.")


def feed_text(
    position: Position, library: PackLibrary, links: Links, *, language: str, now: datetime
) -> bytes:
    """Give the feed of one campaign.

    It names the district and no person. The stamp is the hour's, so that a calendar program that
    asks again within the hour gets the same bytes.
    """
    campaign = position.campaign
    found = library.deadlines(campaign.pack_id, position.anchors, language)
    entries = entries_of(
        found.values(),
        campaign_id=campaign.id,
        host=links.host,
        url=links.calendar(campaign.id),
        sure=lambda deadline: confidence(deadline, language),
    )
    advice = tuple(_advice(position, step, links, language) for step in rules.goals(position.route))
    agenda = Agenda(
        name=translate(language, NAME, place=place(campaign, language)),
        zone=ZoneInfo(campaign.timezone),
        language=language,
        entries=(*entries, *advice),
    )
    return calendar_text(agenda, now=now.replace(minute=0, second=0, microsecond=0))


def _advice(position: Position, step: RouteStep, links: Links, language: str) -> AgendaEntry:
    assert step.goal is not None and step.goal.on is not None
    campaign_id = position.campaign.id
    words = position.pack.words_of(step.key, language)
    return AgendaEntry(
        uid=f"goal-{step.key}-{campaign_id}@{links.host}",
        title=translate(language, ADVICE, step=words.title),
        on=step.goal.on,
        at=None,
        description=f"{words.why}\n{translate(language, NOT_THE_LAW)}",
        url=links.step(campaign_id, step.key),
    )

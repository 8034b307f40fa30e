"""The pack and the campaign that the tests of the agenda share."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from sqlalchemy.orm import Session

from app.accounts.models import Campaign, Election, Person
from app.calendar import load_calendar
from quests.evidence.models import Answer
from quests.route.check import load_route
from quests.route.library import PACKS, PackEntry, PackLibrary
from quests.route.pack import answer_fact
from tests.builders import NOW, a_campaign, a_coalition, a_person, an_election
from tests.proved_elsewhere import make_true, put_on_its_page

PACK = "ru-spb-municipal"
PUBLISHED = date(2026, 6, 20)
CLOSE = date(2026, 7, 10)
"""Nomination closes twenty days after the publication, at 18:00."""


@cache
def a_library() -> PackLibrary:
    """Give a library of the one pack."""
    entry = PackEntry(
        route=load_route(PACKS / PACK), calendar=load_calendar(PACKS / PACK / "calendar.toml")
    )
    return PackLibrary(entries={PACK: entry})


def a_spb_election(session: Session, **given: object) -> Election:
    """Give an election of the pack."""
    return an_election(session, a_coalition(session), pack_id=PACK, **given)  # type: ignore[arg-type]


def a_spb_campaign(
    session: Session,
    *,
    election: Election | None = None,
    candidate: Person | None = None,
    state: str = "active",
) -> Campaign:
    """Give a campaign in an election of the pack."""
    return a_campaign(
        session,
        election=election or a_spb_election(session),
        candidate=candidate or a_person(session, language="ru"),
        state=state,
    )


def is_proved(session: Session, campaign: Campaign, *steps: str, now: datetime = NOW) -> None:
    """Complete all evidence of these steps."""
    for key in steps:
        step = a_library()[PACK].step_by_key[key]
        make_true(session, campaign.id, [step], now=now)
        put_on_its_page(session, campaign.id, step, now=now)
    session.flush()


def is_answered(session: Session, campaign: Campaign, step: str, field: str, value: str) -> None:
    """Give an answer that conditions ask for."""
    name = answer_fact(step, field)
    session.add(Answer(campaign_id=campaign.id, name=name, value=value))
    session.flush()

"""A button pressed twice before the first answer is there: both presses say the same."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import get_campaign
from app.db import Base, Database
from quests.agenda.commands import set_reminders
from quests.agenda.models import RemindersOff
from quests.help import commands as help_commands
from quests.help.models import Article, Rating
from quests.ranking.commands import choose_to_be_named
from quests.ranking.models import LeagueAbsence
from quests.route.commands import snooze
from quests.route.library import PackLibrary
from quests.route.models import Snooze
from tests.builders import NOW, a_campaign, an_election, the_viewer
from tests.db.help.given import a_coalition

STEP = "a1_can_i"
Press = Callable[[Session, PackLibrary, Viewer, int, datetime], object]


def switch_reminders_off(
    session: Session, _: PackLibrary, who: Viewer, campaign_id: int, now: datetime
) -> None:
    campaign = get_campaign(session, who, campaign_id, Permission.CALENDAR_READ)
    set_reminders(session, who, campaign, wanted=False, now=now)


def put_off(
    session: Session, library: PackLibrary, who: Viewer, campaign_id: int, now: datetime
) -> None:
    campaign = get_campaign(session, who, campaign_id, Permission.STEP_WORK)
    snooze(session, library, who, campaign, STEP, days=3, now=now)


def leave_the_leagues(
    session: Session, _: PackLibrary, who: Viewer, campaign_id: int, now: datetime
) -> None:
    choose_to_be_named(session, who, campaign_id, named=False, now=now)


def both_press(database: Database, press: Callable[[Session], object]) -> list[Exception]:
    """Press from two browsers; on PostgreSQL the second begins while the first is not done."""
    failed: list[Exception] = []
    first_is_in = threading.Event()

    def one(*, first: bool) -> None:
        if not first:
            first_is_in.wait()
        try:
            with database.writing() as session:
                press(session)
                session.flush()
                if first:
                    first_is_in.set()
                    time.sleep(0.3)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=one, kwargs={"first": first}) for first in (True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


@pytest.mark.parametrize(
    ("press", "table"),
    [(switch_reminders_off, RemindersOff), (put_off, Snooze), (leave_the_leagues, LeagueAbsence)],
)
def test_a_switch_of_a_campaign_pressed_twice_at_once_is_switched_once(
    database: Database, library: PackLibrary, press: Press, table: type[Base]
) -> None:
    with database.writing() as session:
        election = an_election(
            session, polling_day=NOW.date() + timedelta(days=300), published_on=None
        )
        campaign = a_campaign(session, election=election)
        who, campaign_id = the_viewer(session, campaign.candidate_id), campaign.id
    failed = both_press(database, lambda each: press(each, library, who, campaign_id, NOW))
    assert failed == []
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(table)) == 1


def test_an_answer_rated_twice_at_once_is_rated_once(
    database: Database, library: PackLibrary
) -> None:
    with database.writing() as session:
        given = a_coalition(session, library)
        question = given.asks()
        given.answers(question)
        anna = given.people["anna"]
    failed = both_press(
        database, lambda each: help_commands.rate(each, anna, question, useful=True, now=NOW)
    )
    assert failed == []
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Rating)) == 1


def test_an_article_made_by_two_coordinators_at_once_is_one(
    database: Database, library: PackLibrary
) -> None:
    with database.writing() as session:
        given = a_coalition(session, library)
        question = given.asks()
        given.answers(question)
    given_titles = iter(("Кто собирает подписи", "Кто может собирать подписи"))

    def makes_an_article(session: Session) -> None:
        replace(given, session=session).publishes(question, title=next(given_titles))

    failed = both_press(database, makes_an_article)
    assert failed == []
    with database.reading() as session:
        assert session.scalars(select(Article.title)).all() == ["Кто может собирать подписи"]

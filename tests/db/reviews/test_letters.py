"""Letters on decisions: in the candidate's language, by the one hook that writes all letters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.config import Settings
from app.db import Database, recorded
from app.mail.letters import Letter, letters_hook
from app.mail.models import StoredLetter
from app.main import subjects_of
from app.reviews import commands
from app.reviews.following import reviews_hook
from quests.route.library import PackLibrary
from tests import builders
from tests.db.reviews.test_reviewing import handed_in
from tests.handing_in import a_world

WHY = "Sign {both} pages."


@pytest.fixture
def following(database: Database, settings: Settings, library: PackLibrary) -> Iterator[Database]:
    """A database whose reviews are followed, and whose letters nobody writes yet."""
    database.before_commit.append(reviews_hook(subjects_of(settings, library)))
    yield database


def written(database: Database) -> list[StoredLetter]:
    with database.reading() as session:
        return list(session.scalars(select(StoredLetter).order_by(StoredLetter.id)))


def decide(
    database: Database, now: datetime, *, language: str, has_address: bool = True
) -> list[object]:
    """Send something back, then take that back; give what was recorded."""
    with database.writing() as session:
        candidate = builders.a_person(session, name="Anna", language=language)
        world = a_world(session, candidate=candidate)
        if not has_address:
            candidate.email = ""
        review_id = handed_in(session, world, now=now)
    with database.writing() as session:
        commands.give_back(session, world.coordinator, review_id, reason=WHY, now=now)
        found = recorded(session)
    with database.writing() as session:
        commands.undo(session, world.coordinator, review_id, now=now + timedelta(minutes=1))
    return found


def test_the_hook_of_the_reviews_records_a_letter_and_writes_none(
    following: Database, now: datetime
) -> None:
    found = decide(following, now, language="en")
    assert [type(one).__name__ for one in found if isinstance(one, Letter)] == ["ReturnedLetter"]
    assert written(following) == []


def test_a_returned_work_is_told_with_its_reason_and_the_way_there(
    following: Database, now: datetime
) -> None:
    following.before_commit.append(letters_hook("https://portal.example.org"))
    decide(following, now, language="ru")
    returned, undone = written(following)
    assert returned.subject.startswith("Нужно исправить: ")
    assert returned.text.startswith("Здравствуйте, Anna")
    assert WHY in returned.text
    assert "https://portal.example.org/campaigns/" in returned.text
    assert undone.subject.startswith("Снова на проверке: ")


def test_nobody_is_written_to_without_an_address(following: Database, now: datetime) -> None:
    following.before_commit.append(letters_hook("https://portal.example.org"))
    decide(following, now, language="en", has_address=False)
    assert written(following) == []

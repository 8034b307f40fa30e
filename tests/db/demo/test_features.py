"""Money, points, doors, questions and letters of the demo."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.mail.models import StoredLetter
from canvassing.contacts.models import Contact
from canvassing.doors.models import Visit
from canvassing.turf.models import Turf
from fundraising.models import Donation
from fundraising.pack import load_funds
from fundraising.verification import LedgerSound
from quests.dispatch.keeping import wrong_standings
from quests.help.models import Article, Question
from quests.ranking.models import PointEntry
from quests.ranking.verification import PointsVerification
from quests.route.library import PackLibrary
from tests.demo_once import NOW


def test_there_are_questions_articles_and_letters(planted: Session) -> None:
    states = Counter(planted.scalars(select(Question.state)))
    assert states["open"] > 3
    assert states["answered"] > 10
    assert planted.scalar(select(func.count(Article.id))) == 4
    assert planted.scalar(select(func.count(StoredLetter.id)))


def test_the_books_of_planted_gifts_are_sound_and_tell_every_kind(
    planted: Session, library: PackLibrary
) -> None:
    packs = {key: entry.route.pack for key, entry in library.entries.items()}
    assert not list(LedgerSound(packs=load_funds(packs)).findings(planted, now=NOW))
    states = Counter(planted.scalars(select(Donation.state)))
    assert states["cleared"] and states["paid_held"] and states["refunded"]
    held = planted.scalars(select(Donation.reasons).where(Donation.state == "paid_held"))
    assert all(held)


def test_points_and_standings_are_what_the_rules_say(
    planted: Session, library: PackLibrary
) -> None:
    assert not list(PointsVerification().findings(planted, now=NOW))
    assert wrong_standings(planted, library, now=NOW) == ()
    earned = set(planted.scalars(select(PointEntry.rule).distinct()))
    assert {"milestone", "gift", "door", "paper"} <= earned


def test_there_are_doors_to_walk_for_whoever_signs_in_as_a_canvasser(planted: Session) -> None:
    for login in ("canvasser@example.org", "en-canvasser@example.org"):
        walker = planted.scalars(select(Person.id).where(Person.login == login)).one()
        assert planted.scalar(select(func.count(Turf.id)).where(Turf.person_id == walker))
    assert planted.scalar(select(func.count(Visit.id)))
    assert planted.scalar(select(func.count(Contact.id)))

"""Those one signs in as in the demo can issue every paper of theirs."""

from __future__ import annotations

from sqlalchemy import func, select

from app.accounts.models import Campaign, Election, Person
from app.config import Settings, secret_key
from app.db import Database
from app.demo import plant
from app.sealing import Seal
from documents.paperwork.models import PaperAnswer, PaperIssue
from documents.paperwork.pack import load_all_documents
from documents.paperwork.queries.answers import given_answers
from documents.paperwork.rules.interview import Circumstances, interview
from quests.route.library import load_library
from tests.db.test_demo_planting import NOW, PRINTED

ONE_OF_TWO = {"no_fund_notice"}
"""Whoever has a fund gives no notice that there is none."""


def test_every_paper_of_the_shown_candidate_is_ready_to_be_issued(
    database: Database, settings: Settings
) -> None:
    plant(database, settings, now=NOW, size=PRINTED)
    seal = Seal.from_secret(secret_key(settings))
    library = load_library()
    kinds = load_all_documents({key: entry.route.pack for key, entry in library.entries.items()})
    with database.reading() as session:
        shown = (
            select(Campaign.id, Election.pack_id)
            .join(Election, Election.id == Campaign.election_id)
            .join(Person, Person.id == Campaign.candidate_id)
            .where(Person.login == "middle@example.org")
        )
        campaign_id, pack_id = session.execute(shown).one()
        given = given_answers(session, seal, campaign_id)
        documents = kinds[pack_id]
        days = Circumstances(today=NOW.date(), polling_day=NOW.date())
        left = {
            kind.key: [
                question.answer.key
                for question in interview(kind, documents.answers, given, days).in_the_way
            ]
            for kind in documents.listed.values()
            if kind.is_printed and kind.key not in ONE_OF_TWO
        }
        assert {key: keys for key, keys in left.items() if keys} == {}
        sealed = {key for key, answer in documents.answers.items() if answer.seal}
        open_ones = session.scalars(
            select(PaperAnswer.key).where(PaperAnswer.value != "", PaperAnswer.key.in_(sealed))
        )
        assert set(open_ones) == set()
        assert session.scalar(
            select(func.count())
            .select_from(PaperIssue)
            .where(PaperIssue.campaign_id == campaign_id)
        )

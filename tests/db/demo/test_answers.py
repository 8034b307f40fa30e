"""Those one signs in as in the demo can issue every paper of theirs."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign, Election
from app.config import Settings, secret_key
from app.sealing import Seal
from documents.paperwork.models import PaperAnswer, PaperIssue
from documents.paperwork.pack import load_all_documents
from documents.paperwork.queries.answers import given_answers
from documents.paperwork.rules.interview import Circumstances, interview
from quests.route.library import PackLibrary
from tests.db.demo.reading import candidate_of
from tests.demo_once import NOW

ONE_OF_TWO = {"no_fund_notice"}
"""Whoever has a fund gives no notice that there is none."""


def test_every_paper_of_the_shown_candidates_is_ready_to_be_issued(
    printed: Session, settings: Settings, library: PackLibrary
) -> None:
    seal = Seal.from_secret(secret_key(settings))
    kinds = load_all_documents({key: entry.route.pack for key, entry in library.entries.items()})
    days = Circumstances(today=NOW.date(), polling_day=NOW.date())
    for login in ("middle@example.org", "signatures@example.org", "en-nominations@example.org"):
        campaign = candidate_of(printed, login)
        given = given_answers(printed, seal, campaign.id)
        documents = kinds[campaign.pack_id]
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
        open_ones = printed.scalars(
            select(PaperAnswer.key)
            .join(Campaign, Campaign.id == PaperAnswer.campaign_id)
            .join(Election, Election.id == Campaign.election_id)
            .where(
                Election.pack_id == campaign.pack_id,
                PaperAnswer.value != "",
                PaperAnswer.key.in_(sealed),
            )
        )
        assert set(open_ones) == set()
        assert printed.scalar(
            select(func.count())
            .select_from(PaperIssue)
            .where(PaperIssue.campaign_id == campaign.id)
        )


def test_nobody_in_the_english_demo_is_called_by_the_name_of_somebody_else(
    printed: Session,
) -> None:
    for login in ("en-middle@example.org", "en-nominations@example.org"):
        campaign = candidate_of(printed, login)
        asked = select(PaperAnswer.key, PaperAnswer.value).where(
            PaperAnswer.campaign_id == campaign.id,
            PaperAnswer.key.in_(("surname", "common_surname", "common_forenames")),
        )
        given = {row.key: row.value for row in printed.execute(asked)}
        own = campaign.candidate_name.split()
        assert given["surname"] == own[-1] and given["common_forenames"] in own
        assert given.get("common_surname", "") in ("", own[-1])

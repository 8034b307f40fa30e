"""What the answers say is told to those who work on them, and by no page to anybody else."""

from __future__ import annotations

from datetime import date

import pytest

from app.accounts.queries import find_campaign
from app.config import Settings
from documents.clerk.describing import Telling, remark_view
from documents.clerk.examining import examine
from documents.clerk.rules.case import Finding
from documents.clerk.shape import Severity
from tests.web.clerk.program import a_clerk_desk
from tests.web.paperwork.program import answer_all, path
from tests.web.portal import Portal

READERS = ("vera", "chief", "lawyer")
COUNTED = "Needed answers"


@pytest.mark.parametrize("who", READERS)
def test_who_only_reads_a_packet_is_told_no_finding(russian: Portal, who: str) -> None:
    address = russian.at("packets/nomination")
    assert russian.browser("anna").page(address).soup.select("#stops a")
    assert not russian.browser(who).page(address).soup.select("#stops")


@pytest.mark.parametrize("who", READERS)
def test_a_sealed_answer_changes_nothing_for_who_only_reads(russian: Portal, who: str) -> None:
    anna, reader = russian.browser("anna"), russian.browser(who)
    answer_all(russian, anna)
    pages = (path(russian), russian.at("documents"), russian.at("packets/nomination"))
    assert COUNTED in anna.page(path(russian)).text
    before = [reader.page(address).text for address in pages]
    assert not any(COUNTED in text or "answers:" in text for text in before)
    where = path(russian, "/questions/conviction")
    form = anna.page(where).form("/questions/conviction")
    told = {"a-conviction": "has", "a-conviction_text": "ч. 1 ст. 112", "a-foreign_agent": "no"}
    anna.send(where, {**form, **told}, start=where)
    assert [reader.page(address).text for address in pages] == before


def test_numbers_and_days_of_sealed_answers_stay_dots(russian: Portal, settings: Settings) -> None:
    desk = a_clerk_desk(settings, russian.library)
    with russian.database.reading() as session, russian.app.test_request_context():
        campaign = find_campaign(session, russian.campaigns["anna"])
        assert campaign is not None
        examined = examine(session, desk, campaign, now=russian.now)
        assert examined is not None
        telling = Telling(campaign_id=campaign.id, examined=examined, language="ru")

        def said(answer: str, rule: str, **params: int | date) -> str:
            finding = Finding(rule=rule, severity=Severity.STOP, answers=(answer,), params=params)
            return remark_view(finding, telling).what

        about = {"count": 17, "most": 18, "day": date(2026, 9, 20)}
        assert said("birth_date", "age", **about).count("17") == 1
        sealed = said("passport", "age", **about)
        assert "17" not in sealed and "18" in sealed and "20.09.2026" in sealed
        days = {"earlier": date(2026, 7, 1), "later": date(2026, 7, 2)}
        sealed = said("passport", "fund_in_time", **days)
        assert "2026" not in sealed and "••••" in sealed

"""A campaign of which the rules can't be asked keeps nobody else's papers from being kept."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from app.config import Settings
from documents.overview.keeping import RECHECK
from documents.overview.models import KeptPapers
from documents.paperwork.models import PaperIssue
from tests.overview_world import jobs_of
from tests.web.packets.program import ask, issue, make_ready, papers_of
from tests.web.portal import Portal


def break_papers(portal: Portal, who: str = "anna") -> None:
    """Let what a paper says be unreadable, as no command leaves it."""
    with portal.database.writing() as session:
        session.execute(
            update(PaperIssue)
            .where(PaperIssue.campaign_id == portal.campaigns[who])
            .values(snapshot=papers_of(portal).seal.close("{}"))
        )


def letters(portal: Portal, who: str) -> str | None:
    with portal.database.reading() as session:
        wanted = select(KeptPapers.letters).where(KeptPapers.campaign_id == portal.campaigns[who])
        return session.scalar(wanted)


def named(portal: Portal, caplog: pytest.LogCaptureFixture) -> bool:
    """Say whether the log names Anna's campaign and no other."""
    found = {getattr(line, "campaign", None) for line in caplog.records if line.exc_info}
    return found == {portal.campaigns["anna"]}


def test_the_others_are_kept_and_the_log_names_the_one_that_is_not(
    russian: Portal, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    issue(russian, "consent")
    break_papers(russian)
    jobs_of(russian, settings).refresh()
    assert letters(russian, "pavel") and letters(russian, "anna") is None
    assert named(russian, caplog)


def test_what_is_wrong_of_the_others_is_mended_every_night(
    russian: Portal, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    make_ready(russian)
    ask(russian, russian.browser("anna"))
    jobs = jobs_of(russian, settings)
    jobs.refresh()
    right = letters(russian, "pavel")
    break_papers(russian)
    with russian.database.writing() as session:
        session.execute(update(KeptPapers).values(letters="a" * len(right or "")))
    jobs.run(RECHECK)
    assert letters(russian, "pavel") == right
    assert named(russian, caplog)

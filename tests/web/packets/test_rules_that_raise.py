"""A campaign of which the rules can't be asked keeps nobody else's papers from being kept or seen.

It is named: by the log, by ``mandat verify``, and to whoever coordinates it.
"""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select, update

from app import clock
from app.config import Settings
from app.operations.verify import Finding, Verification
from documents.overview.keeping import RECHECK, PapersHold
from documents.overview.models import KeptPapers
from documents.packets.models import Packet
from documents.packets.verification import PacketsHold
from documents.paperwork.models import PaperIssue
from tests.overview_world import jobs_of
from tests.web.packets.program import ask, desk_of, issue, make_ready, papers_of
from tests.web.portal import Portal

PAGES = ("/desk/papers", "/desk/papers/people?state=missing", "/desk/papers/bulk?kind=consent")


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


def findings(portal: Portal, check: Verification) -> list[Finding]:
    with portal.database.reading() as session:
        return list(check.findings(session, now=clock.now()))


def test_verify_names_the_one_and_looks_at_the_packets_of_the_others(
    russian: Portal, caplog: pytest.LogCaptureFixture
) -> None:
    for who in ("anna", "pavel"):
        make_ready(russian, who)
        ask(russian, russian.browser(who), who=who)
    break_papers(russian)
    with russian.database.writing() as session:
        session.execute(update(Packet).values(outdated_at=clock.now()))
    first, second = findings(russian, PacketsHold(desk=desk_of(russian)))
    assert f"campaign {russian.campaigns['anna']} raise" in first.what and first.serious
    assert f"campaign {russian.campaigns['pavel']} holds its papers" in second.what
    assert named(russian, caplog)


@pytest.mark.parametrize("kept", [True, False])
def test_verify_names_the_one_and_looks_at_what_is_kept_of_the_others(
    russian: Portal, settings: Settings, caplog: pytest.LogCaptureFixture, kept: bool
) -> None:
    issue(russian, "consent")
    jobs_of(russian, settings).refresh()
    break_papers(russian)
    anna, pavel = russian.campaigns["anna"], russian.campaigns["pavel"]
    with russian.database.writing() as session:
        other = "a" * len(letters(russian, "pavel") or "")
        of = KeptPapers.campaign_id
        session.execute(update(KeptPapers).where(of == pavel).values(letters=other))
        if not kept:
            session.execute(delete(KeptPapers).where(of == anna))
    found = findings(russian, PapersHold(desk=papers_of(russian)))
    assert [f"campaign {anna} raise" in one.what for one in found] == [True, False]
    assert f"campaign {pavel} stand elsewhere" in found[1].what
    assert named(russian, caplog)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Can’t be counted The portal can’t make out how things stand with Anna, and"),
        ("ru", "Не удаётся подсчитать Портал не может разобрать, как обстоят дела: Anna."),
    ],
)
def test_the_desk_shows_the_others_and_names_the_one_that_is_left_out(
    russian: Portal, caplog: pytest.LogCaptureFixture, language: str, said: str
) -> None:
    issue(russian, "consent")
    chief = russian.browser("chief", language)
    for address in PAGES:
        assert not chief.page(address).says(said)
    break_papers(russian)
    for address in PAGES:
        assert chief.page(address).says(said)
    people = chief.page("/desk/papers/people?state=missing")
    assert [row.get_text().strip() for row in people.soup.select("tbody th a")] == ["Pavel"]
    assert named(russian, caplog)

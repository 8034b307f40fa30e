"""A coordinator counts the papers of many campaigns and comes from a count to the people."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select, update

from app import clock
from app.config import Settings
from documents.overview.keeping import RECHECK, PapersHold, wrong_papers
from documents.overview.models import KeptPapers
from documents.paperwork.models import PaperAnswer
from documents.press.client import Press
from tests.overview_world import Jobs, jobs_of
from tests.web.paperwork.program import a_desk, answer_all, path, save, typeset
from tests.web.portal import Portal, counted

KIND = "nomination_paper"
PEOPLE = f"/desk/papers/people?kind={KIND}"


def kept_letters(portal: Portal, who: str = "anna") -> str | None:
    with portal.database.reading() as session:
        return session.scalar(
            select(KeptPapers.letters).where(KeptPapers.campaign_id == portal.campaigns[who])
        )


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_coordinator_sees_every_kind_with_its_counts(either: Portal, language: str) -> None:
    page = either.browser("chief", language).page("/desk/papers")
    assert page.soup.select(".count-row")
    assert page.soup.select(".count-row a.count-link")


def test_a_paper_moves_from_missing_to_ready_to_issued_on_the_desk(
    portal: Portal, jobs: Jobs, settings: Settings, press: Press
) -> None:
    chief, anna = portal.browser("chief"), portal.browser("anna")
    assert "Anna" in chief.page(f"{PEOPLE}&state=missing").text
    answer_all(portal, anna)
    assert "Anna" not in chief.page(f"{PEOPLE}&state=missing").text
    assert "Anna" in chief.page(f"{PEOPLE}&state=ready").text
    anna.send(path(portal, "/issue"), start=path(portal))
    typeset(portal, settings, press)
    assert "Anna" in chief.page(f"{PEOPLE}&state=out").text


def test_a_changed_answer_makes_an_issued_paper_out_of_date(
    portal: Portal, jobs: Jobs, settings: Settings, press: Press
) -> None:
    anna, chief = portal.browser("anna"), portal.browser("chief")
    answer_all(portal, anna)
    anna.send(path(portal, "/issue"), start=path(portal))
    typeset(portal, settings, press)
    jobs.refresh()
    assert "Anna" not in chief.page(f"{PEOPLE}&state=stale").text
    save(portal, anna, "name", surname="Smith-Janes")
    jobs.refresh()
    page = chief.page(f"{PEOPLE}&state=stale")
    assert "Anna" in page.text
    assert "Janes" not in page.text


def test_what_is_kept_is_marked_due_by_every_answer_and_reckoned_by_the_job(
    portal: Portal, jobs: Jobs
) -> None:
    jobs.refresh()
    before = kept_letters(portal)
    answer_all(portal, portal.browser("anna"))
    with portal.database.reading() as session:
        basis = session.scalar(
            select(KeptPapers.basis).where(KeptPapers.campaign_id == portal.campaigns["anna"])
        )
    assert basis == ""
    jobs.refresh()
    assert kept_letters(portal) != before


def test_what_is_kept_is_what_the_rules_say_and_verify_notices_when_it_is_not(
    portal: Portal, jobs: Jobs, settings: Settings
) -> None:
    jobs.refresh()
    desk, now = a_desk(settings, portal.library), clock.now()
    with portal.database.reading() as session:
        assert wrong_papers(session, desk, now=now) == ()
    with portal.database.writing() as session:
        session.execute(update(KeptPapers).values(letters="a" * len(kept_letters(portal) or "")))
    with portal.database.reading() as session:
        found = list(PapersHold(desk=desk).findings(session, now=now))
    assert len(found) == 2
    assert not any(finding.serious for finding in found)
    jobs.run(RECHECK)
    with portal.database.reading() as session:
        assert wrong_papers(session, desk, now=now) == ()


def test_an_answer_written_by_hand_into_the_database_is_noticed_by_verify(
    portal: Portal, jobs: Jobs, settings: Settings
) -> None:
    answer_all(portal, portal.browser("anna"))
    jobs.refresh()
    with portal.database.writing() as session:
        session.execute(
            delete(PaperAnswer).where(PaperAnswer.campaign_id == portal.campaigns["anna"])
        )
    with portal.database.reading() as session:
        wrong = wrong_papers(session, a_desk(settings, portal.library), now=clock.now())
    assert wrong == (portal.campaigns["anna"],)


def test_an_organisations_coordinator_sees_only_its_own(portal: Portal, jobs: Jobs) -> None:
    jobs.refresh()
    page = portal.browser("vera").page(f"{PEOPLE}&state=missing")
    assert "Anna" in page.text
    assert "Pavel" not in page.text


def test_a_stranger_counts_nothing(portal: Portal, jobs: Jobs) -> None:
    jobs.refresh()
    assert not portal.browser("stranger").page("/desk/papers").soup.select(".count-row")


@pytest.mark.parametrize("who", ["anna", "canvasser", "lawyer"])
@pytest.mark.parametrize(
    "address", ["/desk/papers", "/desk/papers/people", "/desk/papers/bulk", "/desk/papers/bulk/1"]
)
def test_only_coordinators_come_in(portal: Portal, who: str, address: str) -> None:
    assert portal.browser(who).get(address).status_code == 403


def test_the_filters_narrow_and_nonsense_is_left_out(portal: Portal, jobs: Jobs) -> None:
    jobs.refresh()
    chief = portal.browser("chief")
    everybody = chief.page("/desk/papers?due=nonsense&organisation=x&pack=none&state=?")
    assert everybody.soup.select(".count-row")
    nobody = chief.page("/desk/papers?organisation=999999")
    assert not nobody.soup.select(".count-row")
    late = chief.page(f"{PEOPLE}&state=missing&due=past")
    assert "Anna" not in late.text


def test_the_desk_asks_as_few_questions_of_many_campaigns_as_of_few(
    portal: Portal, jobs: Jobs
) -> None:
    jobs.refresh()
    chief = portal.browser("chief")
    chief.page("/desk/papers")
    with counted(portal.database) as statements:
        chief.page("/desk/papers")
    assert len(statements) <= 12, statements
    assert not any("paper_answer" in statement for statement in statements)


def test_no_seal_is_opened_for_the_counts(either: Portal, settings: Settings) -> None:
    jobs_of(either, settings).refresh()
    chief = either.browser("chief")
    with counted(either.database) as statements:
        chief.page("/desk/papers/people?state=missing")
    assert not any("sealed" in statement or "snapshot" in statement for statement in statements)

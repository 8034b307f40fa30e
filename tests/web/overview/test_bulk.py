"""A paper is issued for many campaigns at once: counted first, done once, told to the end."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, func, insert, select, text, update

from app.accounts.models import Campaign, Person
from app.audit.models import AuditEntry
from app.config import Settings
from app.jobs.models import Job
from documents.overview.commands import ISSUE
from documents.overview.models import KeptPapers, PaperBulk, PaperBulkLine
from documents.overview.queries import MOST_ASKED
from documents.paperwork.models import PaperAnswer, PaperIssue
from documents.press.client import Press
from quests.evidence.models import Evidence
from tests import builders
from tests.overview_world import Jobs, copy_answers
from tests.page import CheckingClient
from tests.readable_press import ReadablePress
from tests.web.paperwork.program import answer_all, path, typeset
from tests.web.portal import Portal

KIND = "nomination_paper"
BULK = f"/desk/papers/bulk?kind={KIND}"


@pytest.fixture
def ready(portal: Portal, jobs: Jobs) -> Portal:
    """Two campaigns, of which one has answered everything."""
    answer_all(portal, portal.browser("anna"))
    jobs.refresh()
    return portal


def ask(chief: CheckingClient) -> int:
    """Press the button of the dry run; give the number of the bulk issue."""
    form = chief.page(BULK).form("/desk/papers/bulk")
    answer = chief.send("/desk/papers/bulk", form, start=BULK)
    return int(answer.response.headers["Location"].rsplit("/", 1)[1])


def issued(portal: Portal) -> list[int]:
    with portal.database.reading() as session:
        return sorted(session.scalars(select(PaperIssue.campaign_id)))


def test_the_dry_run_counts_and_leads_to_those_who_lack_answers(ready: Portal) -> None:
    chief = ready.browser("chief")
    page = chief.page(BULK)
    assert page.says("Would be issued 1")
    assert page.says("Answers are missing 1")
    link = page.soup.select_one('a[href*="state=missing"]')
    assert link is not None
    assert "Pavel" in chief.page(str(link["href"])).text
    assert issued(ready) == []


def test_the_dry_run_says_exactly_for_how_many_and_who_has_not_come_to_the_step(
    ready: Portal, jobs: Jobs
) -> None:
    chief = ready.browser("chief")
    copy_answers(ready, "anna", "pavel")
    jobs.refresh()
    page = chief.page(BULK)
    assert page.says("Would be issued 2") and not page.says("Not at this step yet")
    with ready.database.writing() as session:
        session.execute(delete(Evidence).where(Evidence.campaign_id == ready.campaigns["anna"]))
    page = chief.page(BULK)
    assert page.says("Would be issued 1") and page.says("Not at this step yet 1")
    assert page.says("Issue for 1 campaign") and not page.says("at most")
    bulk_id = ask(chief)
    jobs.run(ISSUE, {"bulk": bulk_id})
    assert issued(ready) == [ready.campaigns["pavel"]]
    page = chief.page(BULK)
    assert page.says("Would be issued 0") and page.says("Not at this step yet 1")
    assert page.says("There is nothing to issue now")


def plant_as_ready_as_anna(portal: Portal, count: int) -> None:
    """Put campaigns beside Anna's whose papers are kept just as hers are."""
    with portal.database.writing() as session:
        own = Campaign.__table__
        anna = session.execute(select(own).where(own.c.id == portal.campaigns["anna"])).one()
        kept = KeptPapers.__table__
        papers = session.execute(select(kept).where(kept.c.campaign_id == anna.id)).one()
        one = {"password_hash": None, "created_at": builders.NOW, "language": "en"}
        people = session.scalars(
            insert(Person).returning(Person.id),
            [
                {**one, "name": f"Ready {n}", "email": f"ready-{n}@example.org"}
                for n in range(count)
            ],
        ).all()
        like_hers = {key: value for key, value in anna._mapping.items() if key != "id"}
        campaigns = session.scalars(
            insert(Campaign).returning(Campaign.id),
            [{**like_hers, "candidate_id": number} for number in people],
        ).all()
        session.execute(
            insert(KeptPapers),
            [{**papers._mapping, "campaign_id": number} for number in campaigns],
        )


@pytest.mark.parametrize(
    ("language", "exactly", "counted", "at_most"),
    [
        ("en", "Not at this step yet 999", "Would be issued 1,001 who is ready", "at most:"),
        ("ru", "Ещё не дошли до этого шага 999", "Будет выпущено 1 001 кто готов", "не больше:"),
    ],
)
def test_for_very_many_the_dry_run_says_at_most_for_how_many_in_both_languages(
    ready: Portal, language: str, exactly: str, counted: str, at_most: str
) -> None:
    chief = ready.browser("chief", language)
    plant_as_ready_as_anna(ready, MOST_ASKED - 1)
    page = chief.page(BULK)
    assert page.says(exactly) and not page.says(at_most)
    plant_as_ready_as_anna(ready, 1)
    page = chief.page(BULK)
    assert page.says(f"{counted} {at_most}") and not page.says(exactly)


def test_a_campaign_about_which_the_route_raises_is_named_and_the_others_are_counted(
    ready: Portal, jobs: Jobs, settings: Settings
) -> None:
    if not ready.database.is_sqlite:
        pytest.skip("no other database takes a word where a number belongs")
    copy_answers(ready, "anna", "pavel")
    jobs.refresh()
    with ready.database.writing() as session:
        session.execute(
            text("UPDATE evidence SET count = 'many' WHERE campaign_id = :anna"),
            {"anna": ready.campaigns["anna"]},
        )
    page = ready.browser("chief").page(BULK)
    assert page.says("how things stand with Anna, and leaves them out here")
    assert page.says("Would be issued 1")


def test_the_job_issues_for_each_and_the_page_says_how_it_ended(
    ready: Portal, jobs: Jobs, settings: Settings, press: Press
) -> None:
    chief = ready.browser("chief")
    bulk_id = ask(chief)
    assert chief.page(f"/desk/papers/bulk/{bulk_id}").says("Under way")
    jobs.run(ISSUE, {"bulk": bulk_id})
    assert issued(ready) == [ready.campaigns["anna"]]
    page = chief.page(f"/desk/papers/bulk/{bulk_id}")
    assert page.says("the last files are being made")
    typeset(ready, settings, press)
    page = chief.page(f"/desk/papers/bulk/{bulk_id}")
    assert page.says("Done.")
    assert page.says("1 / 1")
    assert "Anna" in page.text
    # The paper is the campaign's own: its people find it as if they had issued it.
    assert ready.browser("anna").page(path(ready)).says("Download and print")


def test_the_coordinator_gets_no_paper_to_read(ready: Portal, jobs: Jobs) -> None:
    chief = ready.browser("chief")
    jobs.run(ISSUE, {"bulk": ask(chief)})
    page = chief.page(path(ready))
    assert "Smith-Jones" not in page.text
    assert not page.says("Download and print")


def test_pressed_twice_it_is_one_bulk_issue(ready: Portal, jobs: Jobs) -> None:
    chief = ready.browser("chief")
    form = chief.page(BULK).form("/desk/papers/bulk")
    places = {
        chief.send("/desk/papers/bulk", form, start=BULK).response.headers["Location"]
        for _ in range(2)
    }
    assert len(places) == 1
    with ready.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(PaperBulk)) == 1


def test_the_job_run_twice_issues_once(ready: Portal, jobs: Jobs) -> None:
    bulk_id = ask(ready.browser("chief"))
    jobs.run(ISSUE, {"bulk": bulk_id})
    jobs.run(ISSUE, {"bulk": bulk_id})
    assert issued(ready) == [ready.campaigns["anna"]]


def test_what_stopped_being_complete_meanwhile_is_refused_with_its_reason(
    ready: Portal, jobs: Jobs
) -> None:
    chief = ready.browser("chief")
    bulk_id = ask(chief)
    with ready.database.writing() as session:
        session.execute(update(PaperAnswer).where(PaperAnswer.key == "surname").values(value=""))
    jobs.run(ISSUE, {"bulk": bulk_id})
    assert issued(ready) == []
    page = chief.page(f"/desk/papers/bulk/{bulk_id}")
    assert page.says("answers are missing or wrong")
    assert page.says("Done.")


def test_one_campaign_that_breaks_does_not_keep_the_others_from_theirs(
    ready: Portal, jobs: Jobs
) -> None:
    copy_answers(ready, "anna", "pavel")
    jobs.refresh()
    chief = ready.browser("chief")
    bulk_id = ask(chief)
    with ready.database.writing() as session:
        session.execute(
            update(PaperAnswer)
            .where(
                PaperAnswer.campaign_id == ready.campaigns["anna"], PaperAnswer.key == "forenames"
            )
            .values(value="A" * 1900)
        )
    jobs.run(ISSUE, {"bulk": bulk_id})
    assert issued(ready) == [ready.campaigns["pavel"]]
    with ready.database.reading() as session:
        states = dict(session.execute(select(PaperBulkLine.campaign_id, PaperBulkLine.state)).all())
    assert states == {ready.campaigns["anna"]: "refused", ready.campaigns["pavel"]: "issued"}


def test_an_unchanged_paper_is_not_issued_again_and_the_page_says_there_is_nothing_to_do(
    ready: Portal, jobs: Jobs, settings: Settings, press: Press
) -> None:
    chief = ready.browser("chief")
    jobs.run(ISSUE, {"bulk": ask(chief)})
    typeset(ready, settings, press)
    jobs.refresh()
    page = chief.page(BULK)
    assert page.says("There is nothing to issue now")
    form = {"kind": KIND, "token": "t" * 43}
    refused = chief.send("/desk/papers/bulk", form, status=422, start=BULK)
    assert refused.says("None of these campaigns")


def test_a_file_that_could_not_be_made_is_told_first_with_what_to_do(
    ready: Portal, jobs: Jobs, settings: Settings
) -> None:
    copy_answers(ready, "anna", "pavel")
    jobs.refresh()
    chief, press = ready.browser("chief"), ReadablePress()
    bulk_id = ask(chief)
    jobs.run(ISSUE, {"bulk": bulk_id})
    press.fails = "too_heavy"
    typeset(ready, settings, press)
    with ready.database.writing() as session:
        anna = select(PaperIssue).where(PaperIssue.campaign_id == ready.campaigns["anna"])
        made = session.scalars(anna).one()
        made.state, made.sha256 = "ready", "a" * 64
    page = chief.page(f"/desk/papers/bulk/{bulk_id}")
    assert page.says("1 file could not be made") and page.says("Issued for 2 of 2 campaigns")
    rows = [row.get_text(" ", strip=True) for row in page.soup.select("tbody tr")]
    assert "Pavel" in rows[0] and "the file could not be made" in rows[0]
    again = page.soup.select_one(".notice-danger a")
    assert again is not None
    jobs.refresh()
    assert chief.page(str(again["href"])).says("Would be issued 1")


def test_the_reasons_are_counted_so_that_nobody_reads_a_long_list_for_them(
    ready: Portal, jobs: Jobs
) -> None:
    chief = ready.browser("chief")
    bulk_id = ask(chief)
    with ready.database.writing() as session:
        session.execute(update(PaperAnswer).where(PaperAnswer.key == "surname").values(value=""))
    jobs.run(ISSUE, {"bulk": bulk_id})
    page = chief.page(f"/desk/papers/bulk/{bulk_id}")
    assert page.says("Why some were not issued answers are missing or wrong 1")
    assert page.says("Done. Issued for 0 of 1 campaigns")


def test_stopped_it_leaves_out_the_rest(ready: Portal, jobs: Jobs) -> None:
    chief = ready.browser("chief")
    bulk_id = ask(chief)
    where = f"/desk/papers/bulk/{bulk_id}"
    chief.send(f"{where}/stop", start=where)
    jobs.run(ISSUE, {"bulk": bulk_id})
    assert issued(ready) == []
    assert chief.page(where).says("Stopped before its end")
    chief.send(f"{where}/stop", start=BULK, status=409)


def test_an_organisations_coordinator_issues_for_its_own_only(ready: Portal, jobs: Jobs) -> None:
    copy_answers(ready, "anna", "pavel")
    jobs.refresh()
    vera = ready.browser("vera")
    jobs.run(ISSUE, {"bulk": ask(vera)})
    assert issued(ready) == [ready.campaigns["anna"]]


def test_another_organisation_does_not_see_the_bulk_issue(ready: Portal, jobs: Jobs) -> None:
    bulk_id = ask(ready.browser("vera"))
    for who in ("boris", "stranger"):
        other = ready.browser(who)
        other.page(f"/desk/papers/bulk/{bulk_id}", status=404)
        other.send(f"/desk/papers/bulk/{bulk_id}/stop", start="/desk/papers", status=404)
    assert ready.browser("chief").page(f"/desk/papers/bulk/{bulk_id}")


def test_the_log_says_who_asked_and_what_was_issued(ready: Portal, jobs: Jobs) -> None:
    bulk_id = ask(ready.browser("chief"))
    jobs.run(ISSUE, {"bulk": bulk_id})
    with ready.database.reading() as session:
        actions = list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))
        by = set(
            session.scalars(select(AuditEntry.actor_id).where(AuditEntry.action.like("paper.%")))
        )
    assert "paper.bulk_asked" in actions
    assert "paper.issued" in actions
    assert "paper.bulk_ended" in actions
    assert by == {ready.people["chief"]}


def test_what_is_done_in_one_job_asks_for_no_other(ready: Portal, jobs: Jobs) -> None:
    bulk_id = ask(ready.browser("chief"))
    jobs.run(ISSUE, {"bulk": bulk_id})
    with ready.database.reading() as session:
        queued = session.scalar(
            select(func.count()).select_from(Job).where(Job.kind == ISSUE, Job.unique_key != "")
        )
    assert queued == 0


@pytest.mark.parametrize(
    "form", [{}, {"kind": KIND}, {"kind": KIND, "token": "x" * 200}, {"kind": "nope", "token": "t"}]
)
def test_nonsense_is_no_bulk_issue(ready: Portal, form: dict[str, str]) -> None:
    ready.browser("chief").send("/desk/papers/bulk", form, status=404, start=BULK)

"""The log on the screen: one's own coalition's entries, in words, filtered, page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from app.access import Role
from app.accounts.models import Coalition, Person
from app.audit.commands import audit, check_chain
from app.db import Database
from quests.dispatch.audit_views import PAGE
from tests import builders
from tests.web.portal import Portal

LOG = "/desk/audit"


def written(portal: Portal, action: str, *, by: str = "chief", times: int = 1, **more: int) -> None:
    """Write entries into the log of the portal's coalition, or of another one."""
    with portal.database.writing() as session:
        values = {"coalition_id": coalition_id(portal), "subject_id": portal.people["vera"], **more}
        for number in range(times):
            audit(
                session,
                portal.people[by],
                action,
                subject_kind="person",
                detail={"role": "lawyer"},
                now=portal.now + timedelta(seconds=number),
                **values,
            )


def coalition_id(portal: Portal) -> int:
    with portal.database.reading() as session:
        found = session.execute(
            text("SELECT coalition_id FROM campaign WHERE id = :id"),
            {"id": portal.campaigns["anna"]},
        )
        return int(found.scalar_one())


@pytest.fixture
def auditor(portal: Portal) -> str:
    with portal.database.writing() as session:
        coalition = session.get_one(Coalition, coalition_id(portal))
        person = builders.a_person(session, name="Rita")
        builders.a_staff(session, coalition=coalition, role=Role.AUDITOR, person=person)
        portal.people["rita"] = person.id
    return "rita"


@pytest.fixture
def foreign(portal: Portal) -> int:
    """A coalition next door, with an entry of its own by somebody with a telling name."""
    with portal.database.writing() as session:
        coalition = builders.a_coalition(session)
        person = builders.a_person(session, name="Zinaida Foreign")
        builders.a_staff(session, coalition=coalition, role=Role.CHIEF, person=person)
        portal.people["zinaida"] = person.id
        number = coalition.id
    written(portal, "account.suspended", by="zinaida", coalition_id=number)
    return number


def test_an_entry_says_who_did_what_about_whom(portal: Portal) -> None:
    written(portal, "helper.assigned", campaign_id=portal.campaigns["anna"])
    page = portal.browser("chief").page(LOG)
    assert page.h1 == "Log"
    assert page.says("Helper assigned Lawyer")
    assert page.says("Vera")
    link = page.soup.find("a", string="Anna")
    assert link is not None
    assert link["href"] == portal.at("route")


def test_what_somebody_does_in_the_program_appears(portal: Portal) -> None:
    browser = portal.browser("anna")
    form = browser.page(portal.at("team")).form("invitations")
    values = {"guest-name": "Guest", "guest-email": "guest@example.org", "guest-role": "press"}
    browser.send(portal.at("team/invitations"), form | values, status=200)
    assert portal.browser("chief").page(LOG).says("Anna Invitation made Press officer")


def test_foreign_entries_are_never_shown(portal: Portal, foreign: int, auditor: str) -> None:
    written(portal, "account.second_factor_on")
    for who in ("chief", auditor):
        for query in ("", "?action=account.suspended", "?q=zinaida", "?page=2"):
            page = portal.browser(who).page(LOG + query)
            assert "Zinaida" not in page.html
            rows = page.soup.select("tbody tr")
            assert not any("Access suspended" in row.get_text() for row in rows)
    assert portal.browser("zinaida").page(LOG).says("Zinaida Foreign")


def test_entries_of_no_coalition_are_shown_to_nobody(portal: Portal) -> None:
    with portal.database.writing() as session:
        audit(session, None, "account.merged", subject_kind="person", subject_id=1, now=portal.now)
    assert portal.browser("chief").page(LOG).says("No entries yet")


def test_a_campaign_of_another_coalition_keeps_its_name(portal: Portal, foreign: int) -> None:
    written(
        portal,
        "team.left",
        by="zinaida",
        coalition_id=foreign,
        campaign_id=portal.campaigns["anna"],
    )
    page = portal.browser("zinaida").page(LOG)
    assert page.says("Taken out of the team")
    assert "Anna" not in page.html


@pytest.mark.parametrize("who", ["vera", "anna", "lawyer", "canvasser"])
def test_nobody_else_reads_the_log(portal: Portal, who: str) -> None:
    portal.browser(who).page(LOG, status=403)


def test_the_auditor_begins_at_the_log_and_may_not_open_campaigns(
    portal: Portal, auditor: str
) -> None:
    written(portal, "helper.assigned", campaign_id=portal.campaigns["anna"])
    browser = portal.browser(auditor)
    assert browser.get("/").headers["Location"] == LOG
    page = browser.page(LOG)
    assert page.says("Anna")
    assert page.soup.find("a", string="Anna") is None


def test_the_menu_leads_to_the_log_those_who_may_read_it(portal: Portal, auditor: str) -> None:
    for who, there in (("chief", True), (auditor, True), ("vera", False)):
        page = portal.browser(who).page("/settings")
        assert (page.soup.find("a", href=LOG) is not None) is there


def test_the_log_is_filtered_by_action_and_by_candidate(portal: Portal) -> None:
    written(portal, "helper.assigned", campaign_id=portal.campaigns["anna"])
    written(portal, "helper.ended", campaign_id=portal.campaigns["pavel"])
    browser = portal.browser("chief")
    for query, campaign in (("?action=helper.ended", "Pavel"), ("?q=ANNA", "Anna")):
        rows = browser.page(LOG + query).soup.select("tbody tr")
        assert [row.select("a")[0].get_text() for row in rows] == [campaign]
    assert browser.page(f"{LOG}?q=nobody").says("No such entries")


@pytest.mark.parametrize("query", ["?page=x", "?page=99", "?action=%00", "?q=%25_", "?action=x"])
def test_odd_addresses_are_answered(portal: Portal, query: str) -> None:
    written(portal, "helper.ended")
    portal.browser("chief").page(LOG + query)


def test_a_hundred_entries_make_a_page_the_newest_first(portal: Portal) -> None:
    written(portal, "helper.assigned")
    written(portal, "helper.ended", times=PAGE)
    browser = portal.browser("chief")
    first = browser.page(LOG)
    assert len(first.soup.select("tbody tr")) == PAGE
    assert not first.soup.select("tbody")[0].find(string="Helper assigned")
    older = first.soup.find("a", rel="next")
    assert older is not None
    rows = browser.page(str(older["href"])).soup.select("tbody tr")
    assert len(rows) == 1
    assert "Helper assigned" in rows[0].get_text()


def test_the_page_says_how_the_chain_stood_without_verifying_it(
    portal: Portal, owner: Database
) -> None:
    browser = portal.browser("chief")
    assert browser.page(LOG).says("has not been yet")
    written(portal, "helper.ended", times=3)
    with portal.database.writing() as session:
        check_chain(session, now=portal.now)
    assert browser.page(LOG).says("The chain of entries was whole when it was last verified")
    with owner.writing() as session:
        if portal.database.is_sqlite:
            session.execute(text("DROP TRIGGER IF EXISTS audit_entry_no_update"))
        else:
            session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
        session.execute(text("UPDATE audit_entry SET action = 'x' WHERE number = 2"))
    assert browser.page(LOG).says("The chain of entries was whole")
    with portal.database.writing() as session:
        check_chain(session, now=portal.now)
    page = browser.page(LOG)
    assert page.says("The log has been tampered with or damaged")
    assert page.says("entry 2 did not fit")


def test_people_who_are_gone_keep_their_number(portal: Portal) -> None:
    with portal.database.writing() as session:
        missing = max(session.scalars(text("SELECT id FROM person"))) + 10
        assert session.get(Person, missing) is None
    written(portal, "helper.ended", subject_id=missing)
    assert portal.browser("chief").page(LOG).says(f"person No. {missing}")


def test_the_log_speaks_russian(portal: Portal) -> None:
    written(portal, "helper.assigned")
    page = portal.browser("chief", "ru").page(LOG)
    assert page.h1 == "Журнал"
    assert page.says("Помощник назначен Юрист")

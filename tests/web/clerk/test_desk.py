"""The clerk's desk: what is found is said, mended by one tap, confirmed by a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.queries import find_campaign
from app.audit.models import AuditEntry
from app.config import Settings
from documents.clerk.describing import stops_told
from documents.clerk.examining import examine, gate_of
from documents.clerk.models import ClerkConfirmation, ClerkDate
from documents.clerk.pack import ClerkPacks
from documents.paperwork.models import PaperScan
from tests.web.clerk.program import a_clerk_desk, sign_newest
from tests.web.paperwork.program import answer_all, path
from tests.web.portal import Portal, counted


def clerk(portal: Portal, rest: str = "") -> str:
    return portal.at(f"clerk{rest}")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_empty_campaign_is_told_what_is_missing_and_where(portal: Portal, language: str) -> None:
    page = portal.browser("anna", language).page(clerk(portal))
    found = page.soup.find(id="stops").find_all(class_="finding")
    assert found
    for finding in found:
        assert finding.find(class_="rule-tag")
        link = finding.find("a", class_="finding-go")
        assert link["href"].startswith("/campaigns/")
    assert not page.soup.find(id="stops").find("form")


def test_one_tap_leads_to_the_question(russian: Portal) -> None:
    anna = russian.browser("anna")
    page = anna.page(clerk(russian))
    link = page.soup.find("a", class_="finding-go", href=lambda href: "/questions/where" in href)
    where, _, anchor = link["href"].partition("#")
    assert anna.page(where).soup.find(id=anchor)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_whole_paper_is_read_with_its_days(portal: Portal, language: str) -> None:
    anna = portal.browser("anna", language)
    answer_all(portal, anna)
    anna.send(path(portal, "/issue"), start=path(portal))
    scan = sign_newest(portal)
    page = anna.page(clerk(portal))
    if portal.pack_id == "gb-eng-local":
        assert page.soup.find(id="dates") is None
        return
    form = page.form(f"/dates/{scan}")
    where = clerk(portal, f"/dates/{scan}")
    wrong = anna.send(where, {**form, "date": "31.02.2026"}, status=422, start=clerk(portal))
    assert wrong.error_of("date")
    day = portal.today - timedelta(days=1)
    anna.send(where, {**form, "date": f"{day.day}.{day.month}"}, start=clerk(portal))
    page = anna.page(clerk(portal))
    assert f'value="{day:%d.%m.%Y}"' in page.html
    with portal.database.reading() as session:
        assert session.scalars(select(ClerkDate.place)).all() == ["date"]
    anna.send(where, {**form, "date": ""}, start=clerk(portal))
    with portal.database.reading() as session:
        assert session.scalars(select(ClerkDate.place)).all() == []


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("typed", ["31.02.2026", "01.01.1900", "01.01.2199"])
def test_a_day_that_can_not_be_is_said_where_one_looks_and_names_the_paper(
    russian: Portal, language: str, typed: str
) -> None:
    anna = russian.browser("anna", language)
    answer_all(russian, anna)
    anna.send(path(russian, "/issue"), start=path(russian))
    scan = sign_newest(russian)
    before = anna.page(clerk(russian))
    field = before.soup.select_one("#dates input[name=date]")
    assert not field.get("placeholder") and field["aria-describedby"]
    assert field.find_parent("form")["action"].endswith("#dates-consent")
    where = clerk(russian, f"/dates/{scan}")
    page = anna.send(where, {"date": typed}, status=422, start=clerk(russian))
    (summary,) = page.soup.select("#dates [role=alert][data-focus][tabindex]")
    paper = page.soup.select_one("#dates-consent h3").get_text().strip()
    link = summary.select_one("a")
    assert link.get_text().startswith(f"{paper}, ")
    assert page.soup.select_one(link["href"])["value"] == typed
    with russian.database.reading() as session:
        assert session.scalars(select(ClerkDate.place)).all() == []


def test_an_empty_press_does_not_say_that_days_were_kept(russian: Portal) -> None:
    anna = russian.browser("anna", "en")
    answer_all(russian, anna)
    anna.send(path(russian, "/issue"), start=path(russian))
    where = clerk(russian, f"/dates/{sign_newest(russian)}")
    anna.send(where, {"date": ""}, start=clerk(russian))
    page = anna.page(clerk(russian))
    assert page.says("Nothing is written down: no day was typed.")
    assert not page.says("The days are kept")
    anna.send(where, {"date": f"{russian.today:%d%m%Y}"}, start=clerk(russian))
    assert anna.page(clerk(russian)).says("The days are kept")
    anna.send(where, {"date": ""}, start=clerk(russian))
    assert anna.page(clerk(russian)).says("The days are taken out again")


def test_a_warning_is_confirmed_and_lapses_when_the_value_changes(russian: Portal) -> None:
    anna = russian.browser("anna")
    answer_all(russian, anna)
    page = anna.page(clerk(russian))
    digest = next(
        field["value"]
        for field in page.soup.find(id="warnings").find_all("input", {"name": "digest"})
    )
    typed = {"digest": digest, "note": "with the charter, on paper"}
    anna.send(clerk(russian, "/confirm"), typed, start=clerk(russian))
    anna.send(clerk(russian, "/confirm"), typed, start=clerk(russian))
    with russian.database.reading() as session:
        (kept,) = session.query(ClerkConfirmation).all()
        actions = session.scalars(select(AuditEntry.action)).all()
    assert actions.count("clerk.confirmed") == 1
    page = anna.page(clerk(russian))
    assert "with the charter, on paper" in page.html
    assert digest not in [
        field["value"]
        for field in page.soup.find(id="warnings").find_all("input", {"name": "digest"})
    ]
    revoke = clerk(russian, f"/confirmations/{kept.id}/revoke")
    anna.send(revoke, start=clerk(russian))
    assert digest in anna.page(clerk(russian)).html


def test_what_stops_or_has_changed_is_not_confirmed(russian: Portal, settings: Settings) -> None:
    anna = russian.browser("anna")
    where = clerk(russian, "/confirm")
    anna.send(where, {"digest": "0" * 64}, status=409, start=clerk(russian))
    desk = a_clerk_desk(settings, russian.library)
    with russian.database.reading() as session:
        campaign = find_campaign(session, russian.campaigns["anna"])
        assert campaign is not None
        examined = examine(session, desk, campaign, now=russian.now)
        assert examined is not None
        digest = examined.digests[examined.stopping[0].substance]
    anna.send(where, {"digest": digest}, status=409, start=clerk(russian))


def test_a_packet_is_stopped_until_its_papers_are_whole(portal: Portal, settings: Settings) -> None:
    desk = a_clerk_desk(settings, portal.library)
    with portal.database.reading() as session:
        campaign = find_campaign(session, portal.campaigns["anna"])
        assert campaign is not None
        kind = "consent" if portal.pack_id == "ru-spb-municipal" else "nomination_paper"
        examined = examine(session, desk, campaign, now=portal.now, kinds={kind})
    assert examined is not None
    found = gate_of(examined, {kind})
    assert kind in {each.kind for each in found}


def test_a_packet_to_be_printed_waits_for_answers_and_not_for_signatures(
    russian: Portal, settings: Settings
) -> None:
    anna = russian.browser("anna")
    answer_all(russian, anna)
    anna.send(path(russian, "/issue"), start=path(russian))
    scan = sign_newest(russian)
    with russian.database.writing() as session:
        session.delete(session.get_one(PaperScan, scan))
    desk, now = a_clerk_desk(settings, russian.library), russian.now
    with russian.database.reading() as session:
        campaign = find_campaign(session, russian.campaigns["anna"])
        assert campaign is not None
        examined = examine(session, desk, campaign, now=now, kinds={"consent"})
    assert examined is not None
    before = gate_of(examined, {"consent"}, before_signing=True)
    after = gate_of(examined, {"consent"})
    assert before == ()
    assert [found.rule for found in after] == ["unsigned"]


def test_the_stops_of_a_packet_are_told_in_words(russian: Portal, settings: Settings) -> None:
    desk = a_clerk_desk(settings, russian.library)
    with russian.app.test_request_context(), russian.database.reading() as session:
        campaign = find_campaign(session, russian.campaigns["anna"])
        assert campaign is not None
        told = stops_told(session, desk, campaign, {"consent"}, now=russian.now)
    assert told
    assert all(one.what and one.mend and one.href for one in told)


@pytest.mark.parametrize("who", ["pavel", None])
def test_others_do_not_see_the_clerks_desk(russian: Portal, who: str | None) -> None:
    browser = russian.browser(who)
    response = browser.get(clerk(russian))
    assert response.status_code in (302, 303, 403, 404)


def test_sealed_answers_are_never_shown(russian: Portal) -> None:
    anna = russian.browser("anna")
    answer_all(russian, anna)
    anna.send(path(russian, "/issue"), start=path(russian))
    where = path(russian, "/questions/passport")
    form = anna.page(where).form("/questions/passport")
    anna.send(where, {**form, "a-passport": "40 05 654321"}, start=where)
    page = anna.page(clerk(russian))
    assert "654321" not in page.html and "123456" not in page.html
    assert "••••21" in page.html


def test_the_desk_asks_the_database_few_questions(portal: Portal, settings: Settings) -> None:
    anna = portal.browser("anna")
    answer_all(portal, anna)
    anna.send(path(portal, "/issue"), start=path(portal))
    sign_newest(portal)
    desk = a_clerk_desk(settings, portal.library)
    with portal.database.reading() as session, counted(portal.database) as asked:
        campaign = find_campaign(session, portal.campaigns["anna"])
        assert campaign is not None
        assert examine(session, desk, campaign, now=portal.now) is not None
    assert len(asked) <= 18, asked


def test_papers_of_later_headings_are_looked_at_when_asked_for(russian: Portal) -> None:
    anna = russian.browser("anna")
    now, later = (anna.page(clerk(russian, rest)) for rest in ("", "?upto=after"))
    assert len(later.soup.find_all(class_="finding")) > len(now.soup.find_all(class_="finding"))
    chosen = anna.page(clerk(russian, "?upto=nonsense")).soup.find(class_="tabs")
    assert chosen.find("a", {"aria-current": "page"}).text.strip()


def test_a_pack_without_rules_stops_nothing(russian: Portal, settings: Settings) -> None:
    desk = replace(a_clerk_desk(settings, russian.library), packs=ClerkPacks(packs={}))
    with russian.database.reading() as session:
        campaign = find_campaign(session, russian.campaigns["anna"])
        assert campaign is not None
        assert examine(session, desk, campaign, now=russian.now) is None
        assert stops_told(session, desk, campaign, {"consent"}, now=russian.now) == ()


@pytest.mark.parametrize(("language", "called"), [("ru", "«Дата подписания»"), ("en", "“Date of")])
def test_a_day_that_nobody_noted_is_named_as_the_form_calls_its_place(
    russian: Portal, language: str, called: str
) -> None:
    anna = russian.browser("anna", language)
    answer_all(russian, anna)
    anna.send(path(russian, "/issue"), start=path(russian))
    sign_newest(russian)
    page = anna.page(clerk(russian))
    told = page.soup.find("a", class_="finding-go", href=lambda href: "#dates-" in href)
    assert called in told.get_text()

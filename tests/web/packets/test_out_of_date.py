"""A packet counts as long as it holds the papers as they stand, and its page says what does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import update

from app import clock
from app.accounts.events import AccountsMerged, DistrictsChanged
from app.accounts.models import Campaign, District
from app.config import Settings
from app.db import record
from app.facts import FactState
from documents.overview.keeping import RECHECK
from documents.packets.events import PacketTurned
from documents.packets.facts import packet_facts
from documents.packets.verification import PacketsHold
from documents.paperwork.models import Paper, PaperScan
from documents.press.client import Press
from tests.builders import a_person
from tests.overview_world import jobs_of
from tests.page import CheckingClient
from tests.web.packets.program import (
    a_photo,
    answer,
    ask,
    desk_of,
    issue,
    make_ready,
    papers_of,
    path,
    scan,
    touch,
    work,
)
from tests.web.portal import Portal


def test_a_packet_is_out_of_date_once_a_paper_was_issued_anew(
    russian: Portal, settings: Settings, press: Press
) -> None:
    make_ready(russian)
    anna = russian.browser("anna")
    ask(russian, anna)
    work(russian, settings, press)
    campaign = russian.campaigns["anna"]
    with russian.database.reading() as session:
        known = packet_facts(session, [campaign])[campaign]
    assert known["packet:nomination"].state is FactState.PRESENT
    issue(russian, "consent", version=2, pages=2)
    assert anna.page(path(russian)).says("The packet is out of date")
    with russian.database.reading() as session:
        assert packet_facts(session, None) == {}
    ask(russian, anna)
    work(russian, settings, press)
    assert not anna.page(path(russian)).says("The packet is out of date")
    with russian.database.reading() as session:
        assert packet_facts(session, None)[campaign]["packet:nomination"]
    # A packet that was asked for later counts instead of it, from the moment it was asked for.
    scan(russian, "passport_copy", data=a_photo("red"))
    ask(russian, anna)
    with russian.database.reading() as session:
        assert packet_facts(session, None) == {}


def put_together(
    portal: Portal, settings: Settings, press: Press
) -> tuple[CheckingClient, Callable[[], bool]]:
    """Put the packet together; give Anna’s browser, and what says whether it counts."""
    anna, campaign = portal.browser("anna"), portal.campaigns["anna"]
    make_ready(portal)
    ask(portal, anna)
    work(portal, settings, press)

    def counts() -> bool:
        with portal.database.reading() as session:
            known = packet_facts(session, [campaign]).get(campaign, {})
            assert known == packet_facts(session, None).get(campaign, {})
        return "packet:nomination" in known

    assert counts() and not anna.page(path(portal)).says("The packet is out of date")
    return anna, counts


def out_of_date(portal: Portal, browser: CheckingClient) -> str:
    """Give what the page says about a packet that is out of date."""
    said = browser.page(path(portal)).soup.find(id="together").find(class_="notice-warn")
    assert said is not None
    return str(said.get_text(" ", strip=True))


def test_a_photo_added_to_a_copy_makes_the_packet_out_of_date_and_says_which(
    russian: Portal, settings: Settings, press: Press
) -> None:
    anna, counts = put_together(russian, settings, press)
    scan(russian, "passport_copy", data=a_photo("red"))
    assert not counts()
    said = out_of_date(russian, anna)
    assert "passport" in said and "has other pages by now" in said and "employ" not in said
    ask(russian, anna)
    work(russian, settings, press)
    assert counts() and not anna.page(path(russian)).says("The packet is out of date")


@pytest.mark.parametrize("change", ["removed", "other", "moved"])
def test_every_change_of_the_photos_of_a_copy_makes_the_packet_out_of_date(
    russian: Portal, settings: Settings, press: Press, change: str
) -> None:
    scan(russian, "passport_copy", data=a_photo("red"))
    anna, counts = put_together(russian, settings, press)
    with russian.database.writing() as session:
        touch(session, russian)
        paper = session.query(Paper).filter_by(kind="passport_copy").one()
        first = session.query(PaperScan).filter_by(paper_id=paper.id).order_by(PaperScan.id).first()
        assert first is not None
        match change:
            case "removed":
                first.removed_at = clock.now()
            case "other":
                first.sha256 = papers_of(russian).store.put(a_photo("green"))
            case _:
                first.position = 9
    assert not counts()
    assert "has other pages by now" in out_of_date(russian, anna)


def test_the_photo_of_an_original_may_be_taken_anew(
    russian: Portal, settings: Settings, press: Press
) -> None:
    anna, counts = put_together(russian, settings, press)
    with russian.database.writing() as session:
        touch(session, russian)
        paper = session.query(Paper).filter_by(kind="work_certificate").one()
        session.query(PaperScan).filter_by(paper_id=paper.id).one().sha256 = papers_of(
            russian
        ).store.put(a_photo("green"))
    assert counts() and not anna.page(path(russian)).says("The packet is out of date")


def test_a_paper_that_is_needed_since_makes_the_packet_out_of_date_and_is_named(
    russian: Portal, settings: Settings, press: Press
) -> None:
    anna, counts = put_together(russian, settings, press)
    answer(russian, "renamed", "yes")
    assert not counts()
    said = out_of_date(russian, anna)
    assert "is needed now and is not in it" in said
    link = anna.page(path(russian)).soup.select_one("#together .notice-warn a")
    assert link is not None and str(link["href"]).endswith("/documents/name_change_copy")


def test_one_of_many_packets_counts_no_more_once_an_answer_asks_for_another_paper(
    russian: Portal, settings: Settings, press: Press
) -> None:
    anna, _ = put_together(russian, settings, press)
    make_ready(russian, "pavel")
    boris = russian.browser("pavel")
    ask(russian, boris, who="pavel")
    work(russian, settings, press)
    whose = [russian.campaigns[name] for name in ("anna", "pavel")]

    def counting() -> set[int]:
        with russian.database.reading() as session:
            few, every = packet_facts(session, whose), packet_facts(session, None)
            assert few == every
        return {number for number, facts in every.items() if "packet:nomination" in facts}

    assert counting() == set(whose)
    where = russian.at("documents/passport_copy/questions/name")
    form = anna.page(where).form(where)
    anna.send(where, {**form, "a-renamed": "yes", "a-former_name": "Прежняя Анна"}, start=where)
    assert counting() == {whose[1]}
    form = anna.page(where).form(where)
    anna.send(where, {**form, "a-renamed": "no"}, start=where)
    assert counting() == set(whose)


def test_what_is_written_of_packets_is_what_the_rules_say_and_verify_notices_when_it_is_not(
    russian: Portal, settings: Settings, press: Press
) -> None:
    _, counts = put_together(russian, settings, press)
    hold, now = PacketsHold(desk=desk_of(russian)), clock.now()
    with russian.database.reading() as session:
        assert not list(hold.findings(session, now=now))
    with russian.database.writing() as session:
        # Written by hand: no command has said that papers are touched.
        session.query(PaperScan).delete()
    with russian.database.reading() as session:
        (finding,) = hold.findings(session, now=now)
    assert not finding.serious and counts()
    jobs_of(russian, settings).run(RECHECK)
    assert not counts()


def test_a_council_that_is_called_otherwise_is_noticed_by_the_job(
    russian: Portal, settings: Settings, press: Press
) -> None:
    anna, counts = put_together(russian, settings, press)
    jobs, now = jobs_of(russian, settings), clock.now()
    jobs.refresh()
    with russian.database.writing() as session:
        campaign = session.get_one(Campaign, russian.campaigns["anna"])
        named = {"council": "Другой совет", "search_text": "другой совет"}
        session.execute(update(District).values(named))
        moved = DistrictsChanged(
            by=None,
            at=now,
            coalition_id=campaign.coalition_id,
            election_id=campaign.election_id,
            changed=1,
        )
        record(session, moved)
    jobs.refresh()
    assert not counts() and anna.page(path(russian)).says("The packet is out of date")


def rename_on_the_settings(portal: Portal, browser: CheckingClient) -> None:
    form = browser.page("/settings").form("/settings")
    browser.send("/settings", {**form, "name": "Анна Другая"}, start="/settings")


def merge_into_another_name(portal: Portal, browser: CheckingClient) -> None:
    with portal.database.writing() as session:
        other = a_person(session, name="Анна Другая")
        session.get_one(Campaign, portal.campaigns["anna"]).candidate_id = other.id
        merged = AccountsMerged(
            person_id=other.id, merged_id=portal.people["anna"], by=None, at=clock.now()
        )
        record(session, merged)


@pytest.mark.parametrize("rename", [rename_on_the_settings, merge_into_another_name])
def test_a_candidate_who_is_called_otherwise_has_a_packet_that_is_out_of_date(
    russian: Portal,
    settings: Settings,
    press: Press,
    rename: Callable[[Portal, CheckingClient], None],
) -> None:
    anna, counts = put_together(russian, settings, press)
    pavel = russian.browser("pavel")
    rename_on_the_settings(russian, pavel)
    assert counts()
    rename(russian, anna)
    assert not counts()
    with russian.database.reading() as session:
        assert not list(PacketsHold(desk=desk_of(russian)).findings(session, now=clock.now()))


def test_those_who_follow_the_route_hear_of_a_packet_that_counts_and_that_counts_no_more(
    russian: Portal, settings: Settings, press: Press
) -> None:
    told: list[object] = []
    russian.database.after_commit.append(told.extend)
    turned = PacketTurned(campaign_id=russian.campaigns["anna"])
    put_together(russian, settings, press)
    assert told.count(turned) == 1
    with russian.database.writing() as session:
        touch(session, russian)
    assert told.count(turned) == 1
    answer(russian, "renamed", "yes")
    assert told.count(turned) == 2

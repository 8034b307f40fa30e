"""Whoever only reads papers learns how far they are, and nothing that sealed answers decide."""

from __future__ import annotations

import pytest

from tests.page import CheckingClient
from tests.web.paperwork.program import answer_all, line_in_list, path, save
from tests.web.portal import Portal

READERS = ("vera", "chief", "lawyer")


def told(portal: Portal, who: str) -> list[str]:
    """Give what the list, the paper itself and the packets it goes into say to somebody."""
    reader = portal.browser(who, "en")
    packets = (portal.at("packets"), portal.at("packets/nomination"))
    return [reader.page(at).text for at in (portal.at("documents"), path(portal), *packets)]


def steps_done(portal: Portal, who: str) -> dict[str, bool]:
    """Give which steps of the paper are done, as its page says to somebody."""
    page = portal.browser(who, "en").page(path(portal))
    steps = [line.get_text(" ").split(":") for line in page.soup.select(".paper-steps li")]
    return {" ".join(words.split()): done.strip() == "done" for words, done in steps}


def stage_in_list(portal: Portal, who: str) -> str:
    (badge,) = line_in_list(portal, portal.browser(who, "en")).select(".badge")
    return str(badge.get_text().strip())


@pytest.mark.parametrize("who", READERS)
def test_a_reader_sees_no_difference_when_a_sealed_answer_makes_another_one_missing(
    russian: Portal, who: str
) -> None:
    anna = russian.browser("anna", "en")
    answer_all(russian, anna)
    assert stage_in_list(russian, "anna") == "ready to issue"
    assert stage_in_list(russian, who) == "not issued yet"
    before = told(russian, who)
    save(russian, anna, "conviction", conviction="has", conviction_text="")
    assert stage_in_list(russian, "anna") == "answers missing"
    assert told(russian, who) == before


@pytest.mark.parametrize("who", READERS)
def test_a_paper_that_asks_nothing_sealed_keeps_its_stage(russian: Portal, who: str) -> None:
    def stages(login: str) -> dict[str, str]:
        page = russian.browser(login, "en").page(russian.at("documents"))
        rows = [row for row in page.soup.select("main tbody tr") if row.select_one("td a, th a")]
        return {
            str(row.a["href"]): str(row.select_one(".badge").get_text().strip()) for row in rows
        }

    own, read = stages("anna"), stages(who)
    assert own.keys() == read.keys()
    other = {own[key] for key in own if read[key] != own[key]}
    assert other <= {"answers missing", "ready to issue"}
    assert any(read[key] == own[key] == "to be photographed" for key in own)


@pytest.mark.parametrize("who", READERS)
def test_a_sealed_answer_that_changed_makes_no_paper_out_of_date_for_a_reader(
    russian: Portal, accepted: CheckingClient, who: str
) -> None:
    before = told(russian, who)
    save(russian, accepted, "passport", passport="40 05 654321")
    assert stage_in_list(russian, "anna") == "out of date"
    assert stage_in_list(russian, who) == "accepted"
    assert told(russian, who) == before


@pytest.mark.parametrize("who", READERS)
def test_that_an_open_answer_changed_is_told_in_the_list_and_on_the_paper_but_not_which(
    russian: Portal, accepted: CheckingClient, who: str
) -> None:
    save(russian, accepted, "name", surname="Третьякова")
    assert stage_in_list(russian, who) == "out of date"
    listed, paper, *_ = told(russian, who)
    assert "out of date" in paper
    assert "Третьякова" not in listed + paper and "These answers have changed" not in paper
    assert "issue it again" not in listed


@pytest.mark.parametrize("who", READERS)
def test_what_a_sealed_answer_makes_missing_takes_no_step_of_the_paper_back_for_a_reader(
    russian: Portal, accepted: CheckingClient, who: str
) -> None:
    save(russian, accepted, "name", surname="Третьякова")
    before = told(russian, who)
    assert steps_done(russian, who) == steps_done(russian, "anna")
    assert steps_done(russian, who)["Answer the questions"]
    save(russian, accepted, "conviction", conviction="has", conviction_text="")
    assert not steps_done(russian, "anna")["Answer the questions"]
    assert told(russian, who) == before


@pytest.mark.parametrize("who", READERS)
def test_a_reader_learns_that_an_open_answer_of_an_issued_paper_is_missing(
    russian: Portal, accepted: CheckingClient, who: str
) -> None:
    save(russian, accepted, "name", surname="")
    assert not steps_done(russian, who)["Answer the questions"]

"""From a finding to its field and back: shown beside the field, and gone once it is mended."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import Tag
from flask.testing import FlaskClient

from app.accounts.queries import find_campaign
from documents.paperwork.remarks import Remarks
from tests.page import CheckingClient, Page
from tests.web.clerk.program import sign_newest
from tests.web.paperwork.program import KIND, answer_all, path
from tests.web.portal import RU, Portal, counted

WHERE = "/questions/where"
COUNCIL = "finding=council_name.council.nomination"
ANOTHER = "Совет другого округа"


def clerk(portal: Portal, rest: str = "") -> str:
    return portal.at(f"clerk{rest}")


def remark_of(page: Page) -> Tag | None:
    found = page.soup.find(class_="remark")
    return found if isinstance(found, Tag) else None


def way_to(page: Page, part: str) -> str:
    """Give the address to which the clerk leads for a finding, with its anchor."""
    link = page.soup.find("a", class_="finding-go", href=lambda href: part in href)
    assert isinstance(link, Tag), f"no finding leads to {part}"
    return str(link["href"])


def save(anna: CheckingClient, where: str, typed: dict[str, str], *, status: int = 303) -> Page:
    """Save a page of questions, and give the page to which that leads."""
    form = anna.page(where).form("/questions/")
    answer = anna.send(where, {**form, **typed}, start=where, status=status)
    return anna.page(answer.response.location) if status == 303 else answer


def the_council(portal: Portal) -> str:
    """Give what the council is called in what the portal knows of the election."""
    with portal.database.reading() as session:
        campaign = find_campaign(session, portal.campaigns["anna"])
    assert campaign is not None
    return campaign.council


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_finding_is_shown_beside_its_field_with_the_way_back(
    portal: Portal, language: str
) -> None:
    anna = portal.browser("anna", language)
    where, _, anchor = way_to(anna.page(clerk(portal)), "/questions/").partition("#")
    page = anna.page(where)
    remark, field = remark_of(page), page.soup.find(id=anchor)
    assert remark is not None and isinstance(field, Tag)
    assert remark.find_parent(class_="answer") is field.find_parent(class_="answer") or (
        remark.find_parent(id=anchor) is field
    )
    assert str(remark["id"]) in str(field["aria-describedby"]).split()
    assert remark.find(class_="rule-tag")
    back = remark.find("a", class_="remark-back")
    assert isinstance(back, Tag) and clerk(portal) in str(back["href"])
    assert anna.page(str(back["href"])).soup.find(id="stops")
    assert not page.soup.find("button", value="next")


def test_the_full_name_of_the_council_is_found_right(russian: Portal) -> None:
    anna = russian.browser("anna")
    answer_all(russian, anna)
    known = the_council(russian)
    save(anna, path(russian, WHERE), {"a-council": f"Совета муниципального округа {known}"})
    assert "council_name" not in anna.page(clerk(russian)).html


def test_what_is_mended_leads_back_to_the_next_finding(russian: Portal) -> None:
    anna = russian.browser("anna")
    answer_all(russian, anna)
    save(anna, path(russian, WHERE), {"a-council": ANOTHER})
    before = anna.page(clerk(russian))
    where = way_to(before, "council_name").partition("#")[0]
    assert remark_of(anna.page(where)) is not None
    answer = save(anna, where, {"a-council": the_council(russian)})
    assert answer.says("is mended")
    assert not answer.soup.find("a", class_="finding-go", href=lambda href: "council_name" in href)
    assert answer.soup.find(class_="now").find("a", class_="button")


def test_what_is_saved_and_not_mended_is_next_again(russian: Portal) -> None:
    anna = russian.browser("anna")
    answer_all(russian, anna)
    save(anna, path(russian, WHERE), {"a-council": ANOTHER})
    where = way_to(anna.page(clerk(russian)), "council_name").partition("#")[0]
    answer = save(anna, where, {"a-council": f"{ANOTHER} города"})
    assert answer.soup.find(class_="notice-warn")
    now = answer.soup.find(class_="now").find("a", class_="button")
    assert "council_name.council" in now["href"]


def test_a_page_of_missing_answers_is_one_finding_until_all_are_there(russian: Portal) -> None:
    anna = russian.browser("anna")
    where = way_to(anna.page(clerk(russian)), "/questions/name?").partition("#")[0]
    answer = save(anna, where, {"a-surname": "Ёлкина"})
    now = answer.soup.find(class_="now").find("a", class_="button")
    assert "/questions/name" in now["href"]
    page = anna.page(str(now["href"]).partition("#")[0])
    assert remark_of(page)["id"] == "remark-first_name"


def test_a_wrong_answer_keeps_the_finding_beside_it(russian: Portal) -> None:
    anna = russian.browser("anna")
    where = path(russian, "/questions/name?finding=unanswered.surname.nomination")
    page = save(anna, where, {"a-birth_date": "31.02.1970"}, status=422)
    assert remark_of(page) is not None
    assert page.error_of("a-birth_date")


def test_after_each_save_while_typing_the_clerk_looks_again(russian: Portal) -> None:
    anna = russian.browser("anna")
    answer_all(russian, anna)
    where = path(russian, f"{WHERE}?{COUNCIL}")

    def typed(text: str) -> Page:
        form = anna.page(where).form(WHERE)
        names = ("csrf_token", "v-council", "w-council")
        data = {**{name: form[name] for name in names}, "a-council": text}
        # A part of a page is no page: the client's own inspection would miss its heading.
        part = {"HX-Request": "true"}
        return Page(FlaskClient.open(anna, where, method="POST", data=data, headers=part))

    assert "still finds" in typed("Совет другого округа").html
    assert "finds nothing here any more" in typed(the_council(russian)).html


@pytest.mark.parametrize(
    "mark",
    [
        "nonsense",
        "a.b",
        "yo",
        "council_name.nothing.nomination",
        "no_rule.council.nomination",
        "council_name.council.no_heading",
        "council_name.surname.nomination",
        "council_name.passport.nomination",
        "../../etc",
        "%00",
        "x" * 5000,
        "<script>",
        "council_name.council.nomination.more",
    ],
)
def test_a_garbled_mark_leaves_the_page_as_it_is(russian: Portal, mark: str) -> None:
    anna = russian.browser("anna")
    answer_all(russian, anna)
    page = anna.page(path(russian, f"{WHERE}?finding={mark}"))
    if mark != "council_name.surname.nomination":
        assert remark_of(page) is None
        assert page.soup.find("button", value="next")
    answer = anna.page(clerk(russian, f"?at={mark}"))
    assert answer.soup.find(class_="now")


def test_a_mark_shows_the_findings_of_ones_own_campaign_only(russian: Portal) -> None:
    anna, pavel = russian.browser("anna"), russian.browser("pavel")
    answer_all(russian, anna)
    typed = {"a-council": "Совета только у Павла"}
    save(pavel, path(russian, WHERE, "pavel"), typed)
    way = way_to(pavel.page(russian.at("clerk", "pavel")), "council_name").partition("#")[0]
    assert "Павла" in str(remark_of(pavel.page(way)))
    assert anna.get(way).status_code == 404
    query = urlsplit(way).query
    mine = remark_of(anna.page(path(russian, f"{WHERE}?{query}")))
    assert mine is None or "Павла" not in str(mine)
    assert parse_qs(query)["finding"][0].count("Павла") == 0


def test_a_sealed_value_stays_dots_beside_its_field(russian: Portal) -> None:
    anna = russian.browser("anna")
    answer_all(russian, anna)
    anna.send(path(russian, "/issue"), start=path(russian))
    save(anna, path(russian, "/questions/passport"), {"a-passport": "40 05 654321"})
    page = anna.page(path(russian, "/questions/passport?finding=stale.passport.nomination"))
    remark = remark_of(page)
    assert remark is not None and "••••21" in remark.text and "••••56" in remark.text
    assert "654321" not in page.html and "123456" not in str(remark)


def test_what_was_mended_meanwhile_says_so_and_leads_back(russian: Portal) -> None:
    anna = russian.browser("anna")
    answer_all(russian, anna)
    page = anna.page(path(russian, "/questions/name?finding=unanswered.surname.nomination"))
    remark = remark_of(page)
    assert remark is not None and "notice-done" in remark["class"]
    assert remark.find("a", class_="remark-back")


def test_the_interview_without_a_finding_asks_the_clerk_nothing(russian: Portal) -> None:
    anna = russian.browser("anna")
    answer_all(russian, anna)
    where = path(russian, WHERE)
    costs = {}
    for rest in ("", f"?{COUNCIL}", "?finding=garbled"):
        anna.page(where + rest)
        with counted(russian.database) as asked:
            anna.page(where + rest)
        costs[rest] = len(asked)
    assert costs[""] == costs["?finding=garbled"]
    assert costs[f"?{COUNCIL}"] > costs[""]


def test_a_row_of_a_table_leads_back_to_the_finding(russian: Portal) -> None:
    anna = russian.browser("anna")
    where = "documents/income/questions/accounts?finding=unanswered.accounts.nomination"
    page = anna.page(russian.at(where))
    add = page.soup.find(id="a-accounts").find("a", class_="button")
    row = anna.page(anna.get(str(add["href"])).location)
    back = row.soup.find("nav", class_="breadcrumbs").find_all("a")[-1]
    assert "finding=unanswered.accounts" in str(back["href"])


def test_the_list_of_papers_counts_what_was_found_in_each(portal: Portal) -> None:
    anna = portal.browser("anna")
    page = anna.page(portal.at("documents"))
    place = f"#stops-{KIND[portal.pack_id]}"
    listed = page.soup.find(class_="found-stop", href=lambda href: href.endswith(place))
    assert isinstance(listed, Tag)
    where, _, anchor = str(listed["href"]).partition("#")
    told = anna.page(where)
    group = told.soup.find(id=anchor)
    count = re.match(r"\d+", listed.get_text().strip())
    assert count is not None
    assert len(group.find_all(class_="finding")) == int(count[0])
    assert group.find_parent("details").has_attr("open")


def test_who_only_reads_papers_sees_no_counts(russian: Portal) -> None:
    answer = russian.browser("vera").get(russian.at("documents"))
    assert answer.status_code == 200
    assert 'class="found' not in answer.get_data(as_text=True)


def test_a_program_without_a_clerk_has_the_same_interview(russian: Portal) -> None:
    kernel = russian.app.extensions["mandat"]
    reads = kernel.parts.pop(Remarks)
    try:
        anna = russian.browser("anna")
        assert remark_of(anna.page(path(russian, f"{WHERE}?{COUNCIL}"))) is None
        assert anna.page(russian.at("documents")).soup.find(class_="found") is None
    finally:
        kernel.provide(reads)


def test_thirty_findings_are_folded_and_the_first_thing_is_what_to_do(portal: Portal) -> None:
    anna = portal.browser("anna")
    page = anna.page(clerk(portal, "?upto=after"))
    main = page.soup.find("main")
    first = main.find(["section", "details"])
    assert "now" in first["class"]
    assert first.find("a", class_="button")
    folds = page.soup.find(id="stops").find_all("details", class_="paper-findings")
    assert folds[0].has_attr("open") and not folds[-1].has_attr("open")
    assert not any(fold.has_attr("open") for fold in page.soup.select("#warnings .paper-findings"))


def test_an_address_that_leads_to_a_paper_opens_it(portal: Portal) -> None:
    anna = portal.browser("anna")
    shut = anna.page(clerk(portal, "?upto=after")).soup
    last = shut.find(id="stops").find_all("details", class_="paper-findings")[-1]
    kind = str(last.find("ul")["id"]).removeprefix("stops-")
    page = anna.page(clerk(portal, f"?upto=after&at={kind}"))
    assert page.soup.find(id=f"stops-{kind}").find_parent("details").has_attr("open")


def test_after_comparing_one_goes_on_in_the_same_paper(russian: Portal) -> None:
    anna = russian.browser("anna")
    answer_all(russian, anna)
    form = anna.page(clerk(russian)).soup.select_one("#warnings-consent form")
    assert form is not None
    answer = anna.send(
        str(form["action"]),
        {"digest": str(form.select_one("[name=digest]")["value"])},
        start=clerk(russian),
    )
    assert "at=consent" in str(answer.response.location)
    page = anna.page(str(answer.response.location))
    assert (
        page.soup.find(class_="now")
        .find(class_="kicker")
        .get_text()
        .endswith(str(page.soup.select_one("#stops h3").get_text()))
    )


def test_a_day_is_written_down_under_the_heading_that_was_looked_at(russian: Portal) -> None:
    anna = russian.browser("anna")
    answer_all(russian, anna)
    anna.send(path(russian, "/issue"), start=path(russian))
    sign_newest(russian)
    page = anna.page(clerk(russian, "?upto=after"))
    way = page.soup.find("a", class_="finding-go", href=lambda href: "#dates-" in href)
    assert "upto=after" in str(way["href"])
    assert page.soup.find(id=str(way["href"]).partition("#")[2])


def the_paper(page: Page) -> str:
    """Give the address to which the clerk leads for a finding about a whole paper."""
    return way_to(page, f"/documents/{KIND[RU]}?")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_finding_about_a_whole_paper_is_told_above_it_with_the_way_back(
    russian: Portal, language: str
) -> None:
    anna = russian.browser("anna", language)
    answer_all(russian, anna)
    before = anna.page(clerk(russian))
    page = anna.page(the_paper(before))
    remark = remark_of(page)
    assert remark is not None and remark.find(class_="rule-tag")
    told = before.soup.find("a", class_="finding-go", href=the_paper(before))
    assert isinstance(told, Tag)
    what = told.find("b")
    assert isinstance(what, Tag) and what.get_text() in remark.get_text()
    back = remark.find("a", class_="remark-back")
    assert isinstance(back, Tag)
    there = anna.page(str(back["href"]))
    fold = there.soup.find(id="stops-consent").find_parent("details")
    assert fold.has_attr("open")
    now = there.soup.find(class_="now").find("a", class_="button")
    assert str(now["href"]) == the_paper(before)


def test_the_way_back_stays_while_one_mends_the_paper_and_says_when_it_is_mended(
    russian: Portal,
) -> None:
    anna = russian.browser("anna")
    answer_all(russian, anna)
    where = the_paper(anna.page(clerk(russian)))
    form = anna.page(where).soup.find("form", action=lambda action: "/issue" in str(action))
    assert isinstance(form, Tag)
    answer = anna.send(str(form["action"]), start=where)
    assert urlsplit(str(answer.response.location)).query == urlsplit(where).query
    page = anna.page(str(answer.response.location))
    remark = remark_of(page)
    assert remark is not None and "notice-done" in remark["class"]
    waiting = page.soup.find(id="paper")
    assert urlsplit(str(waiting["hx-get"])).query == urlsplit(where).query


@pytest.mark.parametrize(
    "mark",
    [
        "unissued.paper-nothing.nomination",
        "no_rule.paper-consent.nomination",
        "unissued.paper-consent.no_heading",
        "unissued.paper-.nomination",
        "unissued.paper-income.nomination",
        "unissued.consent.nomination",
        "unissued.surname.nomination",
        "paper-consent",
        "x" * 500,
    ],
)
def test_a_garbled_mark_leaves_the_paper_as_it_is(russian: Portal, mark: str) -> None:
    anna = russian.browser("anna")
    answer_all(russian, anna)
    assert remark_of(anna.page(path(russian, f"?finding={mark}"))) is None
    assert anna.page(clerk(russian, f"?at={mark}")).soup.find(class_="now")


def test_who_only_reads_a_paper_is_told_no_finding(russian: Portal) -> None:
    anna, vera = russian.browser("anna"), russian.browser("vera")
    answer_all(russian, anna)
    where = the_paper(anna.page(clerk(russian)))
    assert remark_of(vera.page(where)) is None


def test_the_paper_without_a_finding_asks_the_clerk_nothing(russian: Portal) -> None:
    anna = russian.browser("anna")
    answer_all(russian, anna)
    costs = {}
    for rest in ("", "?finding=unissued.paper-consent.nomination", "?finding=garbled"):
        anna.page(path(russian, rest))
        with counted(russian.database) as asked:
            anna.page(path(russian, rest))
        costs[rest] = len(asked)
    assert costs[""] == costs["?finding=garbled"] < max(costs.values())

"""A paper whose file could not be made says why in words, and says what to do."""

from __future__ import annotations

import pytest
from bs4 import Tag

from app.config import Settings
from documents.paperwork.models import Paper, PaperIssue
from documents.typesetting.models import TypesetSheet
from tests.page import CheckingClient, Page
from tests.readable_press import ReadablePress
from tests.web.paperwork.program import answer_all, path, typeset
from tests.web.portal import Portal


def fail(portal: Portal, settings: Settings, code: str) -> tuple[CheckingClient, ReadablePress]:
    """Issue Anna’s paper with a press that fails."""
    anna, press = portal.browser("anna"), ReadablePress()
    answer_all(portal, anna)
    press.fails = code
    anna.send(path(portal, "/issue"), start=path(portal))
    typeset(portal, settings, press)
    with portal.database.writing() as session:
        # What may pass by itself comes back later than a test waits.
        for issue in session.query(PaperIssue):
            issue.state = "failed"
        for sheet in session.query(TypesetSheet):
            sheet.state, sheet.error, sheet.sheet = "failed", code, None
    return anna, press


def failure_on(page: Page) -> str:
    found = page.soup.find(class_="notice-danger")
    assert isinstance(found, Tag)
    return found.get_text(" ", strip=True)


@pytest.mark.parametrize("code", ["too_heavy", "RecursionError"])
def test_a_file_that_could_not_be_made_is_said_on_the_papers_page_and_made_again(
    russian: Portal, settings: Settings, code: str
) -> None:
    anna, press = russian.browser("anna"), ReadablePress()
    answer_all(russian, anna)
    press.fails = code
    anna.send(path(russian, "/issue"), start=path(russian))
    typeset(russian, settings, press)
    page = anna.page(path(russian))
    assert page.says("The file could not be made") and page.says("Nothing is lost")
    assert code not in page.text
    with russian.database.reading() as session:
        number = session.query(PaperIssue).one().number
    press.fails = ""
    anna.send(path(russian, "/again"), start=path(russian))
    typeset(russian, settings, press)
    with russian.database.reading() as session:
        again = session.query(PaperIssue).one()
    assert (again.number, again.state) == (number, "ready")


@pytest.mark.parametrize(
    ("code", "why", "what"),
    [
        ("too_heavy", "too long", "a sheet of your own"),
        ("died", "at least 3", "Try again in a few minutes"),
        ("broke_off", "such as a full disk", "tell whoever runs this portal"),
        ("seal_changed", "the key of this portal has changed", "Tell whoever runs this portal"),
        ("RecursionError", "most likely fail again", "unusual signs"),
    ],
)
def test_each_failure_says_its_own_reason_and_what_to_do(
    russian: Portal, settings: Settings, code: str, why: str, what: str
) -> None:
    anna, _ = fail(russian, settings, code)
    said = failure_on(anna.page(path(russian)))
    assert why in said and what in said


def test_trying_again_is_pressed_on_nobody_whom_it_will_not_help(
    russian: Portal, settings: Settings
) -> None:
    anna, _ = fail(russian, settings, "died")
    kinds = {}
    for code in ("died", "too_heavy"):
        with russian.database.writing() as session:
            session.query(TypesetSheet).one().error = code
        page = anna.page(path(russian))
        form = page.soup.find("form", action=lambda action: str(action).endswith("/again"))
        assert isinstance(form, Tag)
        kinds[code] = "button-quiet" in str(form.find("button"))
    assert kinds == {"died": False, "too_heavy": True}


def test_a_paper_that_is_too_long_names_its_longest_tables(
    russian: Portal, settings: Settings
) -> None:
    anna, _ = fail(russian, settings, "too_heavy")
    accounts = russian.at("documents/income/questions/accounts")
    for _row in range(2):
        row = str(anna.get(russian.at("documents/income/tables/accounts/new")).location)
        form = anna.page(row).form(row)
        anna.send(row, {**form, "a-bank": "Банк «Пример»", "a-balance": "12 000,50"}, start=row)
    with russian.database.writing() as session:
        session.query(Paper).one().kind = "income"
    page = anna.page(russian.at("documents/income"))
    found = page.soup.find(class_="notice-danger")
    assert isinstance(found, Tag)
    link = found.find("a", href=f"{accounts}#a-accounts")
    assert isinstance(link, Tag)
    assert "2 entries" in link.parent.get_text()  # type: ignore[union-attr]


def test_a_failure_that_nobody_noted_is_owned_up_to(russian: Portal, settings: Settings) -> None:
    anna, _ = fail(russian, settings, "died")
    with russian.database.writing() as session:
        session.query(TypesetSheet).delete()
    assert "unusual signs" in failure_on(anna.page(path(russian)))


def test_who_only_reads_the_paper_is_told_why_and_not_what_to_do(
    russian: Portal, settings: Settings
) -> None:
    fail(russian, settings, "too_heavy")
    vera = russian.browser("vera").page(path(russian))
    assert not vera.says("a sheet of your own")


def test_a_preview_that_could_not_be_made_says_the_same(
    russian: Portal, settings: Settings
) -> None:
    anna, press = russian.browser("anna"), ReadablePress()
    answer_all(russian, anna)
    press.fails = "too_heavy"
    answer = anna.send(path(russian, "/preview"), start=path(russian))
    typeset(russian, settings, press)
    assert "too long" in failure_on(anna.page(str(answer.response.location)))


def test_an_earlier_version_is_folded_away_and_can_be_had_for_the_record_only(
    russian: Portal, settings: Settings
) -> None:
    anna, press = russian.browser("anna"), ReadablePress()
    answer_all(russian, anna)
    anna.send(path(russian, "/issue"), start=path(russian))
    typeset(russian, settings, press)
    where = path(russian, "/questions/work")
    form = anna.page(where).form("/questions/work")
    anna.send(where, {**form, "a-occupation": "студент"}, start=where)
    anna.send(path(russian, "/issue"), start=path(russian))
    typeset(russian, settings, press)
    page = anna.page(path(russian))
    summary = page.soup.find("summary", string=lambda text: "not to be printed" in str(text))
    fold = summary.parent if isinstance(summary, Tag) else None
    assert isinstance(fold, Tag) and not fold.has_attr("open")
    inside = [str(link["href"]) for link in fold.find_all("a") if "/issued/" in str(link["href"])]
    assert len(inside) == 1 and anna.get(inside[0]).status_code == 200
    assert "Download and print" not in fold.get_text()
    fold.decompose()
    left = [link for link in page.soup.find_all("a") if "Download and print" in link.get_text()]
    assert len(left) == 1 and str(left[0]["href"]) != inside[0]

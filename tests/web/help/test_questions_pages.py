"""Asking, answering and finding in a browser."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.mail.models import StoredLetter
from quests.help.models import Article, Question
from tests.page import Page
from tests.web.portal import Portal

STEP = "a1_can_i"
WORDS = "Может ли сестра собирать подписи?"


def ask(portal: Portal, who: str = "anna", *, public: bool = False, words: str = WORDS) -> int:
    audience = "coalition" if public else "private"
    start = portal.at(f"steps/{STEP}", who)
    path = f"{start}/questions"
    portal.browser(who).send(path, {"question": words, "audience": audience}, start=start)
    with portal.database.reading() as session:
        found = session.scalars(select(Question.id).order_by(Question.id.desc())).first()
    assert found is not None
    return found


def answer(portal: Portal, question: int, who: str = "vera", *, status: int = 303) -> Page:
    path = f"/desk/questions/{question}"
    data = {"answer": "Да, если ей 18 лет."}
    return portal.browser(who).send(f"{path}/answers", data, status=status, start="/desk/queue")


def test_a_question_travels_to_a_human_and_back(portal: Portal) -> None:
    question = ask(portal)
    inbox = portal.browser("vera").page("/desk/questions")
    assert inbox.says(WORDS) and inbox.says("Anna")
    answer(portal, question)
    page = portal.browser("anna").page(portal.at(f"questions/{question}"))
    assert page.says("Да, если ей 18 лет.") and page.says("Did this help?")
    with portal.database.reading() as session:
        letter = session.scalars(select(StoredLetter).order_by(StoredLetter.id.desc())).first()
    assert letter is not None and letter.subject == "An answer to your question"
    assert f"http://localhost{portal.at(f'questions/{question}')}" in letter.text
    portal.browser("anna").send(
        portal.at(f"questions/{question}/rating"), {"useful": "yes"}, start=portal.at("route")
    )
    assert portal.browser("vera").page("/desk/questions?state=answered").says(WORDS)


def test_a_refused_answer_keeps_what_was_typed(portal: Portal) -> None:
    question = ask(portal)
    page = portal.browser("vera").send(
        f"/desk/questions/{question}/answers",
        {"answer": "да"},
        status=422,
        start=f"/desk/questions/{question}",
    )
    assert "Write a few words more." in page.error_of("answer")
    assert page.form("/answers")["answer"] == "да"


def test_the_team_asks_further_and_the_question_waits_again(portal: Portal) -> None:
    question = ask(portal)
    answer(portal, question)
    path = portal.at(f"questions/{question}")
    browser = portal.browser("anna")
    assert browser.page(path).says("Ask further")
    browser.send(f"{path}/answers", {"answer": "А если ей 17?"}, start=path)
    page = browser.page(path)
    assert page.says("Your question is with a human now") and not page.says("Did this help?")
    assert portal.browser("vera").page("/desk/questions").says(WORDS)
    assert browser.send(f"{path}/answers", {"answer": ""}, status=422, start=path).says(
        "Write a few words."
    )


@pytest.mark.parametrize("who", ["boris", "stranger"])
def test_helpers_of_others_find_nothing_here(portal: Portal, who: str) -> None:
    question = ask(portal)
    browser = portal.browser(who)
    assert not browser.page("/desk/questions").says(WORDS)
    browser.page(f"/desk/questions/{question}", 404)
    answer(portal, question, who, status=404)


def test_a_question_is_not_reached_through_another_campaign(portal: Portal) -> None:
    question = ask(portal)
    answer(portal, question)
    browser = portal.browser("pavel")
    browser.page(portal.at(f"questions/{question}", "pavel"), 404)
    browser.page(portal.at(f"questions/{question}"), 404)
    for part, data in (("answers", {"answer": "Слова, слова"}), ("rating", {"useful": "yes"})):
        path = portal.at(f"questions/{question}/{part}", "pavel")
        browser.send(path, data, status=404, start=portal.at("route", "pavel"))


def test_a_public_answer_is_read_elsewhere_without_names_and_rated(portal: Portal) -> None:
    question = ask(portal, public=True)
    path = portal.at(f"questions/{question}", "pavel")
    browser = portal.browser("pavel")
    browser.page(path, 404)
    answer(portal, question)
    page = browser.page(path)
    assert page.says(WORDS) and not page.says("Anna") and not page.says("Ask further")
    browser.send(f"{path}/rating", {"useful": "yes"}, start=path)
    assert browser.page(path).says("1 person found it useful.")
    browser.send(f"{path}/answers", {"answer": "А мой брат?"}, status=404, start=path)
    assert browser.send(f"{path}/rating", {}, status=422, start=path).says("Choose whether")


def test_the_team_chooses_who_reads_and_a_helper_may_only_hide(portal: Portal) -> None:
    question = ask(portal)
    answer(portal, question)
    path, desk = portal.at(f"questions/{question}"), f"/desk/questions/{question}"
    anna, vera = portal.browser("anna"), portal.browser("vera")
    assert not vera.page(desk).says("Show it to the coalition")
    vera.send(f"{desk}/audience", {"audience": "coalition"}, start=desk)
    portal.browser("pavel").page(portal.at(f"questions/{question}", "pavel"), 404)
    anna.send(f"{path}/audience", {"audience": "coalition"}, start=path)
    portal.browser("pavel").page(portal.at(f"questions/{question}", "pavel"))
    assert vera.page(desk).says("Hide it from the coalition")
    vera.send(f"{desk}/audience", {"audience": "private"}, start=desk)
    portal.browser("pavel").page(portal.at(f"questions/{question}", "pavel"), 404)


def test_an_answer_becomes_an_article_and_is_taken_back(portal: Portal) -> None:
    question = ask(portal)
    desk, vera = f"/desk/questions/{question}", portal.browser("vera")
    answer(portal, question)
    form = vera.page(desk).form("/article")
    assert form["words"] == "Да, если ей 18 лет." and form["language"] == "en"
    refused = vera.send(f"{desk}/article", {**form, "title": ""}, status=422, start=desk)
    assert refused.form("/article")["words"] == form["words"]
    vera.send(f"{desk}/article", {**form, "title": "Сёстры и подписи"}, start=desk)
    step = portal.at(f"steps/{STEP}", "pavel")
    assert portal.browser("pavel").page(step).says("Сёстры и подписи")
    assert not portal.browser("anna").page(portal.at(f"questions/{question}")).says("Take the")
    assert vera.page(desk).says("Take the article back")
    with portal.database.reading() as session:
        article = session.scalars(select(Article.id)).one()
    portal.browser("boris").send(
        f"/desk/articles/{article}/withdrawal", {}, status=404, start="/desk/queue"
    )
    vera.send(f"/desk/articles/{article}/withdrawal", {}, start=desk)
    assert not portal.browser("pavel").page(step).says("Сёстры и подписи")


def test_a_helper_without_the_desk_of_articles_can_not_publish(portal: Portal) -> None:
    question = ask(portal)
    desk, lawyer = f"/desk/questions/{question}", portal.browser("lawyer")
    answer(portal, question, "lawyer")
    assert not lawyer.page(desk).says("Make an article")
    lawyer.send(f"{desk}/article", {"title": "x" * 9, "words": "y" * 9}, status=403, start=desk)


def test_a_coordinator_follows_links_from_a_step_to_the_desk(portal: Portal) -> None:
    question = ask(portal)
    page = portal.browser("vera").page(portal.at(f"steps/{STEP}"))
    assert page.soup.find("a", href=f"/desk/questions/{question}")
    listed = portal.browser("vera").page(portal.at("questions"))
    assert listed.soup.find("a", href=f"/desk/questions/{question}")
    portal.browser("vera").page(portal.at(f"questions/{question}"))


def test_search_finds_help_and_answers_in_other_word_forms(portal: Portal) -> None:
    question = ask(portal, public=True)
    anna, pavel = portal.browser("anna", "ru"), portal.browser("pavel", "ru")
    assert not pavel.page(portal.at("questions?q=сестрой", "pavel")).says(WORDS)
    answer(portal, question)
    found = pavel.page(portal.at("questions?q=сестрой", "pavel"))
    assert found.says(WORDS)
    assert found.soup.find("a", href=portal.at(f"questions/{question}", "pavel"))
    assert anna.page(portal.at("questions?q=депутатов")).says("Нашлось")


@pytest.mark.parametrize("query", ["%", "<script>", "а" * 500, "🗳", "';--"])
def test_hostile_searches_find_nothing_and_break_nothing(portal: Portal, query: str) -> None:
    page = portal.browser("anna").page(portal.at("questions"), query_string={"q": query})
    assert page.says("Nothing found")


def test_search_shows_no_answer_a_lawyer_has_not_cleared(portal: Portal) -> None:
    browser = portal.browser("anna", "ru")
    for one in portal.library[portal.pack_id].questions["ru"]:
        if one.answer and not one.is_shown:
            page = browser.page(portal.at("questions"), query_string={"q": one.answer[:150]})
            assert one.answer[:60] not in page.text


@pytest.mark.parametrize("page", ["0", "99", "x", "9" * 30])
def test_a_senseless_page_of_the_inbox_is_a_real_one(portal: Portal, page: str) -> None:
    ask(portal)
    assert portal.browser("vera").page(f"/desk/questions?page={page}").says(WORDS)


def test_times_are_those_of_the_elections_zone(portal: Portal) -> None:
    question = ask(portal)
    with portal.database.writing() as session:
        found = session.get_one(Question, question)
        found.asked_at = found.asked_at.replace(hour=20, minute=17)
    # Vladivostok is ten hours ahead of UTC.
    for who, path in (
        ("anna", portal.at(f"questions/{question}")),
        ("vera", f"/desk/questions/{question}"),
    ):
        assert "06:17" in portal.browser(who).page(path).text

"""Good answers become articles, and searches find what they may and nothing else."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.access import Permission
from app.accounts.queries import get_campaign
from app.errors import Conflict, Forbidden, Missing, Refused
from quests.help import commands, queries
from quests.help.rules import search
from quests.help.search_queries import answered_entries
from quests.help.stemming import query_stems
from quests.route.library import PackLibrary
from tests.builders import NOW, a_campaign, the_viewer
from tests.db.help.given import STEP, Coalition, a_coalition


@pytest.fixture
def given(session: Session, library: PackLibrary) -> Coalition:
    return a_coalition(session, library)


def titles(given: Coalition, who: str, *, language: str = "ru") -> list[str]:
    campaign = given.campaign(who)
    rows = queries.articles_on_step(given.session, campaign, STEP, language=language)
    return [row.title for row in rows]


def finds(given: Coalition, who: str, query: str, *, language: str = "ru") -> list[str]:
    wanted = query_stems(query)
    entries = answered_entries(
        given.session, given.people[who], given.campaign(who), wanted, language=language
    )
    return [hit.title for hit in search(entries, wanted)]


def test_an_article_is_on_the_step_for_the_whole_coalition(given: Coalition) -> None:
    question = given.asks()
    given.answers(question)
    given.publishes(question)
    assert titles(given, "anna") == titles(given, "pavel") == ["Кто собирает подписи"]


def test_an_article_is_not_seen_in_another_coalition_or_language(given: Coalition) -> None:
    question = given.asks()
    given.answers(question)
    given.publishes(question)
    other = a_campaign(given.session)
    stranger = the_viewer(given.session, other.candidate_id)
    row = get_campaign(given.session, stranger, other.id, Permission.ROUTE_READ)
    assert not queries.articles_on_step(given.session, row, STEP, language="ru")
    wanted = query_stems("подписи")
    assert not answered_entries(given.session, stranger, row, wanted, language="ru")
    assert titles(given, "anna", language="en") == []
    assert finds(given, "olga", "сборщик", language="en") == []


def test_publishing_again_replaces_the_article(given: Coalition) -> None:
    question = given.asks()
    given.answers(question)
    given.publishes(question)
    given.publishes(question, title="Кто может собирать подписи")
    assert titles(given, "anna") == ["Кто может собирать подписи"]


def test_a_withdrawn_article_is_gone_and_can_come_back(given: Coalition) -> None:
    question = given.asks()
    given.answers(question)
    article = given.publishes(question)
    commands.withdraw_article(given.session, given.people["vera"], article, now=NOW)
    given.session.flush()
    assert titles(given, "anna") == [] and finds(given, "olga", "сборщик") == []
    given.publishes(question)
    assert titles(given, "anna")


def test_an_editor_sees_the_articles_of_an_answer_in_every_language(given: Coalition) -> None:
    question = given.asks()
    given.answers(question)
    given.publishes(question)
    given.publishes(question, language="en", title="Who may collect signatures")
    found = queries.articles_of_question(given.session, given.sees("vera", question))
    assert [row.language for row in found] == ["ru", "en"]


def test_only_coordinators_in_scope_publish_and_withdraw(given: Coalition) -> None:
    question = given.asks(public=True)
    given.answers(question)
    article = given.publishes(question)
    for who, refusal in (("lawyer", Forbidden), ("anna", Forbidden), ("boris", Forbidden)):
        with pytest.raises(refusal):
            commands.publish(
                given.session,
                given.people[who],
                question,
                title="Заголовок",
                words="Какие-то слова",
                language="ru",
                now=NOW,
            )
        with pytest.raises(Missing):
            commands.withdraw_article(given.session, given.people[who], article, now=NOW)
    for number in (article + 100, article):
        with pytest.raises(Missing):
            commands.withdraw_article(given.session, given.people["stranger"], number, now=NOW)


def test_there_is_no_article_without_an_answer_or_without_words(given: Coalition) -> None:
    question = given.asks()
    with pytest.raises(Conflict):
        given.publishes(question)
    given.answers(question)
    with pytest.raises(Refused) as refused:
        given.publishes(question, title=" ")
    assert refused.value.field == "title"


@pytest.mark.parametrize("query", ["подпись", "муж подписью", "мужа", "может ли МУЖ собирать"])
def test_other_forms_of_russian_words_find_a_public_answer(given: Coalition, query: str) -> None:
    question = given.asks(public=True)
    given.answers(question)
    assert finds(given, "pavel", query) == ["Может ли муж собирать подписи?"]


def test_other_forms_of_english_words_find_an_answer_by_its_thread(given: Coalition) -> None:
    question = given.asks("pavel", "May my husband help?", public=True)
    given.answers(question, "boris", "He may collect signatures with an agreement.")
    assert finds(given, "anna", "collecting signature") == ["May my husband help?"]


@pytest.mark.parametrize("public", [True, False])
def test_a_search_never_finds_what_waits_or_is_private(given: Coalition, public: bool) -> None:
    waiting = given.asks(public=public)
    assert finds(given, "anna", "подписи") == finds(given, "pavel", "подписи") == []
    given.answers(waiting)
    assert bool(finds(given, "pavel", "подписи")) is public
    assert finds(given, "anna", "подписи")


def test_a_reopened_question_is_not_found(given: Coalition) -> None:
    question = given.asks(public=True)
    given.answers(question)
    commands.ask_further(given.session, given.people["anna"], question, words="А брат?", now=NOW)
    assert finds(given, "pavel", "подписи") == []


def test_a_coordinator_searches_a_campaigns_page_as_its_candidate(given: Coalition) -> None:
    private = given.asks("olga")
    given.answers(private)
    wanted = query_stems("подписи")
    campaign = given.campaign("anna")
    found = answered_entries(given.session, given.people["vera"], campaign, wanted, language="ru")
    assert found == ()


@pytest.mark.parametrize("query", ["", "%", "_", "' OR 1=1 --", "\\"])
def test_hostile_queries_find_nothing(given: Coalition, query: str) -> None:
    question = given.asks(public=True)
    given.answers(question)
    assert finds(given, "pavel", query) == []

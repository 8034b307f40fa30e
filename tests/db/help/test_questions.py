"""Asking a human: who may ask, see, answer, rate; what the asker is told."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Permission
from app.accounts.models import Person, TeamMember
from app.accounts.queries import get_campaign
from app.db import recorded
from app.errors import Conflict, Forbidden, Missing, Refused
from app.mail.letters import letter_text
from quests.help import commands, queries
from quests.help.letters import AnswerGiven
from quests.help.models import QuestionAnswer
from quests.route.library import PackLibrary
from tests.builders import NOW, a_campaign, the_viewer
from tests.db.help.given import ASKED, STEP, Coalition, a_coalition

EVERYBODY = ("anna", "canvasser", "vera", "chief", "lawyer", "olga", "pavel", "boris", "stranger")


@pytest.fixture
def given(session: Session, library: PackLibrary) -> Coalition:
    return a_coalition(session, library)


def who_sees(given: Coalition, question: int) -> set[str]:
    found = set()
    for name in EVERYBODY:
        try:
            given.sees(name, question)
        except Missing:
            continue
        found.add(name)
    return found


def letters(given: Coalition) -> list[AnswerGiven]:
    return [event for event in recorded(given.session) if isinstance(event, AnswerGiven)]


def test_a_private_question_is_seen_by_its_team_and_those_who_answer(given: Coalition) -> None:
    question = given.asks()
    inner = {"anna", "canvasser", "vera", "chief", "lawyer"}
    assert who_sees(given, question) == inner
    given.answers(question)
    assert who_sees(given, question) == inner


def test_a_public_question_is_everybodys_only_once_a_human_answered(given: Coalition) -> None:
    question = given.asks(public=True)
    assert "pavel" not in who_sees(given, question)
    given.answers(question)
    assert who_sees(given, question) == set(EVERYBODY) - {"stranger"}


def test_a_further_question_takes_a_public_one_back_until_it_is_read(given: Coalition) -> None:
    question = given.asks(public=True)
    given.answers(question)
    commands.ask_further(given.session, given.people["anna"], question, words="А брат?", now=NOW)
    assert given.sees("anna", question).state == "open"
    assert "pavel" not in who_sees(given, question)


def test_readers_from_elsewhere_learn_no_names(given: Coalition) -> None:
    question = given.asks(public=True)
    commands.ask_further(given.session, given.people["anna"], question, words="И сын?", now=NOW)
    given.answers(question)
    seen = given.sees("pavel", question)
    assert (seen.asker, seen.campaign_title) == ("", "")
    team_turn, answer = queries.thread(given.session, seen)
    assert team_turn.author == "" and answer.author != ""
    assert given.sees("vera", question).asker == "Anna"


@pytest.mark.parametrize("who", ["vera", "chief", "lawyer"])
def test_those_in_scope_answer(given: Coalition, who: str) -> None:
    question = given.asks()
    given.answers(question, who)
    assert given.sees("anna", question).state == "answered"


@pytest.mark.parametrize("who", ["boris", "stranger", "pavel", "olga"])
def test_nobody_else_answers_a_private_question(given: Coalition, who: str) -> None:
    question = given.asks()
    with pytest.raises(Missing):
        given.answers(question, who)


@pytest.mark.parametrize("who", ["boris", "pavel", "anna", "canvasser"])
def test_reading_a_public_question_is_no_right_to_answer_it(given: Coalition, who: str) -> None:
    question = given.asks(public=True)
    given.answers(question)
    with pytest.raises(Forbidden):
        given.answers(question, who)


def test_only_the_team_that_asked_asks_further(given: Coalition) -> None:
    question = given.asks(public=True)
    given.answers(question)
    for who in ("pavel", "vera"):
        with pytest.raises(Forbidden):
            commands.ask_further(
                given.session, given.people[who], question, words="А брат?", now=NOW
            )


def test_nobody_asks_for_another_campaign(given: Coalition) -> None:
    for who in ("pavel", "vera", "stranger"):
        with pytest.raises(Forbidden):
            commands.ask(
                given.session,
                given.people[who],
                given.campaign("anna"),
                STEP,
                words=ASKED,
                public=False,
                language="ru",
                now=NOW,
            )


@pytest.mark.parametrize("words", ["", "    ", "как?", "ы" * 2_001])
def test_too_short_and_too_long_questions_are_refused(given: Coalition, words: str) -> None:
    with pytest.raises(Refused) as refused:
        given.asks(words=words)
    assert refused.value.field == "question"


def test_the_same_question_sent_twice_is_asked_once(given: Coalition) -> None:
    assert given.asks() == given.asks()


def test_the_same_answer_sent_twice_is_given_once(given: Coalition) -> None:
    question = given.asks()
    given.answers(question)
    given.answers(question)
    assert given.session.scalar(select(func.count()).select_from(QuestionAnswer)) == 1
    assert len(letters(given)) == 1


def test_a_campaign_has_at_most_twenty_open_questions(given: Coalition) -> None:
    for number in range(20):
        given.asks(words=f"Вопрос номер {number}")
    with pytest.raises(Refused):
        given.asks(words="Ещё один вопрос")
    given.asks("olga", words="А у другой кампании место есть")


def test_the_asker_gets_the_answer_in_their_own_language(given: Coalition) -> None:
    question = given.asks()
    given.answers(question, words="Да, может.")
    (letter,) = letters(given)
    subject, text = letter_text(letter, "https://mandat.example.org")
    assert subject == "Ответ на ваш вопрос"
    assert "Здравствуйте, Anna" in text and ASKED in text and "Да, может." in text
    campaign_id = given.campaigns["anna"].id
    assert f"https://mandat.example.org/campaigns/{campaign_id}/questions/{question}" in text
    assert given.library["ru-spb-municipal"].words_in("ru").step[STEP].title in text


def test_words_that_look_like_templates_reach_the_letter_as_typed(given: Coalition) -> None:
    question = given.asks(words="Что такое {link} и %(name)s?")
    given.answers(question, words="Это {0} и 100%.")
    text = letter_text(letters(given)[0], "https://mandat.example.org")[1]
    assert "Что такое {link} и %(name)s?" in text and "Это {0} и 100%." in text


def test_a_further_question_writes_no_letter(given: Coalition) -> None:
    question = given.asks()
    commands.ask_further(given.session, given.people["anna"], question, words="А брат?", now=NOW)
    assert letters(given) == []


def test_one_who_has_left_the_team_gets_no_letter(given: Coalition) -> None:
    question = given.asks()
    given.session.query(TeamMember).filter_by(person_id=given.people["anna"].person_id).delete()
    given.answers(question)
    assert letters(given) == []


def test_an_address_no_server_takes_does_not_stop_the_answer(given: Coalition) -> None:
    question = given.asks()
    person = given.session.get_one(Person, given.people["anna"].person_id)
    person.email = "nowhere"
    given.session.flush()
    given.answers(question)
    assert letters(given) == []
    assert given.sees("anna", question).state == "answered"


def test_a_rating_can_be_changed_and_counts_once(given: Coalition) -> None:
    question = given.asks(public=True)
    given.answers(question)
    for who, useful in (("anna", False), ("anna", True), ("pavel", True), ("canvasser", False)):
        commands.rate(given.session, given.people[who], question, useful=useful, now=NOW)
    given.session.flush()
    seen = given.sees("anna", question)
    assert (seen.useful, seen.useless) == (2, 1)


def test_what_is_not_answered_can_not_be_rated(given: Coalition) -> None:
    with pytest.raises(Conflict):
        commands.rate(given.session, given.people["anna"], given.asks(), useful=True, now=NOW)


def test_those_who_answer_do_not_rate_and_foreign_questions_are_missing(given: Coalition) -> None:
    question = given.asks()
    given.answers(question)
    with pytest.raises(Forbidden):
        commands.rate(given.session, given.people["vera"], question, useful=True, now=NOW)
    with pytest.raises(Missing):
        commands.rate(given.session, given.people["pavel"], question, useful=True, now=NOW)


def test_those_who_answer_may_hide_a_question_but_never_show_it(given: Coalition) -> None:
    question = given.asks(public=True)
    given.answers(question)
    commands.hide_from_coalition(given.session, given.people["lawyer"], question, now=NOW)
    assert "pavel" not in who_sees(given, question)
    with pytest.raises(Forbidden):
        commands.show_to_coalition(given.session, given.people["vera"], question, now=NOW)
    commands.show_to_coalition(given.session, given.people["anna"], question, now=NOW)
    assert "pavel" in who_sees(given, question)


def test_readers_do_not_choose_who_reads(given: Coalition) -> None:
    question = given.asks(public=True)
    given.answers(question)
    for command in (commands.hide_from_coalition, commands.show_to_coalition):
        with pytest.raises(Forbidden):
            command(given.session, given.people["pavel"], question, now=NOW)
        with pytest.raises(Missing):
            command(given.session, given.people["stranger"], question, now=NOW)


def test_the_inbox_holds_only_what_one_may_answer_longest_waiting_first(given: Coalition) -> None:
    first, second, other = given.asks(), given.asks("olga"), given.asks("pavel")
    rows = {
        who: [
            row.id
            for row in queries.inbox(
                given.session, given.people[who], state="open", limit=10, offset=0
            )
        ]
        for who in ("vera", "boris", "chief", "lawyer", "stranger", "anna")
    }
    assert rows == {
        "vera": [first, second],
        "boris": [other],
        "chief": [first, second, other],
        "lawyer": [first],
        "stranger": [],
        "anna": [],
    }
    assert queries.inbox_count(given.session, given.people["chief"], state="open") == 3


def test_a_step_shows_the_campaigns_own_questions_then_the_useful_public_ones(
    given: Coalition,
) -> None:
    dull, useful = (given.asks("pavel", words, public=True) for words in ("Первый", "Второй"))
    hidden, waiting = given.asks("pavel", "Тайный"), given.asks("olga", "Ждущий", public=True)
    own = given.asks()
    for question in (dull, useful):
        given.answers(question, "boris")
    given.answers(hidden, "boris")
    commands.rate(given.session, given.people["olga"], dull, useful=False, now=NOW)
    commands.rate(given.session, given.people["olga"], useful, useful=True, now=NOW)
    given.session.flush()
    shown = queries.questions_on_step(
        given.session, given.people["anna"], given.campaign("anna"), STEP, limit=10
    )
    assert [row.id for row in shown] == [own, useful, dull]
    assert waiting not in [row.id for row in shown]


def test_a_person_of_two_coalitions_reads_each_ones_questions_apart(given: Coalition) -> None:
    session, anna = given.session, given.people["anna"]
    question = given.asks(public=True)
    given.answers(question)
    there = a_campaign(session, candidate=session.get_one(Person, anna.person_id))
    both = the_viewer(session, there.candidate_id)
    elsewhere = get_campaign(session, both, there.id, Permission.ROUTE_READ)
    assert queries.questions_on_step(session, both, given.campaign("anna"), STEP, limit=5)
    assert not queries.questions_on_step(session, both, elsewhere, STEP, limit=5)
    with pytest.raises(Missing):
        queries.get_question_for(session, both, elsewhere, question)


def test_asking_counts_as_being_active(given: Coalition) -> None:
    given.asks()
    given.session.refresh(given.campaigns["anna"])
    assert given.campaigns["anna"].last_active_at == NOW

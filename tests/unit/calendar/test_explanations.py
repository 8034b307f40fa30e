"""Every day is explained in words that can be read aloud."""

from __future__ import annotations

from datetime import date

import pytest

from app.calendar import ANCHOR_NAMES, Anchors, CalendarRules, compute
from app.calendar.explaining import WORDINGS
from app.calendar.wording_en import ordinal
from app.calendar.wording_ru import plural
from tests.unit.calendar.places import ENGLAND, PETERSBURG


def why(rules: CalendarRules, key: str, anchors: Anchors, language: str) -> str:
    return compute(rules, anchors, language)[key].why


def test_working_days_name_the_holidays_and_the_weekends() -> None:
    anchors = Anchors(polling_day=date(2026, 5, 5))
    assert why(ENGLAND, "party_registered_by", anchors, "ru") == (
        "21-й рабочий день до голосования; не считаются 3, 6 апреля, 4 мая и выходные"
    )
    assert why(ENGLAND, "party_registered_by", anchors, "en") == (
        "21st working day before the poll; not counting 3, 6 April, 4 May or weekends"
    )


def test_holidays_of_one_month_stand_together() -> None:
    anchors = Anchors(polling_day=date(2026, 4, 28))
    assert "не считаются 3, 6 апреля и выходные" in why(ENGLAND, "nominations_close", anchors, "ru")


def test_without_holidays_only_weekends_are_named() -> None:
    anchors = Anchors(polling_day=date(2021, 12, 2))
    assert why(ENGLAND, "party_registered_by", anchors, "ru") == (
        "21-й рабочий день до голосования; не считаются выходные"
    )


def test_a_moved_last_day_says_from_where_and_over_what() -> None:
    anchors = Anchors(polling_day=date(2024, 5, 2), declared=date(2024, 5, 4))
    assert why(ENGLAND, "claims_received", anchors, "ru") == (
        "21-й календарный день после объявления результата в округе — 25 мая, суббота; "
        "срок переходит на первый рабочий день, 28 мая (не считается 27 мая)"
    )
    assert why(ENGLAND, "expenses_paid", anchors, "en") == (
        "28th calendar day after the declaration of the result in the ward is 1 June, a Saturday; "
        "it moves to the next working day, 3 June"
    )


def test_full_days_are_said_with_the_right_forms() -> None:
    anchors = Anchors(polling_day=date(2024, 9, 8))
    assert why(PETERSBURG, "media_campaign_opens", anchors, "ru") == (
        "За 28 дней до голосования: между этими днями остаётся 28 полных дней"
    )
    assert why(PETERSBURG, "observer_lists", anchors, "ru").startswith(
        "Не позднее чем за 3 дня до первого дня голосования: между этими днями остаются "
        "3 полных дня."
    )
    assert why(PETERSBURG, "candidate_withdrawal_forced", anchors, "ru") == (
        "Не позднее чем за 1 день до первого дня голосования: между этими днями остаётся "
        "1 полный день"
    )


def test_an_unknown_day_says_which_date_is_missing() -> None:
    anchors = Anchors(polling_day=date(2024, 9, 8))
    assert "Пока не известен день публикации решения о назначении выборов." in why(
        PETERSBURG, "nomination_closes", anchors, "ru"
    )
    assert "Not known yet: the day of handing in the documents for registration." in why(
        PETERSBURG, "registration_decision", anchors, "en"
    )


def test_a_paid_sheet_explains_a_later_start() -> None:
    anchors = Anchors(
        polling_day=date(2024, 9, 8), consented=date(2024, 6, 25), sheets_paid=date(2024, 6, 28)
    )
    assert why(PETERSBURG, "signature_collection_starts", anchors, "ru").startswith(
        "Не раньше оплаты подписных листов."
    )


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_anchor_has_words(language: str) -> None:
    assert set(WORDINGS[language].anchors) == ANCHOR_NAMES


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("rules", [ENGLAND, PETERSBURG], ids=["england", "petersburg"])
def test_every_deadline_is_explained_whether_its_day_is_known_or_not(
    rules: CalendarRules, language: str
) -> None:
    poll = date(2026, 9, 20)
    every_anchor = Anchors(**dict.fromkeys(ANCHOR_NAMES, poll))
    for anchors in (Anchors(polling_day=poll), every_anchor):
        for deadline in compute(rules, anchors, language).values():
            assert deadline.why[0].isupper() or deadline.why[0].isdigit(), deadline.why
            assert "None" not in deadline.why
            assert "  " not in deadline.why
            if deadline.missing:
                assert deadline.on is None


@pytest.mark.parametrize(
    ("count", "word"), [(1, "день"), (2, "дня"), (5, "дней"), (11, "дней"), (21, "день")]
)
def test_russian_nouns_agree_with_numbers(count: int, word: str) -> None:
    assert plural(count, "день", "дня", "дней") == word


@pytest.mark.parametrize(
    ("number", "word"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (21, "21st")]
)
def test_english_ordinals(number: int, word: str) -> None:
    assert ordinal(number) == word

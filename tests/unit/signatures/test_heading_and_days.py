"""Small rules of signatures: days as typed, folders, numbers, the head of the sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from documents.paperwork.pack import load_all_documents
from documents.paperwork.rules.texts import printable_signs
from documents.press.client import FONTS
from documents.signatures.pack import load_all_signatures
from documents.signatures.printing import cover_sheet, head_of, rows_on, signature_sheet
from documents.signatures.rules.days import Season, read_day
from documents.signatures.rules.folders import sums_of
from documents.signatures.rules.heading import (
    Gender,
    Wording,
    gender_of,
    lines_of,
    missing_answers,
    size_of,
    width_of,
)
from documents.signatures.rules.numbers import read_numbers, write_numbers
from documents.signatures.shape import SheetForm
from quests.route.library import PackLibrary
from tests.handed_in_world import COVER

GIVEN = {
    "council": "Муниципального совета муниципального округа Тихая Гавань",
    "district_kind": "single",
    "district_no": "3",
    "nominator": "association",
    "association": "Демонстрационного объединения",
    "surname": "Ёлкин",
    "first_name": "Пётр",
    "patronymic": "Ильич",
    "birth_date": "1970-06-17",
    "reg_subject": "город Санкт-Петербург",
    "reg_street": "улица Тайная",
    "work_kind": "job",
    "workplace": "школа № 1",
    "position": "учитель",
    "party": "Демонстрационная партия",
    "conviction": "has",
    "conviction_text": "имелась судимость: статья 1",
    "foreign_agent": "no",
    "passport": "4005 123456",
}
SEASON = Season(first=None, last=None, latest=date(2026, 9, 20))
HE = Wording(name="Ёлкина Петра Ильича", gender=Gender.MALE)


@pytest.fixture(scope="module")
def form(library: PackLibrary) -> SheetForm:
    packs = {key: entry.route.pack for key, entry in library.entries.items()}
    return load_all_signatures(packs).packs["ru-spb-municipal"].shape.sheet


@pytest.mark.parametrize(
    "text", ["5.7", "05.07", "0507", "05.07.26", "050726", "5.7.2026", "2026-07-05", " 5 7 "]
)
def test_a_day_is_read_as_people_type_it(text: str) -> None:
    assert read_day(text, season=SEASON) == date(2026, 7, 5)


@pytest.mark.parametrize("text", ["", "31.02", "0000", "5", "507", "٥٠٧٠", "05.07.20261", "x" * 99])
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    assert read_day(text, season=SEASON) is None


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_none(text: str) -> None:
    found = read_day(text, season=SEASON)
    assert found is None or isinstance(found, date)


@given(st.sets(st.integers(1, 3000), max_size=60))
def test_numbers_written_are_read_again(numbers: set[int]) -> None:
    assert read_numbers(write_numbers(tuple(numbers))) == tuple(sorted(numbers))


@given(st.text(max_size=60))
def test_any_text_is_numbers_or_none(text: str) -> None:
    found = read_numbers(text)
    assert found is None or all(number > 0 for number in found)


def test_numbers_with_spaces_around_the_dash_are_understood() -> None:
    assert read_numbers("1 - 3, 7; 9 — 10") == (1, 2, 3, 7, 9, 10)
    assert read_numbers("5-1") is None and read_numbers("1-999999") is None


def test_folders_are_added_up_in_the_order_of_their_numbers() -> None:
    sums = sums_of([("10", 3), ("2", 4), ("", 5), ("2", 1), ("2а", 1)])
    assert [folder.number for folder in sums.folders] == ["2", "2а", "10"]
    assert (sums.sheets, sums.signatures) == (4, 9)


def test_the_patronymic_says_which_words_agree() -> None:
    assert gender_of("Петровна") is Gender.FEMALE and gender_of("Ильич") is Gender.MALE
    assert gender_of("") is None and gender_of("Рубин") is None


def test_the_head_says_all_that_the_form_asks_and_nothing_else(form: SheetForm) -> None:
    head = head_of(form, GIVEN, HE, polling_day=date(2026, 9, 20))
    assert head.lines[1] == "20 сентября 2026 года"
    assert head.sentence.replace("\u00a0", " ") == (
        "Мы, нижеподписавшиеся, поддерживаем выдвижение от Демонстрационного объединения кандидата "
        "в депутаты по одномандатному избирательному округу № 3 гражданина Российской Федерации "
        "Ёлкина Петра Ильича, имелась судимость: статья 1, родившегося 17 июня 1970 года, "
        "работающего школа № 1, учитель, проживающего город Санкт-Петербург, "
        "Демонстрационная партия."
    )


def test_what_is_missing_is_named_and_only_when_it_is_asked_for(form: SheetForm) -> None:
    assert missing_answers(form.needs, GIVEN) == ()
    assert missing_answers(form.needs, {**GIVEN, "nominator": "self", "association": ""}) == ()
    assert missing_answers(form.needs, {**GIVEN, "association": ""}) == ("association",)
    assert "council" in missing_answers(form.needs, {})


def test_hostile_answers_are_printed_as_text(form: SheetForm) -> None:
    hostile = "<script>alert(1)</script>{occupation}</p><link rel=attachment href=file:///x>"
    head = head_of(
        form,
        {**GIVEN, "council": hostile, "district_no": hostile},
        HE,
        polling_day=date(2026, 9, 20),
    )
    html = signature_sheet(form, head, sides=1, official=True).html
    assert "<script>" not in html and "<link" not in html and "&lt;script&gt;" in html
    assert "{occupation}" in html


def test_a_sheet_carries_no_number_code_or_picture_and_the_mark_only_as_a_draft(
    form: SheetForm,
) -> None:
    head = head_of(form, GIVEN, HE, polling_day=date(2026, 9, 20))
    official = signature_sheet(form, head, sides=2, official=True).html
    assert "<img" not in official and "http" not in official and form.draft not in official
    assert "4005" not in official and "Тайная" not in official
    assert form.draft in signature_sheet(form, head, sides=1, official=False).html
    assert rows_on(form, 2) == form.rows_front + form.rows_back
    assert official.count('class="hand"') == rows_on(form, 2)


def test_a_cover_ticks_every_number_and_carries_the_code(form: SheetForm) -> None:
    cover = replace(COVER, sides=1, collector="<b>Кто-то</b>", official=True)
    html = cover_sheet(form, cover).html
    assert html.count('class="box"') == 13 and "data:image/png" in html
    assert "&lt;b&gt;" in html


def test_a_longer_sentence_is_smaller_and_at_last_refused() -> None:
    lines = ("Выборы депутатов", "20 сентября 2026 года")
    sizes = [size_of(lines, "слово " * words, "Ёлкин Пётр") for words in range(1, 600, 5)]
    assert sizes == sorted(sizes, key=lambda size: -(size or 0))
    assert sizes[0] == 11 and 8 in sizes and sizes[-1] is None


def test_whatever_else_is_long_leaves_less_room_for_the_sentence() -> None:
    sentence = "слово " * 170
    assert size_of(("Выборы",), sentence, "Ёлкин Пётр") == 11
    assert size_of(("Ж" * 300,), sentence, "Ёлкин Пётр") == 9
    assert size_of(("Выборы",), sentence, "Щукин-" * 20) == 10
    assert size_of(("Выборы",), "", "Щ" * 240) is None


def test_lines_are_counted_as_a_sheet_breaks_them() -> None:
    assert lines_of("", 100, 10) == lines_of("слово", 100, 10) == 1
    assert lines_of("слово " * 10, 100, 10) == 2
    assert lines_of("а\nб", 100, 10) == 2
    assert lines_of("к " + "о" * 60, 100, 10) == 3


def test_no_letter_of_the_typeface_is_wider_than_is_reckoned() -> None:
    (file,) = FONTS.parent.glob("**/Tinos_400Regular.ttf")
    font = ImageFont.truetype(file, 1000)
    for sign in map(chr, printable_signs()):
        assert font.getlength(sign) <= 1000 * width_of(sign), sign


def test_every_answer_of_the_head_is_an_answer_of_the_pack(
    library: PackLibrary, form: SheetForm
) -> None:

    packs = {key: entry.route.pack for key, entry in library.entries.items()}
    known = load_all_documents(packs).find("ru-spb-municipal")
    assert known is not None
    wanted = {need.answer for need in form.needs} | set(form.address)
    assert wanted <= set(known.answers)

"""Tables, names in a case and papers made elsewhere, on a pack that has all of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.packs import PackError, load_pack
from documents.paperwork import errors
from documents.paperwork.pack import load_documents
from documents.paperwork.printing import Copies, Snapshot, compose
from documents.paperwork.rules.answers import Row
from documents.paperwork.rules.declining import declined
from documents.paperwork.rules.interview import Table, is_needed, progress
from documents.paperwork.rules.standing import none_changes, row_changes
from documents.paperwork.shape import AnswerType, Case, Column
from tests.paperwork_world import (
    EXAMPLE,
    IDENTITY,
    composed,
    example_documents,
    form_of,
    given_of,
    interview_of,
    text_of,
)

DOCUMENTS = example_documents()
ACCOUNT = {
    "bank": "Банк «Пример»",
    "bic": "044525225",
    "number": "40702810138250123017",
    "balance": "12 000",
}
FLAT = {"kind": "flat", "place": "улица Ясная, 5", "area": "54,3", "share": "1/3"}
WHOLE = {
    "surname": "Ёлкина",
    "first_name": "Анна",
    "patronymic": "Петровна",
    "birth_date": "17.06.1970",
    "renamed": "no",
    "in_genitive": "Ёлкиной Анны Петровны",
    "accounts": [ACCOUNT],
    "estate": "none",
}


def problems(**answers: object) -> dict[str, str]:
    found = interview_of(DOCUMENTS, "paper", {**WHOLE, **answers})
    return {one.answer.key: one.verdict.problem.message for one in found.in_the_way}


def text(**answers: object) -> str:
    return text_of(composed(DOCUMENTS, "paper", {**WHOLE, **answers}).sheet.html)


def test_a_whole_paper_has_nothing_in_the_way() -> None:
    assert problems() == {}


def test_a_table_that_nobody_answered_is_missing() -> None:
    assert problems(accounts="") == {"accounts": errors.ANSWER_TABLE}


def test_that_there_is_nothing_to_list_is_an_answer_and_is_printed() -> None:
    assert problems(accounts="none") == {}
    assert "| не имею | — | —" in text(accounts="none")


def test_a_row_without_what_it_needs_keeps_the_form_from_being_issued() -> None:
    assert problems(accounts=[ACCOUNT, {"bank": "Другой"}]) == {"accounts": errors.ROW_WRONG}


def test_the_key_of_an_account_is_checked_against_the_bank_of_its_own_row() -> None:
    wrong = {**ACCOUNT, "number": "40702810138250123018"}
    assert problems(accounts=[wrong]) == {"accounts": errors.ROW_WRONG}
    assert problems(accounts=[{**wrong, "bic": ""}], bic="044525225") == {}


def test_more_rows_than_the_form_has_are_refused() -> None:
    assert problems(accounts=[ACCOUNT] * 4) == {"accounts": errors.ROWS_TOO_MANY}


def test_tables_longer_than_the_press_has_time_for_are_a_problem_of_the_pack(
    tmp_path: Path,
) -> None:
    shutil.copytree(EXAMPLE, tmp_path / EXAMPLE.name)
    answers = tmp_path / EXAMPLE.name / "documents" / "answers.toml"
    text = answers.read_text()
    assert "most = 3," in text
    answers.write_text(
        text.replace("most = 3,", "most = 200,").replace("longest = 300", "longest = 1200")
    )
    with pytest.raises(PackError, match="characters together"):
        load_documents(load_pack(tmp_path / EXAMPLE.name))


def test_shares_of_one_thing_that_come_to_more_than_all_of_it_are_refused() -> None:
    rows = [FLAT, {**FLAT, "place": "Улица Ясная, 5", "share": "3/4"}]
    assert problems(estate=rows) == {"estate": errors.SUM_TOO_MUCH}
    assert problems(estate=[FLAT, {**FLAT, "place": "улица Тёмная, 6", "share": "100%"}]) == {}


def test_rows_and_their_sum_are_printed_as_documents_write_them() -> None:
    said = text(accounts=[ACCOUNT, {**ACCOUNT, "balance": "0,10"}])
    assert "1 | Банк «Пример» | 40702810138250123017 | 12 000,00" in said
    assert "Итого | | 12 000,10" in said
    assert "двенадцать тысяч рублей десять копеек" in said


def test_days_in_a_table_are_written_in_figures_and_choices_in_the_forms_words() -> None:
    said = text(estate=[{**FLAT, "since": "1.2.2005"}])
    assert "1 | квартира | улица Ясная, 5 | 54,3 | 1/3 | 01.02.2005" in said


def test_hostile_text_in_a_row_stays_text() -> None:
    hostile = "</td><img src='file:///etc/passwd'>{{ 7*7 }}"
    html = composed(
        DOCUMENTS, "paper", {**WHOLE, "estate": [{**FLAT, "place": hostile}]}
    ).sheet.html
    assert "<img src='file" not in html and "{{ 7*7 }}" in html


def test_a_question_that_another_answer_makes_superfluous_is_not_asked() -> None:
    assert "former" in problems(renamed="yes")
    assert "Прежнее имя" not in text(former="Сосна Анна Петровна")
    assert "Прежнее имя" in text(renamed="yes", former="Сосна Анна Петровна")


def test_a_paper_is_needed_only_when_the_answers_say_so() -> None:
    kind = DOCUMENTS.kinds["former_name"]
    assert is_needed(kind, given_of(DOCUMENTS, {"renamed": "yes"}))
    assert not is_needed(kind, given_of(DOCUMENTS, {"renamed": "no"}))
    assert not is_needed(kind, {})


def test_papers_stand_in_the_order_of_their_groups_and_the_sheet_is_not_listed() -> None:
    assert list(DOCUMENTS.listed) == ["paper", "passport_copy", "former_name"]
    assert DOCUMENTS.certifying is DOCUMENTS.kinds["certification"]


def test_an_answer_asked_by_two_papers_counts_once() -> None:
    one = interview_of(DOCUMENTS, "paper", {"surname": "Ёлкина"})
    assert progress([one, one]) == progress([one])
    assert progress([one]).have == 1


def test_the_certifying_sheet_has_a_line_for_every_page_and_no_mark_of_a_preview() -> None:
    form = form_of(DOCUMENTS, "certification")
    made = compose(form, {}, None, copies=Copies(title="Паспорт", pages=2))
    said = text_of(made.sheet.html)
    assert said.count("Копия верна") == 2 and "Паспорт, страница 2 из 2" in said
    assert "ПРЕДПРОСМОТР" not in said


def test_a_form_cleared_for_an_election_prints_no_mark() -> None:
    form = form_of(DOCUMENTS, "paper")
    assert "ОБРАЗЕЦ" in compose(form, {}, IDENTITY).sheet.html
    cleared = type(form)(
        kind=form.kind,
        version=form.version,
        layout=form.layout,
        answers=form.answers,
        currency=form.currency,
        approved=True,
    )
    assert "ОБРАЗЕЦ" not in compose(cleared, {}, IDENTITY).sheet.html


@pytest.mark.parametrize(
    ("names", "case", "said"),
    [
        (("Ёлкина", "Анна", "Петровна"), Case.GENITIVE, "Ёлкиной Анны Петровны"),
        (("Цой", "Виктор", "Робертович"), Case.DATIVE, "Цою Виктору Робертовичу"),
        (("Шевченко", "Павел", "Никитич"), Case.GENITIVE, "Шевченко Павла Никитича"),
        (("Петров-Водкин Кузьма Сергеевич",), Case.GENITIVE, "Петрова-Водкина Кузьмы Сергеевича"),
        (("Smith John",), Case.DATIVE, ""),
        (("Ёлкина", "", ""), Case.DATIVE, ""),
    ],
)
def test_a_name_is_put_into_its_case_or_nothing_is_offered(
    names: tuple[str, ...], case: Case, said: str
) -> None:
    assert declined(names, case) == said


def a_row(place: int, **values: str) -> Row:
    return Row(id=str(place), values=values, position=place)


def test_what_was_added_removed_and_changed_in_a_table_is_told_row_by_row() -> None:
    before = {"accounts": Table(rows=(a_row(1, bank="А"), a_row(2, bank="Б", number="5")))}
    after = {"accounts": Table(rows=(a_row(2, bank="Б", number="6"), a_row(3, bank="В")))}
    removed, changed, added = row_changes(before, after)
    assert (removed.number, removed.after) == (1, None)
    assert (changed.number, changed.columns) == (1, ("number",))
    assert (added.number, added.before, added.after) == (2, None, {"bank": "В"})


def test_that_there_is_nothing_to_list_any_more_is_told() -> None:
    (change,) = none_changes({"accounts": Table(none=True)}, {"accounts": Table()})
    assert (change.before, change.after) == ("none", "")


def test_a_snapshot_keeps_its_tables_and_one_from_before_there_were_any_has_none() -> None:
    kept = Snapshot(answers={"a": "b"}, sheet="", tables={"t": Table(rows=(a_row(1, x="y"),))})
    assert Snapshot.from_json(kept.as_json()) == kept
    assert Snapshot.from_json('{"answers": {}, "sheet": ""}').tables == {}


@pytest.mark.parametrize(
    ("file", "was", "becomes", "said"),
    [
        ("answers.toml", 'total = ["balance"]', 'total = ["bank"]', "bank can’t be summed"),
        ("answers.toml", 'bic = "bic", required', 'bic = "bik", required', "no column bik"),
        ("answers.toml", '"answer:phone"', '"answer:phones"', "nothing offers answer:phones"),
        ("answers.toml", '"answer:phone"', '"answer:snils"', "snils is sealed"),
        ("answers.toml", 'among = ["yes"]', 'among = ["maybe"]', "renamed is never maybe"),
        ("paper.toml", 'estate = "не имею"', "", "none.estate is missing"),
        ("paper.toml", 'land = "земельный участок"', "", "does not have the options"),
        ("paper.html", "t.estate,", "t.houses,", "nothing fills t.houses"),
        ("paper.toml", 'group = "first"', 'group = "third"', "there is no group third"),
        ("paper.toml", 'title = "Сведения"', "", "words.title is missing"),
        ("passport_copy.toml", 'code = "X2"', 'code = "X1"', "has the code X1 too"),
        ("texts.ru.toml", 'one = "Account"', "", "answer.accounts.one is missing"),
        ("texts.ru.toml", 'bank = { label = "Bank" }', "", "column.bank is missing"),
        ("texts.ru.toml", 'agent = "Agent"', "", "signer.agent is missing"),
    ],
)
def test_a_pack_whose_papers_do_not_hang_together_is_refused(
    tmp_path: Path, file: str, was: str, becomes: str, said: str
) -> None:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / EXAMPLE.name))
    path = folder / "documents" / file
    known = path.read_text(encoding="utf-8")
    assert was in known
    path.write_text(known.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(PackError) as refusal:
        load_documents(load_pack(folder))
    assert said in str(refusal.value)


@pytest.mark.parametrize("kind", ["passport", "inn", "snils", "account", "date", "phone"])
def test_a_row_is_never_named_by_what_identifies_somebody(kind: str) -> None:
    assert Column(key="name", type=AnswerType.FIO, names_row=True).names_row
    with pytest.raises(ValueError, match="stays sealed"):
        Column(key="number", type=AnswerType(kind), names_row=True)

"""A table of districts is read whatever spreadsheet it came from, or refused with words."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.accounts.rules.district_table import LARGEST_TABLE, MOST_ROWS, decode_table, read_table
from app.accounts.rules.districts import DistrictEntry, plan_import
from app.accounts.rules.elections import ElectionDays, check_days
from app.errors import Refused

HARBOUR = DistrictEntry(
    council="Тихая Гавань", number="1", name="Север", seats=5, electors=9000, places="Ель, 1–3"
)
RUSSIAN = "Совет;Номер;Название;Мандаты;Избиратели;Улицы\nТихая Гавань;1;Север;5;9 000;Ель, 1–3\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
def test_delimiter_and_encoding_are_recognised(delimiter: str, encoding: str) -> None:
    line = delimiter.join(("Тихая Гавань", "1", "Север", "5", "9000", '"Ель, 1–3"'))
    text = delimiter.join(("council", "number", "name", "seats", "electors", "places"))
    table = read_table(decode_table(f"{text}\r\n{line}\r\n".encode(encoding)))
    assert table.entries == (HARBOUR,)
    assert not table.wrong


def test_russian_names_of_columns_are_understood() -> None:
    assert read_table(RUSSIAN).entries == (HARBOUR,)


def test_unknown_columns_are_ignored_and_named() -> None:
    table = read_table("council,colour\nQuiet Harbour,blue\n")
    assert table.ignored == ("colour",)
    assert table.entries[0].council == "Quiet Harbour"


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (",1,5", "council"),
        ("Harbour," + "1" * 21 + ",5", "number"),
        ("Harbour,1,five", "seats"),
        ("Harbour,1,0", "seats"),
        ("Harbour,1,-1", "seats"),
        ("Harbour,1,5.5", "seats"),
        ("Harbour,1," + "9" * 40, "seats"),
        ("Harbour,1,٣", "seats"),
        ("Harbour,1,5,more", None),
    ],
)
def test_a_wrong_line_says_its_number_and_column(line: str, field: str | None) -> None:
    table = read_table(f"council,number,seats\n\nHarbour,7,5\n{line}\n")
    assert len(table.entries) == 1
    assert [wrong.line for wrong in table.wrong] == [4]
    assert table.wrong[0].reasons[0].field == field


def test_wards_with_names_only_are_told_apart_by_them() -> None:
    table = read_table("council,ward\nHarbour,Elm\nHarbour,Oak\nHarbour, Elm\nQuay,Elm\n")
    assert [entry.name for entry in table.entries] == ["Elm", "Oak", "Elm"]
    [wrong] = table.wrong
    assert (wrong.line, wrong.reasons[0].field) == (4, "name")


def test_the_second_of_two_equal_districts_is_wrong() -> None:
    table = read_table("council,number\nHarbour,1\nHarbour , 1\n")
    assert [wrong.line for wrong in table.wrong] == [3]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \r\n ",
        b"\xef\xbb\xbf",
        b"PK\x03\x04rest",
        b"a\x00b",
        b"\xff\xfea",
        b"\x98\x98",
        b"x" * (LARGEST_TABLE + 1),
        b"number,name\n1,North\n",
        b"council,council\na,b\n",
        b"council\n",
        b"council\n" + b"x\n" * (MOST_ROWS + 1),
        b'council,places\nHarbour,"' + b"x" * 200_000,
    ],
)
def test_what_is_no_table_is_refused_with_words(content: bytes) -> None:
    with pytest.raises(Refused):
        read_table(decode_table(content))


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300), st.text(max_size=300).map(lambda t: t.encode("utf-8", "replace"))
    )
)
def test_the_reader_only_ever_refuses(content: bytes) -> None:
    for whole in (content, b"council;number;seats;places\n" + content):
        with suppress(Refused):
            read_table(decode_table(whole))


def test_an_empty_cell_keeps_what_is_known() -> None:
    known = {HARBOUR.key: HARBOUR}
    row = DistrictEntry(council="Тихая Гавань", number="1", seats=6)
    plan = plan_import([row, DistrictEntry(council="Тихая Гавань", number="2")], known)
    assert [one.number for one in plan.new] == ["2"]
    assert plan.changed[0].name == "Север"
    assert plan.changed[0].seats == 6
    assert plan_import([DistrictEntry(council="Тихая Гавань", number="1")], known).unchanged


@pytest.mark.parametrize(
    ("polling", "first", "published", "field"),
    [
        (date(2200, 1, 1), None, None, "polling_day"),
        (date(2026, 9, 20), date(1, 1, 1), None, "first_polling_day"),
        (date(2026, 9, 20), date(2026, 9, 21), None, "first_polling_day"),
        (date(2026, 9, 20), date(2026, 9, 18), date(2026, 9, 18), "published_on"),
    ],
)
def test_impossible_days_are_refused_beside_the_field(
    polling: date, first: date | None, published: date | None, field: str
) -> None:
    days = ElectionDays(polling_day=polling, first_polling_day=first, published_on=published)
    with pytest.raises(Refused) as refused:
        check_days(days)
    assert refused.value.field == field

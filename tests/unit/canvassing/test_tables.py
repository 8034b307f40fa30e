"""Tables of buildings and contacts, as they come from outside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.errors import Refused
from canvassing.contacts.rules import EXPORTS_WITHIN, MOST_EXPORTS, next_export_at, read_contacts
from canvassing.contacts.rules import NAMES as CONTACTS
from canvassing.imports.rules import MOST_ROWS, neutral, rows_of_text
from canvassing.territory.rules import (
    NAMES,
    HouseEntry,
    address_key,
    flat_labels,
    read_houses,
    sort_key,
    split_address,
)


def houses(text: str) -> list[HouseEntry]:
    return [entry for _, entry in read_houses(rows_of_text(text, NAMES)).entries]


def test_flats_are_numbered_through_the_entrances_floor_by_floor() -> None:
    (house,) = houses("адрес;парадные;этажи;квартир на этаже\nСадовая, 42;2;5;4\n")
    first, second = house.entrances
    assert [door.label for door in first.doors] == [str(n) for n in range(1, 21)]
    assert (second.doors[0].label, second.doors[0].floor, second.doors[-1].floor) == ("21", 1, 5)


def test_a_list_of_flats_is_shared_among_the_entrances() -> None:
    (house,) = houses('street,house,entrances,flats\nGarden,4,2,"1-4, 6a, 7"\n')
    assert [[door.label for door in one.doors] for one in house.entrances] == [
        ["1", "2", "3"],
        ["4", "6a", "7"],
    ]


def test_a_house_of_which_nothing_is_known_has_one_door() -> None:
    (house,) = houses("address\nGarden Street 4\n")
    assert house.doors == 1 and house.entrances[0].doors[0].label == ""


def test_wrong_lines_are_named_and_the_others_kept() -> None:
    read = read_houses(
        rows_of_text("address,floors\nGarden 4,2\nnowhere,1\nGarden 4,3\nLime 6,x\n", NAMES)
    )
    assert [one.line for one in read.wrong] == [3, 4, 5] and len(read.entries) == 1


def test_a_table_without_addresses_is_refused() -> None:
    with pytest.raises(Refused):
        houses("flats\n1-4\n")


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(Refused):
        rows_of_text("address\n" + "Garden, 4\n" * (MOST_ROWS + 1), NAMES)


def test_more_doors_than_a_district_has_are_refused() -> None:
    lines = "".join(f"Garden, {n};40;10;5\n" for n in range(40))
    with pytest.raises(Refused):
        houses("address;entrances;floors;flats per floor\n" + lines)


@pytest.mark.parametrize("text", ["9-1", "1-99999", "1,1", "x y", "1--2", "=1"])
def test_what_is_no_row_of_flats_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        flat_labels(text)


def test_one_house_written_twice_is_one_house() -> None:
    assert address_key("Садовая  Улица", "42 А") == address_key("садовая улица", "42а")


def test_nine_comes_before_ten() -> None:
    assert sort_key("Garden", "9") < sort_key("Garden", "10")


def test_an_address_in_one_cell_is_split() -> None:
    assert split_address("наб. реки Мойки, 12, к. 2") == ("наб. реки Мойки", "12, к. 2")
    assert split_address("Garden Street 4") == ("Garden Street", "4")


def contacts(text: str) -> list[tuple[str, str]]:
    read = read_contacts(rows_of_text(text, CONTACTS), country="RU")
    return [(one.first_name, one.phone) for _, one in read.entries] + [
        ("wrong", str(one.line)) for one in read.wrong
    ]


def test_contacts_are_read_with_their_telephones() -> None:
    assert contacts("адрес,квартира,имя,телефон\nСадовая 42,5,Ольга,8 (495) 123-45-67\n") == [
        ("Ольга", "+74951234567")
    ]


def test_more_than_a_first_name_is_not_taken() -> None:
    assert contacts("адрес,квартира,имя\nСадовая 42,5,Ольга Петрова\n") == [("wrong", "2")]


def test_no_cell_runs_in_a_spreadsheet() -> None:
    assert [neutral(cell) for cell in ("=1", "+1", "-1", "@x", "\tx", "x")] == [
        "'=1",
        "'+1",
        "'-1",
        "'@x",
        "'\tx",
        "x",
    ]


def test_after_a_few_downloads_the_next_is_possible_when_the_first_is_a_day_old() -> None:
    now = datetime(2026, 6, 1, 12, tzinfo=UTC)
    moments = [now - timedelta(hours=hours) for hours in range(1, MOST_EXPORTS + 1)]
    old = now - EXPORTS_WITHIN
    assert next_export_at([*moments[1:], old], now=now) is None
    assert next_export_at([*moments, old], now=now) == min(moments) + EXPORTS_WITHIN

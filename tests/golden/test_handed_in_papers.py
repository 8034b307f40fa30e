"""What is handed in beside the papers: sheets of signatures, their protocol, the inventories."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import pypdf
import pytest
from bs4 import BeautifulSoup

from documents.packets.rules.contents import Purpose
from documents.paperwork.printing import Copies, compose
from documents.press.client import Press
from documents.sheets import Sheet
from tests.handed_in_world import (
    FOLDERS,
    HE,
    ONE_MEMBER,
    PACKETS,
    SEVERAL_MEMBERS,
    SHE,
    cover,
    inventory,
    order,
    packets_of,
    protocol,
    read_out,
    shape,
    sheet,
)
from tests.paperwork_world import EN, RU, documents_of, form_of

BORN = "Год рождения (в возрасте 18 лет на день голосования — дополнительно число и месяц рождения)"
MANY = tuple((str(1 + number // 3), 4) for number in range(120))
SHEETS: Mapping[str, tuple[Sheet, int]] = {
    "signature_sheet_single": (sheet(official=False), 1),
    "signature_sheet_double": (sheet(sides=2, official=False), 2),
    "signature_sheet_official": (sheet(), 1),
    "signature_sheet_several_members": (sheet(SEVERAL_MEMBERS, HE), 1),
    "signature_sheet_several_members_double": (sheet(SEVERAL_MEMBERS, HE, sides=2), 2),
}
"""Sheets of signatures by the name of their golden file, with how many pages they must have."""
PROTOCOLS: Mapping[str, tuple[Sheet, int]] = {
    "signature_protocol": (protocol(official=False), 1),
    "signature_protocol_several_members": (protocol(SEVERAL_MEMBERS), 1),
    "signature_protocol_many": (protocol(folders=MANY), 2),
}
INVENTORIES: Mapping[str, tuple[Sheet, int]] = {
    f"{pack}/inventory_{key}": (inventory(order(pack, key)), 1) for pack, key in PACKETS
} | {
    f"{RU}/inventory_kept": (inventory(order(RU, "nomination", purpose=Purpose.ARCHIVE)), 1),
}
FEET = ("опись, лист из", "list, sheet of")
ALL: Mapping[str, tuple[Sheet, int]] = {
    **{f"{RU}/{name}": found for name, found in (*SHEETS.items(), *PROTOCOLS.items())},
    f"{RU}/signature_cover": (cover(), 1),
    **INVENTORIES,
}


@pytest.mark.parametrize("name", ALL)
def test_the_sheet_reads_as_it_did(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"papers/{name}.txt", read_out(ALL[name][0]))


@pytest.mark.parametrize("name", ALL)
def test_the_printed_file_says_every_word_on_as_many_pages_as_it_may(
    name: str, press: Press
) -> None:
    found, pages = ALL[name]
    made = press.typeset(found)
    assert made.pages == pages and not made.warnings
    assert not any(place.overflows for place in made.fitted)
    printed = squeezed("".join(page.extract_text() for page in reader(made.pdf).pages))
    assert "\x00" not in printed
    # The title stands in the file's own head; the pieces of a line may lie beside each other.
    pieces = [piece for line in read_out(found).splitlines()[1:] for piece in line.split("|")]
    # The foot of a page counts what no text knows before it is laid out.
    wanted = [piece for piece in pieces if piece not in FEET]
    assert [piece for piece in wanted if squeezed(piece) not in printed] == []


@pytest.mark.parametrize("name", SHEETS)
def test_everything_that_a_hand_writes_is_left_empty(name: str) -> None:
    page = BeautifulSoup(SHEETS[name][0].html, "html.parser")
    form = shape().sheet
    rows = page.select("tr.hand")
    sides = SHEETS[name][1]
    most = form.rows_single if sides == 1 else form.rows_front + form.rows_back
    assert [row.td.get_text() for row in rows] == [str(number) for number in range(1, most + 1)]
    assert all(not cell.get_text() for row in rows for cell in row.find_all("td")[1:])
    places = page.select(".place .line")
    # Three lines of whoever has collected, and the candidate's own signature with its day.
    assert len(places) == len(form.certify_captions) + 1
    assert not any(place.get_text() for place in places)


def test_the_columns_stand_as_the_law_orders_them_on_both_sides() -> None:
    page = BeautifulSoup(SHEETS["signature_sheet_double"][0].html, "html.parser")
    for table in page.find_all("table"):
        assert [head.get_text() for head in table.find_all("th")] == [
            "№ п/п",
            "Фамилия, имя, отчество",
            BORN,
            "Адрес места жительства",
            "Серия и номер паспорта или документа, заменяющего паспорт гражданина",
            "Дата внесения подписи",
            "Подпись",
        ]


def test_the_certification_follows_the_last_signature_on_the_back(press: Press) -> None:
    front, back = reader(press.typeset(SHEETS["signature_sheet_double"][0]).pdf).pages
    assert "удостоверяю" not in front.extract_text()
    said = back.extract_text()
    assert said.index("13") < said.index("Подписной лист удостоверяю") < said.index("Кандидат")
    assert "ОБРАЗЕЦ" in front.extract_text() and "ОБРАЗЕЦ" in said


def test_every_page_of_a_protocol_that_nobody_has_approved_is_marked(press: Press) -> None:
    marked = reader(press.typeset(protocol(folders=MANY, official=False)).pdf).pages
    assert [page.extract_text().count("ОБРАЗЕЦ") for page in marked] == [1, 1]
    approved = reader(press.typeset(PROTOCOLS["signature_protocol_many"][0]).pdf).pages
    assert not any("ОБРАЗЕЦ" in page.extract_text() for page in approved)


@pytest.mark.parametrize("name", PROTOCOLS)
def test_day_and_signature_of_the_protocol_are_left_empty(name: str) -> None:
    page = BeautifulSoup(PROTOCOLS[name][0].html, "html.parser")
    assert [place.get_text().strip() for place in page.select(".blank .line")] == ["", "", ""]


def test_the_protocol_is_handed_in_twice_and_its_columns_stand_as_they_were_read() -> None:
    (item,) = [
        item
        for item in packets_of(RU).packets["registration"].item
        if item.key == "signature_protocol"
    ]
    assert item.copies == 2
    page = BeautifulSoup(PROTOCOLS["signature_protocol"][0].html, "html.parser")
    assert [head.get_text() for head in page.select("thead th")] == [
        "№ п/п",
        "Номер папки",
        "Количество подписных листов",
        "Заявленное количество подписей",
        "ИТОГО",
    ]
    total = [cell.get_text() for cell in page.select("tbody tr")[-1].find_all(["th", "td"])]
    signatures = str(sum(signed for _, signed in FOLDERS))
    assert total == ["ИТОГО", str(len(FOLDERS)), signatures, signatures]


@pytest.mark.parametrize("name", INVENTORIES)
def test_who_hands_in_and_who_takes_sign_by_hand(name: str) -> None:
    page = BeautifulSoup(INVENTORIES[name][0].html, "html.parser")
    assert [place.get_text().strip() for place in page.select(".hand .rule")] == [""] * 6


def test_sheets_that_nobody_has_counted_are_left_to_a_hand() -> None:
    page = BeautifulSoup(INVENTORIES[f"{RU}/inventory_registration"][0].html, "html.parser")
    first, second, *_, total = page.select("tbody tr")
    for row, copies in ((first, "1"), (second, "2")):
        cells = [cell.get_text().strip() for cell in row.find_all("td")]
        assert cells[2:] == [copies, "", ""]
    assert total.find_all("td")[3].get_text().strip() == ""


def test_every_stamp_lies_on_a_page_of_its_own(press: Press) -> None:
    found = order(RU, "nomination")
    pages = reader(press.typeset(Sheet.from_json(found.stamps)).pdf).pages
    # Copies of the passport, the diploma and of a change of name: never a form or an original.
    wanted = [*range(4, 7), *range(7, 11), *range(29, 37)]
    assert [page.extract_text() for page in pages] == [f"лист {number}" for number in wanted]
    assert not order(EN, "nomination").stamps


@pytest.mark.parametrize("pages", [1, 3])
def test_every_page_of_a_copy_has_lines_to_certify_it_by_hand(press: Press, pages: int) -> None:
    form = form_of(documents_of(RU), "certification")
    made = compose(form, {}, None, copies=Copies(title="Копия паспорта", pages=pages)).sheet
    printed = press.typeset(made)
    assert printed.pages == pages and not printed.warnings
    for number, page in enumerate(reader(printed.pdf).pages, 1):
        said = " ".join(page.extract_text().split())
        assert f"Копия паспорта. Страница {number} из {pages}." in said
        # Signature, day and name of the candidate are captions below empty lines.
        after = said.partition("Копия верна")[2]
        captions = ["(подпись кандидата)", "(дата ставится собственноручно)"]
        left = after
        for caption in (*captions, "(фамилия, имя, отчество)", f"{number} / {pages}"):
            assert caption in left
            left = left.replace(caption, "")
        assert left.replace("ОБРАЗЕЦ — СВЕРЬТЕ С КОМИССИЕЙ.", "").strip() == ""


def test_words_about_the_candidate_agree_with_her_and_with_him() -> None:
    hers, his = read_out(sheet(ONE_MEMBER, SHE)), read_out(sheet(SEVERAL_MEMBERS, HE))
    assert "родившейся" in hers and "работающей" in hers and "проживающей" in hers
    assert "родившегося" in his and "работающего" in his and "проживающего" in his


def reader(pdf: bytes) -> pypdf.PdfReader:
    """Open a file."""
    return pypdf.PdfReader(io.BytesIO(pdf))


def squeezed(text: str) -> str:
    """Give a text without spaces and the hyphens of line ends."""
    return "".join(sign for sign in text if not sign.isspace() and sign not in "\u2010\u00ad")

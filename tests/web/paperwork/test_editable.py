"""Editable files: the words of the printed paper, text as text, nothing that looks issued."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter

import docx
import pypdf
import pytest

from app.demo.papers_ru import ANSWERED, LISTED, NOTHING_LISTED
from documents.editable import MEDIA_TYPE
from documents.editable_maker import BLANK, made
from documents.paperwork.printing import compose
from documents.press.client import Press
from documents.sheets import Sheet
from tests.paperwork_world import (
    EN,
    IDENTITY,
    RU,
    Typed,
    documents_of,
    form_of,
    interview_of,
    text_of,
)
from tests.web.packets.program import issue
from tests.web.portal import Portal

WHOLE: Typed = {**ANSWERED, **LISTED, **dict.fromkeys(NOTHING_LISTED, "none")}
EDITABLE = [
    (pack, key)
    for pack in (RU, EN)
    for key, kind in documents_of(pack).listed.items()
    if kind.editable
]
RUNNING = re.compile(r"<title>.*?</title>|<(p|div) class=.running-.*?</\1>", re.DOTALL)
HOSTILE = "<script>alert(1)</script> &amp; \x00\x0b ]]> <w:t>ё</w:t> \u202eabc 😀\nвторая"


def letters(text: str) -> str:
    """Give a text without spaces, hyphenation and blanks: these two programs break lines apart."""
    return re.sub(r"[\s\u00a0\u2010\u00ad_|]+", "", text)


def words_of(data: bytes) -> str:
    """Give all words of a file in their order, each merged cell once."""
    body = docx.Document(io.BytesIO(data)).element.body
    return "".join(node.text or "" for node in body.iter() if node.tag.endswith("}t"))


def made_of(html: str) -> bytes:
    return made(html, docx.Document())


@pytest.mark.parametrize(("pack", "key"), EDITABLE)
def test_an_editable_file_says_what_the_paper_says(press: Press, pack: str, key: str) -> None:
    documents = documents_of(pack)
    asked = interview_of(documents, key, WHOLE if pack == RU else {})
    sheet = compose(
        form_of(documents, key), asked.printed(), IDENTITY, tables=asked.printed_tables()
    ).sheet
    said = letters(words_of(made_of(sheet.html)))
    # Number, code and the running mark are the issued paper's own; everything else is said.
    assert said == letters(text_of(RUNNING.sub("", sheet.html)))
    pages = pypdf.PdfReader(io.BytesIO(press.typeset(sheet).pdf)).pages
    printed = letters("".join(page.extract_text() for page in pages))
    assert not Counter(said) - Counter(printed)
    assert IDENTITY.number in printed and IDENTITY.number not in said


def test_the_same_page_gives_the_same_file() -> None:
    page = "<html lang='ru'><head><title>T</title></head><body><p>Слово</p></body></html>"
    assert made_of(page) == made_of(page)


def test_hostile_text_stays_text() -> None:
    documents = documents_of(RU)
    answers = {**WHOLE, "surname": HOSTILE, "workplace": HOSTILE}
    asked = interview_of(documents, "income", answers)
    html = compose(
        form_of(documents, "income"), asked.printed(), IDENTITY, tables=asked.printed_tables()
    ).sheet.html
    data = made_of(html)
    assert "<script>alert(1)</script>" in words_of(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<script>" not in archive.read("word/document.xml")
        assert not [name for name in archive.namelist() if "embed" in name or "external" in name]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<table></table>",
        "<table><tr></tr></table>",
        "<table><tr><td colspan='99999'>a</td></tr></table>",
        "<table><tr><td>a<td>b<tr><td colspan=0>c</table>",
        "<div>" * 200 + "deep" + "</div>" * 200,
        "<p class='signing'><span class='blank'><span class='blank-line'></span></span></p>",
    ],
)
def test_odd_pages_make_a_file_too(body: str) -> None:
    data = made_of(f"<html><head><title>t</title></head><body>{body}</body></html>")
    assert words_of(data).count(BLANK) == body.count("blank-line")


def test_only_papers_that_are_offered_so_are_given_as_editable_files(russian: Portal) -> None:
    page = "<html><head><title>Бумага</title></head><body><p>Слово</p></body></html>"
    for kind in ("consent", "income"):
        issue(russian, kind, sheet=Sheet(html=page, language="ru").as_json())
    anna = russian.browser("anna")
    assert anna.get(russian.at("documents/consent/issued/1/editable")).status_code == 404
    where = russian.at("documents/income/issued/2/editable")
    assert anna.page(russian.at("documents/income")).soup.find("a", href=where)
    given = anna.get(where)
    assert (given.status_code, given.mimetype) == (200, MEDIA_TYPE)
    assert words_of(given.data) == "Слово"
    # The address of one paper opens no version of another.
    assert anna.get(russian.at("documents/income/issued/1/editable")).status_code == 404
    assert russian.browser("vera").get(where).status_code == 403

"""The head of an inventory: names as people write them, printed or named as the obstacle."""

from __future__ import annotations

import io

import pypdf
import pytest

from app.accounts.models import District, Person
from app.config import Settings
from documents.press.client import Press
from tests.handed_in_world import called_otherwise
from tests.web.packets.program import ask, make_ready, path, work
from tests.web.portal import Portal

FACE = "\U0001f600"
PLACES = [
    (Person, "name", "В имени кандидата есть знак «😀»"),
    (District, "council", "В названии совета есть знак «😀»"),
    (District, "number", "В номере или названии округа есть знак «😀»"),
]


def write(portal: Portal, model: type[Person | District], name: str, text: str) -> None:
    with portal.database.writing() as session:
        called_otherwise(session, portal.campaigns["anna"], model, name, text)


@pytest.mark.parametrize(("model", "name", "said"), PLACES)
def test_a_sign_that_can_not_be_drawn_is_named_before_anything_is_put_together(
    russian: Portal, model: type[Person | District], name: str, said: str
) -> None:
    make_ready(russian)
    write(russian, model, name, f"Я {FACE}")
    anna = russian.browser("anna", "ru")
    page = anna.send(path(russian, "/assemble/print"), start=path(russian), status=409)
    assert said in page.text


def test_marks_and_code_in_a_name_are_printed_as_they_are_written(
    russian: Portal, settings: Settings, press: Press
) -> None:
    make_ready(russian)
    write(russian, Person, "name", "<b>Анна</b>\u202e {council} <link href=file:///etc/passwd>")
    anna = russian.browser("anna", "ru")
    ask(russian, anna)
    work(russian, settings, press)
    soup = anna.page(path(russian)).soup
    whole = anna.get(soup.find("a", href=lambda href: href and href.endswith("/document"))["href"])
    said = pypdf.PdfReader(io.BytesIO(whole.data)).pages[0].extract_text()
    assert "<b>Анна</b> {council} <link href=file:///etc/passwd>" in " ".join(said.split())

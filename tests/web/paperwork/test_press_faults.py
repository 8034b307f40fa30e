"""A paper whose file could not be made says so in words, and says what to do."""

from __future__ import annotations

import pytest

from app.config import Settings
from documents.paperwork.models import PaperIssue
from tests.readable_press import ReadablePress
from tests.web.paperwork.program import answer_all, path, typeset
from tests.web.portal import Portal


@pytest.mark.parametrize("code", ["too_heavy", "RecursionError"])
def test_a_file_that_could_not_be_made_is_said_on_the_papers_page_and_made_again(
    russian: Portal, settings: Settings, code: str
) -> None:
    anna, press = russian.browser("anna"), ReadablePress()
    answer_all(russian, anna)
    press.fails = code
    anna.send(path(russian, "/issue"), start=path(russian))
    typeset(russian, settings, press)
    page = anna.page(path(russian))
    assert page.says("The file could not be made") and page.says("Nothing is lost")
    assert code not in page.text
    with russian.database.reading() as session:
        number = session.query(PaperIssue).one().number
    press.fails = ""
    anna.send(path(russian, "/again"), start=path(russian))
    typeset(russian, settings, press)
    with russian.database.reading() as session:
        again = session.query(PaperIssue).one()
    assert (again.number, again.state) == (number, "ready")

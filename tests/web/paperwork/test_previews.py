"""Previews: who read sealed answers in one is written down, and none takes the press for long."""

from __future__ import annotations

import logging

import pytest

from app.audit.models import AuditEntry
from app.config import Settings
from documents.paperwork.commands.issuing import MOST_CERTIFIED
from documents.paperwork.models import PaperScan
from documents.press.client import Press
from documents.typesetting.models import TypesetSheet
from tests.web.packets.program import a_pdf, scan
from tests.web.paperwork.program import KIND, answer_all, path, typeset
from tests.web.portal import Portal

PREVIEWED = "paper.sealed_previewed"
COPY = "passport_copy"


def previewed(portal: Portal) -> list[tuple[int | None, str, dict[str, object]]]:
    """Give the entries of the log about previews of sealed answers."""
    with portal.database.reading() as session:
        rows = session.query(AuditEntry).filter_by(action=PREVIEWED).order_by(AuditEntry.number)
        return [(row.actor_id, row.subject_kind, row.detail) for row in rows]


def test_a_preview_that_shows_sealed_answers_is_written_down_once_with_who_and_which(
    portal: Portal,
) -> None:
    anna = portal.browser("anna")
    answer_all(portal, anna)
    anna.send(path(portal, "/preview"), start=path(portal))
    found = [(portal.people["anna"], "campaign", {"kind": KIND[portal.pack_id]})]
    assert previewed(portal) == found


def test_who_had_a_preview_is_in_the_log_of_files(
    russian: Portal, settings: Settings, press: Press, caplog: pytest.LogCaptureFixture
) -> None:
    anna = russian.browser("anna")
    answer_all(russian, anna)
    caplog.set_level(logging.INFO, "mandat.files")
    where = anna.send(path(russian, "/preview"), start=path(russian)).response.location
    typeset(russian, settings, press)
    anna.page(where)
    for part in ("/page-1.png", "/file"):
        assert anna.get(where + part).status_code == 200
    said = [record.getMessage() for record in caplog.records if record.name == "mandat.files"]
    assert said == ["page of a preview shown", "preview handed out"]


def test_a_preview_that_was_replaced_says_so(russian: Portal) -> None:
    anna = russian.browser("anna", "en")
    answer_all(russian, anna)
    first = anna.send(path(russian, "/preview"), start=path(russian)).response.location
    where = path(russian, "/questions/name")
    form = anna.page(where).form(where)
    anna.send(where, {**form, "a-surname": "Новая"}, start=where)
    anna.send(path(russian, "/preview"), start=path(russian))
    with russian.database.reading() as session:
        assert session.query(TypesetSheet).count() == 1
    answer = anna.get(first)
    assert answer.status_code == 404
    assert "A newer preview has taken its place" in answer.get_data(as_text=True)


def test_lines_are_not_certified_for_more_pages_than_the_press_has_time_for(
    russian: Portal,
) -> None:
    anna = russian.browser("anna", "en")
    copy = russian.at(f"documents/{COPY}")
    scan(russian, COPY, data=a_pdf(1), media_type="application/pdf", pages=MOST_CERTIFIED + 1)
    page = anna.send(f"{copy}/certify", start=copy, status=422)
    assert page.says(f"made for at most {MOST_CERTIFIED}")
    with russian.database.writing() as session:
        assert session.query(TypesetSheet).count() == 0
        session.query(PaperScan).one().pages = MOST_CERTIFIED
    anna.send(f"{copy}/certify", start=copy)

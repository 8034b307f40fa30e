"""Who opens the files of signatures: they say what lies sealed, so only those who work on them."""

from __future__ import annotations

import io

import pypdf
import pytest

from app import clock
from app.config import Settings
from app.jobs.worker import Worker
from app.web.kernel import EXTENSION
from documents.press.client import Press
from documents.typesetting.handlers import typesetting_handlers
from tests.web.portal import Portal
from tests.web.signatures.program import answer, order, path, plan

FILES = ("sheet.pdf", "cover.pdf")


@pytest.fixture
def batch(portal: Portal, settings: Settings, press: Press) -> int:
    """A batch whose files are there, of a candidate with a conviction."""
    answer(portal, settings, conviction="has", conviction_text="ч. 1 ст. 112 УК РФ, погашена")
    anna = portal.browser("anna")
    plan(portal, anna)
    ordered = order(portal, anna)
    worker = Worker(
        database=portal.app.extensions[EXTENSION].database,
        handlers=typesetting_handlers(settings, press),
        clock=clock.now,
    )
    while worker.run_one():
        pass
    return ordered


def test_the_sheet_is_read_by_those_who_work_on_it(portal: Portal, batch: int) -> None:
    found = portal.browser("anna").open(path(portal, f"/batches/{batch}/sheet.pdf"))
    assert found.status_code == 200
    pages = pypdf.PdfReader(io.BytesIO(found.data)).pages
    assert "112" in " ".join(page.extract_text() for page in pages)


@pytest.mark.parametrize("who", ["vera", "chief", "lawyer"])
def test_who_only_reads_opens_neither_the_sheet_nor_its_cover(
    portal: Portal, batch: int, who: str
) -> None:
    browser = portal.browser(who)
    for file in FILES:
        assert browser.open(path(portal, f"/batches/{batch}/{file}")).status_code == 403
    page = browser.open(path(portal, f"/batches/{batch}"))
    if page.status_code == 200:
        html = page.get_data(as_text=True)
        assert not any(file in html for file in FILES) and "SHA-256" not in html
        assert "for those who work on the signatures" in html


@pytest.mark.parametrize("who", ["vera", "chief", "lawyer"])
def test_who_only_reads_does_not_open_the_protocol(portal: Portal, who: str) -> None:
    assert portal.browser(who).open(path(portal, "/protocols/1/file")).status_code == 403

"""A paper from the first question to the accepted scan."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest

from app.config import Settings
from app.facts import FactState
from documents.paperwork.facts import paper_facts
from documents.paperwork.models import PaperIssue
from documents.press.client import Press
from tests.web.paperwork.program import KIND, answer_all, path, typeset
from tests.web.portal import Portal


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_paper_goes_from_questions_to_the_queue(
    portal: Portal, settings: Settings, press: Press, language: str
) -> None:
    anna = portal.browser("anna", language)
    answer_all(portal, anna)
    anna.page(path(portal))
    anna.send(path(portal, "/issue"), start=path(portal))
    assert anna.page(path(portal)).soup.find(id="paper")["hx-trigger"] == "load delay:2s"
    typeset(portal, settings, press)
    page = anna.page(path(portal))
    link = page.soup.find("a", href=lambda href: href and "/issued/" in href)
    pdf = anna.get(link["href"])
    assert pdf.status_code == 200 and pdf.data.startswith(b"%PDF")
    scan = pypdfium2.PdfDocument(pdf.data)[0].render(scale=2).to_pil()
    photo = BytesIO()
    scan.save(photo, "JPEG")
    photo.seek(0)
    anna.send(
        path(portal, "/scans"),
        {"file": (photo, "scan.jpg")},
        start=path(portal),
        content_type="multipart/form-data",
    )
    assert anna.page(path(portal)).soup.find(class_="badge-done")
    anna.send(path(portal, "/send"), start=path(portal))
    campaign = portal.campaigns["anna"]
    with portal.database.reading() as session:
        fact = paper_facts(session, [campaign])[campaign][f"paper:{KIND[portal.pack_id]}"]
        assert fact.state is FactState.WAITING
    anna.page(path(portal))
    visitor = portal.browser(None, language)
    with portal.database.reading() as session:
        token = session.query(PaperIssue.check_token).scalar()
    found = visitor.page(f"/check/{token}")
    assert "Ёлкина" not in found.html and "Anna" not in found.text

"""Pictures of pages that take long to draw: made once, one at a time, and never waited for long."""

from __future__ import annotations

import io
from contextvars import copy_context

import pikepdf
import pytest

from app.config import Settings
from app.files.apart import HOLDER, TURNS
from app.files.storage import relative_path
from documents.paperwork.codes.client import read_codes_apart
from documents.paperwork.models import PaperIssue, PaperScan
from documents.paperwork.reshaping.drawings import FOLDER, PLACES
from tests.page import CheckingClient
from tests.web.packets.program import a_pdf, issue, scan
from tests.web.paperwork.program import path
from tests.web.portal import Portal

MULTIPART = "multipart/form-data"
CROSSING = 200


def a_slow_pdf() -> bytes:
    """Give a small page that crosses itself so often that drawing it takes very long."""
    lines = b"".join(b"%d 842 l %d 0 l " % (i * 7 % 595, i * 13 % 595) for i in range(2 * CROSSING))
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(595, 842))
        see_through = pikepdf.Dictionary(ca=0.5, BM=pikepdf.Name("/Luminosity"))
        page.obj.Resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(G=see_through))
        page.obj.Contents = document.make_stream(
            b"/G gs 0.3 0.2 0.9 rg\n" + (b"0 0 m " + lines + b"f*\n") * CROSSING
        )
        out = io.BytesIO()
        document.save(out, compress_streams=True)
    return out.getvalue()


@pytest.fixture
def anna(russian: Portal) -> CheckingClient:
    """Anna with an issued consent of two pages."""
    issue(russian, "consent", pages=2)
    return russian.browser("anna", "en")


def put(portal: Portal, browser: CheckingClient, data: bytes) -> PaperScan:
    """Upload a scan and give its row."""
    file = {"file": (io.BytesIO(data), "signed.pdf")}
    browser.send(path(portal, "/scans"), file, start=path(portal), content_type=MULTIPART)
    with portal.database.reading() as session:
        return session.query(PaperScan).one()


def test_a_page_that_takes_too_much_is_drawn_once_and_then_said_in_words(
    russian: Portal, anna: CheckingClient, settings: Settings
) -> None:
    row = put(russian, anna, a_slow_pdf())
    assert row.code == "unread"
    picture = path(russian, f"/scans/{row.id}/page-1")
    assert anna.get(picture).status_code == 422
    # Nothing is left to be drawn: who answers all the same has kept what came of it.
    (settings.files / relative_path(row.sha256)).unlink()
    assert anna.get(picture).status_code == 422
    for where in ("/compare", f"/scans/{row.id}/shape"):
        page = anna.page(path(russian, where))
        assert page.says("This page takes too much to be shown here")
        assert not page.soup.find("img", src=picture)


def test_a_page_is_drawn_once(russian: Portal, anna: CheckingClient, settings: Settings) -> None:
    row = scan(russian, "consent", data=a_pdf(1), media_type="application/pdf", pages=1)
    with russian.database.reading() as session:
        issued = session.query(PaperIssue).one()
        row = session.query(PaperScan).one()
    for name, address in (
        (row.sha256, f"/scans/{row.id}/page-1"),
        (issued.sha256, f"/issued/{issued.id}/page-1"),
    ):
        first = anna.get(path(russian, address))
        assert first.mimetype == "image/png"
        (settings.files / relative_path(name)).unlink()
        assert anna.get(path(russian, address)).data == first.data


def test_who_finds_no_place_is_told_to_ask_again(russian: Portal, anna: CheckingClient) -> None:
    scan(russian, "consent", data=a_pdf(1), media_type="application/pdf", pages=1)
    with russian.database.reading() as session:
        address = path(russian, f"/scans/{session.query(PaperScan.id).scalar()}/page-1")
    with PLACES.place():
        answer = anna.get(address)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert anna.get(address).status_code == 200
    page = anna.page(path(russian, "/compare"))
    assert page.soup.find("img", src=address).has_attr("data-again")


def test_a_person_whose_file_is_looked_at_keeps_only_the_own_next_one_waiting(
    russian: Portal, anna: CheckingClient
) -> None:
    issue(russian, "consent", "pavel", pages=2)
    pavel = russian.browser("pavel", "en")

    def meanwhile() -> None:
        HOLDER.set(russian.people["anna"])
        with TURNS.place():
            for who, browser, status in (("anna", anna, 503), ("pavel", pavel, 303)):
                browser.send(
                    path(russian, "/scans", who),
                    {"file": (io.BytesIO(a_pdf(1)), "signed.pdf")},
                    start=path(russian, who=who),
                    content_type=MULTIPART,
                    status=status,
                )

    copy_context().run(meanwhile)


def test_pictures_of_pages_lie_where_previews_are_swept(
    russian: Portal, anna: CheckingClient, settings: Settings
) -> None:
    scan(russian, "consent", data=a_pdf(1), media_type="application/pdf", pages=1)
    with russian.database.reading() as session:
        anna.get(path(russian, f"/scans/{session.query(PaperScan.id).scalar()}/page-1"))
    assert [path.parent.name for path in (settings.data / "previews").glob("*/*")] == [FOLDER]


def test_a_code_on_a_page_that_takes_too_much_is_not_waited_for() -> None:
    assert read_codes_apart(a_slow_pdf()) is None

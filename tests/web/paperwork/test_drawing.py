"""Pictures of pages: drawn by the worker, one at a time, and never waited for by who looks."""

from __future__ import annotations

import io
from contextvars import copy_context
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app import clock
from app.config import Settings
from app.files.apart import HOLDER, TURNS
from app.files.storage import FileStore, relative_path
from app.jobs.models import Job
from app.jobs.worker import JobContext
from documents.paperwork.codes.client import read_codes_apart
from documents.paperwork.commands.scans import DRAW
from documents.paperwork.models import PaperIssue, PaperScan
from documents.paperwork.reshaping.drawings import (
    FOLDER,
    LEFT_FOR,
    TRIED_AGAIN_AFTER,
    Drawings,
    Page,
)
from documents.paperwork.reshaping.handlers import (
    AT_ONCE,
    LEAST_BYTES,
    MOST_BYTES,
    SWEEP,
    TIMES_AS_LARGE,
    DrawingRoom,
    drawing_handlers,
)
from tests.page import CheckingClient
from tests.web.packets.program import a_pdf, issue, scan
from tests.web.paperwork.drawing import a_slow_pdf, a_worker, draw_pages
from tests.web.paperwork.program import path
from tests.web.portal import Portal

MULTIPART = "multipart/form-data"
PDF = "application/pdf"


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


def drawn(settings: Settings) -> list[Path]:
    """Give the pictures that are kept, whole or half."""
    return sorted((settings.data / FOLDER).glob("*/*"))


def sweep(portal: Portal, settings: Settings, *, after: timedelta) -> None:
    """Have the worker sweep, so long after now."""
    context = JobContext(
        database=a_worker(portal, {}).database, now=clock.now() + after, job_id=1, attempt=1
    )
    drawing_handlers(settings)[SWEEP](context, {})


def test_a_page_that_is_not_drawn_is_answered_at_once_and_drawn_by_the_worker(
    russian: Portal, anna: CheckingClient, settings: Settings
) -> None:
    row = put(russian, anna, a_pdf(1))
    picture = path(russian, f"/scans/{row.id}/page-1")
    # With no file to draw from, whoever drew here would answer that there is none.
    kept = settings.files / relative_path(row.sha256)
    away = kept.rename(kept.with_name("away"))
    answer = anna.get(picture)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert drawn(settings) == []
    away.rename(kept)
    for where in ("/compare", f"/scans/{row.id}/shape"):
        page = anna.page(path(russian, where))
        assert page.soup.find("img", src=picture).has_attr("data-again")
        # Without a script nobody asks again: the file is there.
        assert page.soup.find("a", href=path(russian, f"/scans/{row.id}"))
    a_worker(russian, drawing_handlers(settings)).run_due()
    answer = anna.get(picture)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")


def test_a_page_that_takes_too_much_is_tried_once_and_said_in_words(
    russian: Portal, anna: CheckingClient, settings: Settings
) -> None:
    row = put(russian, anna, a_slow_pdf())
    assert row.code == "unread"
    draw_pages(russian, settings)
    picture = path(russian, f"/scans/{row.id}/page-1")
    assert anna.get(picture).status_code == 422
    for where in ("/compare", f"/scans/{row.id}/shape"):
        page = anna.page(path(russian, where))
        assert page.says("This page takes too much to be shown here")
        assert not page.soup.find("img", src=picture)
        assert page.soup.find("a", href=path(russian, f"/scans/{row.id}"))
    # A day later it is forgotten, for the machine may only have been busy.
    (mark,) = [each for each in drawn(settings) if not each.stat().st_size]
    sweep(russian, settings, after=timedelta())
    assert mark.exists()
    drawings = Drawings.of(settings)
    drawings.sweep({row.sha256}, now=clock.now() + TRIED_AGAIN_AFTER * 2)
    assert not mark.exists()


def test_the_other_pages_of_what_takes_too_much_are_not_tried_one_by_one(
    russian: Portal, anna: CheckingClient, settings: Settings
) -> None:
    row = put(russian, anna, a_pdf(3))
    drawings = Drawings.of(settings)
    drawings.keep(Page(row.sha256, 1), b"x" * MOST_BYTES)
    draw_pages(russian, settings)
    assert [drawings.is_too_heavy(Page(row.sha256, number)) for number in (1, 2, 3)] == [
        *(False, True, True)
    ]


def test_a_page_is_drawn_once(russian: Portal, anna: CheckingClient, settings: Settings) -> None:
    scan(russian, "consent", data=a_pdf(1), media_type=PDF, pages=1)
    draw_pages(russian, settings)
    with russian.database.reading() as session:
        issued = session.query(PaperIssue).one()
        row = session.query(PaperScan).one()
    for name, address in (
        (row.sha256, f"/scans/{row.id}/page-1"),
        (issued.sha256, f"/issued/{issued.id}/page-2"),
    ):
        first = anna.get(path(russian, address))
        assert first.mimetype == "image/jpeg"
        (settings.files / relative_path(name)).unlink()
        draw_pages(russian, settings)
        assert anna.get(path(russian, address)).data == first.data


def test_many_pages_are_drawn_a_few_at_a_time(
    russian: Portal, anna: CheckingClient, settings: Settings
) -> None:
    put(russian, anna, a_pdf(2 * AT_ONCE))
    worker = a_worker(russian, drawing_handlers(settings))
    for pages in (AT_ONCE, 2 * AT_ONCE, 2 * AT_ONCE + 2):
        assert worker.run_one()
        assert len(drawn(settings)) == pages
    worker.run_due()
    # The last of them finds nothing more to draw and asks for no other.
    with russian.database.reading() as session:
        assert len(session.scalars(select(Job).where(Job.kind == DRAW)).all()) == 4


def test_while_one_thread_draws_the_other_does_not_wait_for_it(
    russian: Portal, anna: CheckingClient, settings: Settings
) -> None:
    put(russian, anna, a_pdf(1))
    store, drawings = FileStore(folder=settings.files), Drawings.of(settings)
    room = DrawingRoom(store=store, drawings=drawings)
    with room.one:
        a_worker(russian, {DRAW: room.draw}).run_due()
    assert drawn(settings) == []
    draw_pages(russian, settings)
    assert len(drawn(settings)) == 1 + 2


def test_what_was_there_before_is_drawn_without_being_asked_for(
    russian: Portal, anna: CheckingClient, settings: Settings
) -> None:
    scan(russian, "consent", data=a_pdf(1), media_type=PDF, pages=1)
    draw_pages(russian, settings)
    assert len(drawn(settings)) == 1 + 2


def test_a_scan_whose_file_is_lost_holds_up_no_other(
    russian: Portal, anna: CheckingClient, settings: Settings
) -> None:
    scan(russian, "consent", data=a_pdf(1, "old"), media_type=PDF, pages=1)
    lost = put_pages(russian, settings, AT_ONCE + 1)
    (settings.files / relative_path(lost)).unlink()
    draw_pages(russian, settings)
    assert len(drawn(settings)) == 1 + 2
    with russian.database.reading() as session:
        assert session.scalars(select(Job).where(Job.done_at.is_(None))).all() == []


def put_pages(portal: Portal, settings: Settings, pages: int) -> str:
    """Plant another scan of so many pages and give its name."""
    scan(portal, "consent", data=a_pdf(pages, "new"), media_type=PDF, pages=pages)
    with portal.database.reading() as session:
        return session.scalars(select(PaperScan.sha256).order_by(PaperScan.id.desc())).first() or ""


def test_a_document_that_goes_takes_its_pictures_along(
    russian: Portal, anna: CheckingClient, settings: Settings
) -> None:
    row = put(russian, anna, a_pdf(1))
    draw_pages(russian, settings)
    half = next(iter(drawn(settings))).parent / f".{row.sha256}-1.0123456789abcdef"
    half.write_bytes(b"half")
    sweep(russian, settings, after=timedelta())
    assert half.exists()
    sweep(russian, settings, after=LEFT_FOR * 2)
    assert not half.exists() and len(drawn(settings)) == 1 + 2
    anna.send(path(russian, f"/scans/{row.id}/remove"), start=path(russian))
    sweep(russian, settings, after=LEFT_FOR * 2)
    assert drawn(settings) == []


def test_what_is_no_picture_stops_no_drawing(
    russian: Portal, anna: CheckingClient, settings: Settings
) -> None:
    row = put(russian, anna, a_pdf(1))
    drawings = Drawings.of(settings)
    drawings.keep(Page(row.sha256, 7), b"x")
    (odd,) = drawn(settings)
    odd.rename(odd.with_name(f"{odd.name}~"))
    draw_pages(russian, settings)
    assert drawings.find(Page(row.sha256, 1))


def test_a_small_file_that_is_made_for_it_does_not_fill_the_disk(
    russian: Portal, anna: CheckingClient, settings: Settings
) -> None:
    row = put(russian, anna, a_pdf(2))
    drawings = Drawings.of(settings)
    drawings.keep(Page(row.sha256, 1), b"x" * (LEAST_BYTES + TIMES_AS_LARGE * row.size_bytes))
    draw_pages(russian, settings)
    assert drawings.is_too_heavy(Page(row.sha256, 2))


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


def test_a_code_on_a_page_that_takes_too_much_is_not_waited_for() -> None:
    assert read_codes_apart(a_slow_pdf()) is None

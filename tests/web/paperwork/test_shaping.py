"""Pages of the signed paper: put in order, turned, cropped, looked at side by side."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from app.config import Settings
from documents.paperwork.models import PaperScan
from documents.paperwork.reshaping import shaper
from documents.paperwork.verification import stored_papers
from tests.page import CheckingClient
from tests.web.packets.program import a_pdf, issue, scan
from tests.web.paperwork.drawing import draw_pages
from tests.web.paperwork.program import path
from tests.web.portal import RU, Portal

MULTIPART = "multipart/form-data"


def a_picture(size: tuple[int, int] = (400, 200)) -> bytes:
    """Give a lying picture, red on its left half, blue on its right."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def colours(data: bytes) -> tuple[tuple[int, int], str, str]:
    """Give the size of a picture and the colours at its top left and bottom right."""
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    names = {(255, 0, 0): "red", (0, 0, 255): "blue"}
    ends = picture.getpixel((2, 2)), picture.getpixel((picture.width - 3, picture.height - 3))
    return picture.size, names[ends[0]], names[ends[1]]


@pytest.mark.parametrize(
    ("turn", "edges", "seen"),
    [
        (0, (0, 0, 0, 0), ((400, 200), "red", "blue")),
        (90, (0, 0, 0, 0), ((200, 400), "red", "blue")),
        (270, (0, 0, 0, 0), ((200, 400), "blue", "red")),
        (180, (0, 0, 0, 0), ((400, 200), "blue", "red")),
        (0, (45, 10, 0, 10), ((220, 160), "red", "blue")),
        (90, (0, 45, 0, 0), ((200, 220), "red", "blue")),
    ],
)
def test_a_picture_is_turned_and_then_cut(
    turn: int, edges: tuple[int, int, int, int], seen: tuple[tuple[int, int], str, str]
) -> None:
    assert colours(shaper.shape(a_picture(), turn, edges)) == seen


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_document_is_cut_where_its_turned_page_is_seen(turn: int) -> None:
    before = shaper.draw(shaper.shape(a_pdf(), turn, (0, 0, 0, 0)), 1)
    after = shaper.draw(shaper.shape(a_pdf(), turn, (0, 25, 0, 25)), 1)
    wide, high = Image.open(io.BytesIO(before)).size
    assert Image.open(io.BytesIO(after)).size == pytest.approx((wide, high / 2), abs=3)
    assert shaper.shape(a_pdf(), turn, (1, 2, 3, 4)) == shaper.shape(a_pdf(), turn, (1, 2, 3, 4))


def test_what_is_cut_off_a_document_is_gone_from_it() -> None:
    with pikepdf.new() as document:
        for _ in range(2):
            page = document.add_blank_page(page_size=(200, 400))
            page.obj.Contents = document.make_stream(
                b"1 0 0 rg 0 0 200 200 re f 0 0 1 rg 0 200 200 200 re f"
            )
        out = io.BytesIO()
        document.save(out)
    cut = shaper.shape(out.getvalue(), 0, (0, 45, 0, 0))
    with pikepdf.open(io.BytesIO(cut)) as document:
        assert [page.mediabox[3] for page in document.pages] == pytest.approx([220, 220], abs=1)
        for page in document.pages:
            assert page.mediabox == page.cropbox
            shown = pikepdf.PdfImage(page.resources.XObject.Page).as_pil_image()
            assert shown.height / shown.width == pytest.approx(1.1, abs=0.01)
    drawn = Image.open(io.BytesIO(shaper.draw(cut, 2))).convert("RGB")
    for row, colour in ((20, (0, 0, 255)), (drawn.height - 20, (255, 0, 0))):
        assert drawn.getpixel((drawn.width // 2, row)) == pytest.approx(colour, abs=8)


def test_a_page_is_drawn_to_its_end_while_the_worker_is_told_to_stop() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", shaper.__name__, "draw", "1"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    asked = (signal.SIGINT, signal.SIGTERM)
    end = time.monotonic() + 20
    try:
        while not all(ignores(process.pid, each) for each in asked):
            assert time.monotonic() < end and process.poll() is None
            time.sleep(0.02)
        for each in asked:
            process.send_signal(each)
        drawn, _ = process.communicate(a_pdf(), timeout=20)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0 and Image.open(io.BytesIO(drawn)).format == "JPEG"


def ignores(pid: int, number: signal.Signals) -> bool:
    """Say whether a process pays no heed to a signal."""
    status = Path(f"/proc/{pid}/status").read_text()
    mask = next(line for line in status.splitlines() if line.startswith("SigIgn:"))
    return bool(int(mask.split()[1], 16) & 1 << number - 1)


@pytest.fixture
def anna(russian: Portal) -> CheckingClient:
    """Anna with an issued consent of two pages and two photos of it."""
    issue_with(russian)
    browser = russian.browser("anna", "en")
    for name, size in (("one.png", (400, 200)), ("two.png", (300, 200))):
        browser.send(
            path(russian, "/scans"),
            {"file": (io.BytesIO(a_picture(size)), name)},
            start=path(russian),
            content_type=MULTIPART,
        )
    return browser


def issue_with(portal: Portal) -> None:
    """Plant an issued consent of two pages."""
    assert portal.pack_id == RU
    issue(portal, "consent", pages=2)


def rows(portal: Portal) -> list[PaperScan]:
    with portal.database.reading() as session:
        return session.query(PaperScan).order_by(PaperScan.position, PaperScan.id).all()


def test_pages_are_put_in_order(russian: Portal, anna: CheckingClient) -> None:
    one, two = (row.id for row in rows(russian))
    anna.send(path(russian, f"/scans/{two}/move"), {"to": "up"}, start=path(russian))
    assert [row.id for row in rows(russian)] == [two, one]
    anna.send(path(russian, f"/scans/{two}/move"), {"to": "up"}, start=path(russian))
    assert [row.id for row in rows(russian)] == [two, one]
    anna.send(path(russian, f"/scans/{two}/move"), {"to": "down"}, start=path(russian))
    assert [row.id for row in rows(russian)] == [one, two]
    anna.send(path(russian, "/scans/999/move"), {"to": "up"}, start=path(russian), status=404)


def test_a_page_is_shaped_from_what_came_until_it_is_handed_in(
    russian: Portal, anna: CheckingClient
) -> None:
    one, _ = rows(russian)
    where = path(russian, f"/scans/{one.id}/shape")
    anna.page(where)
    for typed in ({"turn": "90"}, {"turn": "90", "left": "10", "bottom": "10 %"}):
        anna.send(where, typed, start=where)
        (now_,) = [row for row in rows(russian) if row.id == one.id]
        assert now_.original_sha256 == one.sha256 != now_.sha256
    assert (now_.turn, now_.crop) == (90, [10, 0, 0, 10])
    picture = anna.get(path(russian, f"/scans/{one.id}/page-1"))
    assert Image.open(io.BytesIO(picture.data)).size == (180, 360)
    with russian.database.reading() as session:
        assert one.sha256 in {file.sha256 for file in stored_papers(session)}
    anna.send(where, {"turn": "0"}, start=where)
    (plain,) = [row for row in rows(russian) if row.id == one.id]
    assert (plain.sha256, plain.original_sha256) == (one.sha256, "")
    anna.send(where, {"turn": "180"}, start=where)
    anna.send(path(russian, "/send"), start=path(russian))
    assert {row.original_sha256 for row in rows(russian)} == {""}
    anna.send(where, {"turn": "90"}, start=path(russian), status=409)


@pytest.mark.parametrize(
    "typed",
    [
        {"turn": "45"},
        {"turn": "-90"},
        {"turn": "0", "left": "46"},
        {"turn": "0", "top": "-1"},
        {"turn": "0", "right": "1e9"},
        {"turn": "0", "bottom": "٤"},
    ],
)
def test_what_is_no_shape_is_refused_in_words(
    russian: Portal, anna: CheckingClient, typed: dict[str, str]
) -> None:
    where = path(russian, f"/scans/{rows(russian)[0].id}/shape")
    assert anna.send(where, typed, start=where, status=422).says("Cut at most 45 % off each edge")


def test_pages_are_seen_side_by_side(
    russian: Portal, anna: CheckingClient, settings: Settings
) -> None:
    draw_pages(russian, settings)
    page = anna.page(path(russian, "/compare"))
    pictures = [picture["src"] for picture in page.soup.find_all("img")]
    assert len(pictures) == 4
    for address in pictures:
        kind = "image/jpeg" if "/issued/" in address else "image/png"
        assert anna.get(address).mimetype == kind
    scan(russian, "consent", data=a_pdf(3), media_type="application/pdf", pages=3)
    assert len(anna.page(path(russian, "/compare")).soup.find_all("img")) == 2 + 5
    last = rows(russian)[0].id
    assert anna.get(path(russian, f"/scans/{last}/page-4")).status_code == 404
    for who in ("pavel", "vera", "lawyer"):
        assert russian.browser(who).get(pictures[0]).status_code in (403, 404)
        assert russian.browser(who).get(path(russian, "/compare")).status_code in (403, 404)

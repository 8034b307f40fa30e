"""The pages of a signed paper: which of them count, and what is asked before they are sent."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

import pytest

from app.errors import Unavailable
from app.files.errors import TOO_MANY_FILES_AT_ONCE
from app.files.inspection import Inspected, Inspector, Points
from app.web.kernel import EXTENSION
from documents.paperwork.models import PaperIssue, PaperRound, PaperScan
from documents.paperwork.rules.scans import CHECK_PATH
from tests.page import CheckingClient, Page
from tests.web.packets.program import issue, papers_of
from tests.web.paperwork.program import a_photo, a_photo_of, path, told_to_the_reviewer
from tests.web.portal import RU, Portal

MULTIPART = "multipart/form-data"
ANOTHER = "passport_copy"


@pytest.fixture
def paper(russian: Portal) -> Portal:
    """Anna with an issued consent of two pages, and another paper of hers."""
    assert russian.pack_id == RU
    issue(russian, "consent", pages=2)
    issue(russian, "income")
    return russian


def a_page(portal: Portal, kind: str = "consent", note: str = "") -> bytes:
    """Give a photo of a page of the newest version of a paper; ``note`` makes it another one."""
    number = f"-{portal.campaigns['anna']}-"
    with portal.database.reading() as session:
        tokens = [row.check_token for row in session.query(PaperIssue).order_by(PaperIssue.version)]
    token = [each for each in tokens if each.startswith(kind) and number in each][-1]
    return a_photo_of(f"https://portal.example.org{CHECK_PATH}{token}{note}")


def add(portal: Portal, *files: tuple[str, bytes], status: int = 303) -> Page:
    """Put photos of Anna's consent there at once, and give what is said."""
    anna: CheckingClient = portal.browser("anna", "en")
    given = [(io.BytesIO(data), name) for name, data in files]
    where = path(portal)
    page = anna.send(
        f"{where}/scans", {"file": given}, status=status, start=where, content_type=MULTIPART
    )
    return page if status != 303 else anna.page(where)


def names(portal: Portal) -> list[str]:
    with portal.database.reading() as session:
        rows = session.query(PaperScan).filter(PaperScan.removed_at.is_(None))
        return [row.name for row in rows.order_by(PaperScan.position, PaperScan.id)]


def send(portal: Portal, *, status: int = 303, **typed: str) -> Page:
    where = path(portal)
    return portal.browser("anna", "en").send(f"{where}/send", typed, status=status, start=where)


def sent(portal: Portal) -> int:
    with portal.database.reading() as session:
        return session.query(PaperRound).count()


def test_a_page_of_another_paper_is_no_page_of_this_one(paper: Portal) -> None:
    assert add(paper, ("one.png", a_page(paper))).says("1 page of the issued paper is not here yet")
    page = add(paper, ("wrong.png", a_page(paper, "income")))
    assert page.says("the code is of another paper")
    assert page.says("1 page of the issued paper is not here yet")


def test_a_page_of_an_earlier_version_is_no_page_of_the_newest(paper: Portal) -> None:
    old = a_page(paper)
    issue(paper, "consent", pages=2, version=2)
    add(paper, ("one.png", a_page(paper)))
    page = add(paper, ("old.png", old))
    assert page.says("the code is of an earlier version")
    assert page.says("1 page of the issued paper is not here yet")


def test_pages_that_fit_are_sent_without_a_question(paper: Portal) -> None:
    page = add(paper, ("one.png", a_page(paper)), ("two.jpg", a_photo()))
    assert not page.says("not here yet")
    assert page.soup.find(attrs={"name": "anyway"}) is None
    send(paper)
    assert sent(paper) == 1


def test_a_wrong_or_a_missing_page_is_asked_about_before_it_is_sent(paper: Portal) -> None:
    add(paper, ("one.png", a_page(paper)), ("wrong.png", a_page(paper, "income")))
    refused = send(paper, status=422)
    assert sent(paper) == 0
    assert refused.error_of("anyway")
    question = refused.soup.find(id="doubts").get_text(" ")
    assert "wrong.png: the code is of another paper" in question
    assert "1 page of the issued paper is not here yet" in question
    send(paper, anyway="1")
    assert sent(paper) == 1


def test_the_reviewer_is_told_of_the_wrong_and_the_missing_page(paper: Portal) -> None:
    add(paper, ("one.png", a_page(paper)), ("wrong.png", a_page(paper, "income")))
    send(paper, anyway="1")
    told = told_to_the_reviewer(paper)
    assert told["Pages"] == "1 page fewer than was issued"
    assert "wrong.png: the code is of another paper" in told["Code on the scans"]


def test_of_several_files_the_good_ones_are_kept_and_each_refused_one_is_named(
    paper: Portal,
) -> None:
    page = add(
        paper,
        ("p1.jpg", a_photo("white")),
        ("fake.jpg", b"MZ no picture"),
        ("p2.jpg", a_photo("red")),
        status=422,
    )
    assert names(paper) == ["p1.jpg", "p2.jpg"]
    told = page.error_of("file")
    assert "fake.jpg" in told and "Only JPEG, PNG and WEBP pictures" in told
    assert "p1.jpg" not in told and "p2.jpg" not in told


def test_a_file_that_is_there_already_is_skipped_with_a_word(paper: Portal) -> None:
    add(paper, ("p1.jpg", a_photo("white")))
    page = add(paper, ("p1.jpg", a_photo("white")), ("p2.jpg", a_photo("red")))
    assert names(paper) == ["p1.jpg", "p2.jpg"]
    assert "not added again: p1.jpg." in page.soup.get_text(" ")


@dataclass(slots=True)
class BusyAfter:
    """Looks at so many files; then too many people bring some."""

    inspect: Inspector
    left: int

    def __call__(self, data: bytes, *, cover: Points | None = None) -> Inspected:
        if not self.left:
            raise Unavailable(TOO_MANY_FILES_AT_ONCE)
        self.left -= 1
        return self.inspect(data, cover=cover)


@pytest.mark.parametrize(("left", "status"), [(0, 503), (1, 422)])
def test_when_too_many_bring_files_the_rest_is_named(paper: Portal, left: int, status: int) -> None:
    kernel, desk = paper.app.extensions[EXTENSION], papers_of(paper)
    kernel.provide(replace(desk, inspect=BusyAfter(desk.inspect, left)))
    given = [(f"{colour}.jpg", a_photo(colour)) for colour in ("white", "red", "blue")]
    page = add(paper, *given, status=status)
    assert len(names(paper)) == left
    if left:
        told = page.error_of("file")
        assert "red.jpg" in told and "blue.jpg" in told and "white.jpg" not in told


def test_no_more_files_are_looked_at_than_a_paper_can_have(paper: Portal) -> None:
    given = [(f"p{number}.jpg", b"no picture") for number in range(23)]
    page = add(paper, *given, status=422)
    assert names(paper) == []
    assert "At most 20 files" in page.error_of("file")
    assert page.error_of("file").count("Only JPEG") == 20


def test_a_page_is_taken_away_only_after_a_question(paper: Portal) -> None:
    page = add(paper, ("p1.jpg", a_photo()))
    button = page.soup.find("form", action=lambda action: action and "/remove" in action).button
    assert button.find_parent("details") is not None
    assert "button-danger" in button["class"]


def test_what_needs_a_look_is_not_said_as_done(paper: Portal) -> None:
    add(paper, ("p1.jpg", a_photo()))
    with paper.database.reading() as session:
        where = path(paper, f"/scans/{session.query(PaperScan.id).scalar()}/shape")
    anna = paper.browser("anna", "en")
    anna.send(where, {"turn": "90"}, start=where)
    page = anna.page(where)
    said = page.soup.find(class_="notice-warn").get_text(" ")
    assert "no code found" in said and "?." not in page.soup.get_text(" ")

"""What is kept of a packet: its archive, its files, and who has them."""

from __future__ import annotations

import hashlib
import io

import pypdf
import pytest
from flask import Flask

from app import clock
from app.config import Settings
from documents.packets.describing import size_words
from documents.packets.models import Packet
from documents.paperwork.models import Paper, PaperIssue, PaperRound, PaperScan
from documents.press.client import Press
from tests.web.packets.program import (
    NEEDED,
    a_photo,
    ask,
    desk_of,
    files_of,
    issue,
    make_ready,
    path,
    scan,
    work,
)
from tests.web.portal import RU, Portal

REVIEW = 900_001
PHOTO = hashlib.sha256(a_photo()).hexdigest()


def hand_in_as_it_is(portal: Portal, kind: str) -> None:
    """Plant what a reviewer had accepted: the newest version with the scans that are there."""
    campaign, now = portal.campaigns["anna"], clock.now()
    with portal.database.writing() as session:
        paper = session.query(Paper).filter_by(campaign_id=campaign, kind=kind).one()
        newest = session.query(PaperIssue).filter_by(paper_id=paper.id).one()
        scans = [found.id for found in session.query(PaperScan).filter_by(paper_id=paper.id)]
        session.add(
            PaperRound(
                campaign_id=campaign,
                paper_id=paper.id,
                issue_id=newest.id,
                review_id=REVIEW,
                round=1,
                scans=scans,
                handed_in_at=now,
            )
        )
        paper.review_id = REVIEW


def test_the_signed_papers_are_kept_once_they_are_accepted(
    russian: Portal, settings: Settings, press: Press
) -> None:
    make_ready(russian)
    anna = russian.browser("anna")
    ask(russian, anna, "archive", status=409)
    for kind in ("consent", "income"):
        scan(russian, kind, data=a_photo("blue"), accepted=True)
    for kind in ("passport_copy", "work_certificate"):
        scan(russian, kind, data=a_photo("green"), accepted=True)
    ask(russian, anna, "archive")
    work(russian, settings, press)
    whole, _ = files_of(russian, anna)
    assert len(pypdf.PdfReader(io.BytesIO(whole)).pages) == 1 + 1 + 1 + 2 + 2


def test_pages_that_nobody_has_checked_are_never_kept_as_accepted_ones(russian: Portal) -> None:
    make_ready(russian)
    for kind in NEEDED[RU]:
        scan(russian, kind, data=a_photo("blue"), accepted=True)
    hand_in_as_it_is(russian, "consent")
    anna = russian.browser("anna")
    ask(russian, anna, "archive")
    paper = russian.at("documents/consent")
    photo = {"file": (io.BytesIO(a_photo("red")), "red.jpg")}
    kind_of = "multipart/form-data"
    # A page left open in another window must not slip anything in among what was accepted.
    anna.send(f"{paper}/scans", photo, status=409, start=paper, content_type=kind_of)
    issue(russian, "consent", version=2)
    page = anna.page(paper)
    assert not page.says("The signed paper was accepted on")
    assert page.says("earlier version") and page.says("Add the pages")
    photo = {"file": (io.BytesIO(a_photo("red")), "red.jpg")}
    anna.send(f"{paper}/scans", photo, start=paper, content_type=kind_of)
    ask(russian, anna, "archive", status=409)
    assert anna.page(paper).says("Send the signed paper to be checked")


def test_a_file_that_can_not_be_opened_is_said_and_can_be_tried_again(
    russian: Portal, settings: Settings, press: Press
) -> None:
    make_ready(russian)
    scan(russian, "passport_copy", data=b"\xff\xd8 not a picture at all")
    anna = russian.browser("anna")
    ask(russian, anna)
    work(russian, settings, press)
    page = anna.page(path(russian))
    assert page.says("It could not be put together") and page.says("can’t be opened any more")
    ask(russian, anna)
    with russian.database.reading() as session:
        assert session.query(Packet.state).scalar() == "wanted"


def test_a_file_that_is_gone_is_said_and_can_be_tried_again(
    russian: Portal, settings: Settings, press: Press
) -> None:
    make_ready(russian)
    anna = russian.browser("anna")
    ask(russian, anna)
    (gone,) = (path for path in settings.files.rglob("*") if path.name == PHOTO)
    gone.rename(settings.files / "elsewhere")
    work(russian, settings, press)
    assert anna.page(path(russian)).says("The file of one paper is not on the disk")
    (settings.files / "elsewhere").rename(gone)
    ask(russian, anna)
    work(russian, settings, press)
    files_of(russian, anna)


@pytest.mark.parametrize(
    ("who", "status"),
    [("anna", 200), ("pavel", 404), ("lawyer", 403), ("vera", 403), ("canvasser", 403)],
)
def test_only_those_who_work_on_the_papers_open_a_packet(
    russian: Portal, settings: Settings, press: Press, who: str, status: int
) -> None:
    make_ready(russian)
    anna = russian.browser("anna")
    ask(russian, anna)
    work(russian, settings, press)
    link = anna.page(path(russian)).soup.find(
        "a", href=lambda href: href and href.endswith("/document")
    )["href"]
    assert russian.browser(who).get(link).status_code == status
    if who == "vera":
        page = russian.browser(who).page(path(russian))
        assert "/assemble/" not in page.html and not page.soup.find(id="together")


def test_a_file_is_had_once_it_is_ready_and_only_as_that_of_its_own_packet(
    russian: Portal, settings: Settings, press: Press
) -> None:
    make_ready(russian)
    anna = russian.browser("anna")
    ask(russian, anna)
    with russian.database.reading() as session:
        packet = session.query(Packet.id).scalar()
    where = [path(russian, f"/{packet}/{file}") for file in ("document", "archive")]
    assert {anna.get(address).status_code for address in where} == {404}
    work(russian, settings, press)
    assert {anna.get(address).status_code for address in where} == {200}
    others = desk_of(russian).packs.packs[RU].packets.keys() - {"nomination"}
    for key in others:
        assert anna.get(path(russian, f"/{packet}/document", key=key)).status_code == 404
    assert others


@pytest.mark.parametrize(("language", "said"), [("en", "1.5 MB"), ("ru", "1,5")])
def test_a_size_is_said_as_the_reader_writes_numbers(
    program: Flask, language: str, said: str
) -> None:
    with program.test_request_context(headers={"Accept-Language": language}):
        assert size_words(1_560_000).startswith(said)


def test_unknown_packets_and_purposes_are_not_found(russian: Portal) -> None:
    anna = russian.browser("anna")
    anna.page(path(russian, key="nothing"), 404)
    assert anna.get(path(russian, "/1/document")).status_code == 404
    anna.send(path(russian, "/assemble/burning"), start=path(russian), status=404)

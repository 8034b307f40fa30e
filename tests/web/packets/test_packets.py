"""Papers put together: the same papers give one packet, a paper in the way is named."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable

import pypdf
import pypdfium2
import pytest
from flask import Flask

from app import clock
from app.config import Settings
from app.facts import FactState
from documents.packets.describing import size_words
from documents.packets.desk import Stop
from documents.packets.facts import packet_facts
from documents.packets.models import Packet, PacketItem
from documents.paperwork.models import Paper, PaperAnswer, PaperIssue, PaperRound, PaperScan
from documents.press.client import Press
from tests.page import CheckingClient
from tests.web.packets.program import (
    NEEDED,
    ORIGINALS,
    AClerk,
    a_pdf,
    a_photo,
    desk_of,
    issue,
    lock,
    make_ready,
    papers_of,
    path,
    scan,
    work,
)
from tests.web.portal import RU, Portal

REVIEW = 900_001
PHOTO = hashlib.sha256(a_photo()).hexdigest()


def ask(portal: Portal, browser: CheckingClient, purpose: str = "print", status: int = 303) -> None:
    browser.send(path(portal, f"/assemble/{purpose}"), start=path(portal), status=status)


def files_of(portal: Portal, browser: CheckingClient) -> tuple[bytes, zipfile.ZipFile]:
    soup = browser.page(path(portal)).soup
    pdf = browser.get(soup.find("a", href=lambda href: href and href.endswith("/document"))["href"])
    packed = browser.get(
        soup.find("a", href=lambda href: href and href.endswith("/archive"))["href"]
    )
    assert pdf.headers["Content-Disposition"].startswith("attachment")
    assert packed.headers["Content-Type"] == "application/zip"
    return pdf.data, zipfile.ZipFile(io.BytesIO(packed.data))


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


@pytest.mark.parametrize("language", ["ru", "en"])
def test_papers_are_put_together_behind_an_inventory(
    portal: Portal, settings: Settings, press: Press, language: str
) -> None:
    make_ready(portal)
    anna = portal.browser("anna", language)
    anna.page(portal.at("packets"))
    ask(portal, anna)
    waiting = anna.page(path(portal)).soup.find(id="together-work")
    assert waiting["hx-trigger"] == "load delay:2s" and waiting.find("progress")
    work(portal, settings, press)
    whole, packed = files_of(portal, anna)
    found = pypdf.PdfReader(io.BytesIO(whole))
    kinds = [kind for kind in NEEDED[portal.pack_id] if kind not in ORIGINALS]
    assert len(found.pages) == 1 + len(kinds)
    assert len(found.outline) == 1 + len(kinds)
    inventory = " ".join(found.pages[0].extract_text().split())
    assert "Anna" in inventory and ("Опись" if portal.pack_id == RU else "List") in inventory
    names = packed.namelist()
    assert len(names) == 1 + len(kinds) and names[0].startswith("00-")
    assert names[1].startswith("01-") and names[1].endswith(".pdf") and names[1].isascii()
    # The issued form is in the archive byte for byte, so its fingerprint can be compared.
    assert packed.read(names[1]) == a_pdf(1, f"{kinds[0]} 1")
    anna.page(portal.at("packets"))


def test_the_same_papers_give_one_packet_of_the_same_bytes(
    russian: Portal, settings: Settings, press: Press
) -> None:
    make_ready(russian)
    anna = russian.browser("anna")
    for _ in range(2):
        ask(russian, anna)
        work(russian, settings, press)
    first, _ = files_of(russian, anna)
    with russian.database.writing() as session:
        assert session.query(Packet).count() == 1
        session.query(PacketItem).delete()
        session.query(Packet).delete()
    ask(russian, anna)
    work(russian, settings, press)
    assert files_of(russian, anna)[0] == first


def test_only_copies_carry_the_number_of_their_sheet(
    russian: Portal, settings: Settings, press: Press
) -> None:
    make_ready(russian, but=["passport_copy"])
    scan(russian, "passport_copy", data=a_photo("red"))
    scan(russian, "passport_copy", data=a_pdf(2, "more"), media_type="application/pdf", pages=2)
    anna = russian.browser("anna")
    ask(russian, anna)
    work(russian, settings, press)
    whole, packed = files_of(russian, anna)
    texts = [page.extract_text().strip() for page in pypdf.PdfReader(io.BytesIO(whole)).pages]
    assert texts[1:] == ["", "", "лист 3", "лист 4", "лист 5"]
    inventory = " ".join(texts[0].split())
    assert "3–5" in inventory
    photo = pypdfium2.PdfDocument(whole)[3].render(scale=0.2).to_pil()
    assert photo.getpixel((photo.width // 2, photo.height // 2))[0] > 200
    copies = pypdf.PdfReader(io.BytesIO(packed.read(packed.namelist()[3])))
    assert len(copies.pages) == 3


def test_a_missing_paper_is_named_and_in_the_way(portal: Portal) -> None:
    make_ready(portal, but=[NEEDED[portal.pack_id][0]])
    anna = portal.browser("anna")
    page = anna.page(path(portal))
    assert page.says("not issued yet")
    assert not page.soup.find("form", action=lambda action: action.endswith("/assemble/print"))
    ask(portal, anna, status=409)


def test_what_the_clerk_found_stops_the_packet(russian: Portal, clerk: AClerk) -> None:
    make_ready(russian)
    clerk.found.append(Stop(what="The council is named otherwise.", mend="Compare.", href="/x"))
    anna = russian.browser("anna")
    assert anna.page(path(russian)).says("The council is named otherwise.")
    ask(russian, anna, status=409)
    clerk.found.clear()
    ask(russian, anna)


def test_nothing_is_put_together_for_a_step_that_is_locked(russian: Portal) -> None:
    make_ready(russian)
    lock(russian)
    ask(russian, russian.browser("anna"), status=409)
    with russian.database.reading() as session:
        assert session.query(Packet).count() == 0


def test_a_packet_is_out_of_date_once_a_paper_was_issued_anew(
    russian: Portal, settings: Settings, press: Press
) -> None:
    make_ready(russian)
    anna = russian.browser("anna")
    ask(russian, anna)
    work(russian, settings, press)
    campaign = russian.campaigns["anna"]
    with russian.database.reading() as session:
        known = packet_facts(session, [campaign])[campaign]
    assert known["packet:nomination"].state is FactState.PRESENT
    issue(russian, "consent", version=2, pages=2)
    assert anna.page(path(russian)).says("The packet is out of date")
    with russian.database.reading() as session:
        assert packet_facts(session, None) == {}
    ask(russian, anna)
    work(russian, settings, press)
    assert not anna.page(path(russian)).says("The packet is out of date")
    with russian.database.reading() as session:
        assert packet_facts(session, None)[campaign]["packet:nomination"]
    # A packet that was asked for later counts instead of it, from the moment it was asked for.
    scan(russian, "passport_copy", data=a_photo("red"))
    ask(russian, anna)
    with russian.database.reading() as session:
        assert packet_facts(session, None) == {}


def put_together(
    portal: Portal, settings: Settings, press: Press
) -> tuple[CheckingClient, Callable[[], bool]]:
    """Put the packet together; give Anna’s browser, and what says whether it counts."""
    anna, campaign = portal.browser("anna"), portal.campaigns["anna"]
    make_ready(portal)
    ask(portal, anna)
    work(portal, settings, press)

    def counts() -> bool:
        with portal.database.reading() as session:
            known = packet_facts(session, [campaign]).get(campaign, {})
            assert known == packet_facts(session, None).get(campaign, {})
        return "packet:nomination" in known

    assert counts() and not anna.page(path(portal)).says("The packet is out of date")
    return anna, counts


def out_of_date(portal: Portal, browser: CheckingClient) -> str:
    """Give what the page says about a packet that is out of date."""
    said = browser.page(path(portal)).soup.find(id="together").find(class_="notice-warn")
    assert said is not None
    return str(said.get_text(" ", strip=True))


def test_a_photo_added_to_a_copy_makes_the_packet_out_of_date_and_says_which(
    russian: Portal, settings: Settings, press: Press
) -> None:
    anna, counts = put_together(russian, settings, press)
    scan(russian, "passport_copy", data=a_photo("red"))
    assert not counts()
    said = out_of_date(russian, anna)
    assert "passport" in said and "has other pages by now" in said and "employ" not in said
    ask(russian, anna)
    work(russian, settings, press)
    assert counts() and not anna.page(path(russian)).says("The packet is out of date")


@pytest.mark.parametrize("change", ["removed", "other", "moved"])
def test_every_change_of_the_photos_of_a_copy_makes_the_packet_out_of_date(
    russian: Portal, settings: Settings, press: Press, change: str
) -> None:
    scan(russian, "passport_copy", data=a_photo("red"))
    anna, counts = put_together(russian, settings, press)
    with russian.database.writing() as session:
        paper = session.query(Paper).filter_by(kind="passport_copy").one()
        first = session.query(PaperScan).filter_by(paper_id=paper.id).order_by(PaperScan.id).first()
        assert first is not None
        match change:
            case "removed":
                first.removed_at = clock.now()
            case "other":
                first.sha256 = papers_of(russian).store.put(a_photo("green"))
            case _:
                first.position = 9
    assert not counts()
    assert "has other pages by now" in out_of_date(russian, anna)


def test_the_photo_of_an_original_may_be_taken_anew(
    russian: Portal, settings: Settings, press: Press
) -> None:
    anna, counts = put_together(russian, settings, press)
    with russian.database.writing() as session:
        paper = session.query(Paper).filter_by(kind="work_certificate").one()
        session.query(PaperScan).filter_by(paper_id=paper.id).one().sha256 = papers_of(
            russian
        ).store.put(a_photo("green"))
    assert counts() and not anna.page(path(russian)).says("The packet is out of date")


def answer(portal: Portal, key: str, value: str) -> None:
    with portal.database.writing() as session:
        session.add(
            PaperAnswer(
                campaign_id=portal.campaigns["anna"],
                key=key,
                value=value,
                sealed="",
                unknown=False,
                version=1,
                saved_at=clock.now(),
            )
        )


def test_a_paper_that_is_needed_since_makes_the_packet_out_of_date_and_is_named(
    russian: Portal, settings: Settings, press: Press
) -> None:
    anna, _ = put_together(russian, settings, press)
    answer(russian, "renamed", "yes")
    said = out_of_date(russian, anna)
    assert "is needed now and is not in it" in said
    link = anna.page(path(russian)).soup.select_one("#together .notice-warn a")
    assert link is not None and str(link["href"]).endswith("/documents/name_change_copy")


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

"""Papers put together: the same papers give one packet, a paper in the way is named."""

from __future__ import annotations

import io

import pypdf
import pypdfium2
import pytest

from app.config import Settings
from documents.packets.desk import Stop
from documents.packets.models import Packet, PacketItem
from documents.press.client import Press
from tests.web.packets.program import (
    NEEDED,
    ORIGINALS,
    AClerk,
    a_pdf,
    a_photo,
    ask,
    files_of,
    lock,
    make_ready,
    path,
    scan,
    work,
)
from tests.web.portal import RU, Portal


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

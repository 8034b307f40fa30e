"""After the desk: the receipt, what to take along, and the cards of the rehearsal."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest

from app.accounts.models import Election
from app.audit.models import AuditEntry
from app.config import Settings
from app.facts import FactState
from documents.packets.desk import Stop
from documents.packets.facts import packet_facts
from documents.packets.models import Packet, PacketReceipt, PacketTick
from documents.press.client import Press
from tests.web.packets.program import AClerk, a_photo, ask, desk_of, lock, make_ready, path, work
from tests.web.portal import RU, Portal

NOTED = {"received_time": "17.40", "sheets": "12", "number": "7/3", "received_by": "Клерк Клеркова"}
OTHER = {"without_packet": "y"}
"""Said with a receipt for papers that were not put together here."""


def note(portal: Portal, status: int = 303, **more: object) -> str:
    anna = portal.browser("anna", "en")
    typed = {"received_on": portal.today.isoformat(), **NOTED, **more}
    page = anna.send(
        path(portal, "/receipt"),
        {name: value for name, value in typed.items() if value is not None},
        start=path(portal),
        content_type="multipart/form-data",
        status=status,
    )
    return page.text


def test_a_receipt_is_written_down_and_proves_that_the_papers_were_handed_in(
    portal: Portal,
) -> None:
    note(portal, photo=(BytesIO(a_photo("red")), "../receipt.jpg"), **OTHER)
    campaign = portal.campaigns["anna"]
    with portal.database.reading() as session:
        fact = packet_facts(session, [campaign])[campaign]["filed:nomination"]
        row = session.query(PacketReceipt).one()
    assert fact.state is FactState.PRESENT and fact.at == row.received_on
    assert (row.received_time, row.sheets) == ("17:40", 12)
    assert "Клерк" not in row.received_by
    anna = portal.browser("anna", "en")
    page = anna.page(path(portal))
    assert page.says("Клерк Клеркова") and page.says("17:40") and page.says("receipt.jpg")
    photo = anna.get(path(portal, "/receipt/photo"))
    assert photo.status_code == 200 and "attachment" in photo.headers["Content-Disposition"]
    vera = portal.browser("vera", "en").page(path(portal))
    assert not vera.says("Клерк Клеркова")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"received_on": ""}, "Write the day on which the papers were taken."),
        ({"received_on": "2199-01-01"}, "This day is yet to come."),
        ({"received_on": "yesterday"}, "Write the day as"),
        ({"received_time": "25:00"}, "Write the time as"),
        ({"received_time": ""}, "Write the time that stands on the receipt."),
        ({"sheets": "-3"}, "Write how many sheets"),
        ({"sheets": "9" * 30}, "Write how many sheets"),
        ({"number": "x" * 61}, "At most 60 characters."),
        ({"received_by": "x" * 201}, "At most 200 characters."),
        ({"photo": (BytesIO(b"MZ this is no photo"), "a.jpg")}, "Only JPEG, PNG and WEBP"),
    ],
)
def test_what_is_wrong_with_a_receipt_is_said_beside_the_field(
    russian: Portal, typed: dict[str, object], says: str
) -> None:
    assert says in " ".join(note(russian, 422, **typed).split())
    with russian.database.reading() as session:
        assert session.query(PacketReceipt).count() == 0


def test_a_receipt_written_anew_keeps_the_former_one_and_its_photo(russian: Portal) -> None:
    note(russian, photo=(BytesIO(a_photo("red")), "receipt.jpg"), **OTHER)
    note(russian, sheets="13", **OTHER)
    with russian.database.reading() as session:
        rows = session.query(PacketReceipt).order_by(PacketReceipt.id).all()
    assert [row.replaced_at is None for row in rows] == [False, True]
    assert rows[0].photo_sha256 == rows[1].photo_sha256 != ""
    anna = russian.browser("anna")
    anna.send(path(russian, "/receipt/withdraw"), start=path(russian))
    anna.send(path(russian, "/receipt/withdraw"), start=path(russian), status=404)
    with russian.database.reading() as session:
        assert packet_facts(session, None) == {}


def test_no_receipt_is_written_for_a_step_that_is_locked(russian: Portal) -> None:
    lock(russian)
    note(russian, 409)
    with russian.database.reading() as session:
        assert session.query(PacketReceipt).count() == 0


def test_the_sheets_on_the_receipt_are_compared_with_those_of_the_packet(
    russian: Portal, settings: Settings, press: Press
) -> None:
    make_ready(russian)
    anna = russian.browser("anna", "en")
    ask(russian, anna)
    work(russian, settings, press)
    asked = " ".join(note(russian, 422, sheets="3").split())
    assert "Sheets in the packet: 4, sheets taken: 3." in asked
    assert "Not saved yet: something needs correcting" in asked
    note(russian, sheets="3", sheets_differ="y")
    vera = russian.browser("vera", "en").page(path(russian))
    assert vera.says("The packet has 4, the receipt says 3.")
    note(russian, sheets="4")
    assert not anna.page(path(russian)).says("The numbers of sheets differ")


def test_a_day_on_which_nothing_could_be_handed_in_is_refused_beside_its_field(
    portal: Portal, settings: Settings, press: Press
) -> None:
    anna = portal.browser("anna", "en")
    refused = " ".join(note(portal, 422, received_on="1999-05-05", **OTHER).split())
    assert "Look at the day on the receipt again." in refused
    make_ready(portal)
    ask(portal, anna)
    work(portal, settings, press)
    yesterday = (portal.today - timedelta(days=1)).isoformat()
    refused = " ".join(note(portal, 422, received_on=yesterday).split())
    assert f"This packet was put together on {portal.today:%d.%m.%Y}" in refused
    with portal.database.reading() as session:
        assert session.query(PacketReceipt).count() == 0


def test_papers_taken_after_the_last_day_are_confirmed_and_seen_by_who_reads(
    russian: Portal,
) -> None:
    published = russian.today - timedelta(days=40)
    with russian.database.writing() as session:
        session.query(Election).update({"published_on": published})
    asked = " ".join(note(russian, 422, **OTHER).split())
    assert f"The last day was {published + timedelta(days=20):%d.%m.%Y}." in asked
    assert "The commission took the papers after the last day" in asked
    note(russian, late="y", **OTHER)
    assert russian.browser("vera", "en").page(path(russian)).says("Taken after the last day")
    assert russian.browser("anna", "en").page(path(russian)).form("/receipt")["late"]


def test_somebody_else_can_not_write_a_receipt(russian: Portal) -> None:
    for who in ("pavel", "vera", "lawyer"):
        browser = russian.browser(who)
        data = {"received_on": (russian.now - timedelta(days=1)).date().isoformat()}
        answer = browser.post(
            path(russian, "/receipt"), data={"csrf_token": browser.token("/settings"), **data}
        )
        assert answer.status_code in (403, 404)


def audited(portal: Portal) -> list[tuple[str, dict[str, object]]]:
    with portal.database.reading() as session:
        found = session.query(AuditEntry).order_by(AuditEntry.number)
        return [(one.action, one.detail) for one in found if one.action.startswith("packet.")]


def test_nobody_passes_by_what_the_clerk_has_found_without_saying_so(
    portal: Portal, clerk: AClerk
) -> None:
    make_ready(portal)
    clerk.found.append(Stop(what="The name is written otherwise.", mend="Compare.", href=""))
    anna = portal.browser("anna", "en")
    anna.send(path(portal, "/assemble/print"), start=path(portal), status=409)
    refused = " ".join(note(portal, 422).split())
    assert "This packet was never put together here." in refused
    with portal.database.reading() as session:
        assert packet_facts(session, None) == {}
    note(portal, **OTHER)
    with portal.database.reading() as session:
        row = session.query(PacketReceipt).one()
        assert packet_facts(session, None)[portal.campaigns["anna"]]["filed:nomination"]
    assert row.packet_id is None and row.recorded_by == portal.people["anna"]
    assert anna.page(path(portal)).says("Filed without Mandat’s packet")
    anna.send(path(portal, "/receipt/withdraw"), start=path(portal))
    with portal.database.reading() as session:
        assert packet_facts(session, None) == {}
    assert audited(portal) == [
        ("packet.filed", {"packet": "nomination", "papers": "other"}),
        ("packet.receipt_taken_back", {"packet": "nomination", "papers": "other"}),
    ]


def test_a_receipt_for_the_packet_needs_no_word_about_other_papers(
    russian: Portal, settings: Settings, press: Press
) -> None:
    make_ready(russian)
    anna = russian.browser("anna", "en")
    ask(russian, anna)
    work(russian, settings, press)
    note(russian, sheets="4")
    with russian.database.reading() as session:
        (packet_id,) = session.query(Packet.id).one()
        assert session.query(PacketReceipt.packet_id).one() == (packet_id,)
    assert not anna.page(path(russian)).says("Filed without Mandat’s packet")
    assert audited(russian)[-1] == ("packet.filed", {"packet": "nomination", "papers": "packet"})


def test_a_receipt_is_not_typed_a_second_time_to_be_mended(russian: Portal) -> None:
    note(russian, **OTHER)
    form = russian.browser("anna", "en").page(path(russian)).form("/receipt")
    assert {key: form[key] for key in ("received_time", "sheets", "number", "received_by")} == {
        **NOTED,
        "received_time": "17:40",
    }
    assert form["received_on"] == russian.today.isoformat()
    assert "without_packet" in form


@pytest.mark.parametrize(
    ("day", "offered"), [("2026-03-05", "2026-03-05"), ("05.03.2026", "2026-03-05"), ("x", "")]
)
def test_the_day_that_was_written_on_the_step_is_offered_for_the_receipt(
    russian: Portal, day: str, offered: str
) -> None:
    page = russian.browser("anna", "en").page(f"{path(russian)}?day={day}")
    assert page.form("/receipt").get("received_on", "") == offered
    details = page.soup.find(id="receipt").find("details")
    assert details.has_attr("open") is bool(offered)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_rehearsal_goes_card_by_card_and_remembers_who_knows_what(
    portal: Portal, language: str
) -> None:
    anna = portal.browser("anna", language)
    first = anna.get(path(portal, "/rehearsal"))
    assert first.headers["Location"].endswith("/rehearsal/1")
    cards = len(desk_of(portal).packs.packs[portal.pack_id].packets["nomination"].rehearsal)
    for number in range(1, cards + 1):
        where = path(portal, f"/rehearsal/{number}")
        form = anna.page(where).form("/tick")
        for _ in range(2):
            anna.send(path(portal, "/tick"), form, start=where)
    assert anna.page(path(portal)).says(f"{cards} / {cards}")
    anna.page(path(portal, f"/rehearsal/{cards + 1}"), 404)
    with portal.database.reading() as session:
        assert session.query(PacketTick).count() == cards
    vera = portal.browser("vera", language)
    assert vera.get(path(portal, "/rehearsal")).headers["Location"].endswith("/rehearsal/1")


def test_things_to_take_along_are_ticked_and_unticked_for_oneself(russian: Portal) -> None:
    anna, vera = russian.browser("anna"), russian.browser("vera")
    for browser, done, count in ((vera, "1", 1), (anna, "1", 2), (anna, "0", 1)):
        browser.send(
            path(russian, "/tick"), {"thing": "take:passport", "done": done}, start=path(russian)
        )
        with russian.database.reading() as session:
            assert session.query(PacketTick).count() == count
    for thing in ("take:gold", "", "x" * 5000):
        anna.send(
            path(russian, "/tick"), {"thing": thing, "done": "1"}, start=path(russian), status=404
        )


def test_the_packet_page_of_the_other_packet_opens_too(russian: Portal) -> None:
    page = russian.browser("anna", "ru").page(path(russian, key="registration"))
    assert not page.says("Подписные листы в папках")
    assert russian.pack_id == RU

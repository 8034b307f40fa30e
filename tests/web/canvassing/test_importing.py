"""Files on their way in, through the pages."""

from __future__ import annotations

from io import BytesIO

import openpyxl
from sqlalchemy import select

from app import clock
from app.audit.models import AuditEntry
from app.web import wording
from canvassing.contacts.models import Contact
from canvassing.contacts.rules import EXPORTS_WITHIN, MOST_EXPORTS
from canvassing.doors.models import DoorFlag, Visit
from canvassing.territory.models import Building, Door
from tests.canvassing_world import Field, rows_of
from tests.web.portal import RU, ZONES

TABLE = "адрес;парадные;этажи;квартир на этаже\nЛиповая, 9;2;5;4\nЛиповая, 10;1;x;4\n"
SAID = {
    "obtained_from": "Стойка на Садовой",
    "basis": "written_consent",
    "scope": "visit",
    "consent_source": "Папка 2",
    "consent_on": "2026-06-01",
}


def hand_in(field: Field, table: str = TABLE) -> str:
    lead = field.portal.browser("lead")
    page = lead.send(
        field.at("/imports/buildings"),
        {"file": (BytesIO(table.encode()), "дома.csv")},
        start=field.at("/imports"),
        content_type="multipart/form-data",
    )
    return str(page.response.location)


def test_a_table_is_looked_through_before_it_is_taken_in(field: Field) -> None:
    lead = field.portal.browser("lead")
    here = hand_in(field)
    page = lead.page(here)
    assert page.says("9 Липовая · 2 entrances, 40 doors") and page.says("Line 3")
    with field.portal.database.reading() as session:
        assert not session.scalars(select(Building).where(Building.street == "Липовая")).all()
    lead.send(f"{here}/apply", start=here)
    with field.portal.database.reading() as session:
        assert len(rows_of(session, Door)) == 20 + 20 + 40
    lead.send(f"{here}/apply", status=409, start=here)


def test_an_import_is_undone_while_nobody_was_there(field: Field) -> None:
    lead = field.portal.browser("lead")
    here = hand_in(field)
    lead.send(f"{here}/apply", start=here)
    lead.send(f"{here}/undo", start=here)
    with field.portal.database.reading() as session:
        assert len(rows_of(session, Door)) == 40


def test_an_import_with_visits_stays(field: Field) -> None:
    lead = field.portal.browser("lead")
    here = hand_in(field)
    lead.send(f"{here}/apply", start=here)
    with field.portal.database.reading() as session:
        door = rows_of(session, Door)[-1].id
    field.push(lead, field.batch({**field.item(1), "door": door}))
    lead.send(f"{here}/undo", status=409, start=here)
    with field.portal.database.reading() as session:
        assert len(rows_of(session, Visit)) == 1 and len(rows_of(session, Door)) == 80


def contacts(field: Field, data: bytes, *, status: int = 303, **said: str) -> str:
    page = field.portal.browser("lead").send(
        field.at("/contacts/import"),
        {**SAID, **said, "file": (BytesIO(data), "contacts.csv")},
        status=status,
        start=field.at("/contacts/import"),
        content_type="multipart/form-data",
    )
    return str(page.response.location or page.text)


def test_contacts_are_taken_in_with_their_consent(field: Field) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Адрес", "Квартира", "Имя", "Телефон", "Заметка"])
    sheet.append(["Садовая, 42", 45, "Ольга", "+7 495 123-45-67", "=1+1"])
    sheet.append(["Садовая, 42", 99, "Иван", "", ""])
    out = BytesIO()
    book.save(out)
    lead = field.portal.browser("lead")
    here = contacts(field, out.getvalue())
    page = lead.page(here)
    assert page.says("Ольга, flat 45") and page.says("This flat is not among the doors")
    lead.send(f"{here}/apply", start=here)
    with field.portal.database.reading() as session:
        kept = rows_of(session, Contact)
    assert [(one.first_name, one.consent_source) for one in kept] == [("Ольга", "Папка 2")]
    assert "4951234567" not in kept[0].phone_sealed
    sent = lead.send(
        field.at("/contacts/export"), status=200, start=field.at("/contacts")
    ).response.get_data(as_text=True)
    assert "'+74951234567" in sent and "=1+1" not in sent.replace("'=1+1", "")


def test_one_person_downloads_contacts_a_few_times_a_day_and_reads_when_again(
    field: Field,
) -> None:
    here = contacts(field, "address,flat,first name\nСадовая 42,45,Ольга\n".encode())
    lead, page = field.portal.browser("lead"), field.at("/contacts")
    lead.send(f"{here}/apply", start=here)
    for _ in range(MOST_EXPORTS):
        lead.send(field.at("/contacts/export"), status=200, start=page)
    said = lead.send(field.at("/contacts/export"), status=409, start=page)
    assert said.says("as often as one person may")
    closed = lead.page(page)
    assert not closed.soup.select("form[action$='/export']")
    tomorrow = clock.now() + EXPORTS_WITHIN
    words = wording.moment(tomorrow, "en", ZONES[RU], this_year=tomorrow.year)
    assert closed.says(f"from {words[:-5]}".replace("\u00a0", " "))
    assert field.portal.browser("lead", "ru").page(page).says("чаще одному человеку нельзя")
    # It is the person who is counted, not the campaign.
    anna = field.portal.browser("anna")
    anna.send(field.at("/contacts/export"), status=200, start=page)
    with field.portal.database.reading() as session:
        noted = session.scalars(
            select(AuditEntry.actor_id).where(AuditEntry.action == "contacts.exported")
        ).all()
    assert len(noted) == MOST_EXPORTS + 1


def test_contacts_without_consent_are_refused(field: Field) -> None:
    table = "address,flat,first name\nСадовая 42,45,Ольга\n".encode()
    for missing in ("obtained_from", "scope", "consent_source", "consent_on"):
        contacts(field, table, status=422, **{missing: ""})
    assert "not a day to come" in contacts(field, table, status=422, consent_on="2999-01-01")


def test_a_contact_is_forgotten(field: Field) -> None:
    lead = field.portal.browser("lead")
    here = contacts(field, "address,flat,first name\nСадовая 42,45,Ольга\n".encode())
    lead.send(f"{here}/apply", start=here)
    form = lead.page(field.at("/contacts")).soup.select_one("form[action$='/forget']")
    # What can't be undone takes a second look, and does not shout from every line.
    folded = form.find_parent("details")
    assert "open" not in folded.attrs and "can’t be brought back" in folded.text
    assert "Ольга" in folded.find("summary").text
    lead.send(str(form["action"]), start=field.at("/contacts"))
    with field.portal.database.reading() as session:
        assert rows_of(session, Contact) == []


def test_damaged_files_are_refused_with_words(field: Field) -> None:
    for data in (b"PK\x03\x04 no workbook", b"\x00\x01\x02", b"", b"\xff\xfe\x00\xd8", b"a,b\n1,2"):
        contacts(field, data, status=422)


def test_who_is_forgotten_after_asking_to_be_left_alone_is_left_alone_still(field: Field) -> None:
    lead = field.portal.browser("lead")
    table = "address,flat,first name,do not contact\nСадовая 42,45,Ольга,yes\n"
    here = contacts(field, table.encode())
    lead.send(f"{here}/apply", start=here)
    form = lead.page(field.at("/contacts")).soup.select_one("form[action$='/forget']")
    lead.send(str(form["action"]), start=field.at("/contacts"))
    with field.portal.database.reading() as session:
        assert rows_of(session, Contact) == []
        flags = session.execute(select(DoorFlag.door_id, DoorFlag.flag)).all()
    assert flags == [(field.doors[0], "do_not_contact")]


def test_a_table_tells_of_people_kept_already_that_they_ask_to_be_left_alone(field: Field) -> None:
    lead = field.portal.browser("lead")
    head = "address,flat,first name,do not contact\n"
    wishes = []
    # The second table says so, the third no longer does: a table never lifts it.
    for said in ("", "yes", ""):
        here = contacts(field, f"{head}Садовая 42,45,Ольга,{said}\n".encode())
        lead.send(f"{here}/apply", start=here)
        with field.portal.database.reading() as session:
            wishes += [one.do_not_contact for one in rows_of(session, Contact)]
    assert wishes == [False, True, True]

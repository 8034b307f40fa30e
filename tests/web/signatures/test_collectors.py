"""The list of those who collect."""

from __future__ import annotations

from app.audit.models import AuditEntry
from documents.signatures.models import SignatureCollector
from tests.web.portal import Portal
from tests.web.signatures.program import HOSTILE, path, plan, send, today


def test_details_of_a_collector_are_sealed_and_opening_them_is_logged(portal: Portal) -> None:
    anna = portal.browser("anna")
    hand_form = {"name": "Козлов Пётр", "born_on": "17.06.1980", "passport": "4005 987654"}
    send(portal, anna, "/collectors", "/collectors", **hand_form)
    where = path(portal, "/collectors")
    page = anna.page(where)
    assert "987654" not in page.html
    with portal.database.reading() as session:
        row = session.query(SignatureCollector).one()
        assert "987654" not in row.sealed
    shown = anna.send(f"{where}/{row.id}/show", status=200, start=where)
    assert shown.says("4005 987654")
    assert shown.response.headers["Cache-Control"] == "private, no-store"
    with portal.database.reading() as session:
        kinds = [kind for (kind,) in session.query(AuditEntry.action)]
    assert "signatures.collector_shown" in kinds


def test_a_child_can_not_collect(portal: Portal) -> None:
    anna = portal.browser("anna")
    born = today(portal).replace(str(portal.now.year), str(portal.now.year - 17))
    said = send(portal, anna, "/collectors", "/collectors", 422, name="Юный", born_on=born)
    assert "must be at least 18" in said


def test_hostile_words_are_shown_as_words(portal: Portal) -> None:
    anna = portal.browser("anna")
    send(portal, anna, "/collectors", "/collectors", name="<b>Имя</b>", born_on="17.06.1980")
    page = anna.page(path(portal, "/collectors"))
    assert "<b>Имя</b>" not in page.html and page.says("<b>Имя</b>")
    for name in ("Имя \U0001f600", ""):
        send(portal, anna, "/collectors", "/collectors", 422, name=name, born_on="17.06.1980")
    plan(portal, anna, paid_by=HOSTILE)
    for field, value in (("voters", "9" * 40), ("mandates", "-1"), ("published", "a")):
        send(portal, anna, "/plan", "/plan", 422, **{field: value})
    for version in ("x", "9" * 60, "-1"):
        send(portal, anna, "/plan", "/plan", 409, version=version)
    for rest in ("/sheets?from=999999999999&shown=zzz", "/hand-in?missed=%00", "/give?batch=x"):
        assert anna.get(path(portal, rest)).status_code == 200

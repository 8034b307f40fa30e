"""What phones send: verdicts, gaps, and bodies nobody should send."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4, uuid5

import pytest
from sqlalchemy import func, select

from app.accounts.models import Person
from canvassing.doors.models import DoorFlag, FieldDevice, QuarantinedVisit, Visit
from canvassing.doors.views import DESK_DEVICES
from tests.canvassing_world import Field, rows_of

VERDICTS = {"stored", "duplicate", "conflict", "quarantined"}


def count(field: Field, model: Any) -> int:
    with field.portal.database.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_every_item_gets_a_verdict(field: Field) -> None:
    phone = field.portal.browser("canvasser")
    told = field.push(phone, field.batch(field.item(1), field.item(2, 1)))
    assert [one["verdict"] for one in told["verdicts"]] == ["stored", "stored"]
    assert told["have"] == [[1, 2]] and told["epoch"] and told["durable_seq"] == 0


def test_the_same_batch_again_stores_nothing(field: Field) -> None:
    phone = field.portal.browser("canvasser")
    batch = field.batch(field.item(1), field.item(2, 1))
    field.push(phone, batch)
    told = field.push(phone, batch)
    assert {one["verdict"] for one in told["verdicts"]} == {"duplicate"}
    assert count(field, Visit) == 2 and count(field, QuarantinedVisit) == 0


def test_a_missing_number_is_asked_for(field: Field) -> None:
    phone = field.portal.browser("canvasser")
    items = [field.item(seq, seq % 20) for seq in range(1, 10)]
    told = field.push(phone, field.batch(*(item for item in items if item["seq"] != 4)))
    assert told["have"] == [[1, 3], [5, 9]] and told["missing"] == [4]


def test_the_same_id_with_other_content_is_kept_as_a_conflict(field: Field) -> None:
    phone = field.portal.browser("canvasser")
    item = field.item(1)
    field.push(phone, field.batch(item))
    told = field.push(phone, field.batch({**item, "outcome": "refused"}))
    assert told["verdicts"][0]["verdict"] == "conflict"
    assert count(field, QuarantinedVisit) == 1 and count(field, Visit) == 1


def test_answers_of_a_turf_taken_back_are_accepted(field: Field) -> None:
    lead, phone = field.portal.browser("lead"), field.portal.browser("canvasser")
    lead.send(field.at(f"/turfs/{field.turf_id}/end"), start=field.at("/turfs"))
    told = field.push(phone, field.batch(field.item(1, turf=field.turf_id)))
    assert told["verdicts"][0]["verdict"] == "stored"


def test_a_canvasser_without_a_turf_flags_no_door_and_the_lead_is_told(field: Field) -> None:
    flag = field.item(1, outcome="do_not_contact")
    told = field.push(field.portal.browser("second"), field.batch(flag))
    assert told["verdicts"][0]["reason"] == "not_given" and told["have"] == [[1, 1]]
    assert count(field, DoorFlag) == 0 and count(field, Visit) == 0
    page = field.portal.browser("lead").page(field.at(""))
    assert page.says("Somebody noted visits at doors they were never given")
    assert not page.says("Something arrived that can’t be read")
    with field.portal.database.reading() as session:
        person = session.get_one(Person, field.portal.people["second"])
    assert page.says(person.name)


def test_who_leads_the_field_notes_any_door(field: Field) -> None:
    flag = field.item(1, outcome="do_not_contact")
    told = field.push(field.portal.browser("lead"), field.batch(flag))
    assert told["verdicts"][0]["verdict"] == "stored" and count(field, DoorFlag) == 1


def test_a_door_of_another_campaign_is_kept_aside_like_one_that_never_was(field: Field) -> None:
    phone = field.portal.browser("canvasser")
    told = field.push(
        phone,
        field.batch(
            {**field.item(1), "door": field.foreign_door}, {**field.item(2), "door": 10**15}
        ),
    )
    assert [one["reason"] for one in told["verdicts"]] == ["no_such_door", "no_such_door"]
    assert told["have"] == [[1, 2]]


def test_the_phone_of_another_person_is_not_believed(field: Field) -> None:
    field.push(field.portal.browser("canvasser"), field.batch(field.item(1)))
    told = field.push(field.portal.browser("second"), field.batch(field.item(2)))
    assert told["verdicts"][0] | {"id": None} == {
        "id": None,
        "seq": 2,
        "verdict": "quarantined",
        "reason": "device_of_another",
    }


def test_nobody_takes_the_device_under_which_anothers_plain_form_is_counted(
    field: Field,
) -> None:
    """It is made from numbers anybody knows, so it may not be claimed by a phone."""
    lead, address = field.portal.browser("lead"), field.at(f"/doors/{field.doors[0]}")
    whose = f"{field.campaign_id}:{field.portal.people['lead']}"
    device = uuid5(DESK_DEVICES, whose)
    spoilt = field.batch(field.item(1), device=device)
    told = field.push(field.portal.browser("canvasser"), spoilt, status=422)
    assert told["field"] == "device" and count(field, FieldDevice) == 0
    lead.send(address, {**lead.page(address).form("/doors/"), "outcome": "talked"}, start=address)
    assert count(field, Visit) == 1


def test_somebody_elses_visit_is_not_taken_back_by_a_canvasser(field: Field) -> None:
    visit = field.item(1)
    field.push(field.portal.browser("canvasser"), field.batch(visit))
    retraction = {**field.item(1), "kind": "retraction", "of": visit["id"]}
    told = field.push(field.portal.browser("second"), field.batch(retraction, device=uuid4()))
    assert told["verdicts"][0]["reason"] == "not_yours"
    told = field.push(
        field.portal.browser("lead"),
        field.batch({**retraction, "id": str(uuid4())}, device=uuid4()),
    )
    assert told["verdicts"][0]["verdict"] == "stored"


def test_another_campaign_can_not_be_sent_to(field: Field) -> None:
    pavel = field.portal.browser("pavel")
    token = pavel.token(f"/campaigns/{field.portal.campaigns['pavel']}/field/walk")
    answer = pavel.post(field.sync, json=field.batch(field.item(1)), headers={"X-CSRFToken": token})
    assert answer.status_code == 404


def test_without_a_token_nothing_is_taken(field: Field) -> None:
    phone = field.portal.browser("canvasser")
    answer = phone.post(field.sync, json=field.batch(field.item(1)))
    assert answer.status_code == 403 and count(field, Visit) == 0


def test_an_open_page_gets_a_new_token(field: Field) -> None:
    told = field.portal.browser("canvasser").get(field.sync).get_json()
    assert told["owner"] == f"{field.campaign_id}:{field.portal.people['canvasser']}"
    assert told["token"]


BODIES: list[bytes] = [
    b"",
    b"\xff\xfe\x00",
    b"{",
    b"null",
    b"[]",
    b'"text"',
    b"1e999",
    b"NaN",
    b"[" * 100_000,
    b"9" * 5_000,
    b'{"device": NaN}',
    "тест".encode("utf-16"),
    "тест".encode("cp1251"),
    b'{"device": {}, "sent_at": [], "items": {}}',
    b'{"device": "' + b"0" * 36 + b'", "sent_at": 1, "items": []}',
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_what_is_no_batch_is_refused_with_words(field: Field, body: bytes) -> None:
    phone = field.portal.browser("canvasser")
    field.tokens[id(phone)] = phone.token(field.at("/walk"))
    answer = phone.post(field.sync, data=body, headers={"X-CSRFToken": field.tokens[id(phone)]})
    assert answer.status_code in (400, 413, 422)
    assert answer.get_json()["error"]


def test_a_hundred_and_one_items_are_refused_whole(field: Field) -> None:
    phone = field.portal.browser("canvasser")
    items = [field.item(seq) for seq in range(1, 102)]
    told = field.push(phone, field.batch(*items), status=422)
    assert told["field"] == "items" and count(field, Visit) == 0


def test_a_body_of_megabytes_is_refused(field: Field) -> None:
    field.push(field.portal.browser("canvasser"), b" " * 600_000, status=413)


HOSTILE: list[Any] = [
    None,
    True,
    0,
    10**400,
    1.5,
    "text",
    [],
    {},
    {"id": 1},
    {"id": "not-a-uuid", "seq": 1},
    {"seq": 10**30},
    {"seq": -1},
    {"seq": True},
    {"door": "1"},
    {"door": 2**63},
    {"door": -(2**70)},
    {"at": "now"},
    {"at": 10**18},
    {"at": -1},
    {"outcome": ["talked"]},
    {"outcome": {"key": "talked"}},
    {"outcome": "\ud800"},
    {"outcome": "\x00"},
    {"support": "4"},
    {"support": 99},
    {"support": 10**50},
    {"support": True},
    {"marks": "signed"},
    {"marks": [["signed"]]},
    {"marks": ["signed"] * 10_000},
    {"marks": ["\udfff"]},
    {"kind": "explosion"},
    {"kind": ["visit"]},
    {"kind": "retraction"},
    {"kind": "visit", "of": "11111111-1111-4111-8111-111111111111"},
    {"turf": "x' OR 1=1"},
    {"turf": 10**40},
    {"agreed": "yes"},
    {"id": "{11111111-1111-4111-8111-111111111111}"},
]


def test_hostile_items_are_kept_and_acknowledged(field: Field) -> None:
    phone = field.portal.browser("canvasser")
    items = []
    for place, change in enumerate(HOSTILE, start=1):
        items.append({**field.item(place), **change} if isinstance(change, dict) else change)
    body = json.dumps(field.batch(*items)).encode("ascii")
    told = field.push(phone, body)
    assert len(told["verdicts"]) == len(items)
    assert {one["verdict"] for one in told["verdicts"]} <= VERDICTS
    again = field.push(phone, body)
    kept = count(field, QuarantinedVisit)
    assert {one["verdict"] for one in again["verdicts"]} <= {"duplicate", "quarantined", "conflict"}
    assert kept == count(field, QuarantinedVisit) and kept + count(field, Visit) >= len(items) - 1


def test_what_is_kept_aside_can_be_read_as_it_came(field: Field) -> None:
    phone = field.portal.browser("canvasser")
    item = {**field.item(1), "outcome": "\ud800\x00"}
    field.push(phone, json.dumps(field.batch(item)).encode("ascii"))
    with field.portal.database.reading() as session:
        assert json.loads(rows_of(session, QuarantinedVisit)[0].sent) == item

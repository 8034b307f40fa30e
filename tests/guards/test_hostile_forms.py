"""Whatever is sent in a form, the program answers with words and never breaks."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask_wtf import FlaskForm
from werkzeug.test import TestResponse

from app.web.forms import Form
from tests.guards.browsing import Route, World
from tests.guards.hostile import ANSWERS, FORM, HOSTILE, MARK, body
from tests.guards.world import PACK, SUBJECT_REVIEWS, Place, Principal

# Every form of the program with every bad value: minutes on a busy machine.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
"""Thousands of requests: part of `make test-all`."""


STEPS = ("a1_can_i", "a2_district", "a4_papers", "b1_watch", "b4_account", "c1_target", "c3_train")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A form's address, who sends it, and the names of its fields."""

    who: Principal
    path: str
    endpoint: str
    fields: tuple[str, ...]


@pytest.fixture(scope="module")
def cases(planted_open_world: World) -> list[Case]:
    """Every route that takes a form, with the fields its page shows."""
    return list(_cases(planted_open_world))


def _cases(world: World) -> Iterator[Case]:
    own = world.places["own"]
    shown: dict[str, Case] = {}
    for name in ("chief", "coordinator", "lawyer", "candidate", "owing", "nobody", "visitor"):
        who = world.principals[name]
        for path in _pages(world, who, own):
            for case in _forms(world, who, path):
                shown.setdefault(case.path, case)
    known = {case.endpoint for case in shown.values()}
    yield from shown.values()
    for route in world.routes:
        if route.method == "POST" and route.endpoint not in known:
            who = _who_may(world, route, own)
            path = world.path(route, route.values(own, who))
            yield Case(who=who, path=path, endpoint=route.endpoint, fields=_all_fields())


def _pages(world: World, who: Principal, place: Place) -> list[str]:
    own = [
        world.path(route, route.values(place, who))
        for route in world.routes
        if route.method == "GET" and route.endpoint not in ("gallery.gallery", "shell.language")
    ]
    own += [f"/desk/reviews/{place.ids[key]}" for key in SUBJECT_REVIEWS]
    return own + [f"/campaigns/{place.ids['campaign_id']}/steps/{key}" for key in STEPS]


def _forms(world: World, who: Principal, path: str) -> Iterator[Case]:
    answer = world.ask(who, "GET", path)
    if answer.mimetype != "text/html" or answer.status_code != 200:
        return
    for form in BeautifulSoup(answer.get_data(), "html.parser").find_all("form"):
        if str(form.get("method", "")).lower() != "post":
            continue
        action = urlsplit(str(form.get("action") or path)).path
        names = {
            str(each["name"])
            for each in form.find_all(["input", "select", "textarea", "button"])
            if isinstance(each, Tag) and each.get("name")
        }
        yield Case(
            who=who,
            path=action,
            endpoint=_endpoint(world, action),
            fields=tuple(sorted(names - {"csrf_token"})),
        )


def _endpoint(world: World, path: str) -> str:
    return str(world.app.url_map.bind("localhost").match(path, method="POST")[0])


def _all_fields() -> tuple[str, ...]:
    names = {"action", "version", "ticked", "chosen", "days", "useful", "audience", "wanted"}
    waiting: list[type[FlaskForm]] = [Form]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        names |= {name for name in dir(kind) if hasattr(getattr(kind, name), "field_class")}
    return tuple(sorted(names))


def _who_may(world: World, route: Route, place: Place) -> Principal:
    names = ("candidate", "chief", "coordinator", "lawyer")
    for who in (world.principals[name] for name in names):
        if route.permission is None or who.viewer.may(route.permission, route.scope(place)):
            return who
    raise AssertionError(f"nobody may send {route.rule.rule}")


def send(world: World, case: Case, **options: Any) -> TestResponse:
    """Post with the proof in a header, so that any body gets as far as the form."""
    headers = {"X-CSRFToken": world.csrf, **options.pop("headers", {})}
    return world.ask(case.who, "POST", case.path, headers=headers, **options)


def problems(world: World, case: Case, what: str, answer: TestResponse) -> list[str]:
    """Give what is wrong with an answer, and with the page it leads to; undo what was done."""
    said = f"{case.who.name}: POST {case.path} ({case.endpoint}): {what}"
    found = []
    if answer.status_code not in ANSWERS:
        found.append(f"{said}: {answer.status_code}")
    if MARK.encode() in answer.get_data():
        found.append(f"{said}: shown as markup")
    if answer.status_code == 303 and what in SHOWN_AGAIN:
        where = urlsplit(answer.headers["Location"]).path
        after = world.ask(case.who, "GET", where)
        if after.status_code not in ANSWERS:
            found.append(f"{said}: then {where} answers {after.status_code}")
        if MARK.encode() in after.get_data():
            found.append(f"{said}: then shown as markup by {where}")
    return found


SHOWN_AGAIN = {"markup", "direction", "combining", "template", "attribute", "last day"}


@pytest.mark.parametrize("what", HOSTILE)
def test_no_value_breaks_a_form(open_world: World, cases: list[Case], what: str) -> None:
    wrong = []
    for case in cases:
        before = open_world.version()
        answer = send(open_world, case, data=body(case.fields, HOSTILE[what]), **FORM)
        wrong += problems(open_world, case, what, answer)
        if open_world.version() != before:
            open_world.restore()
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("what", ["markup", "long", "nul", "huge number"])
def test_no_single_value_breaks_a_form_that_is_right_otherwise(
    open_world: World, cases: list[Case], what: str
) -> None:
    """One bad field among good ones gets further than many."""
    wrong = []
    for case in cases:
        if case.endpoint.startswith("accounts.sign_in"):
            continue
        for name in case.fields:
            before = open_world.version()
            filled = [(each, GOOD.get(each.split("-")[-1], "yes")) for each in case.fields]
            good = urlencode([pair for pair in filled if pair[0] != name]).encode()
            data = good + b"&" + body([name], HOSTILE[what])
            answer = send(open_world, case, data=data, **FORM)
            wrong += problems(open_world, case, f"{what} in {name}", answer)
            if open_world.version() != before:
                open_world.restore()
    assert not wrong, "\n".join(wrong)


GOOD = {
    "name": "Guest",
    "email": "guest@example.org",
    "phone": "+7 900 000-00-00",
    "day": "2026-07-01",
    "time": "12:00",
    "place": "At home",
    "outcome": "We agreed",
    "reason": "Because of that",
    "answer": "An answer with words",
    "question": "A question with words",
    "words": "Some words that are enough",
    "title": "A title",
    "capacity": "10",
    "short_name": "Short",
    "action": "send",
    "version": "1",
}


def test_repeated_fields_break_nothing(open_world: World, cases: list[Case]) -> None:
    wrong = []
    for case in cases:
        data = body(case.fields * 3, b"1")
        wrong += problems(
            open_world, case, "three times", send(open_world, case, data=data, **FORM)
        )
        open_world.restore()
    assert not wrong, "\n".join(wrong)


GARBAGE: dict[str, dict[str, Any]] = {
    "no kind of content": {"data": b"a=b", "content_type": ""},
    "json": {"data": b'{"name": ["x"]}', "content_type": "application/json"},
    "xml": {"data": b"<a/>", "content_type": "text/xml"},
    "odd kind of content": {
        "data": b"a=b",
        "content_type": "a/b/c;;charset=\xff".encode().decode("latin-1"),
    },
    "unknown charset": {
        "data": b"a=b",
        "content_type": f"{FORM['content_type']}; charset=nonsense",
    },
    "no boundary": {"data": b"--x\r\n\r\n", "content_type": "multipart/form-data"},
    "cut multipart": {
        "data": b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF',
        "content_type": "multipart/form-data; boundary=x",
    },
    "garbage as multipart": {
        "data": bytes(range(256)) * 8,
        "content_type": "multipart/form-data; boundary=x",
    },
    "odd file name": {
        "data": b'--x\r\nContent-Disposition: form-data; name="file"; filename="../\xff\x00\r\n\r',
        "content_type": "multipart/form-data; boundary=x",
    },
    "too many fields": {"data": b"a=1&" * 5_000, **FORM},
    "many parts": {
        "data": b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 1_100 + b"--x--",
        "content_type": "multipart/form-data; boundary=x",
    },
    "too much in one field": {"data": b"name=" + b"A" * (3 * 1024 * 1024), **FORM},
    "raw bytes": {"data": b"name=\xff\xfe&email=\xed\xa0\x80&\x00=\x00", **FORM},
    "longer than it is": {"data": b"name=x", "headers": {"Content-Length": "999"}, **FORM},
    "no number as length": {"data": b"name=x", "headers": {"Content-Length": "abc"}, **FORM},
    "negative length": {"data": b"name=x", "headers": {"Content-Length": "-1"}, **FORM},
    "length beyond measure": {"data": b"name=x", "headers": {"Content-Length": "9" * 30}, **FORM},
}


@pytest.mark.parametrize("what", GARBAGE)
# Werkzeug drops the file of a part that was cut off; Python says so when it is collected.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_no_body_breaks_a_form(open_world: World, cases: list[Case], what: str) -> None:
    wrong = []
    once = {case.endpoint: case for case in cases}
    for case in once.values():
        before = open_world.version()
        options = {**GARBAGE[what]}
        wrong += problems(open_world, case, what, send(open_world, case, **options))
        if open_world.version() != before:
            open_world.restore()
    assert not wrong, "\n".join(wrong)


FILES = {
    "nothing": ("a.pdf", b""),
    "no pdf": ("a.pdf", b"%PDF-1.7 garbage"),
    "a program": ("a.exe", b"MZ" + b"\0" * 200),
    "markup": (f"{MARK}.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
    "odd name": ("..\\..//\x00\u202egpj.exe" + "a" * 400, b"\xff\xd8\xff" + b"\0" * 50),
    "half an image": (
        "a.png",
        b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff",
    ),
    "an archive": ("a.zip", b"PK\x03\x04" + b"\0" * 100),
}


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_is_none_is_refused_with_words(open_world: World, what: str) -> None:
    name, content = FILES[what]
    place = open_world.places["own"]
    before = open_world.version()
    answer = open_world.ask(
        open_world.principals["candidate"],
        "POST",
        f"/campaigns/{place.ids['campaign_id']}/steps/a2_district/files/decision",
        data={"csrf_token": open_world.csrf, "file": (io.BytesIO(content), name)},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 422
    assert MARK.encode() not in answer.get_data()
    assert open_world.version() == before


def test_the_steps_that_are_tried_ask_for_every_kind_of_answer_and_evidence(
    open_world: World, cases: list[Case]
) -> None:
    endpoints = {route.endpoint for route in open_world.routes if route.method == "POST"}
    assert {case.endpoint for case in cases} == endpoints
    tried = {case.endpoint for case in cases if case.fields}
    assert {"evidence.save_answers", "evidence.answer_quiz", "evidence.propose_meeting"} <= tried
    assert PACK in open_world.planted.places["own"].name or len(cases) > len(endpoints)

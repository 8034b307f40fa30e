"""Whatever stands in an address or a header, the program answers with words and never breaks."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from werkzeug.exceptions import HTTPException

from app.access import Public
from tests.conftest import PACKAGES
from tests.guards.browsing import Route, World
from tests.guards.hostile import ANSWERS, HOSTILE, MARK, body
from tests.guards.world import Principal

# Every form of the program with every bad value: minutes on a busy machine.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
"""Thousands of requests: part of `make test-all`."""


ROOT = Path(__file__).resolve().parents[2]
NUMBERS = ("0", str(2**63 - 1), str(2**63), "9" * 30, "-1", "1e3", "٣", "1%00", "%ff", "01", "+1")
TEXTS = (
    *("%00", "%ff%fe", "%ED%A0%80", "..%2F..%2Fetc%2Fpasswd", "A" * 10_000, quote(MARK)),
    *(quote("👩‍👧"), "%25s", "%7B%7B7*7%7D%7D", "%0d%0aX-Evil:%201", "a1_can_i%00"),
)
ASKED = re.compile(r'args\.get(?:list)?\(\s*"(\w+)"')


ADDRESSEES = ("chief", "candidate", "visitor")


@pytest.mark.parametrize("name", ADDRESSEES)
def test_no_address_breaks_anything(open_world: World, name: str) -> None:
    who = open_world.principals[name]
    own = open_world.places["own"]
    wrong = []
    for route in open_world.routes:
        for argument in route.rule.arguments:
            number = type(route.rule._converters[argument]).__name__ == "IdConverter"
            marked = route.values(own, who)
            # A number nobody has stands where the hostile one is put.
            marked[argument] = 777_000_777 if number else "MARKEDPLACE"
            pattern = open_world.path(route, marked)
            for value in NUMBERS if number else TEXTS:
                path = pattern.replace(str(marked[argument]), value)
                status = _status(open_world, who, route.method, path)
                if status not in ANSWERS:
                    wrong.append(f"{route.method} {path[:200]}: {status}")
    assert not wrong, "\n".join(wrong)


def _status(world: World, who: Principal, method: str, path: str) -> int:
    before = world.version()
    try:
        status = world.ask(who, method, path).status_code
    except HTTPException as error:
        status = error.code or 500
    if world.version() != before:
        world.restore()
    return status


def asked_names() -> tuple[str, ...]:
    """Give every name that the program takes from the part of an address behind the "?"."""
    sources = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return tuple(sorted({n for path in sources for n in ASKED.findall(path.read_text("utf-8"))}))


ASKED_WITH = (
    *("nothing", "long", "nul", "lone surrogate", "not utf-8", "direction", "emoji", "markup"),
    *("sql", "like", "template", "huge number", "negative", "arabic digits", "superscript"),
    *("float", "no such day"),
)


@pytest.mark.parametrize("name", ["chief", "candidate", "visitor"])
def test_no_question_in_an_address_breaks_a_page(open_world: World, name: str) -> None:
    who = open_world.principals[name]
    names = asked_names()
    assert {"page", "before", "q", "next"} <= set(names)
    wrong = []
    for route in open_world.routes:
        if route.method != "GET" or not _may_answer(route, who):
            continue
        path = open_world.path(route, route.values(open_world.places["own"], who))
        for what in ASKED_WITH:
            value = HOSTILE[what]
            # Servers refuse longer addresses before the program sees them.
            asked = body(names, value[:300]).decode()
            answer = open_world.ask(who, "GET", f"{path}?{asked}")
            if answer.status_code not in ANSWERS | {503 if path == "/health" else 200}:
                wrong.append(f"{path}: {what}: {answer.status_code}")
            if MARK.encode() in answer.get_data():
                wrong.append(f"{path}: {what}: shown as markup")
    assert not wrong, "\n".join(wrong)


def _may_answer(route: Route, who: Principal) -> bool:
    """Leave out what refuses before it reads the address, and what is the same for everybody."""
    if isinstance(route.access, Public):
        return who.name == "visitor"
    return route.permission is None or who.viewer.holds(route.permission)


HEADERS = {
    "Accept-Language": ["*", "ru;q=abc", "\xff", "x" * 5_000, "ru-RU,ru;q=0.8," * 200],
    "User-Agent": ["", "\xff\xfe", MARK, "A" * 5_000],
    "Cookie": [
        "mandat=garbage",
        "mandat=",
        "mandat=.e30.x.y",
        "\xff=\xff",
        "mandat=" + "A" * 4_000,
    ],
    "Host": ["", "a b", "localhost:99999", "evil.example.org", "[::1"],
    "HX-Request": ["true", "\xff"],
    "If-None-Match": ["*", '"x', "W/" * 500],
    "If-Modified-Since": ["yesterday", "Thu, 01 Jan 0000 00:00:00 GMT"],
    "Range": ["bytes=0-", "bytes=9-1", "lines=1"],
    "X-Request-ID": [MARK, "a" * 500],
    "X-Forwarded-For": ["::::", "1.1.1.1, x"],
}


@pytest.mark.parametrize("header", HEADERS)
def test_no_header_breaks_a_page(open_world: World, header: str) -> None:
    who = open_world.principals["candidate"]
    campaign_id = open_world.places["own"].ids["campaign_id"]
    feed = f"/calendar/{open_world.places['own'].tokens['calendar']}.ics"
    for path in ("/", "/sign-in", "/join", f"/campaigns/{campaign_id}/route", feed, "/absent"):
        for value in HEADERS[header]:
            answer = open_world.ask(who, "GET", path, headers={header: value})
            assert answer.status_code in ANSWERS | {304, 206, 416}, (
                f"{path}: {header}: {value[:50]}"
            )
            assert MARK not in answer.get_data(as_text=True)
            assert MARK not in str(answer.headers)

"""Requests in the small world: cookies made afresh, addresses filled, rows put back."""

from __future__ import annotations

import io
import logging
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pysqlite3
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.access import Access, Holds, Permission, Scope
from app.db import Database
from app.logs import JsonLines
from app.web.routing import access_of
from tests.guards.world import (
    ABSENT,
    COPY_KIND,
    KIND,
    OPEN_STEP,
    OPEN_TABLE,
    SEALED_TABLE,
    UPLOAD_STEP,
    Place,
    Planted,
    Principal,
)

APPLICANTS = ("accounts.applicant", "accounts.applicant_admit", "accounts.applicant_decline")
OF_ROWS = tuple(
    f"paperwork.{name}" for name in ("new_row", "edit_row", "save_row", "remove_row", "restore_row")
)
STEPS = {
    "evidence.save_ticks": "a4_papers",
    "evidence.answer_quiz": "c3_train",
    "evidence.upload": UPLOAD_STEP,
    "evidence.remove_file": UPLOAD_STEP,
    "evidence.send_files": UPLOAD_STEP,
    "evidence.withdraw": UPLOAD_STEP,
    "paperwork.show_sealed_answer": "passport",
    **dict.fromkeys(OF_ROWS, OPEN_TABLE[1]),
    "paperwork.show_row": SEALED_TABLE[1],
    "fund.state_limit": "limit",
}
"""Keys of the pack that a route is about: of a step, an answer, a limit."""
KINDS = {
    **dict.fromkeys(OF_ROWS, OPEN_TABLE[0]),
    "paperwork.show_row": SEALED_TABLE[0],
    "paperwork.certify": COPY_KIND,
}
"""Papers that a route is about where it is another than the one that everybody fills in."""
WORDS = {
    "page": "name",
    "evidence": "decision",
    "code": "en",
    "number": 1,
    "name": "front",
    "flag": "do_not_contact",
    "gateway": "demo",
    "letter_id": 1,
}
"""What stands in addresses and belongs to nobody."""
BODIES = {
    "doors.sync": {"device": "6f0c6c52-0d0a-4f39-9a55-6d616e646174", "sent_at": 1, "items": []}
}
"""Routes that take no form but this."""
FORMS = {
    "packets.tick": {"thing": "take:passport", "done": "1"},
    "papers_desk.ask": {"token": "a-token-of-a-page", "kind": KIND},
}
"""Fields without which a form is about nothing."""
QUERIES = {"papers_desk.bulk": {"kind": KIND}}
"""What stands behind the question mark of addresses that are about nothing without it."""
WHOLE_COALITION = frozenset({"coalition_id", "election_id", "person_id"})
WHOLE_ORGANISATION = frozenset({"organisation_id", "staff_id", "bulk_id"})
OF_A_CAMPAIGN = frozenset(
    {
        *("campaign_id", "file_id", "question_id", "review_id", "member_id", "assignment_id"),
        *("invitation_id", "article_id", "issue_id", "scan_id", "flyer_id", "donation_id"),
        *("building_id", "entrance_id", "door_id", "turf_id", "contact_id", "import_id"),
        *("confirmation_id", "packet_id", "batch_id", "collector_id", "protocol_id"),
        *("digest", "observation", "row_id"),
    }
)
OWN_ACCOUNT = frozenset({"sign_in_id"})
SCOPED = WHOLE_COALITION | WHOLE_ORGANISATION | OF_A_CAMPAIGN | OWN_ACCOUNT
LETTER = frozenset({"letter_id"})
WORDS_OF_NOBODY = {
    "digest": "0" * 64,
    **dict.fromkeys(("observation", "row_id"), "00000000-0000-4000-8000-000000000000"),
}
"""What names a thing by a word, with the word of a thing that is nowhere."""
CSRF = re.compile(r'name="csrf_token"[^>]*value="[^"]*"|value="[^"]*"[^>]*name="csrf_token"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One rule of the program with its only method and its policy."""

    rule: Rule
    method: str
    access: Access

    @property
    def endpoint(self) -> str:
        """Give the endpoint."""
        return str(self.rule.endpoint)

    @property
    def names(self) -> frozenset[str]:
        """Give the names in the address that say whose thing it is."""
        return frozenset(self.rule.arguments) & SCOPED

    @property
    def permission(self) -> Permission | None:
        """Give the permission that is asked for, None when it is none."""
        return self.access.permission if isinstance(self.access, Holds) else None

    def scope(self, place: Place) -> Scope:
        """Give the scope of the thing this address names in a place."""
        whole = place.scope
        if self.names & OF_A_CAMPAIGN and not self._for_the_desk:
            return whole
        if self.names & WHOLE_COALITION:
            return Scope(coalition_id=whole.coalition_id)
        return Scope(coalition_id=whole.coalition_id, organisation_id=whole.organisation_id)

    @property
    def _for_the_desk(self) -> bool:
        return self.endpoint == "accounts.invitations_revoke"

    def values(self, place: Place, who: Principal, *, absent: bool = False) -> dict[str, object]:
        """Fill the address with the things of a place, or with things that are nowhere."""
        return {name: self._value(name, place, who, absent=absent) for name in self.rule.arguments}

    def _value(self, name: str, place: Place, who: Principal, *, absent: bool) -> object:
        if name in SCOPED | LETTER and absent:
            return WORDS_OF_NOBODY.get(name, ABSENT)
        section = self.endpoint.split(".")[0]
        if f"{section}.{name}" in place.names:
            return place.names[f"{section}.{name}"]
        if name == "key":
            return STEPS.get(self.endpoint, OPEN_STEP)
        if name == "kind":
            return KINDS.get(self.endpoint, KIND)
        if name == "token":
            return place.tokens[str(self.rule.rule).split("/")[1].removesuffix("s")]
        if name == "campaign_id" and self.endpoint in APPLICANTS:
            return place.ids["applied_id"]
        if name == "invitation_id" and self._for_the_desk:
            return place.ids["desk_invitation_id"]
        if self.endpoint == "flyers.withdraw" and name != "campaign_id":
            return place.ids["flyer_review_id" if name == "review_id" else "sent_flyer_id"]
        if name in place.by_queue[who.queue]:
            return place.by_queue[who.queue][name]
        if name in place.ids:
            return place.ids[name]
        if name in WORDS:
            return WORDS[name]
        raise AssertionError(
            f"{self.rule.rule}: nothing fills {name!r}; plant one in tests/guards/world.py and "
            "say in tests/guards/browsing.py whose it is"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; ``about_nothing`` is the answer about things that are nowhere."""

    route: Route
    place: Place
    path: str
    status: int
    location: str
    wrote: bool
    written_abroad: tuple[str, ...]
    raw: bytes
    normal: bytes
    about_nothing: bytes

    def __str__(self) -> str:
        return f"{self.route.method} {self.path} ({self.route.endpoint}, {self.place.name})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """Everything one principal was answered, and everything that was logged meanwhile."""

    who: Principal
    answers: tuple[Answer, ...]
    log: str


def routes_of(app: Flask) -> list[Route]:
    """Give every rule of the program."""
    found = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda each: (each.rule, each.endpoint)):
        (method,) = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        found.append(Route(rule=rule, method=method, access=access_of(rule)))
    return found


class World:
    """The program over the planted database, and the way to ask it something."""

    def __init__(self, app: Flask, database: Database, planted: Planted) -> None:
        self.app, self.database, self.planted = app, database, planted
        self.routes = routes_of(app)
        self.places, self.principals = planted.places, planted.principals
        self._adapter = app.url_map.bind("localhost")
        self._sweeps: dict[str, Sweep] = {}
        self._proof = secrets.token_hex(20)
        self._live = pysqlite3.connect(database.url.database)
        self._kept = pysqlite3.connect(":memory:")
        self._live.backup(self._kept)
        self._client = FlaskClient(app, app.response_class, use_cookies=False)
        self.csrf = URLSafeTimedSerializer(str(app.secret_key), salt="wtf-csrf-token").dumps(
            self._proof
        )

    def path(self, route: Route, values: dict[str, object]) -> str:
        """Give the address of a route."""
        return self._adapter.build(route.endpoint, values, method=route.method)

    def headers(self, who: Principal, language: str = "en") -> dict[str, str]:
        """Give the cookie of a principal, made afresh so that no answer changes the next one."""
        content: dict[str, Any] = {"csrf_token": self._proof, "language": language}
        if who.token:
            content |= {"_user_id": who.token, "_fresh": True}
        interface: Any = self.app.session_interface
        signed = interface.get_signing_serializer(self.app).dumps(content)
        return {"Cookie": f"{self.app.config['SESSION_COOKIE_NAME']}={signed}"}

    def ask(
        self, who: Principal, method: str, path: str, *, proof: bool = True, **options: Any
    ) -> TestResponse:
        """Send a request as a principal; a POST carries a valid token unless told otherwise."""
        if method == "POST" and proof and not options:
            options["data"] = {"csrf_token": self.csrf}
        headers = self.headers(who) | options.pop("headers", {})
        return self._client.open(path, method=method, headers=headers, **options)

    def send(self, who: Principal, route: Route, path: str) -> TestResponse:
        """Send what a route takes, with a valid token."""
        body, fields = BODIES.get(route.endpoint), FORMS.get(route.endpoint)
        if route.endpoint in QUERIES:
            return self.ask(who, route.method, path, query_string=QUERIES[route.endpoint])
        if fields is not None:
            return self.ask(who, "POST", path, data={"csrf_token": self.csrf, **fields})
        if route.method == "GET" or body is None:
            return self.ask(who, route.method, path)
        return self.ask(who, "POST", path, json=body, headers={"X-CSRFToken": self.csrf})

    def version(self) -> int:
        """Give a number that changes with every commit that changes anything."""
        return int(self._live.execute("PRAGMA data_version").fetchone()[0])

    def restore(self) -> None:
        """Put every row back as it was planted."""
        self._kept.backup(self._live)

    def rows(self) -> dict[str, set[tuple[object, ...]]]:
        """Give all rows that belong to campaigns, by table; first column is the campaign."""
        found = {}
        for (table,) in self._live.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
            columns = [row[1] for row in self._live.execute(f"PRAGMA table_info({table})")]
            owner = "id" if table == "campaign" else "campaign_id"
            if owner in columns:
                query = f"SELECT {owner}, * FROM {table}"
                found[table] = set(self._live.execute(query))
        return found

    def sweep(self, who: Principal) -> Sweep:
        """Ask every route about every place; the answers are kept for the next test."""
        if who.name not in self._sweeps:
            lines = io.StringIO()
            handler = logging.StreamHandler(lines)
            handler.setFormatter(JsonLines())
            logger = logging.getLogger("mandat")
            level = logger.level
            logger.addHandler(handler)
            logger.setLevel(logging.DEBUG)
            try:
                answers = tuple(
                    self._answer(route, place, who)
                    for route in self.routes
                    for place in scoped(self, route)
                )
            finally:
                logger.removeHandler(handler)
                logger.setLevel(level)
            self._sweeps[who.name] = Sweep(who=who, answers=answers, log=lines.getvalue())
        return self._sweeps[who.name]

    def _answer(self, route: Route, place: Place, who: Principal) -> Answer:
        path = self.path(route, route.values(place, who))
        before = self.version()
        response = self.send(who, route, path)
        wrote = self.version() != before
        abroad: tuple[str, ...] = ()
        if wrote:
            abroad = self._written_abroad(route, who)
        found = normal(response, path)
        nothing = found
        if response.status_code in (404, 422) and route.names:
            empty = self.path(route, route.values(place, who, absent=True))
            nothing = normal(self.send(who, route, empty), empty)
        head = "\n".join(f"{key}: {value}" for key, value in response.headers.items())
        return Answer(
            route=route,
            place=place,
            path=path,
            status=response.status_code,
            location=response.headers.get("Location", ""),
            wrote=wrote,
            written_abroad=abroad,
            raw=head.encode() + b"\n\n" + response.get_data(),
            normal=found,
            about_nothing=nothing,
        )

    def _written_abroad(self, route: Route, who: Principal) -> tuple[str, ...]:
        """Give the tables in which rows of campaigns changed that are not theirs; undo all."""
        after = self.rows()
        self.restore()
        before = self.rows()
        permission = route.permission
        foreign = {
            place.ids[key]
            for place in self.places.values()
            if permission is None or not who.viewer.may(permission, place.scope)
            for key in ("campaign_id", "applied_id")
        }
        return tuple(
            table
            for table in before
            if {row for row in before[table] ^ after[table] if row[0] in foreign}
        )

    def close(self) -> None:
        """Let go of the database."""
        self._live.close()
        self._kept.close()
        self.database.dispose()


def normal(response: TestResponse, path: str) -> bytes:
    """Give an answer without what differs between any two: address, token, request."""
    # A file is told apart by any of its bytes, be they words or not.
    body = response.get_data().decode("utf-8", "backslashreplace")
    for written in (path, quote(path, safe=""), quote(path)):
        body = body.replace(written, "PATH")
    headers = {
        key: value
        for key, value in response.headers.items()
        if key not in ("X-Request-ID", "Set-Cookie", "Content-Length")
    }
    return f"{response.status_code} {sorted(headers.items())} {CSRF.sub('', body)}".encode()


def scoped(world: World, route: Route) -> Iterator[Place]:
    """Give the places a route is asked about: all when it names a thing, else only one."""
    if route.names:
        yield from world.places.values()
    else:
        yield world.places["own"]

"""A browser (or a phone) over plain HTTP that sends the same again until it is answered."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from statistics import median
from urllib.parse import urlencode
from uuid import uuid4

from werkzeug.wrappers import Response

from tests.page import Page

ANSWERED_WITHIN_S = 30
PATIENCE_S = 150
PAUSE_S = 0.25
LAST = 15
GUESS_S = 0.1
FORM = "application/x-www-form-urlencoded"


@dataclass(slots=True)
class Watch:
    """What happened to all requests of all browsers, and whoever waits for the next one."""

    sent: Counter[str] = field(default_factory=Counter)
    cut_off: Counter[str] = field(default_factory=Counter)
    """Requests that were on their way when the server died, by flow."""
    turned_away: Counter[str] = field(default_factory=Counter)
    """Requests that found nobody listening."""
    done_before: Counter[str] = field(default_factory=Counter)
    """Requests whose first answer was lost: the second said that it was done already."""
    wrong: list[str] = field(default_factory=list)
    changes: Counter[str] = field(default_factory=Counter)
    """Requests that went out to change something."""
    lasted: dict[str, deque[float]] = field(default_factory=dict)
    """How many seconds the last of those took that were answered."""
    _news: threading.Condition = field(default_factory=threading.Condition)

    def begin(self, flow: str, method: str) -> None:
        """Note that a request goes out."""
        with self._news:
            self.sent[flow] += 1
            if method == "POST":
                self.changes[flow] += 1
                self._news.notify_all()

    def end(self, flow: str, method: str, seconds: float, error: Exception | None) -> None:
        """Note how a request ended."""
        with self._news:
            if isinstance(error, ConnectionRefusedError):
                self.turned_away[flow] += 1
            elif error is not None:
                self.cut_off[flow] += 1
            elif method == "POST":
                self.lasted.setdefault(flow, deque(maxlen=LAST)).append(seconds)

    def wait_for_a_change(self, flow: str, seconds: float) -> float:
        """Wait until a request of this flow goes out to change something.

        Gives how many seconds such a request takes at present.
        """
        with self._news:
            before = self.changes[flow]
            self._news.wait_for(lambda: self.changes[flow] > before, seconds)
            return median(self.lasted.get(flow, (GUESS_S,)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server said, after however many attempts."""

    status: int
    body: bytes
    headers: Mapping[str, str]
    attempts: int

    @property
    def text(self) -> str:
        """Give the body as text."""
        return self.body.decode("utf-8", errors="replace")

    @property
    def page(self) -> Page:
        """Give the page."""
        return Page(Response(self.body, self.status))  # type: ignore[arg-type]

    @property
    def location(self) -> str:
        """Give where it leads."""
        return self.headers.get("location", "")


@dataclass(slots=True, kw_only=True)
class Browser:
    """One person's browser: its cookie, its form token, its patience."""

    port: int
    flow: str
    watch: Watch
    cookie: str = ""
    token: str = ""

    def get(self, path: str) -> Answer:
        """Fetch a page."""
        return self._until_answered("GET", path, b"", {})

    def open(self, path: str) -> Page:
        """Fetch a page with a form, and keep the form's token."""
        answer = self.get(path)
        assert answer.status == 200, f"{path}: {answer.status}\n{answer.text[:2000]}"
        page = answer.page
        found = page.soup.find("input", attrs={"name": "csrf_token"})
        if found is not None:
            self.token = str(found["value"])
        return page

    def send(self, path: str, fields: Mapping[str, str] | None = None) -> Answer:
        """Post a form; pressed again with the same token and fields until answered."""
        body = urlencode({"csrf_token": self.token, **(fields or {})}).encode()
        return self._until_answered("POST", path, body, {"Content-Type": FORM})

    def upload(self, path: str, name: str, data: bytes, media_type: str) -> Answer:
        """Post a file."""
        edge = f"edge-{uuid4().hex}"
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{self.token}\r\n'
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            f"Content-Type: {media_type}\r\n\r\n"
        )
        body = head.encode() + data + f"\r\n--{edge}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        return self._until_answered("POST", path, body, kind)

    def push(self, path: str, body: object) -> Answer:
        """Post JSON, as a phone does."""
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.token}
        return self._until_answered("POST", path, json.dumps(body).encode(), headers)

    def tell(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Post a machine's message, which needs no form."""
        return self._until_answered("POST", path, body, headers)

    def _until_answered(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> Answer:
        end = time.monotonic() + PATIENCE_S
        attempts = 0
        while time.monotonic() < end:
            attempts += 1
            answer = self._once(method, path, body, headers, attempts)
            if answer is not None and answer.status != 503:
                return answer
            time.sleep(PAUSE_S)
        raise AssertionError(f"{method} {path}: no answer in {PATIENCE_S} s")

    def _once(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], attempt: int
    ) -> Answer | None:
        """Send once; None when no whole answer came back."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=ANSWERED_WITHIN_S)
        sent = {"Accept-Language": "en", "Connection": "close", **headers}
        if self.cookie:
            sent["Cookie"] = f"mandat={self.cookie}"
        self.watch.begin(self.flow, method)
        began = time.monotonic()
        error: Exception | None = None
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            data = response.read()
        except (OSError, HTTPException) as met:
            error = met
            return None
        finally:
            self.watch.end(self.flow, method, time.monotonic() - began, error)
            connection.close()
        if response.status == 500:
            self.watch.wrong.append(f"{method} {path}: 500")
        self._keep_cookie(response.headers.get_all("Set-Cookie", []))
        return Answer(
            status=response.status,
            body=data,
            headers={name.lower(): value for name, value in response.headers.items()},
            attempts=attempt,
        )

    def _keep_cookie(self, given: list[str]) -> None:
        for line in given:
            name, _, rest = line.partition("=")
            if name == "mandat":
                self.cookie = rest.partition(";")[0]

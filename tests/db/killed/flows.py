"""What people do while processes die: each goes on, and remembers what was acknowledged."""

from __future__ import annotations

import hashlib
import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Self
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from app import clock
from fundraising.gateways.demo import HEADER, decided, message
from fundraising.gateways.signing import signature
from tests.db.killed.browsing import Answer, Browser
from tests.db.killed.ground import PAGE, Ground
from tests.fund_world import ANSWERS, LIMIT
from tests.web.paperwork.program import ANSWERS as PAPER_ANSWERS
from tests.web.paperwork.program import a_photo
from tests.web.portal import RU

PAPER, GIFT, DOORS = "paper", "gift", "doors"
READY_WITHIN_S = 600
KEPT_SCANS = 6
SUMS = (30_000, 100_000, LIMIT + 200_000)
_ISSUED = re.compile(r'href="([^"]*/issued/\d+)"')
_SCAN = re.compile(r'action="([^"]*/scans/\d+/remove)"')
_PAY = re.compile(r'href="([^"]*/demo/pay/[^"]+)"')


def acknowledged(browser: Browser, answer: Answer, first: int, *again: int) -> None:
    """Demand the answer to something done, or one of those to something done before.

    Only who sent it more than once may be told that it was there already.
    """
    allowed = (first, *again) if answer.attempts > 1 else (first,)
    assert answer.status in allowed, f"{answer.status} at {answer.attempts}: {answer.text[:3000]}"
    if answer.status != first:
        browser.watch.done_before[browser.flow] += 1


@dataclass(slots=True, kw_only=True)
class Writer:
    """A candidate who saves answers, issues the consent and brings the signed paper back."""

    browser: Browser
    at: str
    rnd: Random
    saved: int = 0
    occupation: str = ""
    issues: list[str] = field(default_factory=list)
    """What the occupation was when each version was issued."""
    issued_hrefs: set[str] = field(default_factory=set)
    scans: list[str] = field(default_factory=list)
    removed: int = 0

    def begin(self) -> None:
        """Answer every question, while nothing dies yet."""
        for page, answers in PAPER_ANSWERS[RU].items():
            where = f"{self.at}/questions/{page}"
            form = self.browser.open(where).form(f"/questions/{page}")
            form.pop("csrf_token")
            typed = {f"a-{key}": text for key, text in answers.items()}
            acknowledged(self.browser, self.browser.send(where, {**form, **typed}), 303)
        self.saved, self.occupation = 1, PAPER_ANSWERS[RU]["work"]["occupation"]

    def once(self) -> None:
        """Change an answer, issue the paper with it, and bring it back signed."""
        self.save()
        acknowledged(self.browser, self.browser.send(f"{self.at}/issue"), 303, 409)
        self.issues.append(self.occupation)
        self._wait_for_file()
        self._bring_back()

    def save(self) -> None:
        """Type another occupation."""
        text = f"занятие № {self.saved + 1}"
        answer = self.browser.send(
            f"{self.at}/questions/work",
            {
                "a-occupation": text,
                "v-occupation": str(self.saved),
                "w-occupation": self.occupation,
            },
        )
        acknowledged(self.browser, answer, 303)
        self.saved += 1
        self.occupation = text

    def _wait_for_file(self) -> None:
        """Look until the file is there, typing on meanwhile."""
        end = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < end:
            found = set(_ISSUED.findall(self.browser.get(self.at).text)) - self.issued_hrefs
            if found:
                (href,) = found
                self.issued_hrefs.add(href)
                file = self.browser.get(href)
                assert file.status == 200 and file.body.startswith(b"%PDF"), href
                return
            time.sleep(self.rnd.uniform(0.2, 0.7))
            self.save()
        raise AssertionError(f"{self.at}: not typeset in {READY_WITHIN_S} s")

    def _bring_back(self) -> None:
        colour = "#" + hashlib.sha256(f"{self.at} {len(self.scans)}".encode()).hexdigest()[:6]
        name = f"scan-{len(self.scans) + 1}.jpg"
        there = self.browser.upload(f"{self.at}/scans", name, a_photo(colour), "image/jpeg")
        acknowledged(self.browser, there, 303, 422)
        self.scans.append(name)
        if len(self.scans) - self.removed > KEPT_SCANS:
            oldest = _SCAN.findall(self.browser.get(self.at).text)[0]
            acknowledged(self.browser, self.browser.send(oldest), 303, 404)
            self.removed += 1


@dataclass(slots=True, kw_only=True)
class Giver:
    """A stranger who gives again and again, each time as somebody else, and the provider."""

    browser: Browser
    ground: Ground
    number: int
    rnd: Random
    begun: list[tuple[str, int]] = field(default_factory=list)
    """Address and sum of each gift that was acknowledged."""
    paid: dict[str, int] = field(default_factory=dict)
    """Sums by the provider's token."""
    declined: set[str] = field(default_factory=set)

    def once(self) -> None:
        """Give, pay, and let the provider say so."""
        form = self.browser.open(PAGE).form(PAGE)
        amount = self.rnd.choice(SUMS)
        given = self.browser.send(PAGE, {**self._form(amount), "once": form["once"]})
        acknowledged(self.browser, given, 303)
        self.begun.append((given.location, amount))
        self._pay(self._page_to_pay_on(given.location), amount)

    def _form(self, amount: int) -> dict[str, str]:
        who = f"{self.number:02d}{len(self.begun):04d}"
        answers = {**ANSWERS[RU], "passport": f"4000 {who}"}
        return {
            **{f"ask_{key}": value for key, value in answers.items()},
            "sum": "100000",
            "other": str(amount // 100),
            "email": f"giver-{who}@example.org",
        }

    def _page_to_pay_on(self, own: str) -> str:
        end = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < end:
            found = _PAY.search(self.browser.get(own).text)
            if found:
                return urlsplit(found[1]).path
            time.sleep(self.rnd.uniform(0.3, 0.8))
        raise AssertionError(f"{own}: no page to pay on in {READY_WITHIN_S} s")

    def _pay(self, page: str, amount: int) -> None:
        self.browser.open(page)
        choice = self.rnd.choices(("pay", "decline"), (9, 1))[0]
        acknowledged(self.browser, self.browser.send(page, {"choice": choice}), 303)
        token = page.rpartition("/")[2]
        if choice == "decline":
            self.declined.add(token)
            return
        self.paid[token] = amount
        self._tell(token)

    def _tell(self, token: str) -> None:
        """Send the provider's message ourselves too: it comes twice, as messages do."""
        body = message(decided(token, "paid"))
        header = {HEADER: signature(body, self.ground.provider.secret, clock.now())}
        acknowledged(self.browser, self.browser.tell("/hooks/demo", body, header), 200)


@dataclass(slots=True, kw_only=True)
class Walker:
    """A canvasser whose phone sends batches until each visit has its verdict."""

    browser: Browser
    ground: Ground
    rnd: Random
    device: UUID = field(default_factory=uuid4)
    sent: int = 0
    acknowledged: dict[str, int] = field(default_factory=dict)
    """Numbers by the visits' own ids."""

    def once(self) -> None:
        """Knock at a few doors and send what was seen; sometimes once more, for nothing."""
        world = self.ground.field
        items: list[dict[str, Any]] = []
        for _ in range(self.rnd.randint(1, 8)):
            self.sent += 1
            items.append(world.item(self.sent, self.rnd.randrange(len(world.doors))))
        batch = world.batch(*items, device=self.device)
        self._push(batch, {"stored"})
        if self.rnd.random() < 0.1:
            self._push(batch, {"duplicate"})
        time.sleep(self.rnd.uniform(0.05, 0.3))

    def _push(self, batch: dict[str, Any], expected: set[str]) -> None:
        answer = self.browser.push(self.ground.field.sync, batch)
        acknowledged(self.browser, answer, 200)
        told = json.loads(answer.body)
        allowed = expected | ({"duplicate"} if answer.attempts > 1 else set())
        verdicts = {one["verdict"] for one in told["verdicts"]}
        assert verdicts <= allowed and len(verdicts) == 1, f"{verdicts} at {answer.attempts}"
        if verdicts != expected:
            self.browser.watch.done_before[DOORS] += 1
        self.acknowledged |= {one["id"]: one["seq"] for one in told["verdicts"]}


@dataclass(slots=True)
class Crowd:
    """Everybody at once, each in a thread, until told to stop."""

    errors: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Give the crowd."""
        return self

    def __exit__(self, *met: object) -> None:
        """Have everybody stop, also when the test has failed already."""
        self._stop.set()

    def add(self, name: str, do: Callable[[], None]) -> None:
        """Let somebody begin."""

        def go_on() -> None:
            try:
                while not self._stop.is_set():
                    do()
            except Exception as error:
                self.errors.append(f"{name}: {type(error).__name__}: {error}")

        thread = threading.Thread(target=go_on, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def finish(self) -> None:
        """Let everybody end what they are at."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

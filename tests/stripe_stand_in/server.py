"""Stripe as far as we use it: sessions, payments, refunds, disputes, events, over real HTTP.

Parameters are checked against the library's own types, with extra keys forbidden; idempotency
keys are honoured; a card may decline; more than was paid is not refunded. Messages are collected,
for the test to deliver late, twice and in any order.
"""

from __future__ import annotations

import json
import re
import threading
import time
import typing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, get_args, get_origin
from urllib.parse import parse_qsl, urlsplit

import stripe
import stripe.params
from stripe import params
from stripe.params.checkout import SessionCreateParams, SessionExpireParams

# The library makes its types with these; the standard library does not recognise them.
from typing_extensions import get_type_hints, is_typeddict

SECRET = "whsec_" + "s" * 32
KEY = "sk_test_" + "k" * 24
_PART = re.compile(r"[^\[\]]+")


class Refusal(Exception):
    """An error as Stripe answers it."""

    def __init__(self, status: int, code: str, kind: str = "invalid_request_error") -> None:
        super().__init__(code)
        self.status, self.code, self.kind = status, code, kind


@dataclass(slots=True)
class StripeStandIn:
    """The books of one account."""

    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    answered: dict[str, tuple[bytes, dict[str, Any]]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    fail_next: list[int] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)
    address: str = ""
    number: int = 0

    def new(self, prefix: str, **values: Any) -> dict[str, Any]:
        self.number += 1
        found = {"id": f"{prefix}_{self.number:08d}", "livemode": False, **values}
        found["created"] = int(time.time())
        self.objects[found["id"]] = found
        return found

    def tell(self, kind: str, about: dict[str, Any]) -> None:
        event = self.new("evt", object="event", type=kind, data={"object": dict(about)})
        event |= {"api_version": "2025-01-01", "pending_webhooks": 1, "request": None}
        self.events.append(event)

    # What a test does as the giver, the bank or the owner of the account.

    def pay(self, session_id: str, *, declines: bool = False) -> None:
        """Let the giver press the button on the hosted page."""
        with self.lock:
            page = self.objects[session_id]
            if page["status"] != "open":
                raise AssertionError("nobody can pay on a page that is over")
            metadata = page["payment_intent_data"]["metadata"]
            intent = self._intent_of(page, metadata)
            if declines:
                self.tell("payment_intent.payment_failed", intent)
                return
            intent["status"] = "succeeded"
            amount = page["amount_total"]
            charge = self.new(
                "ch", object="charge", amount=amount, amount_captured=amount, captured=True,
                paid=True, currency=page["currency"], payment_intent=intent["id"],
                metadata=metadata, amount_refunded=0,
            )  # fmt: skip
            intent |= {"latest_charge": charge["id"], "amount": amount}
            page |= {"status": "complete", "payment_intent": intent["id"]}
            self.tell("payment_intent.succeeded", intent)
            self.tell("charge.succeeded", charge)
            self.tell("checkout.session.completed", page)

    def _intent_of(self, page: dict[str, Any], metadata: dict[str, Any]) -> dict[str, Any]:
        """Give the one payment of a page; cards are tried on it one after another."""
        if page.get("payment_intent"):
            return self.objects[page["payment_intent"]]
        status = "requires_payment_method"
        made = self.new(
            "pi", object="payment_intent", metadata=metadata, status=status, latest_charge=None
        )
        page["payment_intent"] = made["id"]
        return made

    def expire(self, session_id: str) -> None:
        with self.lock:
            self.objects[session_id]["status"] = "expired"
            self.tell("checkout.session.expired", self.objects[session_id])

    def refund(self, charge_id: str, amount: int) -> dict[str, Any]:
        """Give back, as the owner's dashboard and the interface both do."""
        charge = self.objects[charge_id]
        if charge["amount_refunded"] + amount > charge["amount_captured"]:
            raise Refusal(400, "charge_already_refunded")
        charge["amount_refunded"] += amount
        made = self.new(
            "re", object="refund", amount=amount, charge=charge_id, status="succeeded",
            payment_intent=charge["payment_intent"], currency=charge["currency"],
        )  # fmt: skip
        self.tell("refund.created", made)
        self.tell("charge.refunded", charge)
        return made

    def dispute(self, charge_id: str) -> dict[str, Any]:
        charge = self.objects[charge_id]
        made = self.new(
            "dp", object="dispute", amount=charge["amount"], charge=charge_id,
            status="needs_response", payment_intent=charge["payment_intent"],
        )  # fmt: skip
        self.tell("charge.dispute.created", made)
        return made

    def close_dispute(self, dispute_id: str, status: str) -> None:
        self.objects[dispute_id]["status"] = status
        self.tell("charge.dispute.closed", self.objects[dispute_id])

    def charge_of(self, session_id: str) -> str:
        intent = self.objects[self.objects[session_id]["payment_intent"]]
        return str(intent["latest_charge"])

    def signed(self, event: dict[str, Any], *, at: int | None = None) -> tuple[bytes, str]:
        body = json.dumps(event, separators=(",", ":"))
        header = stripe.WebhookSignature.generate_signature_header(body, SECRET, at)
        return body.encode(), header

    # The interface.

    def answer(self, method: str, path: str, form: dict[str, Any], key: str) -> dict[str, Any]:
        """Answer one call; the same key with the same parameters is answered as before."""
        if method == "POST" and key:
            asked = json.dumps([path, form], sort_keys=True).encode()
            if key in self.answered:
                before, said = self.answered[key]
                if before != asked:
                    raise Refusal(400, "idempotency_key_in_use", "idempotency_error")
                return said
            said = self._carry_out(method, path, form)
            self.answered[key] = (asked, said)
            return said
        return self._carry_out(method, path, form)

    def _carry_out(self, method: str, path: str, form: dict[str, Any]) -> dict[str, Any]:
        parts = path.strip("/").split("/")[1:]
        routes: dict[tuple[str, str], Callable[..., dict[str, Any]]] = {
            ("POST", "checkout/sessions"): self._new_session,
            ("POST", "refunds"): self._new_refund,
            ("GET", "refunds"): lambda f: self._list("refund", f, params.RefundListParams),
            ("GET", "disputes"): lambda f: self._list("dispute", f, params.DisputeListParams),
            ("GET", "events"): self._list_events,
        }
        found = routes.get((method, "/".join(parts)))
        if found is not None:
            return found(form)
        if (method, parts[:2], parts[3:]) == ("POST", ["checkout", "sessions"], ["expire"]):
            return self._expire_session(parts[2], form)
        if method == "GET" and parts[-1] in self.objects:
            return self._expanded(self.objects[parts[-1]], form.get("expand", {}))
        raise Refusal(404, "resource_missing")

    def _new_session(self, form: dict[str, Any]) -> dict[str, Any]:
        asked = checked(form, SessionCreateParams)
        line = asked["line_items"][0]["price_data"]
        made = self.new(
            "cs", object="checkout.session", status="open", payment_intent=None,
            client_reference_id=asked["client_reference_id"], metadata=asked["metadata"],
            payment_intent_data=asked["payment_intent_data"], currency=line["currency"],
            amount_total=int(line["unit_amount"]),
        )  # fmt: skip
        made["url"] = f"{self.address}/pay/{made['id']}"
        return made

    def _expire_session(self, session_id: str, form: dict[str, Any]) -> dict[str, Any]:
        """Expire an open session; one that is complete or expired is refused, as by Stripe."""
        checked(form, SessionExpireParams)
        if session_id not in self.objects:
            raise Refusal(404, "resource_missing")
        if self.objects[session_id]["status"] != "open":
            raise Refusal(400, "checkout_session_not_open")
        self.expire(session_id)
        return self.objects[session_id]

    def _new_refund(self, form: dict[str, Any]) -> dict[str, Any]:
        asked = checked(form, params.RefundCreateParams)
        if asked["charge"] not in self.objects:
            raise Refusal(404, "resource_missing")
        return self.refund(asked["charge"], int(asked["amount"]))

    def _list(self, kind: str, form: dict[str, Any], shape: type) -> dict[str, Any]:
        asked = checked(form, shape)
        data = [
            each
            for each in self.objects.values()
            if each.get("object") == kind and each["payment_intent"] == asked["payment_intent"]
        ]
        return {"object": "list", "data": data, "has_more": False, "url": "/v1/" + kind}

    def _list_events(self, form: dict[str, Any]) -> dict[str, Any]:
        checked(form, params.EventListParams)
        data = list(reversed(self.events))
        return {"object": "list", "data": data, "has_more": False, "url": "/v1/events"}

    def _expanded(self, found: dict[str, Any], expand: Any) -> dict[str, Any]:
        said = dict(found)
        if "payment_intent.latest_charge" in list(expand) and said.get("payment_intent"):
            intent = dict(self.objects[said["payment_intent"]])
            if intent["latest_charge"] is not None:
                intent["latest_charge"] = self.objects[intent["latest_charge"]]
            said["payment_intent"] = intent
        return said


def checked(form: dict[str, Any], shape: type) -> dict[str, Any]:
    """Check parameters against the library's own type, and give them."""
    _check_keys(form, shape)
    return form


def _check_keys(form: Any, shape: Any) -> None:
    shape = _bare(shape)
    if is_typeddict(shape) and isinstance(form, dict):
        known = _hints(shape)
        unknown = set(form) - set(known)
        if unknown:
            raise Refusal(400, f"parameter_unknown: {sorted(unknown)}")
        missing = getattr(shape, "__required_keys__", frozenset()) - set(form)
        if missing:
            raise Refusal(400, f"parameter_missing: {sorted(missing)}")
        for name, value in form.items():
            _check_keys(value, known[name])
    elif get_origin(shape) is list:
        for value in form:
            _check_keys(value, get_args(shape)[0])
    elif str(get_origin(shape)) == "typing.Literal" and form not in get_args(shape):
        raise Refusal(400, f"parameter_invalid: {form}")
    elif shape is int and not str(form).isdigit():
        raise Refusal(400, "parameter_invalid_integer")


@cache
def _hints(shape: Any) -> dict[str, Any]:
    """Give the types of a shape's keys; what only checkers know is Any."""
    names: dict[str, Any] = {name: getattr(typing, name) for name in typing.__all__}
    while True:
        try:
            return get_type_hints(shape, localns=names)
        except NameError as error:
            names[error.name] = Any


def _bare(shape: Any) -> Any:
    """Give the type that a value is checked against: without NotRequired, Optional, or forms."""
    while get_origin(shape) is not None and str(get_origin(shape)) in (
        "typing_extensions.NotRequired", "typing.NotRequired", "typing.Union",
        "<class 'types.UnionType'>",
    ):  # fmt: skip
        options = [one for one in get_args(shape) if one is not type(None)]
        shape = next((one for one in options if is_typeddict(one)), options[0])
    return shape


def read_form(text: str) -> dict[str, Any]:
    """Give ``a[b][0][c]=d`` as nested values."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        at, parts = found, _PART.findall(name)
        for part in parts[:-1]:
            at = at.setdefault(part, {})
        at[parts[-1]] = value
    return _listed(found)


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _listed(each) for key, each in value.items()}
    if inner and all(key.isdigit() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner


@contextmanager
def stripe_stand_in() -> Iterator[StripeStandIn]:
    """Serve a stand-in on loopback."""
    books = StripeStandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._serve("GET", urlsplit(self.path).query)

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            self._serve("POST", self.rfile.read(length).decode())

        def _serve(self, method: str, text: str) -> None:
            path = urlsplit(self.path).path
            with books.lock:
                books.calls.append(f"{method} {path}")
                status, said = self._said(method, path, text)
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _said(self, method: str, path: str, text: str) -> tuple[int, dict[str, Any]]:
            if self.headers.get("Authorization") != f"Bearer {KEY}":
                return 401, {"error": {"type": "invalid_request_error", "code": "api_key"}}
            if books.fail_next:
                return books.fail_next.pop(0), {"error": {"type": "api_error", "message": "away"}}
            try:
                key = self.headers.get("Idempotency-Key", "")
                return 200, books.answer(method, path, read_form(text), key)
            except Refusal as refusal:
                return refusal.status, {
                    "error": {"type": refusal.kind, "code": refusal.code, "message": refusal.code}
                }

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    books.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield books
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

"""Stripe Checkout: the only module that knows Stripe's library.

Everything the program believes is read from Stripe's objects, never from a message's body; the
library's objects leave this module as plain values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

import stripe
from stripe.params.checkout import SessionCreateParams

from fundraising.gateways.protocol import (
    BadMessage,
    GatewayAway,
    GatewayRefused,
    GivenBack,
    Hint,
    HostedPage,
    Payment,
    Wanted,
)
from fundraising.gateways.signing import require_now, stamp_of
from fundraising.rules.ledger import Dispute, Moved
from fundraising.rules.states import PaymentState, RefundState

NAME = "stripe"
HEADER = "Stripe-Signature"
TIMEOUT_S = 10
LARGEST_MESSAGE = 512 * 1024
LOCALES = {"ru": "ru", "en": "en-GB"}
REFERENCE = "gift"
PAID_KINDS = ("checkout.session.", "payment_intent.", "charge.", "refund.")
DECLINED = "payment_intent.payment_failed"
"""One for every card that was tried in vain; "charge.failed" comes beside it, and not always."""
_REFUND_STATES = {
    "succeeded": RefundState.DONE,
    "pending": RefundState.SENT,
    "requires_action": RefundState.SENT,
    "failed": RefundState.FAILED,
    "canceled": RefundState.FAILED,
}
_DISPUTES = {"needs_response": "open", "under_review": "open", "won": "won", "lost": "lost"}
"""An early warning is no dispute: the money has not moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StripeGateway:
    """Stripe Checkout over one account."""

    client: stripe.StripeClient = field(repr=False)
    webhook_secret: str = field(repr=False)
    live: bool
    name: str = NAME
    moves_money: bool = True

    @classmethod
    def connect(
        cls, key: str, webhook_secret: str, *, live: bool, api_base: str = ""
    ) -> StripeGateway:
        """Give the gateway of an account; ``api_base`` is another address for tests."""
        client = stripe.StripeClient(
            key,
            # The library would wait 80 seconds, and a job's lease is 30.
            http_client=stripe.RequestsClient(timeout=TIMEOUT_S),
            # Attempts are the job's business: it waits longer and survives a restart.
            max_network_retries=0,
            base_addresses={"api": api_base} if api_base else None,
        )
        return cls(client=client, webhook_secret=webhook_secret, live=live)

    def is_decline(self, kind: str) -> bool:
        """Say whether a card was declined on the page, which then stays open for another one."""
        return kind == DECLINED

    def open_page(self, wanted: Wanted, *, key: str, now: datetime) -> HostedPage:
        """Make a Checkout session."""
        metadata = {REFERENCE: wanted.reference}
        params: SessionCreateParams = {
            "mode": "payment",
            "submit_type": "donate",
            "client_reference_id": wanted.reference,
            "line_items": [
                {
                    "price_data": {
                        "currency": wanted.currency.lower(),
                        "unit_amount": wanted.amount_minor,
                        "product_data": {"name": wanted.title},
                    },
                    "quantity": 1,
                }
            ],
            "success_url": wanted.return_address,
            "cancel_url": wanted.return_address,
            "locale": LOCALES[wanted.language],
            "metadata": metadata,
            # Charges take over the payment's metadata, so every later object leads back to us.
            "payment_intent_data": {"metadata": metadata},
        }
        with _said_plainly():
            made = self.client.v1.checkout.sessions.create(params, {"idempotency_key": key})
        if not made.url:
            raise GatewayRefused("no_page")
        self._require_world(made.livemode)
        return HostedPage(reference=made.id, address=made.url)

    def close_page(self, page_reference: str, *, now: datetime) -> None:
        """Expire a session; Stripe refuses it for one that is complete or expired already."""
        with _said_plainly(), suppress(stripe.InvalidRequestError):
            self.client.v1.checkout.sessions.expire(page_reference)

    def look_up(self, page_reference: str) -> Payment:
        """Give what has become of a session, its payment, refunds and disputes."""
        with _said_plainly():
            page = self.client.v1.checkout.sessions.retrieve(
                page_reference, {"expand": ["payment_intent.latest_charge"]}
            )
            intent = page.payment_intent
            if not isinstance(intent, stripe.PaymentIntent):
                return Payment(state=_page_state(page))
            refunds = self.client.v1.refunds.list({"payment_intent": intent.id, "limit": 100})
            disputes = self.client.v1.disputes.list({"payment_intent": intent.id, "limit": 100})
        self._require_world(page.livemode)
        charge = intent.latest_charge
        if not isinstance(charge, stripe.Charge) or not charge.captured or not charge.paid:
            return Payment(state=_page_state(page))
        return Payment(
            state=PaymentState.PAID,
            charge=charge.id,
            captured_minor=charge.amount_captured,
            currency=charge.currency.upper(),
            received_at=datetime.fromtimestamp(charge.created, UTC),
            refunds=tuple(_moved(each) for each in refunds.data if each.status != "pending"),
            disputes=tuple(
                Dispute(
                    reference=each.id,
                    amount_minor=each.amount,
                    outcome=_DISPUTES[each.status],
                )
                for each in disputes.data
                if each.status in _DISPUTES
            ),
        )

    def give_back(self, charge: str, amount_minor: int, *, key: str, now: datetime) -> GivenBack:
        """Refund a sum of a charge."""
        with _said_plainly():
            made = self.client.v1.refunds.create(
                {"charge": charge, "amount": amount_minor}, {"idempotency_key": key}
            )
        state = _REFUND_STATES.get(made.status or "", RefundState.SENT)
        return GivenBack(reference=made.id, state=state)

    def reference_of(self, about: str) -> str | None:
        """Give our reference of the payment an object belongs to, by asking Stripe."""
        with _said_plainly():
            if about.startswith("cs_"):
                return self.client.v1.checkout.sessions.retrieve(about).client_reference_id
            intent = self._intent_of(about)
            if intent is None:
                return None
            metadata = self.client.v1.payment_intents.retrieve(intent).metadata
        # Others may be paid over the same account: their payments have no reference of ours.
        named = metadata if isinstance(metadata, dict) else metadata.to_dict()
        found = named.get(REFERENCE)
        return found if isinstance(found, str) else None

    def _intent_of(self, about: str) -> str | None:
        prefix = about.partition("_")[0]
        if prefix == "pi":
            return about
        if prefix in ("ch", "py"):
            return _id(self.client.v1.charges.retrieve(about).payment_intent)
        if prefix in ("re", "pyr"):
            return _id(self.client.v1.refunds.retrieve(about).payment_intent)
        if prefix in ("dp", "du"):
            return _id(self.client.v1.disputes.retrieve(about).payment_intent)
        return None

    def read(self, body: bytes, headers: Mapping[str, str], *, now: datetime) -> Hint:
        """Check a message. Raises BadMessage."""
        if len(body) > LARGEST_MESSAGE:
            raise BadMessage("size")
        header = headers.get(HEADER, "")
        # The library accepts times in the future, and lets the decoder's own errors through.
        require_now(stamp_of(header), now=now)
        try:
            event = self.client.construct_event(body, header, self.webhook_secret)
            self._require_world(event.livemode)
            return _hint(event)
        except GatewayRefused as error:
            raise BadMessage(error.reason) from None
        except (
            stripe.SignatureVerificationError,
            ValueError,
            TypeError,
            KeyError,
            AttributeError,
        ) as error:
            raise BadMessage(type(error).__name__) from None

    def recent(self, since: datetime) -> Iterable[Hint]:
        """Give the hints of all messages since a moment that are about payments."""
        with _said_plainly():
            page = self.client.v1.events.list(
                {"created": {"gte": int(since.timestamp())}, "limit": 100}
            )
            events = list(page.auto_paging_iter())
        return [_hint(event) for event in events if event.type.startswith(PAID_KINDS)]

    def _require_world(self, livemode: bool) -> None:
        if bool(livemode) is not self.live:
            raise GatewayRefused("livemode")


def _hint(event: stripe.Event) -> Hint:
    about = event.data.object["id"]
    if not isinstance(about, str):
        raise ValueError("an event about nothing")
    return Hint(event_id=event.id, kind=event.type, about=about)


def _moved(refund: stripe.Refund) -> Moved:
    state = _REFUND_STATES.get(refund.status or "", RefundState.SENT)
    return Moved(
        reference=refund.id, amount_minor=refund.amount, failed=state is RefundState.FAILED
    )


def _page_state(page: stripe.checkout.Session) -> PaymentState:
    return PaymentState.EXPIRED if page.status == "expired" else PaymentState.OPEN


def _id(found: object) -> str | None:
    """Give an id from a field that holds an id or, expanded, the object itself."""
    if isinstance(found, str):
        return found
    own = getattr(found, "id", None)
    return own if isinstance(own, str) else None


@contextmanager
def _said_plainly() -> Iterator[None]:
    """Turn the library's errors into ours: worth another attempt, or not; codes only."""
    try:
        yield
    except (stripe.APIConnectionError, stripe.RateLimitError) as error:
        raise GatewayAway(type(error).__name__) from None
    except stripe.IdempotencyError:
        raise GatewayRefused("idempotency") from None
    except stripe.APIError as error:
        raise GatewayAway(f"http_{error.http_status}") from None
    except stripe.StripeError as error:
        raise GatewayRefused(error.code or type(error).__name__) from None

"""The demo's provider: it keeps books of its own, and no money moves.

It speaks to the program as a real one would: a hosted page, signed messages over HTTP, its own
references, idempotency keys. Refused in production.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.db import Database
from app.ids import new_token
from fundraising.gateways.protocol import (
    BadMessage,
    GatewayRefused,
    GivenBack,
    Hint,
    HostedPage,
    Payment,
    Wanted,
)
from fundraising.gateways.signing import check_signature
from fundraising.models import DemoPayment, DemoRefund
from fundraising.rules.ledger import Moved
from fundraising.rules.states import PaymentState, RefundState

NAME = "demo"
HEADER = "Demo-Signature"
LONGEST_MESSAGE = 10_000
DECLINED = f"payment.{PaymentState.FAILED.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoGateway:
    """The demo's provider over the database in which it keeps its books."""

    database: Database
    secret: str = field(repr=False)
    base_url: str
    name: str = NAME
    moves_money: bool = False

    def is_decline(self, kind: str) -> bool:
        """Say whether the visitor of the page had the payment declined."""
        return kind == DECLINED

    def open_page(self, wanted: Wanted, *, key: str, now: datetime) -> HostedPage:
        """Make a page; the same key gives the same page."""
        values = {
            "token": new_token(),
            "once_key": key,
            "reference": wanted.reference,
            "title": wanted.title,
            "amount_minor": wanted.amount_minor,
            "currency": wanted.currency,
            "return_address": wanted.return_address,
            "state": PaymentState.OPEN.value,
            "created_at": now,
        }
        with self.database.writing() as session:
            try:
                with session.begin_nested():
                    session.execute(insert(DemoPayment).values(values))
            except IntegrityError:
                pass
            found = session.execute(
                select(DemoPayment.token).where(DemoPayment.once_key == key)
            ).scalar_one()
        return HostedPage(reference=found, address=f"{self.base_url}/demo/pay/{found}")

    def close_page(self, page_reference: str, *, now: datetime) -> None:
        """Cancel a payment that nobody has decided."""
        with self.database.writing() as session:
            decide(session, page_reference, state=PaymentState.CANCELLED, now=now)

    def look_up(self, page_reference: str) -> Payment:
        """Give what has become of a payment."""
        with self.database.reading() as session:
            payment = _payment(session, page_reference)
            refunds = _refunds(session, payment.id)
        paid = payment.state == PaymentState.PAID.value
        return Payment(
            state=PaymentState(payment.state),
            charge=f"pay_{payment.id}" if paid else "",
            captured_minor=payment.amount_minor if paid else 0,
            currency=payment.currency,
            received_at=payment.decided_at if paid else None,
            refunds=tuple(
                Moved(reference=f"back_{number}", amount_minor=amount) for number, amount in refunds
            ),
        )

    def give_back(self, charge: str, amount_minor: int, *, key: str, now: datetime) -> GivenBack:
        """Note a refund; more than was paid is refused."""
        with self.database.writing() as session:
            payment_id = int(charge.removeprefix("pay_"))
            payment = session.get(DemoPayment, payment_id, with_for_update=True)
            if payment is None:
                raise GatewayRefused("no_such_payment")
            known = session.scalar(select(DemoRefund.id).where(DemoRefund.once_key == key))
            if known is None:
                back = sum(amount for _, amount in _refunds(session, payment_id))
                if back + amount_minor > payment.amount_minor:
                    raise GatewayRefused("more_than_paid")
                known = session.execute(
                    insert(DemoRefund)
                    .values(
                        payment_id=payment_id, once_key=key, amount_minor=amount_minor, made_at=now
                    )
                    .returning(DemoRefund.id)
                ).scalar_one()
        return GivenBack(reference=f"back_{known}", state=RefundState.DONE)

    def reference_of(self, about: str) -> str | None:
        """Give our reference of one of its payments."""
        with self.database.reading() as session:
            return session.scalar(select(DemoPayment.reference).where(DemoPayment.token == about))

    def read(self, body: bytes, headers: Mapping[str, str], *, now: datetime) -> Hint:
        """Check a message. Raises BadMessage."""
        if len(body) > LONGEST_MESSAGE:
            raise BadMessage("size")
        check_signature(body, headers.get(HEADER, ""), self.secret, now=now)
        return read_message(body)

    def recent(self, since: datetime) -> Iterable[Hint]:
        """Give the decided payments since a moment, whether their messages came or not."""
        with self.database.reading() as session:
            rows = session.execute(
                select(DemoPayment.token, DemoPayment.state)
                .where(DemoPayment.decided_at >= since)
                .order_by(DemoPayment.id)
            ).all()
        return [decided(token, state) for token, state in rows]


def decided(token: str, state: str) -> Hint:
    """Give the message that says a payment was decided; one for each decision."""
    return Hint(event_id=f"{state}_{token}", kind=f"payment.{state}", about=token)


def message(hint: Hint) -> bytes:
    """Give a message as it goes over the wire."""
    return json.dumps(
        {"id": hint.event_id, "kind": hint.kind, "payment": hint.about, "livemode": False}
    ).encode()


def read_message(body: bytes) -> Hint:
    """Give what a message says. Raises BadMessage when it is not one, or not of this world."""
    try:
        said = json.loads(body)
    except ValueError:
        raise BadMessage("json") from None
    if not isinstance(said, dict) or said.get("livemode") is not False:
        raise BadMessage("livemode")
    values = [said.get(name) for name in ("id", "kind", "payment")]
    if not all(isinstance(value, str) and 0 < len(value) <= 80 for value in values):
        raise BadMessage("shape")
    return Hint(event_id=str(values[0]), kind=str(values[1]), about=str(values[2]))


def decide(
    session: Session, token: str, *, state: PaymentState, now: datetime
) -> DemoPayment | None:
    """Let the visitor of the page decide; None for a page that is not there.

    A decision stands: pressing a button twice changes nothing.
    """
    payment = session.scalar(
        select(DemoPayment).where(DemoPayment.token == token).with_for_update()
    )
    if payment is not None and payment.state == PaymentState.OPEN.value:
        payment.state = state.value
        payment.decided_at = now
        session.flush()
    return payment


def find_payment(session: Session, token: str) -> DemoPayment | None:
    """Give a payment by its page's token."""
    return session.scalar(select(DemoPayment).where(DemoPayment.token == token))


def _payment(session: Session, token: str) -> DemoPayment:
    found = find_payment(session, token)
    if found is None:
        raise GatewayRefused("no_such_page")
    return found


def _refunds(session: Session, payment_id: int) -> list[tuple[int, int]]:
    rows = session.execute(
        select(DemoRefund.id, DemoRefund.amount_minor)
        .where(DemoRefund.payment_id == payment_id)
        .order_by(DemoRefund.id)
    )
    return [(number, amount) for number, amount in rows]

"""What the program asks of a payment provider, in plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from fundraising.rules.ledger import Dispute, Moved
from fundraising.rules.states import PaymentState, RefundState

TOLERANCE_S = 300
"""How far a message's time may be from ours, in either direction."""


class GatewayAway(Exception):
    """The provider did not answer, or asks to be asked later; ``reason`` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class GatewayRefused(Exception):
    """The provider will never do this; ``reason`` is a code without personal data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BadMessage(Exception):
    """A message that is not from the provider, not for this program, or not of this time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A payment to be made on a page of the provider."""

    reference: str
    """Ours: comes back with everything the provider says about the payment."""
    title: str
    amount_minor: int
    currency: str
    language: str
    return_address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HostedPage:
    """A page of the provider: its reference, and where the giver goes."""

    reference: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Everything a provider says about one payment at the moment it is asked."""

    state: PaymentState
    charge: str = ""
    captured_minor: int = 0
    currency: str = ""
    received_at: datetime | None = None
    """None while nothing is paid."""
    refunds: tuple[Moved, ...] = ()
    disputes: tuple[Dispute, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenBack:
    """A refund as the provider has it."""

    reference: str
    state: RefundState


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A message of the provider: that something happened to one of its objects."""

    event_id: str
    kind: str
    about: str


class Gateway(Protocol):
    """A payment provider. All calls may raise GatewayAway and GatewayRefused.

    ``key`` is the idempotency key: the same call with the same key is carried out once.
    """

    @property
    def name(self) -> str:
        """Its short name, as in the addresses of its messages and in posting keys."""

    @property
    def moves_money(self) -> bool:
        """Say whether anything real happens; the demo's provider says no."""

    def is_decline(self, kind: str) -> bool:
        """Say whether a message of this kind is that a card was declined."""

    def open_page(self, wanted: Wanted, *, key: str, now: datetime) -> HostedPage:
        """Make a page on which the giver pays."""

    def close_page(self, page_reference: str, *, now: datetime) -> None:
        """Let nobody pay on a page any more; one that is paid or over stays as it is."""

    def look_up(self, page_reference: str) -> Payment:
        """Give what has become of a payment."""

    def give_back(self, charge: str, amount_minor: int, *, key: str, now: datetime) -> GivenBack:
        """Give a sum of a payment back to whoever paid it."""

    def reference_of(self, about: str) -> str | None:
        """Give our reference of the payment that one of its objects belongs to, if any."""

    def read(self, body: bytes, headers: Mapping[str, str], *, now: datetime) -> Hint:
        """Check a message and give what it hints at. Raises BadMessage."""

    def recent(self, since: datetime) -> Iterable[Hint]:
        """Give the hints of the messages since a moment, delivered or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateways:
    """The providers of this program: a part of it. New gifts go to ``chosen``."""

    chosen: str
    known: Mapping[str, Gateway]

    @property
    def default(self) -> Gateway | None:
        """Give the provider of new gifts; None when gifts are not taken yet."""
        return self.known.get(self.chosen)

    def find(self, name: str) -> Gateway | None:
        """Give a provider by its name."""
        return self.known.get(name)

"""Where a donation stands: folded from what is known about its money, never set by hand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DonationState(StrEnum):
    """How far a donation is."""

    STARTED = "started"
    EXPIRED = "expired"
    FAILED = "failed"
    CANCELLED = "cancelled"
    PAID_HELD = "paid_held"
    CLEARED = "cleared"
    REFUND_DUE = "refund_due"
    REFUNDING = "refunding"
    REFUNDED = "refunded"
    PART_REFUNDED = "part_refunded"
    REFUND_FAILED = "refund_failed"
    DISPUTED = "disputed"
    LOST = "lost"


class PaymentState(StrEnum):
    """What the provider's page has come to."""

    OPEN = "open"
    PAID = "paid"
    EXPIRED = "expired"
    FAILED = "failed"
    CANCELLED = "cancelled"


UNPAID_FOR_GOOD = (PaymentState.EXPIRED, PaymentState.FAILED, PaymentState.CANCELLED)
"""The provider says of such a page that nobody can pay on it any more."""


class RefundState(StrEnum):
    """How far giving money back is."""

    DUE = "due"
    SENT = "sent"
    DONE = "done"
    FAILED = "failed"


OVER = frozenset({DonationState.EXPIRED, DonationState.FAILED, DonationState.CANCELLED})
"""Nothing was paid and nothing will be."""

_UNPAID = {
    PaymentState.OPEN: DonationState.STARTED,
    PaymentState.EXPIRED: DonationState.EXPIRED,
    PaymentState.FAILED: DonationState.FAILED,
    PaymentState.CANCELLED: DonationState.CANCELLED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Everything the state depends on; sums in minor units."""

    payment: PaymentState
    captured_minor: int = 0
    cleared_minor: int = 0
    refunded_minor: int = 0
    lost_minor: int = 0
    """What a bank took back for good."""
    refunds: tuple[RefundState, ...] = ()
    """Only those asked for here; the provider's own stand in ``refunded_minor``."""
    disputed: bool = False
    """Whether a bank has asked the money back and not decided yet."""

    @property
    def held_minor(self) -> int:
        """Give what is paid and neither cleared nor given back, nor lost to a bank."""
        gone = self.cleared_minor + self.refunded_minor + self.lost_minor
        return self.captured_minor - gone


def state_of(standing: Standing) -> DonationState:
    """Give the one state of a donation with this standing.

    Money outranks messages: whatever was captured makes a donation paid, and what is on its way
    back is said before what has stayed.
    """
    if not standing.captured_minor:
        return _UNPAID.get(standing.payment, DonationState.STARTED)
    if standing.disputed:
        return DonationState.DISPUTED
    if standing.lost_minor:
        return DonationState.LOST
    return _on_its_way_back(standing) or _settled(standing)


def _on_its_way_back(standing: Standing) -> DonationState | None:
    for state, shown in (
        (RefundState.FAILED, DonationState.REFUND_FAILED),
        (RefundState.SENT, DonationState.REFUNDING),
        (RefundState.DUE, DonationState.REFUND_DUE),
    ):
        if state in standing.refunds:
            return shown
    return None


def _settled(standing: Standing) -> DonationState:
    if standing.refunded_minor >= standing.captured_minor:
        return DonationState.REFUNDED
    if standing.held_minor > 0:
        return DonationState.PAID_HELD
    return DonationState.PART_REFUNDED if standing.refunded_minor else DonationState.CLEARED

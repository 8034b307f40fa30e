"""The tables of fundraising."""

from __future__ import annotations

from fundraising.models.demo import DemoPayment, DemoRefund
from fundraising.models.gifts import (
    GONE_MINOR,
    IS_HELD,
    Donation,
    DonationStep,
    Donor,
    GatewayEvent,
    GiftAttempt,
    GiftCheck,
    Refund,
    StatedLimit,
    Verdict,
)
from fundraising.models.ledger import LedgerAccount, LedgerEntry, LedgerTransaction
from fundraising.models.pages import SupportPage

__all__ = [
    "GONE_MINOR",
    "IS_HELD",
    "DemoPayment",
    "DemoRefund",
    "Donation",
    "DonationStep",
    "Donor",
    "GatewayEvent",
    "GiftAttempt",
    "GiftCheck",
    "LedgerAccount",
    "LedgerEntry",
    "LedgerTransaction",
    "Refund",
    "StatedLimit",
    "SupportPage",
    "Verdict",
]

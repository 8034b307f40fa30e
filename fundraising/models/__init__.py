"""The tables of fundraising."""

from __future__ import annotations

from sqlalchemy import Table

from fundraising.append_only import keep_append_only
from fundraising.models.demo import DemoPayment, DemoRefund
from fundraising.models.gifts import (
    Donation,
    DonationStep,
    Donor,
    GatewayEvent,
    GiftCheck,
    Refund,
    StatedLimit,
    Verdict,
)
from fundraising.models.ledger import LedgerAccount, LedgerEntry, LedgerTransaction
from fundraising.models.pages import SupportPage

__all__ = [
    "APPEND_ONLY",
    "DemoPayment",
    "DemoRefund",
    "Donation",
    "DonationStep",
    "Donor",
    "GatewayEvent",
    "GiftCheck",
    "LedgerAccount",
    "LedgerEntry",
    "LedgerTransaction",
    "Refund",
    "StatedLimit",
    "SupportPage",
    "Verdict",
]

APPEND_ONLY = tuple(
    model.__tablename__
    for model in (
        LedgerAccount,
        LedgerTransaction,
        LedgerEntry,
        Verdict,
        DonationStep,
        GiftCheck,
        StatedLimit,
    )
)
"""Tables whose rows are never changed or deleted; migrations add the same triggers."""

for _model in (
    LedgerAccount,
    LedgerTransaction,
    LedgerEntry,
    Verdict,
    DonationStep,
    GiftCheck,
    StatedLimit,
):
    _table = _model.__table__
    assert isinstance(_table, Table)
    keep_append_only(_table)

"""Posting to the ledger, and keeping a donation's sums and state true to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fundraising.events import Whose
from fundraising.models import (
    Donation,
    DonationStep,
    LedgerAccount,
    LedgerEntry,
    LedgerTransaction,
    Refund,
)
from fundraising.rules.ledger import Account, Posting
from fundraising.rules.states import (
    OVER,
    DonationState,
    PaymentState,
    RefundState,
    Standing,
    state_of,
)

_CODES = tuple(account.value for account in Account)


def lock_donation(session: Session, donation_id: int) -> Donation | None:
    """Lock a donation and read it anew."""
    return session.scalars(
        select(Donation)
        .where(Donation.id == donation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def about(donation: Donation, now: datetime) -> Whose:
    """Give what an event about a donation says of it."""
    return {
        "by": None,
        "at": now,
        "campaign_id": donation.campaign_id,
        "donation_id": donation.id,
    }


def posted_keys(session: Session, donation: Donation) -> frozenset[str]:
    """Give the keys of everything posted for a donation."""
    return frozenset(
        session.scalars(
            select(LedgerTransaction.posting_key).where(
                LedgerTransaction.campaign_id == donation.campaign_id,
                LedgerTransaction.donation_id == donation.id,
            )
        )
    )


def post(
    session: Session, donation: Donation, postings: Sequence[Posting], *, now: datetime
) -> None:
    """Post what is not posted yet; the caller holds the donation's lock."""
    if not postings:
        return
    accounts = _accounts(session, donation)
    for posting in postings:
        number = session.execute(
            insert(LedgerTransaction)
            .values(
                campaign_id=donation.campaign_id,
                donation_id=donation.id,
                posting_key=posting.key,
                kind=posting.kind,
                at=now,
            )
            .returning(LedgerTransaction.id)
        ).scalar_one()
        session.execute(
            insert(LedgerEntry),
            [
                {
                    "campaign_id": donation.campaign_id,
                    "transaction_id": number,
                    "account_id": accounts[account],
                    "amount_minor": amount,
                }
                for account, amount in posting.entries
            ],
        )


def standing_of(session: Session, donation: Donation) -> Standing:
    """Give everything a donation's state depends on."""
    refunds = session.scalars(
        select(Refund.state)
        .where(Refund.campaign_id == donation.campaign_id, Refund.donation_id == donation.id)
        .order_by(Refund.number)
    )
    return Standing(
        payment=PaymentState(donation.payment),
        captured_minor=donation.captured_minor,
        cleared_minor=donation.cleared_minor,
        refunded_minor=donation.refunded_minor,
        lost_minor=donation.lost_minor,
        refunds=tuple(RefundState(state) for state in refunds),
        disputed=donation.disputed,
    )


_ON_ITS_WAY = (RefundState.DUE, RefundState.SENT)


def pending_minor(session: Session, donation: Donation) -> int:
    """Give what is already on its way back."""
    return _asked_back(session, donation, _ON_ITS_WAY)


def owed_minor(session: Session, donation: Donation) -> int:
    """Give what was asked back and has not gone.

    A refund that failed is owed still: it is tried anew, and never decided about a second time.
    """
    return _asked_back(session, donation, (*_ON_ITS_WAY, RefundState.FAILED))


def _asked_back(session: Session, donation: Donation, states: Iterable[RefundState]) -> int:
    return sum(
        session.scalars(
            select(Refund.amount_minor).where(
                Refund.campaign_id == donation.campaign_id,
                Refund.donation_id == donation.id,
                Refund.state.in_([state.value for state in states]),
            )
        )
    )


def restate(session: Session, donation: Donation, *, now: datetime) -> None:
    """Fold the state anew, and note the step when it is another one.

    A history begins with the money, and then with how the gift was begun: it can't be deleted,
    and a gift that nobody pays is to be forgotten.
    """
    session.flush()
    state = state_of(standing_of(session, donation))
    before = DonationState(donation.state)
    if before is state:
        return
    donation.state = state.value
    donation.changed_at = now
    session.flush()
    if not donation.captured_minor:
        return
    if before is DonationState.STARTED or before in OVER:
        _note_step(session, donation, DonationState.STARTED, donation.created_at)
    _note_step(session, donation, state, now)


def _note_step(session: Session, donation: Donation, state: DonationState, at: datetime) -> None:
    session.execute(
        insert(DonationStep).values(
            campaign_id=donation.campaign_id,
            donation_id=donation.id,
            state=state.value,
            at=at,
        )
    )


def _accounts(session: Session, donation: Donation) -> dict[Account, int]:
    found = _find_accounts(session, donation.campaign_id)
    if len(found) == len(_CODES):
        return found
    rows = [
        {"campaign_id": donation.campaign_id, "code": code, "currency": donation.currency}
        for code in _CODES
    ]
    try:
        with session.begin_nested():
            session.execute(insert(LedgerAccount), rows)
    except IntegrityError:
        # Another gift of the campaign opened its books in between.
        pass
    return _find_accounts(session, donation.campaign_id)


def _find_accounts(session: Session, campaign_id: int) -> dict[Account, int]:
    rows = session.execute(
        select(LedgerAccount.code, LedgerAccount.id).where(LedgerAccount.campaign_id == campaign_id)
    )
    return {Account(code): number for code, number in rows}


def moved_minor(postings: Iterable[Posting], kind: str) -> int:
    """Give how much these postings of one kind move."""
    return sum(
        max(amount for _, amount in posting.entries) for posting in postings if posting.kind == kind
    )

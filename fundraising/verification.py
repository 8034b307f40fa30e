"""Proving the books: what must always be true of gifts and their ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.operations.verify import Finding
from fundraising.models import (
    GONE_MINOR,
    IS_HELD,
    Donation,
    DonationStep,
    LedgerAccount,
    LedgerEntry,
    LedgerTransaction,
    Refund,
    Verdict,
)
from fundraising.pack import FundPacks
from fundraising.queries.looking import donor_limits
from fundraising.rules.states import PaymentState, RefundState, Standing, state_of

MOST_SHOWN = 20

_Found = Iterator[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerSound:
    """The check that a feature adds to ``mandat verify``."""

    packs: FundPacks
    name: str = "ledger"

    def findings(self, session: Session, *, now: datetime) -> Iterable[Finding]:
        """Look at everything, and give what does not hold."""
        checks: tuple[Callable[[], _Found], ...] = (
            lambda: transactions_that_do_not_sum_to_zero(session),
            lambda: refunds_past_what_was_captured(session),
            lambda: sums_that_differ_from_the_ledger(session),
            lambda: cleared_without_a_verdict(session),
            lambda: givers_over_a_limit(session, self.packs),
            lambda: past_the_last_day(session, now),
            lambda: states_without_their_step(session),
            lambda: states_that_do_not_follow(session),
        )
        for check in checks:
            for number, what in enumerate(check()):
                if number == MOST_SHOWN:
                    yield Finding(check=self.name, what="… and more of the same")
                    break
                yield Finding(check=self.name, what=what)


def transactions_that_do_not_sum_to_zero(session: Session) -> _Found:
    """Every transaction sums to zero, has two sides at least, and all of one currency."""
    rows = session.execute(
        select(
            LedgerTransaction.id,
            func.coalesce(func.sum(LedgerEntry.amount_minor), 0),
            func.count(LedgerEntry.id),
            func.count(LedgerAccount.currency.distinct()),
        )
        .outerjoin(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
        .outerjoin(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .group_by(LedgerTransaction.id)
        .having(
            or_(
                func.coalesce(func.sum(LedgerEntry.amount_minor), 0) != 0,
                func.count(LedgerEntry.id) < 2,
                func.count(LedgerAccount.currency.distinct()) != 1,
            )
        )
        .order_by(LedgerTransaction.id)
    )
    for number, total, entries, currencies in rows:
        yield (
            f"transaction {number} sums to {total}, "
            f"with {entries} entries in {currencies} currencies"
        )


def refunds_past_what_was_captured(session: Session) -> _Found:
    """0 <= refunded <= captured, counted with what was cleared and lost."""
    wrong = or_(
        Donation.refunded_minor < 0,
        Donation.refunded_minor > Donation.captured_minor,
        Donation.captured_minor < GONE_MINOR,
    )
    for number in session.scalars(select(Donation.id).where(wrong).order_by(Donation.id)):
        yield f"donation {number}: more has left than came in"


def sums_that_differ_from_the_ledger(session: Session) -> _Found:
    """What is held, and what counts, is for every gift what its ledger entries say."""
    for account, column in (
        ("held_donations", Donation.captured_minor - GONE_MINOR),
        ("donations", Donation.cleared_minor),
    ):
        booked = _booked(account).subquery()
        said = func.coalesce(booked.c.amount_minor, 0)
        rows = session.execute(
            select(Donation.id, column, said)
            .outerjoin(booked, booked.c.donation_id == Donation.id)
            .where(column + said != 0)
            .order_by(Donation.id)
        )
        for number, own, ledger in rows:
            yield f"donation {number}: {account} is {own} in its row and {-ledger} in the ledger"


def _booked(account: str) -> Select[int, int]:
    return (
        select(
            LedgerTransaction.donation_id,
            func.sum(LedgerEntry.amount_minor).label("amount_minor"),
        )
        .join(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerAccount.code == account)
        .group_by(LedgerTransaction.donation_id)
    )


def cleared_without_a_verdict(session: Session) -> _Found:
    """Every gift that counts, or ever counted, has a verdict that let it."""
    cleared = (
        select(LedgerTransaction.donation_id, func.count().label("times"))
        .where(LedgerTransaction.kind == "clear")
        .group_by(LedgerTransaction.donation_id)
        .subquery()
    )
    let = (
        select(Verdict.donation_id, func.count().label("times"))
        .where(Verdict.outcome == "clear")
        .group_by(Verdict.donation_id)
        .subquery()
    )
    rows = session.execute(
        select(Donation.id)
        .outerjoin(cleared, cleared.c.donation_id == Donation.id)
        .outerjoin(let, let.c.donation_id == Donation.id)
        .where(
            or_(
                and_(Donation.cleared_minor > 0, let.c.times.is_(None)),
                func.coalesce(cleared.c.times, 0) != func.coalesce(let.c.times, 0),
            )
        )
        .order_by(Donation.id)
    )
    for (number,) in rows:
        yield f"donation {number}: what counts and what verdicts let count differ"


def givers_over_a_limit(session: Session, packs: FundPacks) -> _Found:
    """Nobody's gifts that count pass the largest limit that ever held for the campaign."""
    for campaign_id, limit in donor_limits(session, packs):
        rows = session.execute(
            select(Donation.donor_id, func.sum(Donation.cleared_minor))
            .where(Donation.campaign_id == campaign_id)
            .group_by(Donation.donor_id)
            .having(func.sum(Donation.cleared_minor) > limit)
            .order_by(Donation.donor_id)
        )
        for donor, total in rows:
            yield f"donor {donor} of campaign {campaign_id}: {total} counts, the limit is {limit}"


def past_the_last_day(session: Session, now: datetime) -> _Found:
    """Nothing is held past its last lawful day without anybody having been told."""
    late = (
        IS_HELD,
        Donation.return_by < now.date(),
        Donation.warned_at.is_(None),
    )
    for number in session.scalars(select(Donation.id).where(*late).order_by(Donation.id)):
        yield f"donation {number}: held past its last lawful day, and nobody was told"


def states_without_their_step(session: Session) -> _Found:
    """Every state a paid gift is in was written into its history."""
    later = aliased(DonationStep)
    rows = session.execute(
        select(Donation.id)
        .outerjoin(
            DonationStep,
            and_(
                DonationStep.donation_id == Donation.id,
                ~select(later.id)
                .where(later.donation_id == Donation.id, later.id > DonationStep.id)
                .exists(),
            ),
        )
        .where(
            Donation.captured_minor > 0,
            or_(DonationStep.id.is_(None), DonationStep.state != Donation.state),
        )
        .order_by(Donation.id)
    )
    for (number,) in rows:
        yield f"donation {number}: its history does not end in its state"


def states_that_do_not_follow(session: Session) -> _Found:
    """Every state is the one that the rules fold from the sums."""
    refunds: dict[int, list[RefundState]] = {}
    for donation_id, state in session.execute(
        select(Refund.donation_id, Refund.state).order_by(Refund.donation_id, Refund.number)
    ):
        refunds.setdefault(donation_id, []).append(RefundState(state))
    rows = session.execute(
        select(
            Donation.id,
            Donation.state,
            Donation.payment,
            Donation.captured_minor,
            Donation.cleared_minor,
            Donation.refunded_minor,
            Donation.lost_minor,
            Donation.disputed,
        ).order_by(Donation.id)
    )
    for row in rows:
        standing = Standing(
            payment=PaymentState(row.payment),
            captured_minor=row.captured_minor,
            cleared_minor=row.cleared_minor,
            refunded_minor=row.refunded_minor,
            lost_minor=row.lost_minor,
            refunds=tuple(refunds.get(row.id, ())),
            disputed=row.disputed,
        )
        if state_of(standing).value != row.state:
            yield f"donation {row.id}: its state is {row.state}, its sums say {state_of(standing)}"

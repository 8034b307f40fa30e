"""What a provider says becomes rows: the page, the payment, and the postings that should exist."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.db import record
from app.jobs.commands import enqueue
from fundraising.commands.booking import (
    about,
    lock_donation,
    moved_minor,
    post,
    posted_keys,
    restate,
)
from fundraising.events import GiftPaid, GiftRefunded, GiftUncounted, RefundStuck
from fundraising.gateways.protocol import Hint, HostedPage, Payment
from fundraising.jobs import EVENT, JUDGE
from fundraising.models import Donation, GatewayEvent, Refund
from fundraising.pack import ReturnClock
from fundraising.rules.clock import return_by
from fundraising.rules.ledger import (
    Moved,
    Posting,
    Seen,
    provider_postings,
    refund,
    release,
    to_release,
)
from fundraising.rules.states import PaymentState, RefundState


def note_page(session: Session, donation_id: int, page: HostedPage, *, now: datetime) -> None:
    """Store where the giver pays."""
    session.execute(
        update(Donation)
        .where(Donation.id == donation_id)
        .values(session_ref=page.reference, page_address=page.address, changed_at=now)
    )


def note_over(session: Session, donation_id: int, state: PaymentState, *, now: datetime) -> None:
    """Note that a gift that was not paid will not be; one that was paid stays as it is."""
    donation = lock_donation(session, donation_id)
    if donation is None or donation.captured_minor:
        return
    donation.payment = state.value
    restate(session, donation, now=now)


def note_payment(
    session: Session,
    donation_id: int,
    payment: Payment,
    *,
    clock: ReturnClock,
    zone: ZoneInfo,
    now: datetime,
) -> None:
    """Post whatever should exist by what the provider says now.

    Said twice, or in another order, it changes nothing: keys of postings are unique.
    """
    donation = lock_donation(session, donation_id)
    if donation is None:
        return
    donation.payment = payment.state.value
    if payment.captured_minor and payment.currency == donation.currency:
        _note_money(session, donation, payment, now=now)
        if donation.received_on is None and payment.received_at is not None:
            _start_clock(donation, payment.received_at.astimezone(zone), clock)
    restate(session, donation, now=now)


def _note_money(session: Session, donation: Donation, payment: Payment, *, now: datetime) -> None:
    donation.charge_ref = payment.charge
    seen = Seen(
        gateway=donation.gateway,
        charge=payment.charge,
        captured_minor=payment.captured_minor,
        refunds=payment.refunds,
        disputes=payment.disputes,
    )
    posted = posted_keys(session, donation)
    new = tuple(each for each in provider_postings(seen, posted) if each.key not in posted)
    donation.disputed = any(dispute.outcome == "open" for dispute in payment.disputes)
    _settle_refunds(session, donation, payment, posted, now=now)
    if new:
        _book(session, donation, new, now=now)


def _book(session: Session, donation: Donation, new: Sequence[Posting], *, now: datetime) -> None:
    gone = donation.cleared_minor + donation.refunded_minor + donation.lost_minor
    leaving = to_release(new, held_minor=donation.captured_minor - gone)
    first = (release(new[0].key, leaving),) if leaving else ()
    post(session, donation, (*first, *new), now=now)
    donation.captured_minor += moved_minor(new, "capture")
    donation.cleared_minor -= leaving
    back = moved_minor(new, "refund")
    donation.refunded_minor += back - moved_minor(new, "back")
    donation.lost_minor += moved_minor(new, "lost")
    session.flush()
    if moved_minor(new, "capture"):
        record(session, GiftPaid(amount_minor=donation.captured_minor, **about(donation, now)))
        judge_soon(session, donation.id, now=now)
    if back:
        record(session, GiftRefunded(amount_minor=back, **about(donation, now)))
    if leaving and not donation.cleared_minor:
        record(
            session,
            GiftUncounted(campaign_id=donation.campaign_id, donation_id=donation.id),
        )


def judge_soon(session: Session, donation_id: int, *, now: datetime) -> None:
    """Let the rules look at a gift."""
    enqueue(session, JUDGE, {"donation": donation_id}, run_at=now)


def _start_clock(donation: Donation, received: datetime, clock: ReturnClock) -> None:
    donation.received_on = received.date()
    donation.return_by = return_by(
        received.date(), days=clock.days, first_day_counts=clock.first_day_counts
    )


def _settle_refunds(
    session: Session,
    donation: Donation,
    payment: Payment,
    posted: Collection[str],
    *,
    now: datetime,
) -> None:
    """Note of the refunds asked for here what became of them at the provider."""
    if not payment.refunds:
        return
    asked = session.scalars(
        select(Refund)
        .where(Refund.campaign_id == donation.campaign_id, Refund.donation_id == donation.id)
        .order_by(Refund.number)
    ).all()
    for moved in payment.refunds:
        is_new = refund(donation.gateway, moved.reference, moved.amount_minor).key not in posted
        found = _asked_for(asked, moved, is_new=is_new)
        state = RefundState.FAILED if moved.failed else RefundState.DONE
        if found is None or found.state == state.value:
            continue
        found.state, found.provider_ref, found.changed_at = state.value, moved.reference, now
        if moved.failed:
            # It can fail days after it was made: who looks after the fund would not know.
            record(session, RefundStuck(amount_minor=found.amount_minor, **about(donation, now)))
    session.flush()


def _asked_for(asked: Sequence[Refund], moved: Moved, *, is_new: bool) -> Refund | None:
    """Give the refund asked for here that the provider speaks of.

    Money that has just gone back and is nobody's pays one that waits for the same sum: its answer
    was lost on the way, or somebody gave it back at the provider's after it had failed here.
    """
    for one in asked:
        if one.provider_ref == moved.reference:
            return one
    if moved.failed or not is_new:
        return None
    for one in asked:
        unanswered = one.provider_ref is None and one.state != RefundState.DONE.value
        waits = unanswered or one.state == RefundState.FAILED.value
        if waits and one.amount_minor == moved.amount_minor:
            return one
    return None


def keep_event(session: Session, gateway: str, hint: Hint, *, now: datetime) -> bool:
    """Keep a message once and queue the look it hints at; False when it was known."""
    values = {
        "gateway": gateway,
        "event_id": hint.event_id,
        "kind": hint.kind[:80],
        "about": hint.about[:255],
        "received_at": now,
    }
    try:
        with session.begin_nested():
            number = session.execute(
                insert(GatewayEvent).values(values).returning(GatewayEvent.id)
            ).scalar_one()
    except IntegrityError:
        return False
    enqueue(session, EVENT, {"event": number}, run_at=now, unique_key=f"{EVENT}:{number}")
    return True


def finish_event(session: Session, event_id: int, *, now: datetime) -> None:
    """Note that a message has been acted on."""
    session.execute(update(GatewayEvent).where(GatewayEvent.id == event_id).values(handled_at=now))


def known_events(session: Session, gateway: str, ids: Sequence[str]) -> frozenset[str]:
    """Give those of these messages that were received already."""
    return frozenset(
        session.scalars(
            select(GatewayEvent.event_id).where(
                GatewayEvent.gateway == gateway, GatewayEvent.event_id.in_(ids)
            )
        )
    )

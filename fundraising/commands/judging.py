"""The verdict on a held gift, reached while its giver's sums can't change."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.db import record
from app.sealing import Seal
from fundraising.commands.booking import (
    about,
    lock_donation,
    owed_minor,
    post,
    restate,
    standing_of,
)
from fundraising.commands.payments import judge_soon
from fundraising.commands.refunds import add_refund
from fundraising.events import GiftCleared, GiftHeld
from fundraising.models import IS_HELD, Donation, Donor, GiftCheck, StatedLimit
from fundraising.models import Verdict as VerdictRow
from fundraising.pack import FundPack
from fundraising.rules import ledger
from fundraising.rules.eligibility import Check, CheckKind, Giver, Outcome, Verdict, judge


def judge_gift(
    session: Session,
    fund: FundPack,
    seal: Seal,
    donation_id: int,
    *,
    polling_day: date,
    now: datetime,
) -> Outcome | None:
    """Decide about what is held of a gift; None when nothing waits for a decision.

    The rows of the giver are locked first, so that gifts of one person are judged one after
    another and together can't pass a limit.
    """
    giver_ids = _lock_givers(session, donation_id)
    donation = lock_donation(session, donation_id)
    if donation is None or donation.disputed:
        return None
    if donation.donor_id not in giver_ids:
        # Its giver was recognised anew while we waited for the gift; whoever did that has asked for
        # another look, and that one locks the right person.
        return None
    held = standing_of(session, donation).held_minor - owed_minor(session, donation)
    if held <= 0:
        return None
    stated = stated_limits(session, donation.campaign_id)
    checks = fund.checks_with(stated)
    giver = _giver(session, seal, donation, giver_ids)
    verdict = judge(held, giver, checks, polling_day=polling_day)
    if _is_news(session, donation, verdict):
        _write(session, fund, donation, verdict, checks, now)
    _carry_out(session, donation, verdict, now=now)
    return verdict.outcome


def stated_limits(session: Session, campaign_id: int) -> Mapping[str, int]:
    """Give the limits a campaign has stated, the latest of each."""
    rows = session.execute(
        select(StatedLimit.check_key, StatedLimit.amount_minor)
        .where(StatedLimit.campaign_id == campaign_id)
        .order_by(StatedLimit.id)
    )
    return {row.check_key: row.amount_minor for row in rows}


def rejudge_all(session: Session, campaign_id: int, *, now: datetime) -> int:
    """Let the rules look again at everything a campaign holds; give how many gifts."""
    held = session.scalars(
        select(Donation.id)
        .where(Donation.campaign_id == campaign_id, IS_HELD)
        .order_by(Donation.received_on, Donation.id)
    ).all()
    for donation_id in held:
        judge_soon(session, donation_id, now=now)
    return len(held)


def _lock_givers(session: Session, donation_id: int) -> tuple[int, ...]:
    """Lock everybody who looks like the giver, in one order, and give their ids."""
    own = (
        select(Donor.campaign_id, Donor.id, Donor.email_mark)
        .join(Donation, Donation.donor_id == Donor.id)
        .where(Donation.id == donation_id)
    )
    found = session.execute(own).first()
    if found is None:
        return ()
    campaign_id, donor_id, email = found
    return tuple(
        session.scalars(
            select(Donor.id)
            .where(
                Donor.campaign_id == campaign_id,
                (Donor.id == donor_id) | (Donor.email_mark == email),
            )
            .order_by(Donor.id)
            .with_for_update()
        )
    )


def _giver(session: Session, seal: Seal, donation: Donation, giver_ids: Sequence[int]) -> Giver:
    kept = Donation.captured_minor - Donation.refunded_minor - Donation.lost_minor
    given, cleared = session.execute(
        select(func.sum(kept), func.sum(Donation.cleared_minor)).where(
            Donation.campaign_id == donation.campaign_id, Donation.donor_id.in_(giver_ids)
        )
    ).one()
    return Giver(
        answers=opened(seal, donation.sealed)[1],
        looked_up=looked_up(session, donation),
        given_minor=int(given or 0),
        cleared_minor=int(cleared or 0),
    )


def opened(seal: Seal, sealed: str) -> tuple[str, Mapping[str, str]]:
    """Give the address and the answers of a gift; empty when the program's secret has changed."""
    try:
        said = json.loads(seal.open(sealed))
        return str(said["email"]), {str(k): str(v) for k, v in said["answers"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return "", {}


def looked_up(session: Session, donation: Donation) -> Mapping[str, bool]:
    """Give what the treasurer found, by check; of several answers the latest."""
    rows = session.execute(
        select(GiftCheck.check_key, GiftCheck.passed)
        .where(GiftCheck.campaign_id == donation.campaign_id, GiftCheck.donation_id == donation.id)
        .order_by(GiftCheck.id)
    )
    return {row.check_key: row.passed for row in rows}


def _is_news(session: Session, donation: Donation, verdict: Verdict) -> bool:
    """Say whether a verdict has to be written: being held again for the same reason has not."""
    if verdict.outcome is not Outcome.HOLD or donation.reasons != list(verdict.reasons):
        return True
    return _last_number(session, donation) == 0


def _last_number(session: Session, donation: Donation) -> int:
    number = session.scalar(
        select(func.max(VerdictRow.number)).where(
            VerdictRow.campaign_id == donation.campaign_id,
            VerdictRow.donation_id == donation.id,
        )
    )
    return number or 0


def _write(
    session: Session,
    fund: FundPack,
    donation: Donation,
    verdict: Verdict,
    checks: Sequence[Check],
    now: datetime,
) -> None:
    session.execute(
        insert(VerdictRow).values(
            campaign_id=donation.campaign_id,
            donation_id=donation.id,
            number=_last_number(session, donation) + 1,
            outcome=verdict.outcome.value,
            clear_minor=verdict.clear_minor,
            return_minor=verdict.return_minor,
            reasons=list(verdict.reasons),
            limits={c.key: c.limit_minor for c in checks if c.kind is CheckKind.LIMIT},
            pack_id=fund.pack_id,
            pack_version=fund.version,
            at=now,
        )
    )


def _carry_out(session: Session, donation: Donation, verdict: Verdict, *, now: datetime) -> None:
    first_hold = verdict.outcome is Outcome.HOLD and not donation.reasons
    donation.reasons = list(verdict.reasons)
    if verdict.clear_minor:
        number = _last_number(session, donation)
        posting = ledger.clear(donation.id, number, verdict.clear_minor)
        post(session, donation, (posting,), now=now)
        donation.cleared_minor += verdict.clear_minor
        donation.cleared_at = now
        record(session, GiftCleared(amount_minor=verdict.clear_minor, **about(donation, now)))
    if verdict.return_minor:
        add_refund(session, donation, verdict.return_minor, cause="rules", by=None, now=now)
    if first_hold:
        held = donation.captured_minor - donation.cleared_minor - donation.refunded_minor
        record(session, GiftHeld(amount_minor=held, **about(donation, now)))
    restate(session, donation, now=now)

"""A giver adds to a held gift what was not asked when it was given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.db import record
from app.errors import Conflict
from app.sealing import Seal
from fundraising import errors
from fundraising.commands.booking import about, lock_donation, owed_minor, standing_of
from fundraising.commands.gifts import donor_of, sealed_words
from fundraising.commands.judging import opened
from fundraising.commands.payments import judge_soon
from fundraising.events import GiftAnswered
from fundraising.models import Donation
from fundraising.pack import FundPack
from fundraising.rules.missing import missing_questions


def add_answers(
    session: Session,
    fund: FundPack,
    seal: Seal,
    donation_id: int,
    sent: Mapping[str, str],
    *,
    now: datetime,
) -> None:
    """Add the answers a held gift waits for, and let the rules look again.

    Raises Conflict unless these very answers are missing of a gift that is not decided about:
    nothing that was said before is written over.
    """
    before = session.get(Donation, donation_id)
    if before is None:
        raise Conflict(errors.NOT_ASKED)
    told = before.sealed
    email, answers = opened(seal, told)
    merged = {**answers, **sent}
    giver_id = before.donor_id
    if set(sent) & set(fund.rules.identity):
        # Recognised anew, or the limit for one giver would be counted for two. Before the gift
        # is locked, because judging too locks givers first.
        giver_id = donor_of(session, fund, seal, before.campaign_id, email, merged, now=now)
    donation = lock_donation(session, donation_id)
    if donation is None or donation.sealed != told or not _waits(session, donation):
        raise Conflict(errors.NOT_ASKED)
    missing = missing_questions(fund.checks, donation.reasons, answers)
    if not sent or set(sent) != set(missing) or not email:
        raise Conflict(errors.NOT_ASKED)
    donation.sealed = seal.close(sealed_words(email, merged))
    donation.donor_id = giver_id
    judge_soon(session, donation.id, now=now)
    record(session, GiftAnswered(amount_minor=donation.amount_minor, **about(donation, now)))


def _waits(session: Session, donation: Donation) -> bool:
    """Say whether something of a gift is held and nobody has decided about it."""
    wanted_back = donation.wished_back_at is not None or owed_minor(session, donation) > 0
    if donation.disputed or wanted_back:
        return False
    return standing_of(session, donation).held_minor > 0

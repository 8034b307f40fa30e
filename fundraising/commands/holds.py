"""What the treasurer does about held gifts: answer a check, state a limit, heed the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import CampaignRow
from app.db import record
from app.errors import Conflict, Forbidden, Missing, Refused
from fundraising import errors
from fundraising.commands.booking import (
    about,
    lock_donation,
    owed_minor,
    pending_minor,
    restate,
    standing_of,
)
from fundraising.commands.judging import looked_up, rejudge_all
from fundraising.commands.payments import judge_soon
from fundraising.commands.refunds import add_refund, ask_refund, retry_refund
from fundraising.events import ClockWarned, GiftChecked, LimitStated
from fundraising.models import IS_HELD, Donation, GiftCheck, StatedLimit
from fundraising.pack import FundPack
from fundraising.rules.clock import should_return, should_warn
from fundraising.rules.eligibility import CheckKind


def answer_check(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    fund: FundPack,
    donation_id: int,
    *,
    check: str,
    passed: bool,
    now: datetime,
) -> None:
    """Write what the treasurer found, and let the rules look again.

    Raises Forbidden, Missing, Refused for a check that no person answers, and Conflict for one
    that the gift does not wait for any more: its answer would change nothing.
    """
    donation = _own(session, viewer, campaign, donation_id)
    rule = fund.check_rule(check)
    if rule is None or rule.kind is not CheckKind.LOOKED_UP:
        raise Refused(None, errors.NO_SUCH_CHECK)
    undecided = standing_of(session, donation).held_minor - owed_minor(session, donation)
    known = check in donation.reasons or check in looked_up(session, donation)
    if undecided <= 0 or not known:
        raise Conflict(errors.DECIDED)
    session.execute(
        insert(GiftCheck).values(
            campaign_id=campaign.id,
            donation_id=donation.id,
            check_key=check,
            passed=passed,
            by=viewer.person_id,
            at=now,
        )
    )
    judge_soon(session, donation.id, now=now)
    record(
        session,
        GiftChecked(
            by=viewer.person_id,
            at=now,
            campaign_id=campaign.id,
            donation_id=donation.id,
            amount_minor=donation.amount_minor,
            check=check,
            passed=passed,
        ),
    )


def state_limit(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    fund: FundPack,
    *,
    check: str,
    amount_minor: int,
    source: str,
    now: datetime,
) -> int:
    """Enter a limit from the commission's own paper; give how many held gifts are judged anew.

    Raises Forbidden, and Refused where the pack knows the limit.
    """
    _require(viewer, campaign)
    rule = fund.check_rule(check)
    if rule is None or not rule.statable or rule.limit_minor is not None:
        raise Refused(None, errors.LIMIT_KNOWN)
    number = session.execute(
        insert(StatedLimit)
        .values(
            campaign_id=campaign.id,
            check_key=check,
            amount_minor=amount_minor,
            source=source,
            by=viewer.person_id,
            at=now,
        )
        .returning(StatedLimit.id)
    ).scalar_one()
    record(
        session,
        LimitStated(
            by=viewer.person_id,
            at=now,
            campaign_id=campaign.id,
            limit_id=number,
            check=check,
            amount_minor=amount_minor,
        ),
    )
    return rejudge_all(session, campaign.id, now=now)


def send_back(
    session: Session, viewer: Viewer, campaign: CampaignRow, donation_id: int, *, now: datetime
) -> int:
    """Give a gift back because the treasurer says so; give the sum.

    Raises Forbidden, Missing, and Refused when there is nothing left.
    """
    donation = _own(session, viewer, campaign, donation_id)
    return ask_refund(session, donation.id, cause="treasurer", by=viewer.person_id, now=now)


def try_again(
    session: Session, viewer: Viewer, campaign: CampaignRow, donation_id: int, *, now: datetime
) -> None:
    """Try a refund anew that the provider would not make.

    Raises Forbidden, Missing, and Refused when none has failed.
    """
    donation = _own(session, viewer, campaign, donation_id)
    retry_refund(session, donation.id, now=now)


def gifts_near_their_last_day(session: Session, until: date) -> Sequence[int]:
    """Give the held gifts whose last lawful day is not after ``until``."""
    return session.scalars(
        select(Donation.id)
        .where(IS_HELD, Donation.return_by <= until)
        .order_by(Donation.return_by, Donation.id)
    ).all()


LOOK_AHEAD = timedelta(days=31)


def heed_clock(
    session: Session, donation_id: int, *, warn_days: int, today: date, now: datetime
) -> None:
    """Remind the treasurer of a held gift, and send it back before it is too late.

    What is held goes back, and nothing of what counts. A refund that failed is reminded of too;
    it is a person who tries it anew.
    """
    donation = lock_donation(session, donation_id)
    if donation is None or donation.return_by is None or donation.disputed:
        return
    held = standing_of(session, donation).held_minor - pending_minor(session, donation)
    if held <= 0:
        return
    if donation.warned_at is None and should_warn(donation.return_by, today, warn_days=warn_days):
        session.execute(update(Donation).where(Donation.id == donation.id).values(warned_at=now))
        record(session, ClockWarned(amount_minor=held, **about(donation, now)))
    left = standing_of(session, donation).held_minor - owed_minor(session, donation)
    if left > 0 and should_return(donation.return_by, today):
        add_refund(session, donation, left, cause="clock", by=None, now=now)
        restate(session, donation, now=now)


def _require(viewer: Viewer, campaign: CampaignRow) -> None:
    if not viewer.may(Permission.FUND_MANAGE, campaign.scope):
        raise Forbidden


def _own(session: Session, viewer: Viewer, campaign: CampaignRow, donation_id: int) -> Donation:
    _require(viewer, campaign)
    donation = lock_donation(session, donation_id)
    if donation is None or donation.campaign_id != campaign.id:
        raise Missing
    return donation

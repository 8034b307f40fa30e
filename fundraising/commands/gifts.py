"""Beginning a gift: the row and the job that asks the provider for a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.ids import token_hash
from app.jobs.commands import enqueue
from app.sealing import Seal
from fundraising.commands.attempts import note_begun, require_open_page, require_room
from fundraising.jobs import OPEN_PAGE
from fundraising.models import Donation, Donor
from fundraising.pack import FundPack
from fundraising.rules.states import OVER, DonationState, PaymentState

MOST_AGAIN = 10
"""So often one form begins a gift after its payment came to nothing; then it takes a new page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftAsked:
    """What a giver has sent: checked, tidied, not yet lawful or unlawful."""

    amount_minor: int
    language: str
    email: str
    answers: Mapping[str, str]
    once: str
    """The form's own token."""
    network: str = ""
    """The mark of the network it comes from; empty when it is not known."""


def start(
    session: Session,
    fund: FundPack,
    seal: Seal,
    campaign_id: int,
    asked: GiftAsked,
    *,
    gateway: str,
    now: datetime,
) -> int:
    """Begin a gift and give its number; the same form sent twice gives the same gift.

    A page gone back to still has its token: with another sum or other answers in it, or after its
    payment came to nothing, it begins another gift.

    Raises Unavailable when too many gifts were begun here, or from the network here, and not
    paid, or too many cards declined.
    """
    once_key, known = _known(session, campaign_id, asked)
    if known is not None:
        return known
    require_room(session, campaign_id, asked.network, now=now)
    require_open_page(session, campaign_id, now=now)
    donor_id = donor_of(session, fund, seal, campaign_id, asked.email, asked.answers, now=now)
    donation = Donation(
        campaign_id=campaign_id,
        donor_id=donor_id,
        once_key=once_key,
        sealed=seal.close(sealed_words(asked.email, asked.answers)),
        language=asked.language,
        currency=fund.currency,
        amount_minor=asked.amount_minor,
        gateway=gateway,
        payment=PaymentState.OPEN.value,
        reasons=[],
        state=DonationState.STARTED.value,
        created_at=now,
        changed_at=now,
    )
    try:
        with session.begin_nested():
            session.add(donation)
            session.flush()
    except IntegrityError:
        # The same form came twice at once; the other request was first.
        return session.scalars(_by_key(campaign_id, once_key)).one()
    note_begun(session, donation, asked.network, now=now)
    enqueue(
        session,
        OPEN_PAGE,
        {"donation": donation.id},
        run_at=now,
        unique_key=f"{OPEN_PAGE}:{donation.id}",
    )
    return donation.id


def identity_mark(fund: FundPack, seal: Seal, answers: Mapping[str, str]) -> str:
    """Give the mark by which a giver is recognised, however the answers are spaced and cased."""
    parts = ["".join(answers.get(key, "").casefold().split()) for key in fund.rules.identity]
    return seal.mark("giver", *(part.replace("ё", "е") for part in parts))


def email_mark(seal: Seal, email: str) -> str:
    """Give the mark of an address."""
    return seal.mark("giver's mail", email.strip().casefold())


def sealed_words(email: str, answers: Mapping[str, str]) -> str:
    """Give what is sealed of a gift: JSON, as ``judging.opened`` reads it."""
    return json.dumps({"email": email, "answers": dict(answers)}, ensure_ascii=False)


def donor_of(
    session: Session,
    fund: FundPack,
    seal: Seal,
    campaign_id: int,
    email: str,
    answers: Mapping[str, str],
    *,
    now: datetime,
) -> int:
    """Give the giver of these answers, known or new."""
    mark = identity_mark(fund, seal, answers)
    # Held, so that a giver of whom nothing was left is not forgotten at this very moment.
    wanted = (
        select(Donor.id)
        .where(Donor.campaign_id == campaign_id, Donor.mark == mark)
        .with_for_update(read=True, key_share=True)
    )
    known = session.scalar(wanted)
    if known is not None:
        return known
    values = {
        "campaign_id": campaign_id,
        "mark": mark,
        "email_mark": email_mark(seal, email),
        "created_at": now,
    }
    try:
        with session.begin_nested():
            return session.execute(insert(Donor).values(values).returning(Donor.id)).scalar_one()
    except IntegrityError:
        return session.scalars(wanted).one()


def _by_key(campaign_id: int, once_key: str) -> Select[int]:
    return select(Donation.id).where(
        Donation.campaign_id == campaign_id, Donation.once_key == once_key
    )


def _known(session: Session, campaign_id: int, asked: GiftAsked) -> tuple[str, int | None]:
    """Give the key of what was sent, and the gift that was begun with it if there is one."""
    sent = [asked.once, asked.amount_minor, asked.email, sorted(asked.answers.items())]
    key, known = "", None
    for again in range(MOST_AGAIN):
        key = token_hash(json.dumps([*sent, again]))
        wanted = _by_key(campaign_id, key).add_columns(Donation.state)
        found = session.execute(wanted).one_or_none()
        known = found.id if found else None
        if found is None or DonationState(found.state) not in OVER:
            break
    return key, known

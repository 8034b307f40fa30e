"""Which letter follows from what happened to a gift, in the transaction in which it happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Role
from app.accounts.models import Person, TeamMember
from app.accounts.rules.elections import day_there
from app.db import Hook, record, recorded
from app.mail.letters import Letter
from app.sealing import Seal
from app.texts import N_
from app.web.language import translate
from app.web.wording import day_short, money
from fundraising.commands.judging import opened
from fundraising.describing import SHOWN_NAME, donor_reasons, treasurer_reasons
from fundraising.events import (
    ClockWarned,
    GiftCleared,
    GiftEvent,
    GiftHeld,
    GiftRefunded,
    RefundStuck,
    RefundWished,
)
from fundraising.letters import (
    ClockLetter,
    HeldLetter,
    MissingLetter,
    ReceiptLetter,
    ReturnedLetter,
    StuckLetter,
    WishLetter,
)
from fundraising.links import gift_path
from fundraising.pack import FundPack, FundPacks
from fundraising.queries.giving import OwnGift, find_own_gift
from fundraising.rules.missing import missing_questions

ON_REQUEST = N_("it was asked for")
KEEPERS = (Role.TREASURER, Role.CANDIDATE)
"""Who looks after the fund: the treasurer, and the candidate where there is none."""


class _Giver(TypedDict):
    to: str
    language: str
    name: str
    path: str
    sum: str
    candidate: str


class _Keeper(TypedDict):
    to: str
    language: str
    name: str
    path: str
    sum: str


def gift_letters_hook(packs: FundPacks, seal: Seal) -> Hook:
    """Give the hook for ``database.before_commit``; the hook of all letters comes after it."""
    writer = _Writer(packs=packs, seal=seal)

    def write(session: Session) -> None:
        for event in tuple(recorded(session)):
            if isinstance(event, GiftEvent):
                for letter in writer.letters(session, event):
                    record(session, letter)

    return write


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    packs: FundPacks
    seal: Seal

    def letters(self, session: Session, event: GiftEvent) -> Iterator[Letter]:
        if isinstance(event, GiftCleared | GiftHeld | GiftRefunded):
            gift = self._gift(session, event)
            if gift is not None:
                yield from self._to_giver(event, gift)
        elif isinstance(event, ClockWarned | RefundStuck | RefundWished):
            gift = self._gift(session, event)
            if gift is not None:
                yield from self._to_keepers(session, event, gift)

    def _gift(self, session: Session, event: GiftEvent) -> OwnGift | None:
        return find_own_gift(session, event.donation_id)

    def _to_giver(self, event: GiftEvent, gift: OwnGift) -> Iterator[Letter]:
        email, answers = opened(self.seal, gift.sealed)
        if not email:
            return
        fund, language = self.packs[gift.pack_id], gift.language
        said: _Giver = {
            "to": email,
            "language": language,
            "name": answers.get(SHOWN_NAME, ""),
            "path": gift_path(self.seal, gift.id),
            "sum": money(event.amount_minor, gift.currency, language),
            "candidate": gift.candidate,
        }
        why = "; ".join(donor_reasons(fund, gift.told_reasons, language))
        match event:
            case GiftCleared():
                where = fund.words_in(language).where_money_goes
                day = day_short(day_there(event.at, gift.timezone), language)
                # As on the receipt: all that counts, when it began to count in parts.
                said["sum"] = money(gift.cleared_minor, gift.currency, language)
                yield ReceiptLetter(**said, number=gift.id, day=day, where=where)
            case GiftHeld() if gift.return_by is not None:
                asks = missing_questions(fund.checks, gift.reasons, answers)
                kind = MissingLetter if asks else HeldLetter
                yield kind(**said, why=why, day=day_short(gift.return_by, language))
            case GiftRefunded():
                yield ReturnedLetter(**said, why=why or translate(language, ON_REQUEST))

    def _to_keepers(self, session: Session, event: GiftEvent, gift: OwnGift) -> Iterator[Letter]:
        fund = self.packs[gift.pack_id]
        for email, language, name in _keepers(session, gift.campaign_id):
            said: _Keeper = {
                "to": email,
                "language": language,
                "name": name,
                "path": f"/campaigns/{gift.campaign_id}/fund/gifts/{gift.id}",
                "sum": money(event.amount_minor, gift.currency, language),
            }
            yield from self._keeper_letter(event, gift, fund, said)

    def _keeper_letter(
        self, event: GiftEvent, gift: OwnGift, fund: FundPack, said: _Keeper
    ) -> Iterator[Letter]:
        language = said["language"]
        match event:
            case ClockWarned() if gift.return_by is not None:
                why = " ".join(treasurer_reasons(fund, gift.reasons, language))
                yield ClockLetter(**said, why=why, day=day_short(gift.return_by, language))
            case RefundStuck():
                yield StuckLetter(**said)
            case RefundWished():
                yield WishLetter(**said)


def _keepers(session: Session, campaign_id: int) -> list[tuple[str, str, str]]:
    rows = session.execute(
        select(Person.email, Person.language, Person.name, TeamMember.role)
        .join(TeamMember, TeamMember.person_id == Person.id)
        .where(
            TeamMember.campaign_id == campaign_id,
            TeamMember.role.in_([role.value for role in KEEPERS]),
            Person.email.is_not(None),
        )
        .order_by(TeamMember.id)
    ).all()
    treasurers = [row for row in rows if row.role == Role.TREASURER.value]
    return [(row.email, row.language, row.name) for row in treasurers or rows if row.email]

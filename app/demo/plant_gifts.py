"""Planting gifts: public pages, and gifts that cleared, are held with a reason or went back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Viewer
from app.accounts.queries import CampaignRow
from app.demo.gift_words import EN, RU, GiftWords
from app.reviews import commands as reviews
from app.sealing import Seal
from fundraising.commands import gifts, pages
from fundraising.commands.gifts import GiftAsked
from fundraising.commands.judging import judge_gift
from fundraising.commands.pages import PageText
from fundraising.commands.payments import note_page, note_payment
from fundraising.commands.refunds import note_sent, take_refund
from fundraising.gateways.demo import NAME
from fundraising.gateways.protocol import GivenBack, HostedPage, Payment
from fundraising.links import reference_of
from fundraising.models import DemoPayment, DemoRefund, Refund, StatedLimit
from fundraising.pack import FundPack
from fundraising.rules.goals import Mark
from fundraising.rules.ledger import Moved
from fundraising.rules.states import PaymentState, RefundState

SEED = 20260804
FEWEST_GIFTS, MOST_GIFTS = 3, 9
UNSTATED_ONE_OF = 4
"""So many public pages to one whose treasurer has not entered the commission's limit yet."""
SPAN = timedelta(days=8)
FIRST_GIFT = timedelta(hours=6)
"""How long before the step is done its page was opened."""
WORDS: Mapping[str, GiftWords] = {"ru": RU, "en": EN}


@dataclass(frozen=True, slots=True, kw_only=True)
class FundOwner:
    """A campaign that gets a page: who writes it and who lets it become public."""

    campaign: CampaignRow
    candidate: Viewer
    decider: Viewer
    language: str
    slug: str
    is_shown_off: bool
    """The campaign of the demo's sign-ins: it has a gift of every kind."""
    proved_at: datetime | None = None
    """When the first gift had been let through, of a campaign whose route counts it."""


def plant_gifts(
    session: Session,
    owners: Sequence[FundOwner],
    funds: Mapping[str, FundPack],
    seal: Seal,
    *,
    base_url: str,
    now: datetime,
) -> None:
    """Plant pages and gifts by the commands that people and providers use."""
    random = Random(SEED)
    for order, owner in enumerate(owners):
        _Fund(
            session=session,
            owner=owner,
            fund=funds[owner.campaign.pack_id],
            seal=seal,
            base_url=base_url,
            now=now,
            random=random,
            words=WORDS[owner.language],
        ).plant(order)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gift:
    """One gift to plant."""

    amount_minor: int
    answers: Mapping[str, str]
    giver: int
    at: datetime
    is_wanted_back: bool = False


@dataclass(slots=True, kw_only=True)
class _Fund:
    """One campaign's fund while it is planted."""

    session: Session
    owner: FundOwner
    fund: FundPack
    seal: Seal
    base_url: str
    now: datetime
    random: Random
    words: GiftWords

    def plant(self, order: int) -> None:
        proved_at = self.owner.proved_at
        opened = proved_at - FIRST_GIFT if proved_at else self.now - SPAN
        self._page(order, opened - timedelta(days=1))
        if self.owner.is_shown_off or proved_at or order % UNSTATED_ONE_OF:
            self._state_limits(opened)
        for gift in self._wanted(opened):
            self._give(gift)

    def _page(self, order: int, at: datetime) -> None:
        campaign, viewer = self.owner.campaign, self.owner.candidate
        title, words = self.words.pages[order % len(self.words.pages)]
        offered = self.fund.rules.gift.suggested_minor
        text = PageText(
            slug=self.owner.slug,
            title=title,
            words=words,
            imprint=self.words.imprint.format(campaign.title) if self.fund.rules.imprint else "",
            goal_minor=self.words.goal_minor,
            marks=tuple(Mark(amount_minor=a, words=w) for a, w in self.words.marks),
            amounts=tuple(
                Mark(amount_minor=a, words=w) for a, w in zip(offered, self.words.amounts)
            ),
        )
        page = pages.save_page(self.session, viewer, campaign, self.fund, text, version=0, now=at)
        review = pages.hand_in(
            self.session, viewer, campaign, self.fund, page, now=at + timedelta(hours=1)
        )
        reviews.accept(
            self.session, self.owner.decider, review.review_id, now=at + timedelta(hours=5)
        )

    def _state_limits(self, at: datetime) -> None:
        for check in self.fund.rules.check:
            if check.statable and check.limit_minor is None:
                self.session.add(
                    StatedLimit(
                        campaign_id=self.owner.campaign.id,
                        check_key=check.key,
                        amount_minor=self.words.stated_limit_minor,
                        source=self.words.limit_source,
                        by=self.owner.candidate.person_id,
                        at=at,
                    )
                )
        self.session.flush()

    def _wanted(self, opened: datetime) -> list[_Gift]:
        """Give the gifts of a campaign in the order in which they came."""
        count = MOST_GIFTS if self.owner.is_shown_off else self._count()
        found = [self._lawful(opened, place / (count + 3), place) for place in range(count)]
        odd = (
            self.words.odd
            if self.owner.is_shown_off
            else self.words.odd[: self.random.randint(0, 2)]
        )
        for place, (amount, change) in enumerate(odd):
            number = count + place
            lawful = self._lawful(opened, number / (count + len(odd)), number)
            found.append(
                _Gift(
                    amount_minor=amount,
                    answers={**lawful.answers, **change},
                    giver=number,
                    at=lawful.at,
                )
            )
        return sorted(found, key=lambda gift: gift.at)

    def _count(self) -> int:
        return self.random.randint(FEWEST_GIFTS, MOST_GIFTS)

    def _lawful(self, opened: datetime, share: float, giver: int) -> _Gift:
        amount = self.random.choice(self.words.usual_minor)
        at = opened + (self.now - opened) * min(share, 0.97) + timedelta(minutes=17)
        return _Gift(
            amount_minor=amount,
            answers=self.words.answers(giver),
            giver=giver,
            at=at.replace(microsecond=0),
        )

    def _give(self, gift: _Gift) -> None:
        once = f"demo-{self.owner.campaign.id}-{gift.giver}"
        number = gifts.start(
            self.session,
            self.fund,
            self.seal,
            self.owner.campaign.id,
            GiftAsked(
                amount_minor=gift.amount_minor,
                language=self.owner.language,
                email=f"{once}@example.org",
                answers=gift.answers,
                once=once,
            ),
            gateway=NAME,
            now=gift.at,
        )
        payment = self._pay(number, gift, token=once)
        self._look(number, payment, ())
        judge_gift(
            self.session,
            self.fund,
            self.seal,
            number,
            polling_day=self._polling_day,
            now=payment.decided_at or gift.at,
        )
        self._send_back(number, payment)

    @property
    def _polling_day(self) -> date:
        return self.owner.campaign.polling_day

    def _pay(self, number: int, gift: _Gift, *, token: str) -> DemoPayment:
        """Write what the demo's provider would have in its own books."""
        payment = DemoPayment(
            token=token,
            once_key=f"open:{number}:1",
            reference=reference_of(number),
            title=self.owner.campaign.title,
            amount_minor=gift.amount_minor,
            currency=self.fund.currency,
            return_address=f"{self.base_url}/support/{self.owner.slug}",
            state=PaymentState.PAID.value,
            created_at=gift.at,
            decided_at=gift.at + timedelta(minutes=2),
        )
        self.session.add(payment)
        self.session.flush()
        page = HostedPage(reference=token, address=f"{self.base_url}/demo/pay/{token}")
        note_page(self.session, number, page, now=gift.at)
        return payment

    def _look(self, number: int, payment: DemoPayment, back: tuple[Moved, ...]) -> None:
        assert payment.decided_at is not None
        said = Payment(
            state=PaymentState.PAID,
            charge=f"pay_{payment.id}",
            captured_minor=payment.amount_minor,
            currency=payment.currency,
            received_at=payment.decided_at,
            refunds=back,
        )
        later = timedelta(hours=3) if back else timedelta()
        note_payment(
            self.session,
            number,
            said,
            clock=self.fund.rules.return_clock,
            zone=ZoneInfo(self.owner.campaign.timezone),
            now=min(payment.decided_at + later, self.now),
        )

    def _send_back(self, number: int, payment: DemoPayment) -> None:
        """Carry out what the rules want to go back, and tell what the provider made of it."""
        assert payment.decided_at is not None
        at = min(payment.decided_at + timedelta(hours=3), self.now)
        moved = []
        for refund in self._refunds(number):
            asked = take_refund(self.session, refund.id, now=at)
            if asked is None:
                continue
            made = DemoRefund(
                payment_id=payment.id,
                once_key=asked.key,
                amount_minor=asked.amount_minor,
                made_at=at,
            )
            self.session.add(made)
            self.session.flush()
            reference = f"back_{made.id}"
            given = GivenBack(reference=reference, state=RefundState.DONE)
            note_sent(self.session, refund.id, given, now=at)
            moved.append(Moved(reference=reference, amount_minor=asked.amount_minor))
        if moved:
            self._look(number, payment, tuple(moved))

    def _refunds(self, number: int) -> Sequence[Refund]:
        return self.session.scalars(
            select(Refund)
            .where(Refund.campaign_id == self.owner.campaign.id, Refund.donation_id == number)
            .order_by(Refund.number)
        ).all()

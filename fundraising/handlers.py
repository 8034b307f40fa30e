"""The jobs of fundraising: everything that speaks with a provider or may take a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.accounts.rules.elections import day_there
from app.jobs.errors import GiveUp, TryLater
from app.jobs.rules import MAX_ATTEMPTS, Payload, Periodic
from app.jobs.worker import Handlers, JobContext
from app.sealing import Seal
from fundraising import jobs, receipts
from fundraising.commands import attempts, holds, judging, payments, refunds, unpaid
from fundraising.demo_telling import tell
from fundraising.gateways.protocol import (
    Gateway,
    GatewayAway,
    GatewayRefused,
    Gateways,
    HostedPage,
    Payment,
    Wanted,
)
from fundraising.links import RETURNED, donation_of, gift_path, reference_of
from fundraising.pack import FundPacks
from fundraising.queries import giving, looking
from fundraising.rules.card_testing import Closed
from fundraising.rules.states import PaymentState
from fundraising.rules.unpaid import PAGE_OPEN_FOR

FUND_PERIODICS = (
    Periodic(kind=jobs.POLL, every=timedelta(minutes=10)),
    Periodic(kind=jobs.CLOCK, every=timedelta(hours=1)),
    Periodic(kind=jobs.SWEEP, every=timedelta(hours=1)),
)
POLL_BACK = timedelta(days=2)
NO_PAGE_YET = timedelta(seconds=10)
_TO_CLOSE = {
    Closed.PAGE: looking.gifts_to_close_on_page,
    Closed.NETWORK: looking.gifts_to_close_of_network,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FundOffice:
    """Carries out the jobs of fundraising."""

    packs: FundPacks
    gateways: Gateways
    seal: Seal
    base_url: str

    def open_page(self, context: JobContext, payload: Payload) -> None:
        """Ask the provider for a page; asked again after a crash, it gives the same one."""
        donation_id = int(payload["donation"] or 0)
        with context.database.reading() as session:
            gift = giving.find_gift_to_open(session, donation_id)
        if gift is None:
            return
        wanted = Wanted(
            reference=reference_of(gift.id),
            title=gift.title,
            amount_minor=gift.amount_minor,
            currency=gift.currency,
            language=gift.language,
            return_address=f"{self.base_url}{gift_path(self.seal, gift.id)}?{RETURNED}=1",
        )
        key = f"don:{gift.id}:{gift.attempt}:{gift.amount_minor}"
        try:
            with _said_to_jobs():
                page = self._gateway(gift.gateway).open_page(wanted, key=key, now=context.now)
        except GiveUp:
            with context.database.writing() as session:
                payments.note_over(session, gift.id, PaymentState.FAILED, now=context.now)
            raise
        self._keep(context, gift.id, page)

    def _keep(self, context: JobContext, donation_id: int, page: HostedPage) -> None:
        with context.database.writing() as session:
            payments.note_page(session, donation_id, page, now=context.now)

    def event(self, context: JobContext, payload: Payload) -> None:
        """Act on a provider's message: look at the payment it is about."""
        number = int(payload["event"] or 0)
        with context.database.reading() as session:
            event = looking.find_event(session, number)
        if event is None:
            return
        gateway = self._gateway(event.gateway)
        with _said_to_jobs():
            reference = gateway.reference_of(event.about)
        donation_id = donation_of(reference)
        if donation_id is not None:
            if gateway.is_decline(event.kind):
                with context.database.writing() as session:
                    attempts.note_declined(session, donation_id, number, now=event.received_at)
            self._look(context, donation_id, event.gateway)
        with context.database.writing() as session:
            payments.finish_event(session, number, now=context.now)

    def look(self, context: JobContext, payload: Payload) -> None:
        """Look at a payment without being told."""
        self._look(context, int(payload["donation"] or 0), None)

    def _look(self, context: JobContext, donation_id: int, gateway: str | None) -> None:
        with context.database.reading() as session:
            gift = looking.find_gift_to_look_at(session, donation_id)
        if gift is None or gateway not in (None, gift.gateway):
            return
        if gift.session_ref is None:
            # The message was faster than our own note of the page.
            raise TryLater("no_page_yet", after=NO_PAGE_YET)
        with _said_to_jobs():
            payment = self._gateway(gift.gateway).look_up(gift.session_ref)
        with context.database.writing() as session:
            self._note(session, gift, payment, context.now)

    def _note(
        self, session: Session, gift: looking.GiftToLookAt, payment: Payment, now: datetime
    ) -> None:
        fund = self.packs[gift.pack_id]
        payments.note_payment(
            session,
            gift.id,
            payment,
            clock=fund.rules.return_clock,
            zone=ZoneInfo(gift.timezone),
            now=now,
        )

    def judge(self, context: JobContext, payload: Payload) -> None:
        """Decide about a held gift."""
        donation_id = int(payload["donation"] or 0)
        with context.database.reading() as session:
            gift = looking.find_gift_to_look_at(session, donation_id)
        if gift is None:
            return
        with context.database.writing() as session:
            judging.judge_gift(
                session,
                self.packs[gift.pack_id],
                self.seal,
                donation_id,
                polling_day=gift.polling_day,
                now=context.now,
            )

    def receipt(self, context: JobContext, payload: Payload) -> None:
        """Have a receipt typeset that the press could not make when the gift began to count."""
        donation_id = int(payload["donation"] or 0)
        with context.database.writing() as session:
            receipts.ask_again(session, self.packs, self.seal, donation_id, now=context.now)

    def refund(self, context: JobContext, payload: Payload) -> None:
        """Give money back, then look what has become of it."""
        refund_id = int(payload["refund"] or 0)
        try:
            self._refund(context, refund_id)
        except TryLater:
            if context.attempt >= MAX_ATTEMPTS:
                # No other attempt follows, so a person has to know.
                with context.database.writing() as session:
                    refunds.note_stuck(session, refund_id, now=context.now)
            raise

    def _refund(self, context: JobContext, refund_id: int) -> None:
        wanted = self._take(context, refund_id)
        if wanted is not None and not wanted.is_made and (wanted.is_again or context.attempt > 1):
            # The answer to an earlier attempt may have been lost on its way here.
            self._look(context, wanted.donation_id, None)
            wanted = self._take(context, refund_id)
        if wanted is None:
            return
        if not wanted.is_made:
            self._give_back(context, refund_id, wanted)
        self._look(context, wanted.donation_id, None)

    def _take(self, context: JobContext, refund_id: int) -> refunds.RefundToSend | None:
        with context.database.writing() as session:
            return refunds.take_refund(session, refund_id, now=context.now)

    def _give_back(self, context: JobContext, refund_id: int, wanted: refunds.RefundToSend) -> None:
        gateway = self._gateway(wanted.gateway)
        try:
            with _said_to_jobs():
                made = gateway.give_back(
                    wanted.charge, wanted.amount_minor, key=wanted.key, now=context.now
                )
        except GiveUp:
            with context.database.writing() as session:
                refunds.note_stuck(session, refund_id, now=context.now)
            raise
        with context.database.writing() as session:
            refunds.note_sent(session, refund_id, made, now=context.now)

    def poll(self, context: JobContext, payload: Payload) -> None:
        """Look at open payments and recent messages: a lost message only delays."""
        for gateway in self.gateways.known.values():
            self._poll_events(context, gateway)
        with context.database.writing() as session:
            attempts.forget_attempts(session, now=context.now)
        with context.database.reading() as session:
            waiting = looking.gifts_to_poll(session, since=context.now - POLL_BACK)
        for donation_id in waiting:
            with _left_for_next_time():
                self._look(context, donation_id, None)

    def _poll_events(self, context: JobContext, gateway: Gateway) -> None:
        try:
            hints = list(gateway.recent(context.now - POLL_BACK))
        except (GatewayAway, GatewayRefused):
            return
        with context.database.reading() as session:
            ids = [hint.event_id for hint in hints]
            known = payments.known_events(session, gateway.name, ids)
        for hint in hints:
            if hint.event_id not in known:
                with context.database.writing() as session:
                    payments.keep_event(session, gateway.name, hint, now=context.now)

    def close_pages(self, context: JobContext, payload: Payload) -> None:
        """Close the open pages of whoever tries cards; asked again, it finds them closed."""
        find = _TO_CLOSE[Closed(str(payload["closed"]))]
        with context.database.reading() as session:
            suspect = find(session, int(payload["donation"] or 0))
        away = None
        for donation_id in suspect:
            try:
                self._close(context, donation_id)
            except TryLater as error:
                # The others are closed first; then this one is tried again.
                away = error
        if away is not None:
            raise away

    def sweep(self, context: JobContext, payload: Payload) -> None:
        """Close the pages that nobody paid on in time, and forget old gifts without money."""
        before, known = context.now - PAGE_OPEN_FOR, tuple(self.gateways.known)
        with context.database.reading() as session:
            late = looking.gifts_to_close(session, before=before, gateways=known)
        for donation_id in late:
            with _left_for_next_time():
                self._close(context, donation_id)
        with context.database.writing() as session:
            unpaid.forget_unpaid(session, now=context.now)

    def _close(self, context: JobContext, donation_id: int) -> None:
        """Close a page and look what has become of it: it may have been paid at that moment."""
        with context.database.reading() as session:
            gift = looking.find_gift_to_look_at(session, donation_id)
        if gift is None or gift.session_ref is None:
            return
        gateway = self._gateway(gift.gateway)
        try:
            with _said_to_jobs():
                gateway.close_page(gift.session_ref, now=context.now)
            self._look(context, donation_id, None)
        except GiveUp:
            # The provider knows no such page: nobody can pay on it.
            with context.database.writing() as session:
                payments.note_over(session, donation_id, PaymentState.EXPIRED, now=context.now)

    def clock(self, context: JobContext, payload: Payload) -> None:
        """Heed the legal clock of every held gift."""
        until = (context.now + holds.LOOK_AHEAD).date()
        with context.database.reading() as session:
            near = holds.gifts_near_their_last_day(session, until)
            found = [looking.find_gift_to_look_at(session, number) for number in near]
        for gift in found:
            if gift is None:
                continue
            with context.database.writing() as session:
                holds.heed_clock(
                    session,
                    gift.id,
                    warn_days=self.packs[gift.pack_id].rules.return_clock.warn_days,
                    today=day_there(context.now, gift.timezone),
                    now=context.now,
                )

    def demo_tell(self, context: JobContext, payload: Payload) -> None:
        """Send the demo provider's message to the program, over HTTP as a real one would."""
        with _said_to_jobs():
            tell(self.gateways, self.base_url, str(payload["token"]), str(payload["state"]),
                 now=context.now)  # fmt: skip

    def _gateway(self, name: str) -> Gateway:
        found = self.gateways.find(name)
        if found is None:
            raise TryLater("gateway_not_configured")
        return found


@contextmanager
def _said_to_jobs() -> Iterator[None]:
    try:
        yield
    except GatewayAway as error:
        raise TryLater(error.reason) from None
    except GatewayRefused as error:
        raise GiveUp(error.reason) from None


@contextmanager
def _left_for_next_time() -> Iterator[None]:
    """One payment that can't be looked at must not keep the others from it."""
    with suppress(TryLater, GiveUp):
        yield


def fund_handlers(packs: FundPacks, gateways: Gateways, seal: Seal, *, base_url: str) -> Handlers:
    """Give the handlers of all jobs of fundraising."""
    office = FundOffice(packs=packs, gateways=gateways, seal=seal, base_url=base_url)
    return {
        jobs.OPEN_PAGE: office.open_page,
        jobs.EVENT: office.event,
        jobs.LOOK: office.look,
        jobs.JUDGE: office.judge,
        jobs.RECEIPT: office.receipt,
        jobs.REFUND: office.refund,
        jobs.POLL: office.poll,
        jobs.CLOCK: office.clock,
        jobs.SWEEP: office.sweep,
        jobs.CLOSE_PAGES: office.close_pages,
        jobs.DEMO_TELL: office.demo_tell,
    }

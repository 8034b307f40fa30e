"""A gift in the words its giver reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for

from app.texts import N_
from app.web.language import gettext
from fundraising.describing import donor_reasons
from fundraising.forms.giving import MissingForm
from fundraising.links import RETURNED
from fundraising.pack import FundPack
from fundraising.pages import GiftPage
from fundraising.queries.giving import OwnGift
from fundraising.rules.missing import answered_since, missing_questions
from fundraising.rules.states import DonationState as State

HEADINGS: Mapping[State, str] = {
    State.STARTED: N_("On the way to the payment page"),
    State.EXPIRED: N_("The gift was not paid"),
    State.FAILED: N_("The payment did not go through"),
    State.CANCELLED: N_("The payment was cancelled"),
    State.PAID_HELD: N_("Your gift has arrived and is being checked"),
    State.CLEARED: N_("Thank you: your gift counts"),
    State.REFUND_DUE: N_("Your gift is going back"),
    State.REFUNDING: N_("Your gift is going back"),
    State.REFUNDED: N_("Your gift has gone back"),
    State.PART_REFUNDED: N_("Thank you: a part of your gift counts"),
    State.REFUND_FAILED: N_("Giving your gift back takes longer"),
    State.DISPUTED: N_("Your bank is looking at this payment"),
    State.LOST: N_("Your bank has taken the gift back"),
}
WORDS: Mapping[State, str] = {
    State.STARTED: N_("If nothing happens in a few seconds, use the button."),
    State.EXPIRED: N_("Nothing was taken from you. You can begin anew."),
    State.FAILED: N_("Nothing was taken from you. You can begin anew."),
    State.CANCELLED: N_("Nothing was taken from you. You can begin anew."),
    State.PAID_HELD: N_(
        "It counts once the checks that the law asks for are done. We write to you when they are."
    ),
    State.CLEARED: N_("The receipt is on its way to your mailbox."),
    State.REFUND_DUE: N_("It comes back the way it was paid. Banks take a few days to show it."),
    State.REFUNDING: N_("It comes back the way it was paid. Banks take a few days to show it."),
    State.REFUNDED: N_("Banks take a few days to show it."),
    State.PART_REFUNDED: N_("What is more than the law allows has gone back to you."),
    State.REFUND_FAILED: N_(
        "The payment provider could not give it back. The treasurer knows and will write to you."
    ),
    State.DISPUTED: N_("Until your bank decides, the gift is on hold."),
    State.LOST: N_("The gift no longer counts."),
}
WAITS_FOR_GIVER = N_("It can’t count yet: something is missing that only you can add.")
ASKING = N_("Asking the payment provider")
ASKING_WORDS = N_(
    "It takes a few seconds. If you have not paid yet, the button leads back to the payment page."
)

BEGUN_LATELY = timedelta(minutes=3)
"""A page opened later does not lead on to the provider by itself."""
MOST_ASKED = 90
"""So often a giver who came back is shown the gift anew: a payment is told and judged within
seconds, however long the giver took to make it."""
WAIT_S, GO_S = 2, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """What a gift waits for from its giver; empty for one that is not held, or going back."""

    questions: tuple[str, ...] = ()
    """Keys of questions without an answer, in the order of the checks."""
    answered: frozenset[str] = frozenset()
    """The checks it is still held for although they are answered: the rules look at it soon."""


def awaited(gift: OwnGift, fund: FundPack, answers: Mapping[str, str]) -> Awaited:
    """Give what a gift waits for from its giver."""
    wanted_back = gift.wished_back_at is not None or gift.refund_pending_minor > 0
    if gift.state is not State.PAID_HELD or wanted_back:
        return Awaited()
    return Awaited(
        questions=missing_questions(fund.checks, gift.reasons, answers),
        answered=answered_since(fund.checks, gift.reasons, answers),
    )


def gift_page(
    gift: OwnGift,
    fund: FundPack,
    *,
    token: str,
    returned: bool,
    language: str,
    waits: Awaited,
    missing: MissingForm | None,
) -> GiftPage:
    """Give the page of a gift; ``returned`` says that the giver comes from the provider.

    ``missing`` is the form of what it waits for, None when its giver can add nothing.
    """
    started, held = gift.state is State.STARTED, gift.state is State.PAID_HELD
    kept = gift.state in (State.CLEARED, State.PART_REFUNDED)
    pay = gift.page_address if started else None
    asked_back = gift.wished_back_at is not None
    said = ASKING_WORDS if started and returned else WORDS[gift.state]
    reasons = [reason for reason in gift.told_reasons if reason not in waits.answered]
    return GiftPage(
        heading=gettext(ASKING if started and returned else HEADINGS[gift.state]),
        candidate=gift.candidate,
        state=gift.state.value,
        said=gettext(said if missing is None else WAITS_FOR_GIVER),
        reasons=donor_reasons(fund, reasons, language) if not started else (),
        amount_minor=gift.amount_minor,
        cleared_minor=gift.cleared_minor,
        refunded_minor=gift.refunded_minor,
        currency=gift.currency,
        created_at=gift.created_at,
        cleared_at=gift.cleared_at,
        return_by=gift.return_by if held else None,
        pay_href=pay,
        receipt_href=url_for("support.receipt", token=token) if gift.shown_receipt else None,
        back_href=_back(gift),
        may_ask_back=(held or kept) and not asked_back and not gift.refund_pending_minor,
        asks_treasurer=kept,
        asked_back=asked_back and kept,
        action=url_for("support.back", token=token),
        missing=missing,
        missing_action=url_for("support.answer", token=token),
        privacy=fund.words_in(language).privacy,
        looked_at=bool(waits.answered),
    )


def onward(gift: OwnGift, here: str, *, asked: int, waits: Awaited, now: datetime) -> str | None:
    """Give the header that leads on by itself: to the provider, or here again; None to stay.

    ``asked`` is how often a giver who came from the provider, or has just added what was missing,
    has seen the page; 0 for others.
    """
    pay = gift.page_address if gift.state is State.STARTED else None
    wait_s = WAIT_S if waits.answered else _reload(gift, pay, returned=asked > 0)
    if wait_s is None:
        return None
    if asked:
        again = f"{here}?{RETURNED}={asked + 1}"
        return f"{wait_s}; url={again}" if asked < MOST_ASKED else None
    return f"{wait_s}; url={pay or here}" if now - gift.created_at < BEGUN_LATELY else None


def times_asked(returned: str | None) -> int:
    """Read from the address how often the page was asked for since the giver came back."""
    if returned is None:
        return 0
    is_count = returned.isascii() and returned.isdigit() and len(returned) < 4
    return max(1, int(returned)) if is_count else 1


def _back(gift: OwnGift) -> str | None:
    return url_for("support.show", slug=gift.slug) if gift.slug else None


def _reload(gift: OwnGift, pay: str | None, *, returned: bool) -> int | None:
    """Give after how many seconds the page goes on by itself, None when it stays."""
    if gift.state is State.STARTED:
        return GO_S if pay and not returned else WAIT_S
    if gift.state is State.PAID_HELD and not gift.reasons:
        return WAIT_S
    return None

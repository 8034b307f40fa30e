"""Gifts put into words: states, tones, and who gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from app.sealing import Seal
from app.texts import N_
from app.web.language import gettext
from app.web.wording import day_of_year, money
from fundraising.commands.judging import opened
from fundraising.pack import FundPack
from fundraising.pages import GiftLine
from fundraising.queries.books import GiftRow
from fundraising.rules.ledger import Account
from fundraising.rules.states import DonationState as State

STATES: Mapping[State, str] = {
    State.STARTED: N_("not paid yet"),
    State.EXPIRED: N_("not paid"),
    State.FAILED: N_("payment failed"),
    State.CANCELLED: N_("cancelled"),
    State.PAID_HELD: N_("held"),
    State.CLEARED: N_("counts"),
    State.REFUND_DUE: N_("to be given back"),
    State.REFUNDING: N_("being given back"),
    State.REFUNDED: N_("given back"),
    State.PART_REFUNDED: N_("counts in part"),
    State.REFUND_FAILED: N_("refund failed"),
    State.DISPUTED: N_("disputed by a bank"),
    State.LOST: N_("taken back by a bank"),
}
TONES: Mapping[State, str] = {
    State.PAID_HELD: "warn",
    State.CLEARED: "done",
    State.PART_REFUNDED: "done",
    State.REFUND_DUE: "info",
    State.REFUNDING: "info",
    State.REFUND_FAILED: "danger",
    State.DISPUTED: "danger",
    State.LOST: "danger",
}
KINDS: Mapping[str, str] = {
    "capture": N_("received"),
    "clear": N_("counts"),
    "release": N_("no longer counts"),
    "refund": N_("given back"),
    "back": N_("refund came back"),
    "dispute": N_("disputed by a bank"),
    "won": N_("dispute won"),
    "lost": N_("dispute lost"),
}
CAUSES: Mapping[str, str] = {
    "rules": N_("the law does not let it count"),
    "treasurer": N_("the treasurer’s decision"),
    "donor": N_("the giver asked for it"),
    "clock": N_("the last lawful day was near"),
}
REFUNDS: Mapping[str, str] = {
    "due": N_("to be sent"),
    "sent": N_("sent to the provider"),
    "done": N_("done"),
    "failed": N_("failed"),
}
ACCOUNTS: Mapping[Account, str] = {
    Account.PROVIDER: N_("At the payment provider"),
    Account.HELD: N_("Held gifts"),
    Account.DONATIONS: N_("Gifts that count"),
    Account.DISPUTED: N_("Disputed by banks"),
}
BALANCES: Mapping[Account, tuple[str, str]] = {
    Account.PROVIDER: (
        N_("{sum}: kept there for the campaign"),
        N_("{sum}: owed to the provider"),
    ),
    Account.HELD: (
        N_("{sum}: owed to the givers until it counts"),
        N_("{sum}: gone back beyond what was held"),
    ),
    Account.DONATIONS: (
        N_("{sum}: belongs to the campaign"),
        N_("{sum}: taken back beyond what counted"),
    ),
    Account.DISPUTED: (
        N_("{sum}: asked back by banks, not decided yet"),
        N_("{sum}: due back to banks"),
    ),
}
"""What a balance means: on the side where an account usually stands, and on the other."""
KEPT = frozenset({Account.PROVIDER, Account.DISPUTED})
"""Accounts that are usually positive: where money is, and not whose it is."""
SHOWN_NAME = "full_name"


def balance_words(account: Account, amount_minor: int, currency: str, language: str) -> str:
    """Say what a balance means, to somebody who keeps no double entry: no sum has a minus."""
    shown = money(abs(amount_minor), currency, language)
    if not amount_minor:
        return shown
    usual, odd = BALANCES[account]
    return gettext(usual if (amount_minor > 0) is (account in KEPT) else odd, sum=shown)


def gift_line(
    gift: GiftRow, fund: FundPack, seal: Seal | None, *, href: str, language: str, today: date
) -> GiftLine:
    """Give a gift as a line; without a seal its giver stays unnamed."""
    return GiftLine(
        href=href,
        giver=giver_name(gift, seal),
        amount_minor=gift.captured_minor or gift.amount_minor,
        state=gettext(STATES[gift.state]),
        tone=TONES.get(gift.state, "plain"),
        received_on=gift.received_on,
        return_by=gift.return_by if gift.state is State.PAID_HELD else None,
        late=gift.return_by is not None and gift.return_by <= today,
        reasons=treasurer_reasons(fund, gift.reasons, language),
    )


def giver_name(gift: GiftRow, seal: Seal | None) -> str:
    """Give the giver's name, or the gift's number to those who need not know."""
    name = opened(seal, gift.sealed)[1].get(SHOWN_NAME, "") if seal else ""
    return name or gettext(N_("Gift № {number}"), number=gift.id)


def treasurer_reasons(fund: FundPack, reasons: Sequence[str], language: str) -> tuple[str, ...]:
    """Say to the treasurer why a gift is held or went back."""
    words = fund.words_in(language).check
    return tuple(words[key].holds for key in reasons if key in words)


def donor_reasons(fund: FundPack, reasons: Sequence[str], language: str) -> tuple[str, ...]:
    """Say to the giver why a gift is held or went back."""
    words = fund.words_in(language).check
    return tuple(words[key].donor for key in reasons if key in words)


def giver_facts(
    gift: GiftRow, fund: FundPack, seal: Seal, language: str
) -> tuple[tuple[str, str], ...]:
    """Give what the giver has said, with the passport as a hint only."""
    email, answers = opened(seal, gift.sealed)
    words = fund.words_in(language).question
    found = []
    for question in fund.rules.question:
        said = answers.get(question.key, "")
        label = words[question.key].label
        if question.kind == "passport" and said:
            said = f"••••{said[-2:]}"
        if question.kind == "choice":
            said = words[question.key].option.get(said, said)
        if question.kind == "date" and said:
            said = day_of_year(date.fromisoformat(said), language)
        if question.kind == "confirm":
            said = gettext(N_("yes")) if said else ""
        found.append((label, said or "—"))
    return (*found, (gettext(N_("Email")), email or "—"))

"""Double entry: which postings should exist, and whether those that exist hold together.

An account's balance is the sum of its entries. What the provider keeps for the campaign is
positive; what the campaign owes (held gifts) or has received (donations) is negative, so that a
transaction, and the whole ledger, always sums to zero.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Account(StrEnum):
    """The accounts of a campaign's ledger."""

    PROVIDER = "provider"
    HELD = "held_donations"
    DONATIONS = "donations"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One transaction; its key is unique for ever, so that it is posted once."""

    key: str
    kind: str
    entries: tuple[tuple[Account, int], ...]

    def __post_init__(self) -> None:
        """Refuse a transaction that makes or destroys money."""
        if sum(amount for _, amount in self.entries) or not all(a for _, a in self.entries):
            raise ValueError(f"{self.key} does not sum to zero")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Money that a provider says it gave back: its reference, its sum, and whether it failed."""

    reference: str
    amount_minor: int
    failed: bool = False
    """The money came back to the provider's account, perhaps days after it had left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A sum that the donor's bank asked back; ``outcome`` is open, won or lost."""

    reference: str
    amount_minor: int
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a provider says about one payment at the moment it is asked."""

    gateway: str
    charge: str
    captured_minor: int
    refunds: tuple[Moved, ...] = ()
    disputes: tuple[Dispute, ...] = ()


def capture(gateway: str, charge: str, amount_minor: int) -> Posting:
    """Money came in: the provider has it, and it is held until a verdict."""
    return _posting(f"capture:{gateway}:{charge}", "capture", Account.PROVIDER, Account.HELD,
                    amount_minor)  # fmt: skip


def clear(donation_id: int, verdict: int, amount_minor: int) -> Posting:
    """A verdict let a held sum count."""
    return _posting(f"clear:{donation_id}:{verdict}", "clear", Account.HELD, Account.DONATIONS,
                    amount_minor)  # fmt: skip


def release(key: str, amount_minor: int) -> Posting:
    """A sum that had counted is held again, because it is going back."""
    return _posting(f"release:{key}", "release", Account.DONATIONS, Account.HELD, amount_minor)


def refund(gateway: str, reference: str, amount_minor: int) -> Posting:
    """The provider gave a held sum back."""
    return _posting(f"refund:{gateway}:{reference}", "refund", Account.HELD, Account.PROVIDER,
                    amount_minor)  # fmt: skip


def came_back(gateway: str, reference: str, amount_minor: int) -> Posting:
    """A refund failed after it had been posted: the money is held again."""
    return _posting(f"back:{gateway}:{reference}", "back", Account.PROVIDER, Account.HELD,
                    amount_minor)  # fmt: skip


def _posting(key: str, kind: str, to: Account, of: Account, amount_minor: int) -> Posting:
    return Posting(key=key, kind=kind, entries=((to, amount_minor), (of, -amount_minor)))


def provider_postings(seen: Seen, posted: Collection[str] = frozenset()) -> tuple[Posting, ...]:
    """Give every posting that what the provider says calls for, in one order.

    It depends on what is true and not on which message came first: those already there are
    recognised by their keys, ``posted``. A refund that failed is taken back where it was posted,
    and left out where it never was.
    """
    if seen.captured_minor <= 0:
        return ()
    found = [capture(seen.gateway, seen.charge, seen.captured_minor)]
    for moved in sorted(seen.refunds, key=lambda moved: moved.reference):
        out = refund(seen.gateway, moved.reference, moved.amount_minor)
        if not moved.failed:
            found.append(out)
        elif out.key in posted:
            found.append(came_back(seen.gateway, moved.reference, moved.amount_minor))
    for dispute in sorted(seen.disputes, key=lambda dispute: dispute.reference):
        found += _dispute_postings(seen.gateway, dispute)
    return tuple(found)


def _dispute_postings(gateway: str, dispute: Dispute) -> Iterable[Posting]:
    name, amount = f"{gateway}:{dispute.reference}", dispute.amount_minor
    yield _posting(f"dispute:{name}", "dispute", Account.DISPUTED, Account.PROVIDER, amount)
    if dispute.outcome == "won":
        yield _posting(f"won:{name}", "won", Account.PROVIDER, Account.DISPUTED, amount)
    elif dispute.outcome == "lost":
        yield _posting(f"lost:{name}", "lost", Account.HELD, Account.DISPUTED, amount)


def to_release(postings: Iterable[Posting], *, held_minor: int) -> int:
    """Give how much has to be taken out of what counts before these can be posted.

    ``held_minor`` is what is held of the gift now. Money that goes back always leaves from what
    is held, whether it had counted before or not.
    """
    leaving = sum(
        amount
        for posting in postings
        for account, amount in posting.entries
        if account is Account.HELD
    )
    return max(0, leaving - held_minor)


def balances(entries: Iterable[tuple[Account, int]]) -> Mapping[Account, int]:
    """Give the balance of every account, those without entries at zero."""
    found = dict.fromkeys(Account, 0)
    for account, amount in entries:
        found[account] += amount
    return found

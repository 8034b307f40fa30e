"""Letters about gifts: to givers, and to those who look after the fund."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.mail.letters import Letter
from app.texts import N_

FOLLOW = N_("Your gift and what becomes of it: {link}")
ADD_WHAT_IS_MISSING = N_("You can add what is missing on the page of your gift: {link}")


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftLetter(Letter):
    """The base: the sum in words of the reader's language, and for whom."""

    sum: str
    candidate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLetter(GiftLetter):
    """A gift counts: this is its receipt."""

    subject: ClassVar[str] = N_("Receipt: {sum} for {candidate}")
    lines: ClassVar[tuple[str, ...]] = (
        N_("Your gift of {sum} for {candidate} has been checked and counts. Thank you."),
        N_("Receipt № {number}, {day}. {where}"),
        FOLLOW,
    )
    number: int
    day: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLetter(GiftLetter):
    """A gift has arrived and can't count yet."""

    subject: ClassVar[str] = N_("Your gift for {candidate} is being checked")
    lines: ClassVar[tuple[str, ...]] = (
        N_("Your gift of {sum} for {candidate} has arrived. It can’t count yet: {why}."),
        N_("If this can’t be settled, it goes back to you by {day} at the latest."),
        FOLLOW,
    )
    why: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingLetter(HeldLetter):
    """A gift has arrived and waits for what only its giver can add."""

    lines: ClassVar[tuple[str, ...]] = (*HeldLetter.lines[:2], ADD_WHAT_IS_MISSING)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedLetter(GiftLetter):
    """A gift has gone back."""

    subject: ClassVar[str] = N_("Your gift for {candidate} has gone back")
    lines: ClassVar[tuple[str, ...]] = (
        N_("{sum} of your gift for {candidate} has gone back the way it was paid: {why}."),
        N_("Banks take a few days to show it."),
        FOLLOW,
    )
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FundLetter(Letter):
    """The base of letters to those who look after the fund."""

    sum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockLetter(FundLetter):
    """A held gift comes near its last lawful day."""

    subject: ClassVar[str] = N_("A held gift must be settled: {sum}")
    lines: ClassVar[tuple[str, ...]] = (
        N_("A gift of {sum} is held: {why}"),
        N_("Its last lawful day is {day}. A day before that it goes back by itself."),
        "{link}",
    )
    why: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckLetter(FundLetter):
    """The provider would not give money back."""

    subject: ClassVar[str] = N_("A refund failed: {sum}")
    lines: ClassVar[tuple[str, ...]] = (
        N_("The payment provider would not give {sum} back. Do it another way, or ask it again:"),
        "{link}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WishLetter(FundLetter):
    """A giver wants a gift back that counts already."""

    subject: ClassVar[str] = N_("A giver asks for {sum} back")
    lines: ClassVar[tuple[str, ...]] = (
        N_("A giver asks for a gift of {sum} back that counts already. You decide:"),
        "{link}",
    )

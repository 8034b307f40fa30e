"""What happened to support pages and gifts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from app.audit.events import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftEvent(Act):
    """The base: which gift of which campaign, and how much of it."""

    campaign_id: int
    donation_id: int
    amount_minor: int


class Whose(TypedDict):
    """What every event about a gift that nobody in particular caused has in common."""

    by: int | None
    at: datetime
    campaign_id: int
    donation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftPaid(GiftEvent):
    """The money is there and held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftHeld(GiftEvent):
    """The rules can't let it count yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftCleared(GiftEvent):
    """It counts from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundAsked(GiftEvent):
    """It is to go back; ``cause`` says who or what wants that."""

    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundStuck(GiftEvent):
    """The provider would not give it back: somebody has to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftRefunded(GiftEvent):
    """It has gone back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftUncounted:
    """It had counted, and nothing of it does any more: it went back, or a bank took it.

    What the log says of it stands in the refund or the dispute; points listen to this.
    """

    campaign_id: int
    donation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftChecked(GiftEvent):
    """The treasurer answered a check that needs a person."""

    check: str
    passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftAnswered(GiftEvent):
    """The giver added what was missing; what it is stays sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockWarned(GiftEvent):
    """A held gift comes near its last lawful day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitStated(Act):
    """A limit that the pack does not know was entered from an official paper."""

    campaign_id: int
    limit_id: int
    check: str
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSaved(Act):
    """The words of a support page were changed."""

    campaign_id: int
    page_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundWished(GiftEvent):
    """The giver asked for a gift back that counts already."""

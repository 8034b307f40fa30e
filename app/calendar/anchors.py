"""The days a calendar counts from."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

POSSIBLE_YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors:
    """The known days of one campaign; every rule counts from one of these or from another deadline.

    Only the polling day must be known. A deadline whose anchor is None has no date yet.
    """

    polling_day: date
    """The only, main or last day of voting."""
    first_polling_day: date | None = None
    """The first day of voting; None when there is one day of voting."""
    called: date | None = None
    """The day the decision to call the election was taken."""
    published: date | None = None
    """The day the decision to call the election was officially published."""
    nominations_open: date | None = None
    """The first day for delivering papers, as the returning officer announced it."""
    nominated: date | None = None
    """The day a party decided on its nominee."""
    consented: date | None = None
    """The day the commission received the statement of consent."""
    sheets_paid: date | None = None
    """The day the signature sheets were paid from the fund."""
    representative_papers: date | None = None
    """The day the papers of the financial representative were given in."""
    proxy_papers: date | None = None
    """The day the papers of the proxies were given in."""
    submitted: date | None = None
    """The day the documents for registration were handed in."""
    sitting: date | None = None
    """The day of the commission's sitting on registration."""
    decided: date | None = None
    """The day registration was decided."""
    distribution: date | None = None
    """The day distribution of a campaign item starts."""
    room_requested: date | None = None
    """The day a room for a meeting was asked for."""
    receipt: date | None = None
    """The day a donation was received."""
    declared: date | None = None
    """The day the result was declared for this ward; it may be after midnight."""
    member_returned: date | None = None
    """The day the elected member was returned to the proper officer."""
    office_began: date | None = None
    """The day the elected person became a member of the council."""
    return_delivered: date | None = None
    """The day the agent delivered the return of expenses."""
    back_in_country: date | None = None
    """The day a candidate who was abroad came back."""
    results: date | None = None
    """The day the general results were officially published."""
    elected_notice: date | None = None
    """The day the commission told the person that they were elected."""

    def __post_init__(self) -> None:
        if self.first_polling_day is not None and self.first_polling_day > self.polling_day:
            raise ValueError("The first polling day is after the polling day.")

    @property
    def several_days(self) -> bool:
        """True when voting lasts more than one day."""
        return self.first_polling_day is not None and self.first_polling_day < self.polling_day

    def find(self, name: str) -> date | None:
        """The day of the anchor called so; with one day of voting the first day is that day.

        A day of an impossible year (a slip of the keyboard) counts as not known.
        """
        if name == "first_polling_day" and self.first_polling_day is None:
            name = "polling_day"
        day: date | None = getattr(self, name)
        return day if day is not None and day.year in POSSIBLE_YEARS else None


ANCHOR_NAMES: frozenset[str] = frozenset(field.name for field in fields(Anchors))

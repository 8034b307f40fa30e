"""What a campaign's plan means by the rules of its pack: the numbers, the days, the codes."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from documents.signatures.pack import PackSignatures
from documents.signatures.rules.days import Season
from documents.signatures.rules.requirement import Requirement, requirement
from documents.signatures.rules.sheets import Period, Rulebook


class Numbers(Protocol):
    """The numbers of a plan, saved or about to be."""

    @property
    def voters(self) -> int | None:
        """Registered voters of the district."""
        ...

    @property
    def mandates(self) -> int | None:
        """Seats of the district."""
        ...

    @property
    def published(self) -> int | None:
        """The required number as the commission published it."""
        ...

    @property
    def published_maximum(self) -> int | None:
        """The most that may be handed in, as published."""
        ...


class Days(Protocol):
    """The days of a plan."""

    @property
    def first_day(self) -> date | None:
        """The first day on which a signature counts."""
        ...

    @property
    def last_day(self) -> date | None:
        """The last one."""
        ...

    @property
    def paid_on(self) -> date | None:
        """The day the sheets were paid for."""
        ...


def requirement_of(pack: PackSignatures, plan: Numbers) -> Requirement | None:
    """Give the two numbers of a district, None while they can't be reckoned."""
    if plan.published is None and plan.mandates is None and pack.rate.per_mandate:
        # Without the seats the formula says nothing, and one seat would be a guess.
        return None
    return requirement(
        rate=pack.rate,
        surplus=pack.surplus,
        voters=plan.voters,
        mandates=plan.mandates or 1,
        published=plan.published,
        published_maximum=plan.published_maximum,
    )


def period_of(plan: Days) -> Period:
    """Give the days on which a signature counts."""
    return Period(first=plan.first_day, last=plan.last_day, paid_on=plan.paid_on)


def season_of(plan: Days, polling_day: date) -> Season:
    """Give the days among which a day of a signature is looked for when it has no year."""
    period = period_of(plan)
    return Season(first=period.begins, last=period.last, latest=polling_day)


def rulebook_of(pack: PackSignatures, plan: Days) -> Rulebook:
    """Give what counting asks of the pack and the plan."""
    return Rulebook(
        row_codes=pack.row_codes,
        sheet_codes=pack.sheet_codes,
        found=pack.codes,
        period=period_of(plan),
    )

"""The days on signed papers as somebody types them from the paper."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from documents.signatures.rules.days import Season, read_day

LONGEST_AGO = timedelta(days=365)
"""Before the campaign; no law, only what nobody can have signed for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningDays:
    """Between which days a paper of a campaign can have been signed."""

    first: date
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was typed for one scan, by place; None: nothing was, so no day stands there."""

    days: Mapping[str, date | None]
    wrong: Mapping[str, str]
    """Codes that have words in ``errors``."""


def signing_days(*, published_on: date | None, polling_day: date, today: date) -> SigningDays:
    """Give the days on which papers can be signed: a year before the campaign, and not ahead."""
    return SigningDays(first=(published_on or polling_day) - LONGEST_AGO, today=today)


def read_told(typed: Mapping[str, str], places: Collection[str], days: SigningDays) -> Told:
    """Read the days; one without its year is the latest that has passed."""
    season = Season(first=None, last=None, latest=days.today)
    found: dict[str, date | None] = {}
    wrong: dict[str, str] = {}
    for place in places:
        text = typed.get(place, "")
        found[place] = read_day(text, season=season) if text else None
        code = _problem(found[place], days) if text else ""
        if code:
            wrong[place] = code
    return Told(days=found, wrong=wrong)


def _problem(day: date | None, days: SigningDays) -> str:
    if day is None:
        return "no_day"
    if day > days.today:
        return "ahead"
    return "long_ago" if day < days.first else ""

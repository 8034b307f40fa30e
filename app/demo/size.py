"""How large a demo is planted."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "mandat-demo-2026"  # noqa: S105 - printed on the screen: the demo's people are invented.


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many campaigns are on the way and how many reviews wait, in each coalition.

    Applications that wait for their interview come on top.
    """

    campaigns: int = 812
    reviews_waiting: int = 120
    applicants: int = 36
    english_campaigns: int = 48
    english_reviews_waiting: int = 9
    english_applicants: int = 3
    doors: int = 20_000
    funds: int = 30
    printed: bool = True
    """Whether flyers and papers are typeset; the press needs the built front end."""

"""What the portal itself knows of a campaign and prints: looked at before it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.accounts.queries import CampaignRow
from app.texts import N_
from documents.paperwork.rules.texts import kept, unprintable

PROBLEMS: Mapping[str, str] = {
    "candidate": N_(
        "The candidate’s name has the sign “{sign}”, which can’t be printed. "
        "Write the name otherwise."
    ),
    "council": N_(
        "The council’s name has the sign “{sign}”, which can’t be printed. "
        "Whoever keeps the list of districts can write it otherwise."
    ),
    "district": N_(
        "The district has the sign “{sign}”, which can’t be printed. "
        "Whoever keeps the list of districts can write it otherwise."
    ),
}
"""What in a heading the typeface can't draw, by the fields of Heading."""
PLACE = ("council", "district")
"""The fields of a heading that are not about the candidate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands above an inventory, and on the page that goes with sheets of signatures."""

    candidate: str
    council: str
    district: str
    """Its number, or its name where it has none."""

    @classmethod
    def of(cls, *, candidate: str, council: str, number: str, name: str) -> Heading:
        """Give it without marks that nobody sees; number and name are the district’s."""
        return cls(
            candidate=kept(candidate, lines=False),
            council=kept(council, lines=False),
            district=kept(number, lines=False) or kept(name, lines=False),
        )

    def obstacle(self, *fields: str) -> tuple[str, str] | None:
        """Give the message about the first sign in these fields that can't be printed, and it."""
        for field in fields:
            sign = unprintable(getattr(self, field))
            if sign:
                return PROBLEMS[field], sign
        return None


def heading_of(campaign: CampaignRow) -> Heading:
    """Give the heading of a campaign's papers."""
    return Heading.of(
        candidate=campaign.candidate_name,
        council=campaign.council,
        number=campaign.district_number,
        name=campaign.district_name,
    )

"""How far a transaction reaches into the data of campaigns: what PostgreSQL lets it see.

Nothing is reached unless it is said: a viewer's own things, a few named ones, or everything
with a stated reason (``grep -rn 'everything('`` lists who does that).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.access import Viewer

CAMPAIGNS = "mandat.campaigns"
ORGANISATIONS = "mandat.organisations"
COALITIONS = "mandat.coalitions"
INSIDE = "mandat.inside"
EVERYTHING = "mandat.everything"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Which rows that belong to somebody a transaction may see and write."""

    campaign_ids: tuple[int, ...] = ()
    organisation_ids: tuple[int, ...] = ()
    """All campaigns of these organisations, and what is theirs themselves."""
    coalition_ids: tuple[int, ...] = ()
    """All campaigns and organisations of these coalitions."""
    inside_ids: tuple[int, ...] = ()
    """Coalitions whose common things (help articles) are seen, but not their campaigns."""
    because: str = ""
    """Why everything is reached; empty: only what is named above."""

    @property
    def settings(self) -> dict[str, str]:
        """Give the settings of PostgreSQL that the policies of the tables read."""
        return {
            CAMPAIGNS: _written(self.campaign_ids),
            ORGANISATIONS: _written(self.organisation_ids),
            COALITIONS: _written(self.coalition_ids),
            INSIDE: _written(self.inside_ids),
            EVERYTHING: "on" if self.because else "",
        }


NOTHING = Reach()


def everything(because: str) -> Reach:
    """Give the reach of work that belongs to no viewer; the reason is for whoever reads the code.

    Raises ValueError without a reason.
    """
    if not because:
        raise ValueError("who reaches everything says why")
    return Reach(because=because)


def reach_of(viewer: Viewer) -> Reach:
    """Give what the grants of a viewer reach, whatever the single permissions are."""
    wide = [grant for grant in viewer.grants if grant.campaign_id is None]
    return Reach(
        campaign_ids=viewer.campaign_ids,
        organisation_ids=_sorted(grant.organisation_id for grant in wide),
        coalition_ids=_sorted(
            grant.coalition_id for grant in wide if grant.organisation_id is None
        ),
        inside_ids=_sorted(grant.coalition_id for grant in viewer.grants),
    )


def reach_of_coalitions(viewer: Viewer) -> Reach:
    """Give all of the coalitions that the viewer is anything in: for what members share."""
    inside = _sorted(grant.coalition_id for grant in viewer.grants)
    return Reach(coalition_ids=inside, inside_ids=inside)


def _sorted(ids: Iterable[int | None]) -> tuple[int, ...]:
    return tuple(sorted({found for found in ids if found is not None}))


def _written(ids: tuple[int, ...]) -> str:
    return ",".join(map(str, ids))

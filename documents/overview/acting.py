"""In whose place the portal acts when a coordinator has papers issued for many campaigns.

A coordinator reads no answers and works on no paper. What they may ask for is that the portal does
for a campaign what its own people could do with one button, from the answers these have given: it
acts as a manager of that one campaign, in the coordinator's name, and hands nothing back but how it
ended. ``grep -rn in_the_place_of`` lists who does that.
"""

from __future__ import annotations

from app.access import Grant, Role, Viewer
from app.accounts.queries import CampaignRow


def in_the_place_of(campaign: CampaignRow, *, by: int | None) -> Viewer:
    """Give a viewer who may work on the papers of this campaign and of no other."""
    grant = Grant(
        role=Role.MANAGER,
        coalition_id=campaign.coalition_id,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.id,
    )
    return Viewer(person_id=by, grants=(grant,))

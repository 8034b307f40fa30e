"""Which events of the features may earn points, and as what.

The features do not know the game: this table is the only place where the two meet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from canvassing.doors.events import DoorRetracted, DoorVerified
from documents.flyers.events import FlyerApprovalUndone, FlyerApproved
from documents.paperwork.events import PaperAcceptanceUndone, PaperAccepted, PaperSuperseded
from fundraising.events import GiftCleared, GiftUncounted
from quests.ranking.pack import Earned
from quests.ranking.rules.awarding import Deed
from quests.route.events import StepReached

# Any: each describing function takes the one type of event that it stands beside. Every such
# event has a campaign_id.
Describe = Callable[[Any], Deed]
Earnings = Mapping[type, Describe]


def earns(kind: Earned, source: str, *, undone: bool = False) -> Describe:
    """Give the describing function of events whose attribute ``source`` numbers what earned."""
    return lambda event: Deed(rule=kind.value, source=str(getattr(event, source)), undone=undone)


EARNINGS: Earnings = {
    # A milestone is taken back with the decision that made it: see following.
    StepReached: earns(Earned.MILESTONE, "step_key"),
    PaperAccepted: earns(Earned.PAPER, "document_id"),
    PaperAcceptanceUndone: earns(Earned.PAPER, "document_id", undone=True),
    # It earns again when the newer version is accepted; nobody earns twice by issuing often.
    PaperSuperseded: earns(Earned.PAPER, "document_id", undone=True),
    FlyerApproved: earns(Earned.FLYER, "flyer_id"),
    FlyerApprovalUndone: earns(Earned.FLYER, "flyer_id", undone=True),
    GiftCleared: earns(Earned.GIFT, "donation_id"),
    # Not every refund: of a gift over the limit the rest goes back, and the gift counts.
    GiftUncounted: earns(Earned.GIFT, "donation_id", undone=True),
    DoorVerified: earns(Earned.DOOR, "door_id"),
    DoorRetracted: earns(Earned.DOOR, "door_id", undone=True),
}

"""Where the steps are worked on that other packages prove, and what such a proof is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.texts import N_
from quests.route.features import DOORS, FLYER, GIFTS, PAPER, SUPPORT_PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """The screen where a feature's work is done, in words."""

    title: str
    text: str
    open: str
    endpoint: str


PAPERS = Workplace(
    title=N_("Paper"),
    text=N_("Answer once, print, sign by hand and send a photo of the signed paper back."),
    open=N_("Open the paper"),
    endpoint="paperwork.show",
)
WORKPLACES: Mapping[str, Workplace] = {
    FLYER: Workplace(
        title=N_("Flyer"),
        text=N_("Make it here: the imprint is checked as you write, the preview is the print."),
        open=N_("Open the flyers"),
        endpoint="flyers.index",
    ),
    SUPPORT_PAGE: Workplace(
        title=N_("Support page"),
        text=N_("Write the page on which people give; it opens once it has been checked."),
        open=N_("Open the support page"),
        endpoint="fund.page",
    ),
    GIFTS: Workplace(
        title=N_("Gifts that were let through"),
        text=N_("A gift counts when the rules for donors let it through."),
        open=N_("Open the fund"),
        endpoint="fund.show",
    ),
    DOORS: Workplace(
        title=N_("Doors"),
        text=N_("Doors count as they are noted on the phone, also without a network."),
        open=N_("Open the doors"),
        endpoint="field.walk",
    ),
}


def workplace_of(fact: str) -> Workplace:
    """Give where the work behind a fact is done."""
    return PAPERS if fact.startswith(PAPER) else WORKPLACES[fact]


def href_of(campaign_id: int, fact: str) -> str:
    """Give the address of that screen for one campaign."""
    values: dict[str, Any] = {"campaign_id": campaign_id}
    if fact.startswith(PAPER):
        values["kind"] = fact.removeprefix(PAPER)
    return url_for(workplace_of(fact).endpoint, **values)

"""Where the steps are worked on that other packages prove, and what such a proof is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.texts import N_
from quests.route.features import (
    DOORS,
    FILED,
    FLYER,
    GIFTS,
    PACKET,
    PAPER,
    SIGNATURES,
    SUPPORT_PAGE,
)


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
PACKETS = Workplace(
    title=N_("Packet"),
    text=N_("All papers in order with an inventory; the clerk looks through them first."),
    open=N_("Open the packet"),
    endpoint="packets.show",
)
RECEIPTS = Workplace(
    title=N_("Receipt"),
    text=N_("Note what the desk has taken, with a photo of its receipt."),
    open=N_("Open the packet"),
    endpoint="packets.show",
)
KEYED: Mapping[str, tuple[Workplace, str]] = {
    PAPER: (PAPERS, "kind"),
    PACKET: (PACKETS, "key"),
    FILED: (RECEIPTS, "key"),
}
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
    SIGNATURES: Workplace(
        title=N_("Signatures"),
        text=N_("Sheets out and back, counted row by row: only good ones count."),
        open=N_("Open the signatures"),
        endpoint="signatures.index",
    ),
}


def workplace_of(fact: str) -> Workplace:
    """Give where the work behind a fact is done."""
    begin, mark, _ = fact.partition(":")
    return KEYED[begin + mark][0] if mark else WORKPLACES[fact]


def href_of(campaign_id: int, fact: str) -> str:
    """Give the address of that screen for one campaign."""
    values: dict[str, Any] = {"campaign_id": campaign_id}
    begin, mark, key = fact.partition(":")
    if mark:
        values[KEYED[begin + mark][1]] = key
    return url_for(workplace_of(fact).endpoint, **values)

"""Where the steps are worked on that other packages prove, and what such a proof is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.facts import Fact, Facts, FactState
from app.texts import N_
from app.web.language import gettext
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
from quests.route.shape import Step

STATES: Mapping[FactState, str] = {
    FactState.NONE: "open",
    FactState.WAITING: "submitted",
    FactState.RETURNED: "returned",
    FactState.PRESENT: "accepted",
}
"""How far it is, as the status mark knows it."""
SPARED = N_("You count on sheets of your own, so nothing is asked for here.")
NOT_TOGETHER = N_(
    "The packet is not put together yet. Its page names what is missing and what a desk would turn "
    "down. If you have filed without Mandat’s packet, you say so there, too, with the receipt."
)
TOGETHER = N_("The packet is put together. Once the desk has taken the papers, note its receipt.")
OUT_OF_DATE = N_(
    "The packet is out of date: something in it has changed, or another paper is needed now. Its "
    "page says what. Put it together anew before you hand it in."
)
SO_FAR = N_("Good signatures so far: {count}. Sheets are counted row by row; only good ones count.")
NOTED = N_("The receipt is noted. If it was a mistake, you take it back there.")


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
    title=N_("Packet and receipt"),
    text=NOT_TOGETHER,
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


def text_of(fact: str, facts: Facts, packets: Mapping[str, bool]) -> str:
    """Give what is to be done there, as far as a campaign is.

    ``packets``: those put together, each with whether it still holds the papers.
    """
    if fact == SIGNATURES and fact in facts:
        return gettext(SO_FAR, count=facts[fact].count)
    if not fact.startswith(FILED):
        return gettext(workplace_of(fact).text)
    if fact in facts:
        return gettext(NOTED)
    key = fact.removeprefix(FILED)
    if key not in packets:
        return gettext(NOT_TOGETHER)
    return gettext(TOGETHER if packets[key] else OUT_OF_DATE)


def state_of(fact: Fact, need: int) -> str:
    """Give the state as the status mark knows it; what is there but too little is still open."""
    too_little = fact.state is FactState.PRESENT and fact.count < need
    return "open" if too_little else STATES[fact.state]


def href_of(campaign_id: int, fact: str, day: str = "") -> str:
    """Give the address of that screen for one campaign; ``day`` was written on the step."""
    values: dict[str, Any] = {"campaign_id": campaign_id}
    begin, mark, key = fact.partition(":")
    if mark:
        values[KEYED[begin + mark][1]] = key
    if begin + mark == FILED and day:
        values["day"] = day
    return url_for(workplace_of(fact).endpoint, **values)


def offered_days(step: Step, facts: Facts) -> dict[str, str]:
    """Give the days that were noted elsewhere, by the fields of the form that ask for them."""
    found = {asked.key: facts.get(asked.day_of or "") for asked in step.field if asked.day_of}
    return {key: fact.at.isoformat() for key, fact in found.items() if fact and fact.at}


def written_day(step: Step, fact: str, typed: Mapping[str, str]) -> str:
    """Give the day that was written into the form, for the screen that asks for the same one."""
    fields = (asked.key for asked in step.field if asked.day_of == fact)
    return next((typed[key] for key in fields if typed.get(key)), "")

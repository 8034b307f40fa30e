"""What to do next with the signatures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from documents.signatures.rules.requirement import Requirement


class NextStep(StrEnum):
    """The one thing that the first screen asks for."""

    PLAN = "plan"
    ADD_COLLECTOR = "add_collector"
    ORDER = "order"
    MAKE_PROTOCOL = "make_protocol"
    CHOOSE = "choose"
    COUNT = "count"
    GIVE_OUT = "give_out"
    LOOK_AT_BATCHES = "look_at_batches"
    ORDER_MORE = "order_more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a campaign is: people, sheets and signatures."""

    collectors: int
    """Who collect now."""
    sheets: int
    """All that were numbered."""
    here: int
    out: int
    unmade: int
    """Sheets without a file to be printed from."""
    good: int
    packed: int
    """Good signatures in folders."""


def next_step(numbers: Requirement | None, at: Progress) -> NextStep:
    """Give what to do next; ``numbers`` is None while the district's are not known."""
    if numbers is None:
        return NextStep.PLAN
    if not at.collectors:
        return NextStep.ADD_COLLECTOR
    if not at.sheets:
        return NextStep.ORDER
    if at.packed >= numbers.required:
        return NextStep.MAKE_PROTOCOL
    if at.good >= numbers.maximum:
        return NextStep.CHOOSE
    if at.out:
        return NextStep.COUNT
    if at.here:
        return NextStep.GIVE_OUT
    return NextStep.LOOK_AT_BATCHES if at.unmade else NextStep.ORDER_MORE

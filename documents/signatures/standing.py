"""How the collecting of a campaign stands: what is there, what is still needed, what to hand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy.orm import Session

from documents.signatures.pack import PackSignatures
from documents.signatures.planned import requirement_of
from documents.signatures.queries import (
    AllSums,
    BackSheet,
    PlanRow,
    all_sums,
    back_sheets,
    plan_of,
)
from documents.signatures.rules.choosing import Choice, Pile, Refusal, choose
from documents.signatures.rules.pace import Pace, pace
from documents.signatures.rules.quality import (
    NOTHING,
    Judgement,
    Share,
    Tally,
    beliefs,
    judge,
    share_of,
)
from documents.signatures.rules.requirement import Requirement


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """How well one collector collects."""

    collector_id: int
    out: int
    back: int
    good: int
    tally: Tally
    share: Share | None
    judgement: Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Collecting:
    """How the collecting stands."""

    plan: PlanRow
    numbers: Requirement | None
    """None while the district's numbers are not known."""
    sums: AllSums
    sheets: tuple[BackSheet, ...]
    pace: Pace | None
    """Towards the maximum: what is doubtful can then be left out."""
    choice: Choice | None
    """What to hand in now; None when there is nothing, or the numbers are not known."""
    hands: Mapping[int, Hand]

    @property
    def packed(self) -> int:
        """How many good signatures are in folders."""
        return sum(sheet.good for sheet in self.sheets if sheet.folder)

    @property
    def chosen(self) -> tuple[BackSheet, ...]:
        """The sheets to hand in."""
        numbers = frozenset(self.choice.sheets) if self.choice else frozenset()
        return tuple(sheet for sheet in self.sheets if sheet.number in numbers)

    @property
    def to_pack(self) -> tuple[int, ...]:
        """The chosen sheets that can be put into a folder as they are."""
        return tuple(one.number for one in self.chosen if not one.folder and not one.has_defect)

    @property
    def to_strike(self) -> tuple[int, ...]:
        """The chosen sheets on which a signature has to be struck out before."""
        return tuple(one.number for one in self.chosen if not one.folder and one.has_defect)

    @property
    def left_out(self) -> tuple[int, ...]:
        """The sheets that are better not handed in."""
        chosen = {sheet.number for sheet in self.chosen}
        return tuple(sheet.number for sheet in self.sheets if sheet.number not in chosen)

    @property
    def gone_bad(self) -> tuple[int, ...]:
        """The sheets in folders on which a signature has gone bad since they were packed."""
        return tuple(sheet.number for sheet in self.sheets if sheet.folder and sheet.has_defect)


def collecting_of(
    session: Session,
    campaign_id: int,
    pack: PackSignatures,
    *,
    today: date,
    missed: float | None = None,
) -> Collecting:
    """Reckon it; ``missed`` is the assumption of unseen defects, the pack's own when None."""
    plan = plan_of(session, campaign_id)
    numbers = requirement_of(pack, plan)
    sums = all_sums(session, campaign_id)
    sheets = back_sheets(session, campaign_id)
    tallies = {hand: found.tally for hand, found in sums.hands.items()}
    everybody = sum(tallies.values(), NOTHING)
    return Collecting(
        plan=plan,
        numbers=numbers,
        sums=sums,
        sheets=sheets,
        pace=pace(
            target=numbers.maximum,
            good=sums.good,
            tally=everybody,
            today=today,
            last=plan.last_day,
        )
        if numbers
        else None,
        choice=_choice(
            tuple(sheet.pile for sheet in sheets),
            tuple(sorted(tallies.items(), key=lambda item: item[0])),
            numbers,
            pack.refusal,
            pack.shape.missed.share if missed is None else missed,
        )
        if numbers
        else None,
        hands={
            hand: Hand(
                collector_id=hand,
                out=found.out,
                back=found.back,
                good=found.good,
                tally=found.tally,
                share=share_of(found.tally),
                judgement=judge(found.tally, everybody),
            )
            for hand, found in sums.hands.items()
        },
    )


@lru_cache(maxsize=64)
def _choice(
    piles: tuple[Pile, ...],
    tallies: tuple[tuple[int, Tally], ...],
    numbers: Requirement,
    refusal: Refusal | None,
    missed: float,
) -> Choice | None:
    """Choose once for the same sheets: pages ask far more often than sheets come back."""
    known = dict(tallies)
    # A sheet without a collector is as good as the average one.
    for pile in piles:
        known.setdefault(pile.collector_id, NOTHING)
    return choose(
        piles, requirement=numbers, beliefs=beliefs(known, missed=missed), refusal=refusal
    )

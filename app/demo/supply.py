"""How much there is of what is slow to plant: flyers, support pages, gifts and walked doors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.demo.deeds import Life
from quests.route.features import PAPER
from quests.route.shape import Step


@dataclass(slots=True, kw_only=True)
class Supply:
    """For how many more campaigns a fact will be made true; a fact not named has no end."""

    left: dict[str, int]

    def has(self, step: Step) -> bool:
        """Say whether one more campaign may prove this step."""
        return all(self.left.get(one.fact or "", 1) > 0 for one in step.evidence)

    def set_apart(self) -> dict[str, int]:
        """Keep most of everything for later lives, and give what was kept."""
        kept = {fact: left * 2 // 3 for fact, left in self.left.items()}
        self.give_back({fact: -count for fact, count in kept.items()})
        return kept

    def give_back(self, kept: Mapping[str, int]) -> None:
        """Add what was set apart."""
        for fact, count in kept.items():
            self.left[fact] += count

    def take(self, life: Life) -> Life:
        """Note what a life that will be written down uses, and give the life."""
        for fact in self.left:
            self.left[fact] -= fact in life.facts
        return life


def has_paper(step: Step) -> bool:
    """Say whether a signed paper proves the step."""
    return any((one.fact or "").startswith(PAPER) for one in step.evidence)


def supply_of(left: Mapping[str, int], copies: int) -> Supply:
    """Give a supply for lives of which each is lived so many times."""
    return Supply(left={fact: most // max(1, copies) for fact, most in left.items()})

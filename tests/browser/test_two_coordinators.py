"""Two people at the same desk, and a decision that is taken back."""

from __future__ import annotations

from tests.browser.conftest import BrowserOf
from tests.browser.world import World, said


def test_the_second_of_two_coordinators_is_told_and_the_first_may_undo(
    browser_of: BrowserOf, world: World
) -> None:
    key = world.a_candidate("en", "Ivy Marsh")
    world.prove(["pick_ward", "eligibility"], key)
    candidate = browser_of(world.people[key], language="en")
    candidate.goto(world.at("steps/choose_agent", key))
    print(said(candidate)[:3000])

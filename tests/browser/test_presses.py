"""A button pressed while the page above it still grows does what it says."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, BrowserOf
from tests.browser.world import World

FIELD = "inn"
WRONG = "500100732258"
OPENS_THE_PAPER = ("a1_can_i", "a2_district", "a4_papers", "a5_income", "b1_watch")


@pytest.fixture
def page(browser_of: BrowserOf, world: World) -> Page:
    """A page of questions on a phone."""
    whose = world.a_candidate("ru", "Ольха")
    world.prove(OPENS_THE_PAPER, whose)
    world.answer({"a1_can_i.nomination": "self"}, whose)
    page = browser_of(world.people[whose], language="ru", width=PHONE)
    page.goto(world.at("documents/consent/questions/passport", whose))
    return page


@pytest.mark.parametrize("part", [0.1, 0.5], ids=["edge", "middle"])
def test_a_press_counts_when_a_saved_answer_moves_the_button_meanwhile(
    page: Page, part: float
) -> None:
    button = page.locator("button[name=action][value=next]")
    page.locator(f"[name='a-{FIELD}']").fill(WRONG)
    button.scroll_into_view_if_needed()
    before = button.bounding_box()
    assert before is not None
    # What is put in above moves the button from under the upper edge, or by just half of it.
    page.mouse.move(before["x"] + before["width"] / 2, before["y"] + before["height"] * part)
    page.mouse.down()
    expect(page.locator(f"#state-{FIELD} [role=status]")).to_be_visible()
    after = button.bounding_box()
    assert after is not None
    assert after["y"] > before["y"] + 4, "nothing moved, so the press was an ordinary one"
    with page.expect_navigation():
        page.mouse.up()


def test_a_press_that_is_drawn_away_from_the_button_does_nothing(
    page: Page,
) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    button = page.locator("button[name=action][value=next]")
    button.hover()
    page.mouse.down()
    page.mouse.move(10, 10)
    page.mouse.up()
    page.wait_for_timeout(300)
    assert "POST" not in sent
    button.click()
    assert sent.count("POST") == 1, "an ordinary press is sent once"

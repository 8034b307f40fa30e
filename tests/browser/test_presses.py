"""What is pressed while the page above it still grows does what it says, and does it once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, BrowserOf
from tests.browser.world import World

LEFT = """element => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const [clientX, clientY] = [left + width / 2, top + height / 2];
    element.dispatchEvent(new PointerEvent("pointerup", { bubbles: true, clientX, clientY }));
}"""
OPENS_THE_PAPER = ("a1_can_i", "a2_district", "a4_papers", "a5_income", "b1_watch")


@pytest.fixture
def questions(browser_of: BrowserOf, world: World) -> Callable[[str], Page]:
    """Open a page of questions on a phone."""
    whose = world.a_candidate("ru", "Ольха")
    world.prove(OPENS_THE_PAPER, whose)
    world.answer({"a1_can_i.nomination": "self"}, whose)
    page = browser_of(world.people[whose], language="ru", width=PHONE)

    def open_page(name: str) -> Page:
        page.goto(world.at(f"documents/consent/questions/{name}", whose))
        return page

    return open_page


@pytest.mark.parametrize("part", [0.1, 0.5], ids=["edge", "middle"])
@pytest.mark.parametrize(
    "pressed", ["button[name=action][value=next]", ".checklist a:not([aria-current])"]
)
def test_a_press_counts_when_a_saved_answer_moves_the_page_meanwhile(
    questions: Callable[[str], Page], pressed: str, part: float
) -> None:
    page = questions("passport")
    press_while_an_answer_is_saved(page, "inn", "500100732258", page.locator(pressed).first, part)
    with page.expect_navigation():
        page.mouse.up()


@pytest.mark.parametrize("part", [0.1, 0.5], ids=["edge", "middle"])
def test_a_choice_counts_when_a_saved_answer_moves_it_meanwhile(
    questions: Callable[[str], Page], part: float
) -> None:
    page = questions("where")
    choice = page.locator("label.choice:has(input[name='a-nominator'][value=self])")
    press_while_an_answer_is_saved(page, "district_no", "ноль", choice, part)
    page.mouse.up()
    expect(choice.locator("input")).to_be_checked()


def test_a_click_that_comes_late_does_not_take_the_choice_back(
    questions: Callable[[str], Page],
) -> None:
    page = questions("passport")
    choice = page.locator("label.choice:has(input[type=checkbox])").first
    choice.hover()
    page.mouse.down()
    # A slow telephone tells that the finger has left, and only then that it has clicked.
    choice.evaluate(LEFT)
    expect(choice.locator("input")).to_be_checked()
    page.mouse.up()
    page.wait_for_timeout(300)
    expect(choice.locator("input")).to_be_checked()
    choice.click()
    expect(choice.locator("input")).not_to_be_checked()


def test_a_press_that_is_drawn_away_from_the_button_does_nothing(
    questions: Callable[[str], Page],
) -> None:
    page = questions("passport")
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


def press_while_an_answer_is_saved(
    page: Page, field: str, wrong: str, pressed: Locator, part: float
) -> None:
    """Type a wrong answer and press something below it, till it has moved; it is not let go."""
    page.locator(f"[name='a-{field}']").fill(wrong)
    pressed.scroll_into_view_if_needed()
    before = pressed.bounding_box()
    assert before is not None
    # What is put in above moves it from under the upper edge, or by just half of it.
    page.mouse.move(before["x"] + before["width"] / 2, before["y"] + before["height"] * part)
    page.mouse.down()
    expect(page.locator(f"#state-{field} [role=status]")).to_be_visible()
    after = pressed.bounding_box()
    assert after is not None
    assert after["y"] > before["y"] + 4, "nothing moved, so the press was an ordinary one"

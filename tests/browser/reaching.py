"""Measuring what a thumb has to hit: links, buttons and fields that are too low."""

from __future__ import annotations

from playwright.sync_api import Page

LOWEST_PX = 48
# Half a pixel is lost when lines of text are rounded.
ROUNDING_PX = 0.5

_TOO_LOW = """(lowest) => {
  const letters = (element) => element.textContent.replace(/[\\s·,.]+/g, "").length;
  // A link inside a sentence is as high as its line, as WCAG 2.5.8 allows.
  const inSentence = (element) => {
    if (element.tagName !== "A" || getComputedStyle(element).display !== "inline") return false;
    const block = element.closest("p, li, dd, blockquote, label, legend, summary");
    return block !== null && letters(block) > letters(element);
  };
  const target = (element) =>
    (element.matches("[type=checkbox], [type=radio]") && element.closest("label")) || element;
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((element) => element.checkVisibility() && !element.closest(".hidden, .skip"))
    .filter((element) => element.type !== "hidden" && !inSentence(element))
    .filter((element) => target(element).getBoundingClientRect().height < lowest)
    .map((element) => {
      const height = Math.round(target(element).getBoundingClientRect().height);
      return `${height} px: ${element.outerHTML.slice(0, 140)}`;
    });
}"""


def too_low(page: Page) -> list[str]:
    """Give what is lower than a thumb needs on a phone, a line each."""
    found: list[str] = page.evaluate(_TOO_LOW, LOWEST_PX - ROUNDING_PX)
    return found

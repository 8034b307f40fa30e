"""A browser that complains: about its console, refused content, other hosts and wide pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

# Chromium reports every answer of 4xx as an error; a refusal is what these tests provoke.
EXPECTED = "Failed to load resource: the server responded with a status of 4"

# What the browser and htmx write when a request finds no server.
UNREACHED = (
    "Failed to load resource: net::ERR_CONNECTION",
    "Failed to load resource: net::ERR_INTERNET_DISCONNECTED",
    "htmx:afterRequest",
    "htmx:sendError",
)


# No slots: Playwright notes its handlers on the object they are methods of.
@dataclass
class Watch:
    """What went wrong in a browser context."""

    host: str
    wrong: list[str] = field(default_factory=list)
    server_may_be_gone: bool = False

    def over(self, context: BrowserContext) -> None:
        """Listen to everything in the context."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.wrong.append(f"error: {error.error}"))
        context.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning") or message.text.startswith(EXPECTED):
            return
        if self.server_may_be_gone and message.text.startswith(UNREACHED):
            return
        self.wrong.append(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.wrong.append(f"request to another host: {request.url}")


def assert_fits(page: Page) -> None:
    """Fail when the page can be scrolled sideways, and say what sticks out."""
    wide = page.evaluate(
        """() => {
          const room = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= room) return [];
          return [...document.body.querySelectorAll("*")]
            .filter((e) => e.getBoundingClientRect().right > room + 1)
            .slice(0, 6)
            .map((e) => e.outerHTML.slice(0, 120));
        }"""
    )
    assert not wide, f"{page.url} is wider than the screen: {wide}"


def lines_of(wrong: list[str]) -> str:
    """Give findings as text for an assertion."""
    return "\n".join(dict.fromkeys(wrong))

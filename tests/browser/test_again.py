"""A picture that is not drawn yet is asked for again by its page."""

from __future__ import annotations

import io

from PIL import Image
from playwright.sync_api import Browser, Route

from tests.browser.conftest import PATIENCE_MS
from tests.browser.live import ROOT

HOME = "https://portal.example.org/"
PAGE = """<!doctype html><title>Pages</title><img src="/page-1" data-again loading="lazy" alt="">
<script type="module">import { askAgain } from "/again.js"; askAgain(document);</script>"""


def test_a_picture_that_is_not_drawn_yet_is_asked_for_again(browser: Browser) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (5, 5)).save(drawn, "PNG")
    asked: list[str] = []

    def answer(route: Route) -> None:
        match route.request.url.removeprefix(HOME):
            case "again.js":
                script = (ROOT / "static" / "js" / "again.js").read_text()
                route.fulfill(body=script, content_type="text/javascript")
            case "page-1":
                asked.append(route.request.url)
                early = len(asked) < 3
                route.fulfill(
                    status=503 if early else 200,
                    body=b"" if early else drawn.getvalue(),
                    content_type="text/html" if early else "image/png",
                )
            case _:
                route.fulfill(body=PAGE, content_type="text/html")

    page = browser.new_page()
    page.route("**/*", answer)
    page.goto(HOME)
    page.wait_for_function("document.images[0].naturalWidth === 5", timeout=PATIENCE_MS)
    page.close()
    assert len(asked) == 3

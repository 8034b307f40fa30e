"""The one checking client: every page that a test fetches is inspected as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup, CData, NavigableString, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

STRAIGHT_QUOTES = re.compile(r'(?<![=\w])"[^"<>]*"')
NO_ENTER = ("hidden", "submit", "button", "file")
TOKEN = re.compile(r'<input type="hidden" name="csrf_token" value="([^"]+)">')
IGNORED_TEXT_TAGS = ("script", "style", "code", "pre", "textarea", "kbd", "samp")


class Page:
    """A parsed answer with the things tests ask for."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.html = response.get_data(as_text=True)

    @cached_property
    def soup(self) -> BeautifulSoup:
        """Give the page as a browser would read it; many are only asked for their status."""
        return BeautifulSoup(self.html, "html5lib")

    @property
    def h1(self) -> str:
        """Give the heading's text."""
        heading = self.soup.find("h1")
        return " ".join(heading.get_text(" ").split()) if isinstance(heading, Tag) else ""

    @property
    def text(self) -> str:
        """Give all text of the page's main part, spaces folded."""
        main = self.soup.find("main") or self.soup
        return " ".join(main.get_text(" ").split())

    def says(self, words: str) -> bool:
        """Say whether the main part has these words."""
        return words in self.text.replace("\u00a0", " ")

    def form(self, action_part: str = "") -> dict[str, str]:
        """Give the fields (with present values) of the form whose action has this part."""
        for form in self.soup.find_all("form"):
            posts = str(form.get("method", "")).lower() == "post"
            if posts and action_part in str(form.get("action", "")):
                return _values(form)
        raise AssertionError(f"no form with action {action_part!r}: {self.h1}")

    def error_of(self, field: str) -> str:
        """Give the error shown beside a field."""
        element = self.soup.find(attrs={"name": field})
        assert isinstance(element, Tag), f"no field {field}"
        ids = str(element.get("aria-describedby", "")).split()
        texts = [self.soup.find(id=i).get_text(" ").strip() for i in ids if self.soup.find(id=i)]
        return " ".join(texts)


def _values(form: Tag) -> dict[str, str]:
    values: dict[str, str] = {}
    for element in form.find_all(["input", "textarea", "select"]):
        name = element.get("name")
        if not name or element.get("type") in ("submit", "file", "button"):
            continue
        if element.get("type") in ("checkbox", "radio") and not element.has_attr("checked"):
            continue
        if element.name == "select":
            chosen = element.find("option", selected=True) or element.find("option")
            values[name] = chosen.get("value", "") if chosen else ""
        elif element.name == "textarea":
            values[name] = element.get_text()
        else:
            values[name] = str(element.get("value", ""))
    return values


def inspect(page: Page) -> None:
    """Fail when the page breaks a rule that all pages keep; the page stays as it is."""
    soup, where = page.soup, page.response.request.path
    headings = soup.find_all("h1")
    assert len(headings) == 1, f"{where}: {len(headings)} h1"
    title = " ".join(soup.title.get_text().split()) if soup.title else ""
    assert title.startswith(page.h1), f"{where}: title {title!r} does not begin with {page.h1!r}"
    ids = Counter(tag["id"] for tag in soup.find_all(id=True))
    twice = [name for name, count in ids.items() if count > 1]
    assert not twice, f"{where}: ids twice: {twice}"
    assert soup.html.get("lang") in ("ru", "en"), f"{where}: no language"
    _inspect_forms(soup, where)
    for tag in soup.find_all(True):
        bad = [a for a in tag.attrs if a == "style" or a.startswith("on") or a == "hx-on"]
        assert not bad, f"{where}: inline {bad} on <{tag.name}>"
    for tag in soup.find_all(["script", "style"]):
        assert tag.name == "script" and tag.get("src"), f"{where}: inline <{tag.name}>"
    for image in soup.find_all("img"):
        assert image.has_attr("alt"), f"{where}: image without alt"
    text = " ".join(_written(soup))
    assert "{{" not in text and "{%" not in text and "}}" not in text, f"{where}: raw braces"
    assert "%(" not in text, f"{where}: an unfilled sentence"
    straight = STRAIGHT_QUOTES.search(text)
    assert not straight, f"{where}: straight quotes: {straight.group(0) if straight else ''}"


def _written(tag: Tag) -> Iterator[str]:
    """Give all texts of a tag for people to read, without what quotes machines or themselves."""
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name not in IGNORED_TEXT_TAGS:
                yield from _written(child)
        elif type(child) in (NavigableString, CData):
            yield child


def _inspect_forms(soup: BeautifulSoup, where: str) -> None:
    for form in soup.find_all("form"):
        assert form.get("action") is not None, f"{where}: a form without action"
        _inspect_enter(form, where)
        if str(form.get("method", "")).lower() == "post":
            assert form.find("input", attrs={"name": "csrf_token"}), f"{where}: form without token"
    labelled = {label.get("for") for label in soup.find_all("label")}
    for field in soup.find_all(["input", "select", "textarea"]):
        if field.get("type") in ("hidden", "submit", "button"):
            continue
        named = (
            field.get("id") in labelled
            or field.get("aria-label")
            or field.get("aria-labelledby")
            or field.find_parent("label")
        )
        assert named, f"{where}: field {field.get('name')} has no label"


def _inspect_enter(form: Tag, where: str) -> None:
    """Fail when Enter in a field would press a button beside the point.

    A browser gives it to the first submit button of the form: to remove a row, to show what is
    sealed. With several of them that has to be the main one, or the unseen one of ``form(enter)``.
    """
    fields = [one for one in form.find_all("input") if one.get("type") not in NO_ENTER]
    buttons = form.select("button:not([type]), [type=submit]")
    if not fields or len(buttons) < 2 or "data-enter" in buttons[0].attrs:
        return
    first = " ".join(buttons[0].get_text(" ").split())
    main = "button-primary" in str(buttons[0].get("class", ""))
    assert main, f"{where}: Enter presses {first!r}; say form(…, enter=True)"
    assert not buttons[0].get("formaction"), f"{where}: Enter leads elsewhere: {first!r}"


class CheckingClient(FlaskClient):
    """A client that inspects each HTML page it gets, and submits forms with their tokens."""

    _last: Page | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request and inspect the answer."""
        response = super().open(*args, **kwargs)
        check_headers(response)
        moved = response.status_code in (301, 302, 303, 308)
        if response.mimetype == "text/html" and response.get_data() and not moved:
            self._last = Page(response)
            inspect(self._last)
        return response

    def page(self, path: str, status: int = 200, **kwargs: Any) -> Page:
        """Fetch a page and demand its status."""
        response = self.get(path, **kwargs)
        assert response.status_code == status, f"{path}: {response.status_code}\n{_words(response)}"
        return self._page_of(response)

    def send(
        self,
        path: str,
        data: dict[str, Any] | None = None,
        *,
        status: int = 303,
        start: str | None = None,
        **kwargs: Any,
    ) -> Page:
        """Post a form with a valid token, demand the status."""
        token = self.token(start)
        response = self.post(path, data={"csrf_token": token, **(data or {})}, **kwargs)
        assert response.status_code == status, f"{path}: {response.status_code}\n{_words(response)}"
        return self._page_of(response)

    def token(self, start: str | None = None) -> str:
        """Give a CSRF token of this client's session, from a page that has a form."""
        response = super().open(start or "/sign-in", method="GET", follow_redirects=True)
        found = TOKEN.search(response.get_data(as_text=True))
        assert found, "no form to take a token from"
        return found[1]

    def _page_of(self, response: TestResponse) -> Page:
        """Give the page that was parsed to be inspected, if it is the one."""
        last = self._last
        return last if last is not None and last.response is response else Page(response)


def check_headers(response: TestResponse) -> None:
    """Fail when an answer lacks a header that all answers carry."""
    policy = response.headers.get("Content-Security-Policy", "")
    assert "'unsafe" not in policy and policy, "no strict content security policy"
    assert response.headers.get("X-Content-Type-Options") == "nosniff"


def _words(response: TestResponse) -> str:
    return BeautifulSoup(response.get_data(as_text=True), "html5lib").get_text(" ")[:1500]


def client_of(app: Flask) -> CheckingClient:
    """Give a checking client of a program."""
    app.test_client_class = CheckingClient
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    return client

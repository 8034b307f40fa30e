"""The one checking client: every page that a test fetches is inspected as a whole."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

STRAIGHT_QUOTES = re.compile(r'(?<![=\w])"[^"<>]*"')
IGNORED_TEXT_TAGS = ("script", "style", "code", "pre", "textarea", "kbd", "samp")


class Page:
    """A parsed answer with the things tests ask for."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.html = response.get_data(as_text=True)
        self.soup = BeautifulSoup(self.html, "html5lib")

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
    """Fail when the page breaks a rule that all pages keep."""
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
    for tag in soup.find_all(IGNORED_TEXT_TAGS):
        tag.extract()
    text = soup.get_text(" ")
    assert "{{" not in text and "{%" not in text and "}}" not in text, f"{where}: raw braces"
    assert "%(" not in text, f"{where}: an unfilled sentence"
    straight = STRAIGHT_QUOTES.search(text)
    assert not straight, f"{where}: straight quotes: {straight.group(0) if straight else ''}"


def _inspect_forms(soup: BeautifulSoup, where: str) -> None:
    for form in soup.find_all("form"):
        assert form.get("action") is not None, f"{where}: a form without action"
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


class CheckingClient(FlaskClient):
    """A client that inspects each HTML page it gets, and submits forms with their tokens."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request and inspect the answer."""
        response = super().open(*args, **kwargs)
        check_headers(response)
        moved = response.status_code in (301, 302, 303, 308)
        if response.mimetype == "text/html" and response.get_data() and not moved:
            inspect(Page(response))
        return response

    def page(self, path: str, status: int = 200, **kwargs: Any) -> Page:
        """Fetch a page and demand its status."""
        response = self.get(path, **kwargs)
        assert response.status_code == status, f"{path}: {response.status_code}\n{_words(response)}"
        return Page(response)

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
        return Page(response)

    def token(self, start: str | None = None) -> str:
        """Give a CSRF token of this client's session, from a page that has a form."""
        response = super().open(start or "/sign-in", method="GET", follow_redirects=True)
        field = BeautifulSoup(response.get_data(as_text=True), "html5lib").find(
            "input", attrs={"name": "csrf_token"}
        )
        assert isinstance(field, Tag), "no form to take a token from"
        return str(field["value"])


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

"""An address that is remembered is the one Flask would build."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, url_for
from werkzeug.routing import BuildError

from app.access import Public
from app.config import Settings
from app.web.routing import Section
from tests.web.small_program import a_small_program

ANYBODY = Public(because="a test of addresses")


def a_section() -> Section:
    section = Section("things", __name__)

    def thing(number: int) -> str:
        return str(number)

    section.get("/things/<int:number>", access=ANYBODY, endpoint="one")(thing)
    section.post("/things/<int:number>/mend", access=ANYBODY, endpoint="mend")(thing)
    return section


@pytest.fixture
def small(settings: Settings) -> Iterator[Flask]:
    with a_small_program(settings, a_section()) as app:
        yield app


@pytest.mark.parametrize(
    ("endpoint", "values"),
    [
        ("things.one", {"number": 1}),
        ("things.one", {"number": 1, "q": "a b"}),
        ("things.one", {"q": "a b", "number": 1}),
        ("things.one", {"number": 1, "q": True}),
        ("things.one", {"number": 1, "q": 1}),
        ("things.one", {"number": 1, "q": None}),
        ("things.one", {"number": 1, "q": ["x", "y"]}),
        ("things.mend", {"number": 7}),
        ("things.one", {"number": 1, "_external": True}),
        ("things.one", {"number": 1, "_anchor": "top"}),
    ],
)
def test_an_address_is_the_same_asked_once_or_twice(
    small: Flask, endpoint: str, values: dict[str, Any]
) -> None:
    for base in ("http://localhost/", "http://localhost/below/"):
        with small.test_request_context("/", base_url=base):
            plain = Flask.url_for(small, endpoint, **values)
            assert [url_for(endpoint, **values) for _ in range(2)] == [plain, plain]


def test_an_address_of_nothing_is_refused_every_time(small: Flask) -> None:
    with small.test_request_context("/"):
        for _ in range(2):
            with pytest.raises(BuildError):
                url_for("things.absent")

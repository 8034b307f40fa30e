"""What the press's process refuses to do, whatever the engine is talked into."""

from __future__ import annotations

import os

import pytest

from documents.press.worker import guard
from tests.web.flyers.studio_program import PACKS

PROGRAM = PACKS.parents[1]


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("open", ("/etc/passwd", "r", os.O_RDONLY)),
        ("open", (str(PROGRAM / "var" / "mandat.db"), "rb", os.O_RDONLY)),
        ("open", (str(PROGRAM / "static" / "x.css"), "w", os.O_WRONLY | os.O_CREAT)),
        ("open", (str(PROGRAM / "static" / ".." / "var" / "secret-key"), "r", os.O_RDONLY)),
        ("socket.connect", (None, ("127.0.0.1", 80))),
        ("socket.getaddrinfo", ("example.org", 80)),
        ("subprocess.Popen", ("sh", [], None, None)),
        ("os.system", (b"true",)),
        ("os.remove", ("x", -1)),
        ("urllib.Request", ("http://127.0.0.1/", None, {}, "GET")),
        ("urllib.Request", ("file:///etc/passwd", None, {}, "GET")),
    ],
)
def test_the_press_refuses(event: str, arguments: tuple[object, ...]) -> None:
    with pytest.raises(PermissionError):
        guard(event, arguments)


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("open", (str(PROGRAM / "static" / "print" / "flyer-a5.css"), "r", os.O_RDONLY)),
        ("open", (3, "rb", os.O_RDONLY)),
        ("urllib.Request", ("data:text/plain,x", None, {}, "GET")),
        ("import", ("json",)),
    ],
)
def test_the_press_may_read_its_own(event: str, arguments: tuple[object, ...]) -> None:
    guard(event, arguments)

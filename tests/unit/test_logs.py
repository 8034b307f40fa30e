from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from app.logs import REQUEST_ID, JsonLines, accepted_request_id, scrub


@pytest.fixture
def lines() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("mandat.test")
    logger.handlers, before = [handler], logger.handlers
    logger.propagate = False
    logger.setLevel("INFO")
    yield logger, stream
    logger.handlers = before
    logger.propagate = True


def only_line(stream: io.StringIO) -> dict[str, Any]:
    (line,) = stream.getvalue().splitlines()
    loaded: dict[str, Any] = json.loads(line)
    return loaded


def test_a_line_names_the_event_its_values_and_the_request(
    lines: tuple[logging.Logger, io.StringIO],
) -> None:
    logger, stream = lines
    token = REQUEST_ID.set("abc-123")
    logger.info("request", extra={"route": "/campaigns/<int:campaign_id>", "status": 200})
    REQUEST_ID.reset(token)
    line = only_line(stream)
    assert line["event"] == "request"
    assert line["status"] == 200
    assert line["request"] == "abc-123"
    assert line["level"] == "info"


def test_an_exception_keeps_its_message_to_itself(
    lines: tuple[logging.Logger, io.StringIO],
) -> None:
    logger, stream = lines
    try:
        try:
            raise KeyError("Ivanova")
        except KeyError as error:
            raise ValueError("Ivanova, passport 4010 123456") from error
    except ValueError:
        logger.exception("request failed")
    text = stream.getvalue()
    assert "Ivanova" not in text
    assert "4010" not in text
    exception = only_line(stream)["exception"]
    assert exception["kind"] == "builtins.ValueError"
    assert exception["because"][0]["kind"] == "builtins.KeyError"
    assert exception["frames"][-1].startswith("tests/unit/test_logs.py:")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("mail to anna@example.org failed", "mail to <email> failed"),
        ("GET /search?q=Ivanova HTTP/1.1", "GET /search?… HTTP/1.1"),
        ("call +7 (921) 123-45-67 now", "call <number> now"),
        ("token " + "a1B2" * 11, "token <token>"),
        ("job 1234567 ended in 2026-06-24", "job 1234567 ended in 2026-06-24"),
    ],
)
def test_what_could_speak_of_a_person_is_taken_out(written: str, kept: str) -> None:
    assert scrub(written) == kept


def test_a_value_that_is_no_number_or_text_is_named_by_its_kind(
    lines: tuple[logging.Logger, io.StringIO],
) -> None:
    logger, stream = lines
    logger.info("odd", extra={"thing": object()})
    assert only_line(stream)["thing"] == "<object>"


def test_a_librarys_values_stay_out_of_its_message() -> None:
    record = logging.makeLogRecord({"name": "urllib3", "msg": "sent %s", "args": ("secret",)})
    assert "secret" not in JsonLines().format(record)


@pytest.mark.parametrize("offered", [None, "", "short", "a b c d e f g h", "x" * 65, "a\nb" * 9])
def test_a_strange_request_id_is_not_written_down(offered: str | None) -> None:
    assert accepted_request_id(offered) is None


def test_a_plain_request_id_is_taken_over() -> None:
    assert accepted_request_id("3f2c9a1e-77aa") == "3f2c9a1e-77aa"

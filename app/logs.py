"""Logs as lines of JSON, with nothing in them that speaks of a person.

A line holds an event's name and named values. Addresses of pages appear as templates
(``/campaigns/<int:campaign_id>/route``), query strings never; an exception appears as its kind
and the places it passed, without its message.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

REQUEST_ID: ContextVar[str | None] = ContextVar("request_id", default=None)
REQUEST_ID_HEADER = "X-Request-ID"
ROOT = Path(__file__).resolve().parent.parent

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_EMAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+")
_QUERY = re.compile(r"\?[^\s\"']+")
_TOKEN = re.compile(r"\b[A-Za-z0-9_-]{40,}\b")
_PHONE = re.compile(r"(?<![\w.:-])\+?\d(?:[ ()-]{0,2}\d){9,14}(?![\w.:-])")
_ACCEPTABLE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

Trace = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None] | None
)


class JsonLines(logging.Formatter):
    """Writes each record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line of a record."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": scrub(_message(record)),
        }
        request_id = REQUEST_ID.get()
        if request_id is not None:
            line["request"] = request_id
        for key, value in vars(record).items():
            if key not in _STANDARD and value is not None:
                line[key] = scrub(value) if isinstance(value, str) else value
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = described(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=_kind_of)


def configure_logs(level: str = "info", stream: TextIO | None = None) -> None:
    """Send everything the program logs to one stream, as lines of JSON."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("mandat").setLevel(level.upper())
    logging.captureWarnings(True)


def granian_logs(level: str = "info") -> dict[str, Any]:
    """Give the configuration that makes the web server's own lines look like ours."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": JsonLines}},
        "handlers": {
            "lines": {
                "class": "logging.StreamHandler",
                "formatter": "lines",
                "stream": "ext://sys.stderr",
            }
        },
        "loggers": {
            "_granian": {
                "handlers": ["lines"],
                "level": level.upper(),
                "propagate": False,
            }
        },
    }


def accepted_request_id(offered: str | None) -> str | None:
    """Give the id a proxy has sent along, or None when it is not one we would write down."""
    return offered if offered and _ACCEPTABLE_ID.fullmatch(offered) else None


def scrub(text: str) -> str:
    """Give a text without addresses of mail, query strings, phone numbers and tokens.

    This is the net below: our own lines should hold nothing for it to catch.
    """
    cleaned = _QUERY.sub("?…", _EMAIL.sub("<email>", text))
    return _PHONE.sub("<number>", _TOKEN.sub("<token>", cleaned))


def described(trace: Trace) -> dict[str, Any]:
    """Give an exception's kind and places, and those of the exceptions behind it."""
    error = trace[1] if trace else None
    chain: list[dict[str, Any]] = []
    while error is not None and len(chain) < 5:
        frames = traceback.extract_tb(error.__traceback__)
        chain.append(
            {
                "kind": f"{type(error).__module__}.{type(error).__qualname__}",
                "frames": [
                    f"{_place(frame.filename)}:{frame.lineno} {frame.name}"
                    for frame in frames[-12:]
                ],
            }
        )
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return {**chain[0], "because": chain[1:]} if chain else {}


def _message(record: logging.LogRecord) -> str:
    # Other people's libraries put values into their messages; only our own are known to be clean.
    if record.name.startswith(("mandat", "_granian")) or not record.args:
        return record.getMessage()
    return str(record.msg)


def _place(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(ROOT):
        inside = path.relative_to(ROOT)
        if "site-packages" not in inside.parts:
            return inside.as_posix()
    return "/".join(path.parts[-2:])


def _kind_of(value: object) -> str:
    return f"<{type(value).__name__}>"

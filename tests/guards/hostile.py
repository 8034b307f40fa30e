"""What no program should have to read, and what it may answer to it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

ANSWERS = frozenset({200, 303, 308, 400, 403, 404, 405, 409, 413, 415, 422, 429})
MARK = "<script>alert(1337)</script>"
HOSTILE = {
    "nothing": b"",
    "spaces": b" \t\r\n",
    "long": b"A" * 10_001,
    "longer": "щ".encode() * 60_000,
    "nul": b"a\x00b",
    "lone surrogate": b"a\xed\xa0\x80b",
    "not utf-8": b"\xff\xfe\xfa",
    "cut utf-8": "ж".encode()[:1],
    "direction": "\u202eabc\u2066\u200f".encode(),
    "emoji": "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿".encode(),
    "combining": ("Z" + "\u0301" * 500).encode(),
    "markup": MARK.encode(),
    "attribute": b'"\' onmouseover=alert(1) x="',
    "sql": b"'; DROP TABLE person; --",
    "like": b"%_\\%",
    "template": b"{{ 7*7 }}{% raw %}%(name)s {name} %s",
    "huge number": b"9" * 40,
    "negative": b"-1",
    "arabic digits": "٣٤".encode(),
    "superscript": "²".encode(),
    "float": b"1e309",
    "nan": b"NaN",
    "no such day": b"0000-00-00",
    "no such day either": b"31.02.2026",
    "last day": b"9999-12-31",
    "first day": b"0001-01-01",
    "time": b"25:61",
    "wide digits": "２０２６-０１-０１".encode(),
    "list": b"[1, 2]",
    "mail": "пример@пример.рф".encode(),
    "many mails": b"a@example.org,b@example.org\nBcc: c@example.org",
    "colon": b"1:2:3",
}


FORM = {"content_type": "application/x-www-form-urlencoded"}


def body(fields: Sequence[str], value: bytes) -> bytes:
    return b"&".join(quote(name).encode() + b"=" + quote(value).encode() for name in fields)

"""What the QR code on a scan says about the paper it is a scan of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

CHECK_PATH = "/check/"
MOST_SCANS = 20
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,32}")


class CodeVerdict(StrEnum):
    """What the code on a scan turned out to be; none of them stops a hand-in."""

    MATCH = "match"
    """The code of the newest version."""
    OLDER = "older"
    """The code of an earlier version of the same paper."""
    OTHER = "other"
    """The code of another paper."""
    FOREIGN = "foreign"
    """A code that is no document of this portal."""
    NONE = "none"
    """No code was found on the scan."""
    UNREAD = "unread"
    """The scan was too much to be read in the time there is."""


WRONG = frozenset({CodeVerdict.OLDER, CodeVerdict.OTHER, CodeVerdict.FOREIGN})


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCode:
    """An issued version found by the token of a code."""

    campaign_id: int
    paper_id: int
    issue_id: int
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFound:
    """What was found, and the number of the paper when it is one of this campaign."""

    verdict: CodeVerdict
    number: str = ""


def tokens_of(codes: Iterable[str]) -> tuple[str, ...]:
    """Give the tokens of the check addresses among the texts of codes, each once.

    The host is not looked at: a portal may have moved since the paper was printed, and the token
    is looked up among our own.
    """
    found: dict[str, None] = {}
    for code in codes:
        path = _path(code)
        token = path.removeprefix(CHECK_PATH)
        if token != path and is_token(token):
            found[token] = None
    return tuple(found)


def is_token(text: str) -> bool:
    """Say whether a text can be the token of a check address at all."""
    return _TOKEN.fullmatch(text) is not None


def _path(code: str) -> str:
    try:
        return urlsplit(code.strip()).path
    except ValueError:
        return ""


def judge_code(
    codes: Iterable[str] | None,
    known: Iterable[KnownCode],
    *,
    campaign_id: int,
    paper_id: int,
    newest_issue_id: int,
) -> CodeFound:
    """Say what the codes of one scan mean; ``codes`` is None when it could not be read."""
    if codes is None:
        return CodeFound(verdict=CodeVerdict.UNREAD)
    texts, known = tuple(codes), tuple(known)
    if not texts:
        return CodeFound(verdict=CodeVerdict.NONE)
    own = [code for code in known if code.paper_id == paper_id]
    newest = [code for code in own if code.issue_id == newest_issue_id]
    if newest:
        return CodeFound(verdict=CodeVerdict.MATCH, number=newest[0].number)
    if own:
        return CodeFound(verdict=CodeVerdict.OLDER, number=own[0].number)
    if known:
        # The number of another campaign's paper is nobody's business here.
        mine = [code for code in known if code.campaign_id == campaign_id]
        return CodeFound(verdict=CodeVerdict.OTHER, number=mine[0].number if mine else "")
    return CodeFound(verdict=CodeVerdict.FOREIGN)


def is_wrong(verdict: CodeVerdict) -> bool:
    """Say whether a code is of something else than the version that was to be signed.

    A page without a code that could be read may well be the right one.
    """
    return verdict in WRONG


def pages_missing(*, issued: int, came: Iterable[tuple[CodeVerdict, int]]) -> int:
    """Give how many pages fewer came back than were issued; pages of another paper are none of it.

    ``came``: what the code of each file says, and how many pages it has. The code is the same on
    every page of a version, so that a page photographed twice counts twice.
    """
    return max(issued - sum(pages for verdict, pages in came if not is_wrong(verdict)), 0)

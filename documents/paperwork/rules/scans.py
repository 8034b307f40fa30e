"""What the QR codes on scans say: which paper a file is of, and which of its pages came."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

CHECK_PATH = "/check/"
MOST_SCANS = 20
PAGES_CODED = 8
"""Pages of a paper whose code says which page it is; on the pages after them it names the paper."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,32}")
_NUMBER = re.compile(r"[1-9][0-9]{0,2}")


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


class ScanPages(Protocol):
    """The pages of one file: how many, what its code says, which of the paper's they are."""

    @property
    def code(self) -> CodeVerdict:
        """What the code turned out to be."""
        ...

    @property
    def pages(self) -> int:
        """How many pages the file has."""
        ...

    @property
    def page_numbers(self) -> Sequence[Sequence[int]] | None:
        """The numbers read on each page of the file; None when none was read."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """Which pages of an issued version came back."""

    missing: int
    """How many did not."""
    absent: tuple[int, ...] = ()
    """Their numbers; empty as long as a page came of which nobody knows which it is."""
    twice: tuple[int, ...] = ()
    """The numbers of the pages that came more than once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page that was issued beside a page of the files that came; either may be missing."""

    number: int
    """Of the page as it was issued; what is no page of it is counted on after its last."""
    file: int | None = None
    """Which of the files it came in, from 0; None: it did not come."""
    page: int = 1
    """Which page of that file it is, from 1."""
    again: bool = False
    """Whether the same page stands before it already."""


def page_address(address: str, number: int) -> str:
    """Give the address that the code of one page leads to, for the address of its paper."""
    return f"{address}/{number}"


def page_number(text: str) -> int | None:
    """Read the number at the end of such an address; None when it can be none."""
    return int(text) if _NUMBER.fullmatch(text) else None


def tokens_of(codes: Iterable[str]) -> tuple[str, ...]:
    """Give the tokens of the check addresses among the texts of codes, each once.

    The host is not looked at: a portal may have moved since the paper was printed, and the token
    is looked up among our own.
    """
    return tuple(dict.fromkeys(token for token, _ in _read(codes)))


def page_numbers(
    codes: Iterable[Iterable[str]] | None, *, token: str, issued: int
) -> tuple[tuple[int, ...], ...] | None:
    """Give the numbers of the pages of one issued version that the codes of a file are of.

    ``codes`` are the texts read on each page of the file, None when it could not be read. On a
    page of a file there may be none, or more than one when two sheets lie in one photo. None when
    nothing was read at all, as on a paper that was issued before its codes said it.
    """
    found = tuple(tuple(sorted(_numbers(page, token, issued))) for page in codes or ())
    return found if any(found) else None


def _numbers(codes: Iterable[str], token: str, issued: int) -> set[int]:
    read = {number for found, number in _read(codes) if found == token}
    return {number for number in read if number is not None and number <= issued}


def _read(codes: Iterable[str]) -> Iterator[tuple[str, int | None]]:
    """Give the token and, where there is one, the page of each code that is a check address."""
    for code in codes:
        path = _path(code)
        token, _, number = path.removeprefix(CHECK_PATH).partition("/")
        if path.startswith(CHECK_PATH) and is_token(token):
            yield token, page_number(number)


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


def pages_arrived(*, issued: int, came: Iterable[ScanPages]) -> Arrived:
    """Say which pages of a version came; pages of another paper are none of it.

    A page that came twice counts once. A page of which nobody knows which it is, because it is of
    an old paper or its code could not be read, may be any of those that have not come; one whose
    code names the paper only, may be any of those after ``PAGES_CODED``.
    """
    pages = [page for page in _pages_of(came, issued) if not page.wrong]
    times = Counter(number for page in pages for number in page.numbers)
    absent = [number for number in range(1, issued + 1) if number not in times]
    late = [number for number in absent if number > PAGES_CODED]
    unread = sum(not page.numbers and not page.late for page in pages)
    known_late = sum(page.late for page in pages)
    left = len(absent) - len(late) + max(len(late) - known_late, 0)
    # Which of the late pages came nobody knows, as long as it was not all of them.
    named = absent if not known_late else [number for number in absent if number not in late]
    is_known = not unread and (not known_late or known_late >= len(late))
    return Arrived(
        missing=max(left - unread, 0),
        absent=tuple(named) if is_known else (),
        twice=tuple(sorted(number for number, count in times.items() if count > 1)),
    )


def pages_missing(*, issued: int, came: Iterable[ScanPages]) -> int:
    """Give how many pages of a version have not come back."""
    return pages_arrived(issued=issued, came=came).missing


def is_doubtful(*, issued: int, came: Iterable[ScanPages]) -> bool:
    """Say whether it is asked once more before these files are sent to be checked.

    It is when the code of one is of something else, or when a page of the version did not come.
    """
    files = tuple(came)
    wrong = any(is_wrong(each.code) for each in files)
    return wrong or pages_missing(issued=issued, came=files) > 0


def side_by_side(*, issued: int, came: Iterable[ScanPages]) -> tuple[Place, ...]:
    """Give each page that was issued beside the page that came back of it.

    What may be any page fills the gaps in the order of the files, pages that are known to be late
    ones only theirs. What comes after the last page is of another paper, or one more than was
    issued.
    """
    pages = _pages_of(came, issued)
    told: dict[int, list[_OnePage]] = {number: [] for number in range(1, issued + 1)}
    for page in pages:
        for number in page.numbers:
            told[number].append(page)
    loose = [page for page in pages if not page.numbers]
    late = deque(page for page in loose if page.late)
    waiting = deque(page for page in loose if not page.wrong and not page.late)
    for number, copies in told.items():
        if not copies and number > PAGES_CODED and late:
            copies.append(late.popleft())
    for copies in told.values():
        if not copies and waiting:
            copies.append(waiting.popleft())
    over = {(page.file, page.page) for page in (*late, *waiting)}
    rest = [page for page in loose if page.wrong or (page.file, page.page) in over]
    placed = [place for number, copies in told.items() for place in _placed(number, copies)]
    more = (_place(number, page) for number, page in enumerate(rest, issued + 1))
    return (*placed, *more)


@dataclass(frozen=True, slots=True, kw_only=True)
class _OnePage:
    """One page of one file, and the numbers of the pages it shows."""

    file: int
    page: int
    wrong: bool
    numbers: tuple[int, ...]
    late: bool
    """Whether its code was read and names the paper only, as those after ``PAGES_CODED`` do."""


def _pages_of(came: Iterable[ScanPages], issued: int) -> list[_OnePage]:
    """Give the pages of files one by one; a page that is read beyond what was issued is loose."""
    files = tuple(came)
    # On a paper of the time before, no code says a page at all.
    numbered = issued > PAGES_CODED and any(scan.page_numbers for scan in files)
    found = []
    for file, scan in enumerate(files):
        read = scan.page_numbers or ()
        wrong = is_wrong(scan.code)
        for page in range(1, scan.pages + 1):
            here = read[page - 1] if page <= len(read) and not wrong else ()
            numbers = tuple(dict.fromkeys(number for number in here if 1 <= number <= issued))
            # Of one page the verdict is that of its code; among several it may be any one's.
            late = numbered and scan.pages == 1 and scan.code is CodeVerdict.MATCH and not numbers
            found.append(_OnePage(file=file, page=page, wrong=wrong, numbers=numbers, late=late))
    return found


def _placed(number: int, copies: Sequence[_OnePage]) -> Iterator[Place]:
    if not copies:
        yield Place(number=number)
    for at, page in enumerate(copies):
        yield _place(number, page, again=at > 0)


def _place(number: int, page: _OnePage, *, again: bool = False) -> Place:
    return Place(number=number, file=page.file, page=page.page, again=again)

"""In which order findings are told, and which of them is mended next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from documents.clerk.rules.case import Case, Finding
from documents.clerk.rules.judging import turn_of
from documents.clerk.rules.marks import home_of
from documents.clerk.shape import ClerkRule, Severity

OPEN_AT_FIRST = 6
"""As many findings of one severity lie open; the papers after them are folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfPaper:
    """The findings that are mended in one paper; the key is empty for those of none."""

    kind: str
    findings: tuple[Finding, ...]
    is_open: bool


def by_paper(
    findings: Iterable[Finding], case: Case, *, most_open: int = OPEN_AT_FIRST
) -> tuple[OfPaper, ...]:
    """Put findings under their papers, in the order in which the pack has these.

    The first papers lie open, as far as they have no more findings than ``most_open``.
    """
    members: dict[str, list[Finding]] = {kind: [] for kind in (*case.papers, "")}
    for finding in findings:
        members.setdefault(home_of(finding, case), []).append(finding)
    found, told = [], 0
    for kind, each in members.items():
        if each:
            fits = told + len(each) <= most_open or (not told and most_open > 0)
            found.append(OfPaper(kind=kind, findings=tuple(each), is_open=fits))
            told += len(each)
    return tuple(found)


def next_of(
    groups: Iterable[OfPaper], rules: Mapping[str, ClerkRule], *, kind: str = ""
) -> Finding | None:
    """Give what to mend next: what stops before what only warns.

    Whoever works on one paper (``kind``) goes on there; the first of all follows when nothing
    is left. Answers come before issuing and signing after it, as ``turn_of`` has it.
    """
    ordered = sorted(
        ((group.kind, finding) for group in groups for finding in group.findings),
        key=lambda one: (
            one[1].severity is not Severity.STOP,
            turn_of(rules[one[1].rule]),
        ),
    )
    here = (finding for home, finding in ordered if home == kind)
    return next(here, ordered[0][1] if ordered else None)

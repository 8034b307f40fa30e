"""The mark with which one goes from a finding to its place: which rule, at which answer or paper.

It carries no value and no campaign, so a mark from elsewhere finds only what is wrong here.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from documents.clerk.rules.case import Case, Finding
from documents.clerk.shape import ClerkRule, OfPaper, PaperCheck

_LONGEST = 200
_PAPER = "paper-"
"""Tells a paper from an answer: a key of a pack has no hyphen."""
_OF_DATES = frozenset({PaperCheck.UNDATED, PaperCheck.EARLY, PaperCheck.AHEAD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A rule, an answer or a whole paper, and the heading up to which papers were looked at."""

    rule: str
    answer: str = ""
    paper: str = ""
    """The kind of paper; empty when it is about an answer."""
    upto: str = ""
    """Empty for a pack without headings."""

    @property
    def text(self) -> str:
        """Give it as it stands in an address."""
        place = f"{_PAPER}{self.paper}" if self.paper else self.answer
        return ".".join(filter(None, (self.rule, place, self.upto)))


def read_mark(text: str) -> Mark | None:
    """Give the mark that stands in an address; None for anything else.

    Whether there is such a rule, answer, paper or heading is for the caller to look up.
    """
    parts = text.split(".") if len(text) <= _LONGEST else []
    if len(parts) not in (2, 3) or not all(parts):
        return None
    rule, place, upto = (*parts, "")[:3]
    if not place.startswith(_PAPER):
        return Mark(rule=rule, answer=place, upto=upto)
    paper = place.removeprefix(_PAPER)
    return Mark(rule=rule, paper=paper, upto=upto) if paper else None


def answers_of(finding: Finding) -> tuple[str, ...]:
    """Give the answers that a finding names."""
    return (*finding.answers, *(pair.key for pair in finding.pairs))


def home_of(finding: Finding, case: Case) -> str:
    """Give the paper in which a finding is mended; empty when no paper asks for its answers."""
    asked = (case.places[key][0] for key in answers_of(finding) if key in case.places)
    return finding.kind or next(asked, "")


def is_about_dates(rule: ClerkRule) -> bool:
    """Say whether a rule is about days on signed papers, which are written down at the clerk's."""
    return isinstance(rule, OfPaper) and rule.looks in _OF_DATES


def mended_at(finding: Finding, rule: ClerkRule, case: Case, locked: Container[str]) -> str:
    """Give the answer at which a finding is mended, empty for the whole paper of its home.

    It is the first that an open paper asks; without such the first that any paper asks.
    """
    # A stale paper is issued again; its answers are right as they are.
    if isinstance(rule, OfPaper) and finding.pairs:
        return ""
    asked = [key for key in answers_of(finding) if key in case.places]
    opened = (key for key in asked if case.places[key][0] not in locked)
    return next(opened, asked[0] if asked else "")


def is_later(finding: Finding, rule: ClerkRule, case: Case, locked: Container[str]) -> bool:
    """Say whether a finding is mended in nothing but a paper that is not open yet."""
    if is_about_dates(rule):
        return False
    key = mended_at(finding, rule, case, locked)
    return (case.places[key][0] if key else home_of(finding, case)) in locked


def is_about(finding: Finding, mark: Mark, rule: ClerkRule, case: Case) -> bool:
    """Say whether a finding is the one that a mark means, whatever the values are by now.

    What is looked at page by page is one finding: it stays while anything on the page is left.
    """
    if finding.rule != mark.rule:
        return False
    if mark.paper:
        return home_of(finding, case) == mark.paper
    keys = answers_of(finding)
    if mark.answer in keys:
        return True
    place = case.places.get(mark.answer)
    whole_page = isinstance(rule, OfPaper) and bool(finding.answers) and not finding.pairs
    return whole_page and place is not None and place in {case.places.get(key) for key in keys}

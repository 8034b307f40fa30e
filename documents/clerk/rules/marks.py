"""The mark with which one goes from a finding to its field: which rule, at which answer.

It carries no value and no campaign, so a mark from elsewhere finds only what is wrong here.
"""

from __future__ import annotations

from dataclasses import dataclass

from documents.clerk.rules.case import Case, Finding
from documents.clerk.shape import ClerkRule, OfPaper

_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A rule, an answer, and the heading up to which papers were looked at."""

    rule: str
    answer: str
    upto: str = ""
    """Empty for a pack without headings."""

    @property
    def text(self) -> str:
        """Give it as it stands in an address."""
        return ".".join(filter(None, (self.rule, self.answer, self.upto)))


def read_mark(text: str) -> Mark | None:
    """Give the mark that stands in an address; None for anything else.

    Whether there is such a rule, answer or heading is for the caller to look up.
    """
    parts = text.split(".") if len(text) <= _LONGEST else []
    if len(parts) not in (2, 3) or not all(parts):
        return None
    return Mark(rule=parts[0], answer=parts[1], upto=parts[2] if len(parts) > 2 else "")


def answers_of(finding: Finding) -> tuple[str, ...]:
    """Give the answers that a finding names."""
    return (*finding.answers, *(pair.key for pair in finding.pairs))


def home_of(finding: Finding, case: Case) -> str:
    """Give the paper in which a finding is mended; empty when no paper asks for its answers."""
    asked = (case.places[key][0] for key in answers_of(finding) if key in case.places)
    return finding.kind or next(asked, "")


def is_about(finding: Finding, mark: Mark, rule: ClerkRule, case: Case) -> bool:
    """Say whether a finding is the one that a mark means, whatever the values are by now.

    What is looked at page by page is one finding: it stays while anything on the page is left.
    """
    if finding.rule != mark.rule:
        return False
    keys = answers_of(finding)
    if mark.answer in keys:
        return True
    place = case.places.get(mark.answer)
    whole_page = isinstance(rule, OfPaper) and bool(finding.answers) and not finding.pairs
    return whole_page and place is not None and place in {case.places.get(key) for key in keys}

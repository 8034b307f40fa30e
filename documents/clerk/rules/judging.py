"""Going through all rules once: how much was looked at, and what was found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from documents.clerk.rules import days, papers, sums, texts
from documents.clerk.rules.case import Case, Finding, Looked
from documents.clerk.shape import (
    Across,
    Age,
    AnyOf,
    AtMost,
    Blank,
    ClerkRule,
    Contains,
    Count,
    Deadline,
    Differs,
    Excludes,
    Known,
    MonthStart,
    Needs,
    NotNegative,
    OfPaper,
    Order,
    PaperCheck,
    Pattern,
    Same,
    Severity,
    Spelled,
    Tell,
    Tidy,
    Words,
    YearBefore,
)
from documents.paperwork.rules.answers import holds

# Each function takes its own class of rule; the table says which, so that mypy need not.
_CHECKS: Mapping[type[ClerkRule], Callable[[Any, Case], Looked]] = {
    OfPaper: papers.check_paper,
    Needs: papers.check_needs,
    Excludes: papers.check_excludes,
    Tell: papers.check_tell,
    Deadline: papers.check_deadline,
    Same: texts.check_same,
    Differs: texts.check_differs,
    Across: texts.check_across,
    Known: texts.check_known,
    Contains: texts.check_contains,
    Blank: texts.check_blank,
    Pattern: texts.check_pattern,
    Words: texts.check_words,
    Tidy: texts.check_tidy,
    Spelled: texts.check_spelled,
    Age: days.check_age,
    Order: days.check_order,
    MonthStart: days.check_month_start,
    YearBefore: days.check_year_before,
    Count: sums.check_count,
    NotNegative: sums.check_not_negative,
    AtMost: sums.check_at_most,
    AnyOf: sums.check_any_of,
}


_OF_SIGNED = frozenset(
    {
        PaperCheck.UNSIGNED,
        PaperCheck.PAGES,
        PaperCheck.CODE,
        PaperCheck.RETURNED,
        PaperCheck.UNCHECKED,
        PaperCheck.UNDATED,
        PaperCheck.EARLY,
        PaperCheck.AHEAD,
    }
)
_COMING_BACK = _OF_SIGNED - {PaperCheck.RETURNED}
"""What was sent back comes first: it may ask for other answers."""
_OF_ISSUING = frozenset({PaperCheck.UNISSUED, PaperCheck.UNMADE, PaperCheck.STALE})
_OF_STAGES = frozenset(
    {PaperCheck.UNISSUED, PaperCheck.STALE, PaperCheck.UNSIGNED, PaperCheck.UNBROUGHT}
)
_BY_HAND = "hand:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What came of going through the rules."""

    looked: int
    """How many comparisons were made."""
    findings: tuple[Finding, ...]


def judge(of_pack: Iterable[ClerkRule], case: Case) -> Judged:
    """Look at the case with every rule that applies to it; what stops comes first.

    Answers come before issuing, or a paper would be issued with what is wrong in it; signing comes
    last, or a sheet would be signed that has to be issued again.
    """
    looked = 0
    rules = {rule.key: rule for rule in of_pack}
    told: dict[tuple[str, ...], tuple[ClerkRule, Finding]] = {}
    for rule in rules.values():
        if not all(holds(when, case.given) for when in rule.when):
            continue
        for finding in _CHECKS[type(rule)](rule, case):
            looked += 1
            if finding is not None:
                told[finding.substance] = rule, finding
    found = _once(told.values())
    found.sort(
        key=lambda each: (
            each.severity is not Severity.STOP,
            turn_of(rules[each.rule]),
        )
    )
    return Judged(looked=looked, findings=tuple(found))


def _once(told: Collection[tuple[ClerkRule, Finding]]) -> list[Finding]:
    """Leave out what says the same twice: that a paper is missing, and that the law asks for it.

    Of the two whichever stops is kept, and of two that stop the one which names the law.
    """
    missing = {found.kind for rule, found in told if _says_missing(rule)}
    by_law = {
        found.kind
        for rule, found in told
        if isinstance(rule, Needs) and found.severity is Severity.STOP
    }
    return [
        found
        for rule, found in told
        if not (_says_missing(rule) and found.kind in by_law)
        and not (isinstance(rule, Needs) and found.kind in missing - by_law)
    ]


def _says_missing(rule: ClerkRule) -> bool:
    return isinstance(rule, OfPaper) and rule.looks in (PaperCheck.UNBROUGHT, PaperCheck.UNISSUED)


def stops(findings: Iterable[Finding], kinds: Collection[str], case: Case) -> tuple[Finding, ...]:
    """Give the findings that keep a packet of these papers from being filed."""
    return tuple(
        finding
        for finding in findings
        if finding.severity is Severity.STOP and concerns(finding, kinds, case)
    )


def is_about_signed(rule: ClerkRule) -> bool:
    """Say whether a rule looks at signed sheets, which a packet for the printer can't have yet."""
    if isinstance(rule, Order):
        return _BY_HAND in (rule.earlier[: len(_BY_HAND)], rule.later[: len(_BY_HAND)])
    return isinstance(rule, OfPaper) and rule.looks in _OF_SIGNED


def is_about_issuing(rule: ClerkRule) -> bool:
    """Say whether a rule asks to issue a paper, which is best done when its answers are right."""
    return isinstance(rule, OfPaper) and rule.looks in _OF_ISSUING


def turn_of(rule: ClerkRule) -> int:
    """Give when it is its turn: what is in the papers, issuing them, then their signed sheets."""
    if is_about_issuing(rule):
        return 1
    return 2 if isinstance(rule, OfPaper) and rule.looks in _COMING_BACK else 0


def is_said_by_the_stage(rule: ClerkRule) -> bool:
    """Say whether a rule only finds that a paper is as its stage in the list says."""
    return isinstance(rule, OfPaper) and rule.looks in _OF_STAGES


def concerns(finding: Finding, kinds: Collection[str], case: Case) -> bool:
    """Say whether a finding is about one of these papers, or an answer that one of them asks."""
    if finding.kind in kinds:
        return True
    return any(
        question.asked and question.answer.key in finding.answers
        for key in kinds
        if key in case.papers
        for question in case.papers[key].interview.questions
    )

"""Findings under their papers: calm however many there are, and one of them is next."""

from __future__ import annotations

from documents.clerk.pack import load_clerk
from documents.clerk.rules.arranging import OPEN_AT_FIRST, by_paper, next_of
from documents.clerk.rules.case import Finding
from documents.clerk.shape import Severity
from tests.paperwork_world import RU, documents_of
from tests.unit.clerk.world import Desk

CASE = Desk(pack_id=RU, answers={}, kinds=tuple(documents_of(RU).listed)).case()
RULES = load_clerk(documents_of(RU)).rules
CONSENT, INCOME, PHOTOS = "consent", "income", "photos"


def stop(kind: str, rule: str = "unissued") -> Finding:
    return Finding(rule=rule, severity=Severity.STOP, kind=kind)


def warn(kind: str, rule: str = "draft") -> Finding:
    return Finding(rule=rule, severity=Severity.WARN, kind=kind)


def test_findings_lie_under_their_papers_in_the_packs_order() -> None:
    groups = by_paper((stop(PHOTOS), stop(CONSENT), stop(INCOME), stop(CONSENT, "pages")), CASE)
    assert [group.kind for group in groups] == [CONSENT, INCOME, PHOTOS]
    assert [found.rule for found in groups[0].findings] == ["unissued", "pages"]


def test_what_belongs_to_no_paper_comes_last() -> None:
    groups = by_paper((Finding(rule="free", severity=Severity.WARN), warn(CONSENT)), CASE)
    assert [group.kind for group in groups] == [CONSENT, ""]


def test_a_long_list_is_folded_after_the_first_papers() -> None:
    many = [stop(CONSENT, f"r{number}") for number in range(OPEN_AT_FIRST + 1)]
    groups = by_paper((*many, stop(INCOME)), CASE)
    assert [group.is_open for group in groups] == [True, False]
    few = by_paper((stop(CONSENT), stop(INCOME)), CASE)
    assert [group.is_open for group in few] == [True, True]
    none = by_paper((stop(CONSENT), stop(INCOME)), CASE, most_open=0)
    assert [group.is_open for group in none] == [False, False]


def test_what_stops_is_next_and_without_findings_nothing_is() -> None:
    groups = (*by_paper((warn(CONSENT),), CASE), *by_paper((stop(INCOME),), CASE))
    assert next_of(groups, RULES) == stop(INCOME)
    assert next_of((), RULES) is None


def test_whoever_works_on_a_paper_goes_on_there_with_what_stops() -> None:
    stops, warns = (stop(CONSENT), stop(INCOME)), (warn(CONSENT), warn(INCOME))
    groups = (*by_paper(stops, CASE), *by_paper(warns, CASE))
    assert next_of(groups, RULES, kind=INCOME) == stop(INCOME)
    assert next_of(by_paper(warns, CASE), RULES, kind=INCOME) == warn(INCOME)
    assert next_of(groups, RULES, kind=PHOTOS) == stop(CONSENT)


def test_a_paper_is_issued_again_after_its_answers_are_mended() -> None:
    stale, unlike = stop(CONSENT, "stale"), stop(INCOME, "unanswered")
    assert next_of(by_paper((stale, unlike), CASE), RULES) == unlike
    both = by_paper((stale, stop(CONSENT, "unanswered")), CASE)
    assert next_of(both, RULES, kind=CONSENT) == stop(CONSENT, "unanswered")


def test_a_paper_is_issued_again_before_others_are_signed_and_what_came_back_goes_first() -> None:
    unsigned, stale, back = (
        stop(CONSENT, "unsigned"),
        stop(INCOME, "stale"),
        stop(INCOME, "returned"),
    )
    assert next_of(by_paper((unsigned, stale), CASE), RULES) == stale
    assert next_of(by_paper((unsigned, stale, back), CASE), RULES) == back

"""Where a paper stands, and what the code on a scan means."""

from __future__ import annotations

import pytest

from documents.paperwork.rules.scans import (
    CodeVerdict,
    KnownCode,
    judge_code,
    tokens_of,
)
from documents.paperwork.rules.standing import IssueState, Stage, State, differences, stage_of

TOKEN = "abcdefghijklmnopqrstuvwx"
NEWEST = KnownCode(campaign_id=1, paper_id=2, issue_id=3, number="D1-000001-2")
OLDER = KnownCode(campaign_id=1, paper_id=2, issue_id=9, number="D1-000001-1")
OTHER = KnownCode(campaign_id=1, paper_id=5, issue_id=7, number="D8-000001-1")
ELSEWHERE = KnownCode(campaign_id=8, paper_id=6, issue_id=5, number="D1-000008-1")


def verdict(codes: list[str] | None, *known: KnownCode) -> tuple[CodeVerdict, str]:
    found = judge_code(codes, known, campaign_id=1, paper_id=2, newest_issue_id=3)
    return found.verdict, found.number


@pytest.mark.parametrize(
    ("state", "complete", "issue", "scans", "stage"),
    [
        (State.DRAFT, False, None, 0, Stage.INCOMPLETE),
        (State.DRAFT, True, None, 0, Stage.READY),
        (State.DRAFT, True, IssueState.WANTED, 0, Stage.PREPARING),
        (State.DRAFT, True, IssueState.READY, 0, Stage.ISSUED),
        (State.DRAFT, True, IssueState.READY, 1, Stage.SCANNED),
        (State.WAITING, False, IssueState.READY, 1, Stage.WAITING),
        (State.RETURNED, True, IssueState.READY, 0, Stage.RETURNED),
        (State.RETURNED, True, IssueState.READY, 1, Stage.SCANNED),
        (State.ACCEPTED, False, IssueState.READY, 1, Stage.ACCEPTED),
    ],
)
def test_a_paper_goes_one_way(
    state: State, complete: bool, issue: IssueState | None, scans: int, stage: Stage
) -> None:
    assert stage_of(state, complete=complete, issue=issue, scans_of_newest=scans) is stage


def test_only_what_changed_is_a_difference() -> None:
    found = differences({"a": "1", "b": "2"}, {"a": "1", "b": "3", "c": "4"})
    assert [(one.key, one.before, one.after) for one in found] == [("b", "2", "3"), ("c", "", "4")]


def test_the_token_is_found_wherever_the_portal_was() -> None:
    codes = [
        f"https://old.example.org/check/{TOKEN}",
        "https://example.org/check/../x",
        "]http://[",
    ]
    assert tokens_of(codes) == (TOKEN,)


def test_a_code_is_compared_with_what_was_issued() -> None:
    assert verdict(["x"], NEWEST) == (CodeVerdict.MATCH, NEWEST.number)
    assert verdict(["x"], OLDER) == (CodeVerdict.OLDER, OLDER.number)
    assert verdict(["x"], OTHER) == (CodeVerdict.OTHER, OTHER.number)
    assert verdict(["x"]) == (CodeVerdict.FOREIGN, "")
    assert verdict([]) == (CodeVerdict.NONE, "")
    assert verdict(None) == (CodeVerdict.UNREAD, "")


def test_the_number_of_another_campaigns_paper_is_not_told() -> None:
    assert verdict(["x"], ELSEWHERE) == (CodeVerdict.OTHER, "")

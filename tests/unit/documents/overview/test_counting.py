"""Counting the papers of many campaigns by letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.overview.rules import (
    LETTERS,
    LETTERS_OF,
    NOT_WANTED,
    Alike,
    Issuable,
    Place,
    Seen,
    count_kinds,
    issuable,
    letter_of,
    of_organisation,
    papers_at,
)
from documents.paperwork.rules.standing import IssueState, Stage, State

KINDS = ("consent", "income", "photo")


def a_campaign(letters: str, able: str = "===", *, number: int = 1, organisation: int = 1) -> Seen:
    return Seen(
        id=number, organisation_id=organisation, election_id=1, letters=letters, issuable=able
    )


def alike(letters: str, able: str = "===", *, campaigns: int = 1) -> Alike:
    return Alike(organisation_id=1, letters=letters, issuable=able, campaigns=campaigns)


def test_each_paper_is_counted_once_by_place_and_again_when_it_is_out_of_date() -> None:
    found = [alike("nI-"), alike("rA-"), alike("ni-")]
    consent, income, photo = count_kinds(KINDS, found)
    assert consent.at[Place.MISSING] == 2
    assert consent.at[Place.READY] == 1
    assert (income.at[Place.OUT], income.at[Place.ACCEPTED], income.at[Place.STALE]) == (2, 1, 2)
    assert income.wanted == 3
    assert photo.wanted == 0


def test_campaigns_that_stand_alike_are_counted_each() -> None:
    consent, income, _ = count_kinds(KINDS, [alike("nI-", "-+=", campaigns=3), alike("rI-", "++=")])
    assert (consent.at[Place.MISSING], consent.at[Place.READY]) == (3, 1)
    assert income.at[Place.OUT] == income.at[Place.STALE] == 4
    assert (consent.issuable, income.issuable) == (1, 4)


def test_without_campaigns_every_count_is_nought() -> None:
    assert [count.wanted for count in count_kinds(KINDS, ())] == [0, 0, 0]


@given(st.lists(st.text(alphabet="nmrpiswbaNIA-", min_size=3, max_size=3), max_size=30))
def test_no_paper_is_lost_or_counted_twice(rows: list[str]) -> None:
    counts = count_kinds(KINDS, [alike(letters) for letters in rows])
    for place, count in enumerate(counts):
        assert count.wanted == sum(letters[place] != NOT_WANTED for letters in rows)
        assert count.at[Place.STALE] == sum(letters[place].isupper() for letters in rows)


def test_every_stage_has_a_letter_of_its_own_and_one_place() -> None:
    assert len(set(LETTERS.values())) == len(Stage)
    for stage in Stage:
        letter = letter_of(stage, wanted=True, stale=False)
        assert sum(letter in LETTERS_OF[place] for place in Place) == 1


def test_a_paper_that_is_not_wanted_is_nowhere() -> None:
    assert letter_of(Stage.INCOMPLETE, wanted=False, stale=False) == NOT_WANTED


def test_papers_at_a_place_are_those_among_the_kinds_asked_for() -> None:
    one = a_campaign("nNn")
    assert papers_at(one, KINDS, Place.MISSING, among={"income", "photo"}) == (
        ("income", "N"),
        ("photo", "n"),
    )


def test_an_organisation_sees_its_own() -> None:
    seen = [a_campaign("nnn", number=1), a_campaign("nnn", number=2, organisation=2)]
    assert [one.id for one in of_organisation(seen, 2)] == [2]
    assert len(of_organisation(seen, None)) == 2


@pytest.mark.parametrize("state", [State.WAITING, State.ACCEPTED])
def test_what_a_reviewer_has_is_never_issued_for_many(state: State) -> None:
    able = issuable(state, IssueState.READY, wanted=True, complete=True, stale=True)
    assert able is Issuable.NO


@pytest.mark.parametrize(
    ("issue", "stale", "complete", "expected"),
    [
        (None, False, True, Issuable.YES),
        (None, False, False, Issuable.ANSWERS_MISSING),
        (IssueState.READY, False, True, Issuable.NO),
        (IssueState.READY, True, True, Issuable.YES),
        (IssueState.READY, True, False, Issuable.ANSWERS_MISSING),
        (IssueState.WANTED, True, True, Issuable.NO),
        (IssueState.FAILED, False, True, Issuable.YES),
    ],
)
def test_only_what_says_something_new_and_is_complete_can_be_issued(
    issue: IssueState | None, stale: bool, complete: bool, expected: Issuable
) -> None:
    assert issuable(State.DRAFT, issue, wanted=True, complete=complete, stale=stale) is expected


def test_what_nobody_needs_is_not_issued() -> None:
    able = issuable(State.DRAFT, None, wanted=False, complete=True, stale=False)
    assert able is Issuable.NO

"""How far a viewer's transactions reach: where the grants lie, whatever they permit."""

from __future__ import annotations

import pytest

from app.access import VISITOR, Grant, Role, Viewer
from app.reach import NOTHING, Reach, everything, reach_of, reach_of_coalitions

CANDIDATE = Grant(role=Role.CANDIDATE, coalition_id=1, organisation_id=2, campaign_id=3)
COORDINATOR = Grant(role=Role.COORDINATOR, coalition_id=1, organisation_id=4)
CHIEF = Grant(role=Role.CHIEF, coalition_id=5)


def a_viewer(*grants: Grant) -> Viewer:
    return Viewer(person_id=1, grants=grants)


def test_a_visitor_reaches_nothing() -> None:
    assert reach_of(VISITOR) == NOTHING
    assert set(NOTHING.settings.values()) == {""}


def test_a_grant_in_a_campaign_reaches_neither_organisation_nor_coalition() -> None:
    assert reach_of(a_viewer(CANDIDATE)) == Reach(campaign_ids=(3,), inside_ids=(1,))


def test_a_grant_in_an_organisation_reaches_it_and_not_its_coalition() -> None:
    assert reach_of(a_viewer(COORDINATOR)) == Reach(organisation_ids=(4,), inside_ids=(1,))


def test_several_grants_reach_what_each_reaches() -> None:
    assert reach_of(a_viewer(CHIEF, CANDIDATE, COORDINATOR)) == Reach(
        campaign_ids=(3,), organisation_ids=(4,), coalition_ids=(5,), inside_ids=(1, 5)
    )


def test_whoever_owes_a_second_factor_reaches_nothing() -> None:
    assert reach_of(Viewer(person_id=1, second_factor=False)) == NOTHING


def test_what_a_coalition_shares_is_reached_by_all_who_are_anything_in_it() -> None:
    assert reach_of_coalitions(a_viewer(CANDIDATE)) == Reach(coalition_ids=(1,), inside_ids=(1,))
    assert reach_of_coalitions(VISITOR) == NOTHING


def test_numbers_are_written_as_postgresql_splits_them() -> None:
    written = Reach(campaign_ids=(3, 14)).settings
    assert written["mandat.campaigns"] == "3,14"
    assert written["mandat.everything"] == ""
    assert everything("a test").settings["mandat.everything"] == "on"


def test_everything_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="why"):
        everything("")

"""Grants, scopes and permissions: who may do what where."""

from __future__ import annotations

import pytest

from app.access import (
    HELPER_ROLES,
    PERMISSIONS,
    SECOND_FACTOR_ROLES,
    TEAM_ROLES,
    VISITOR,
    Grant,
    Permission,
    Role,
    Scope,
    Viewer,
)

OWN = Scope(coalition_id=1, organisation_id=10, campaign_id=100)
SIBLING = Scope(coalition_id=1, organisation_id=10, campaign_id=101)
COUSIN = Scope(coalition_id=1, organisation_id=11, campaign_id=102)
STRANGER = Scope(coalition_id=2, organisation_id=20, campaign_id=200)
UNPLACED = Scope(coalition_id=1, campaign_id=103)


def in_campaign(role: Role) -> Grant:
    return Grant(role=role, coalition_id=1, organisation_id=10, campaign_id=100)


COORDINATOR = Grant(role=Role.COORDINATOR, coalition_id=1, organisation_id=10)
CHIEF = Grant(role=Role.CHIEF, coalition_id=1)


def a_viewer(*grants: Grant) -> Viewer:
    return Viewer(person_id=1, grants=grants)


@pytest.mark.parametrize("scope", [SIBLING, COUSIN, STRANGER, UNPLACED])
def test_a_role_in_a_campaign_reaches_no_other_campaign(scope: Scope) -> None:
    assert in_campaign(Role.MANAGER).covers(OWN)
    assert not in_campaign(Role.MANAGER).covers(scope)


def test_a_role_in_a_campaign_does_not_reach_its_organisation() -> None:
    organisation = Scope(coalition_id=1, organisation_id=10)
    assert not in_campaign(Role.CANDIDATE).covers(organisation)


def test_a_coordinator_reaches_the_campaigns_of_the_organisation_only() -> None:
    reached = [COORDINATOR.covers(each) for each in (OWN, SIBLING, COUSIN, STRANGER, UNPLACED)]
    assert reached == [True, True, False, False, False]


def test_a_chief_reaches_the_coalition_with_those_not_yet_placed() -> None:
    reached = [CHIEF.covers(each) for each in (OWN, SIBLING, COUSIN, STRANGER, UNPLACED)]
    assert reached == [True, True, True, False, True]


def test_ids_of_another_coalition_never_match_by_accident() -> None:
    same_numbers = Scope(coalition_id=2, organisation_id=10, campaign_id=100)
    assert not in_campaign(Role.MANAGER).covers(same_numbers)
    assert not COORDINATOR.covers(same_numbers)


def test_permissions_of_one_grant_do_not_spread_to_another() -> None:
    elsewhere = Grant(role=Role.MANAGER, coalition_id=2, organisation_id=20, campaign_id=200)
    viewer = a_viewer(in_campaign(Role.CANVASSER), elsewhere)
    assert viewer.holds(Permission.TEAM_MANAGE)
    assert not viewer.may(Permission.TEAM_MANAGE, OWN)
    assert viewer.may(Permission.TEAM_MANAGE, STRANGER)


def test_the_lists_of_ids_hold_only_grants_of_their_own_width() -> None:
    viewer = a_viewer(in_campaign(Role.CANDIDATE), COORDINATOR, CHIEF)
    assert viewer.campaigns_with(Permission.ROUTE_READ) == (100,)
    assert viewer.organisation_ids(Permission.ROUTE_READ) == (10,)
    assert viewer.coalition_ids(Permission.ROUTE_READ) == (1,)
    assert viewer.campaign_ids == (100,)


def test_a_visitor_holds_nothing() -> None:
    assert not VISITOR.signed_in
    assert not any(VISITOR.holds(each) for each in Permission)


def test_every_role_has_its_permissions_and_every_permission_a_role() -> None:
    assert set(PERMISSIONS) == set(Role)
    assert frozenset().union(*PERMISSIONS.values()) == set(Permission)


def test_teams_never_decide_about_their_own_work() -> None:
    for role in TEAM_ROLES:
        assert Permission.REVIEW_DECIDE not in PERMISSIONS[role], role


def test_those_who_decide_never_do_the_work() -> None:
    for role in (Role.COORDINATOR, Role.CHIEF, Role.AUDITOR, *HELPER_ROLES):
        assert Permission.STEP_WORK not in PERMISSIONS[role], role


def test_an_auditor_only_reads_the_log() -> None:
    assert PERMISSIONS[Role.AUDITOR] == {Permission.AUDIT_READ}


def test_whoever_manages_people_or_money_owes_a_second_factor() -> None:
    managing = {role for role in Role if Permission.PEOPLE_MANAGE in PERMISSIONS[role]}
    assert managing | {Role.TREASURER} <= SECOND_FACTOR_ROLES

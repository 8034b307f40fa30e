"""The desk's people, teams, invitations and organisations in a browser."""

from __future__ import annotations

from typing import Any

import pytest

from app.accounts.models import TeamMember
from tests.builders import PASSWORD
from tests.web.accounts.conftest import World, refusal

GUEST = {"guest-name": "Boris Guest", "guest-email": "boris@example.org", "guest-role": "press"}


def team(world: World, name: str = "own") -> str:
    return f"/campaigns/{world.ids[f'{name}_campaign']}/team"


def member_of(world: World, who: str) -> int:
    with world.database.reading() as session:
        found = session.query(TeamMember).filter(
            TeamMember.campaign_id == world.ids["own_campaign"],
            TeamMember.person_id == world.ids[who],
        )
        return found.one().id


def test_a_coordinator_sees_applicants_of_the_own_organisation(world: World) -> None:
    page = world.browser_of("coordinator").page("/desk/people")
    assert len(page.soup.select("a[href^='/desk/people/']")) == 1
    assert world.browser_of("second_coordinator").page("/desk/people").says("Nobody is waiting")


def test_admitting_opens_the_route_and_writes_a_letter(world: World) -> None:
    client = world.browser_of("coordinator")
    path = f"/desk/people/{world.ids['applied_campaign']}"
    client.send(f"{path}/admit", {"organisation": str(world.ids["first"])}, start=path)
    client.page(path, 409)
    assert world.browser_of("applicant").page("/campaigns").says("Open the route")


def test_declining_needs_a_reason_and_shows_it_to_the_candidate(world: World) -> None:
    client = world.browser_of("coordinator")
    path = f"/desk/people/{world.ids['applied_campaign']}"
    empty = client.send(f"{path}/decline", {"reason": " "}, status=422, start=path)
    assert refusal(empty, "reason")
    client.send(f"{path}/decline", {"reason": "Lives elsewhere."}, start=path)
    assert world.browser_of("applicant").page("/campaigns").says("Lives elsewhere.")
    late = {"organisation": str(world.ids["first"])}
    client.send(f"{path}/admit", late, status=409, start="/desk/people")


def test_placing_into_a_foreign_organisation_is_refused_beside_the_field(world: World) -> None:
    client = world.browser_of("coordinator")
    path = f"/desk/people/{world.ids['applied_campaign']}"
    for value in (str(world.ids["second"]), "", "x", "999999999999999999999"):
        page = client.send(f"{path}/admit", {"organisation": value}, status=422, start=path)
        assert refusal(page, "organisation"), value


@pytest.mark.parametrize("who", ["second_coordinator", "candidate", "manager"])
def test_others_do_not_decide(world: World, who: str) -> None:
    client = world.browser_of(who)
    path = f"/desk/people/{world.ids['applied_campaign']}"
    status = 404 if who == "second_coordinator" else 403
    client.page(path, status)
    client.send(f"{path}/decline", {"reason": "No."}, status=status, start="/settings")


@pytest.mark.parametrize("who", ["candidate", "manager", "press", "coordinator", "chief"])
def test_the_team_is_seen_by_those_who_belong_there(world: World, who: str) -> None:
    world.browser_of(who).page(team(world))


@pytest.mark.parametrize(
    ("who", "which", "status"),
    [
        ("candidate", "sibling", 404),
        ("manager", "other", 404),
        ("second_coordinator", "own", 404),
        ("chief", "foreign", 404),
        ("canvasser", "own", 403),
        ("known", "own", 403),
    ],
)
def test_the_team_is_not_there_for_others(world: World, who: str, which: str, status: int) -> None:
    world.browser_of(who).page(team(world, which), status)


def test_contacts_are_for_those_who_manage(world: World) -> None:
    assert "mailto:" in world.browser_of("manager").page(team(world)).html
    assert "mailto:" not in world.browser_of("press").page(team(world)).html


def test_an_invited_person_joins_with_a_new_account(world: World) -> None:
    client = world.browser_of("candidate")
    page = client.send(f"{team(world)}/invitations", GUEST, status=200, start=team(world))
    assert page.says("shown only now")
    link = world.link_in_last_letter("boris@example.org")
    guest = world.visitor()
    form = guest.page(link).form(link)
    assert form["name"] == "Boris Guest"
    guest.send(link, {**form, "password": PASSWORD}, start=link)
    guest.page(team(world))
    guest.page(link, 409)
    assert client.page(team(world)).says("accepted")


def test_an_invited_person_joins_with_the_account_they_have(world: World) -> None:
    world.browser_of("candidate").send(
        f"{team(world)}/invitations", GUEST, status=200, start=team(world)
    )
    link = world.link_in_last_letter("boris@example.org")
    known = world.browser_of("known")
    known.send(link, start=link)
    known.page(team(world))


def test_an_invitation_taken_back_is_over(world: World) -> None:
    client = world.browser_of("candidate")
    page = client.send(f"{team(world)}/invitations", GUEST, status=200, start=team(world))
    link = world.link_in_last_letter("boris@example.org")
    action = page.soup.find("form", action=lambda a: a and a.endswith("/revoke"))["action"]
    client.send(action, start=team(world))
    world.visitor().page(link, 409)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("guest-name", ""),
        ("guest-email", "x"),
        ("guest-role", "candidate"),
        ("guest-role", "chief"),
        ("guest-role", ""),
    ],
)
def test_a_wrong_invitation_says_what_is_wrong(world: World, field: str, value: str) -> None:
    page = world.browser_of("candidate").send(
        f"{team(world)}/invitations", {**GUEST, field: value}, status=422, start=team(world)
    )
    assert refusal(page, field)


def test_roles_change_and_people_leave_but_the_candidate_stays(world: World) -> None:
    client = world.browser_of("manager")
    press, candidate = member_of(world, "press"), member_of(world, "candidate")
    client.send(f"{team(world)}/{press}/role", {f"m{press}-role": "treasurer"}, start=team(world))
    wrong = client.send(
        f"{team(world)}/{press}/role", {f"m{press}-role": "chief"}, status=422, start=team(world)
    )
    assert refusal(wrong, f"m{press}-role")
    client.send(f"{team(world)}/{candidate}/remove", status=422, start=team(world))
    client.send(f"{team(world)}/{press}/remove", start=team(world))
    client.send(f"{team(world)}/{press}/remove", status=404, start=team(world))


def test_a_member_is_not_reached_through_another_campaign(world: World) -> None:
    press = member_of(world, "press")
    client = world.browser_of("candidate")
    client.send(f"{team(world, 'sibling')}/{press}/remove", status=404, start=team(world))


def test_a_lawyer_is_assigned_and_taken_off(world: World) -> None:
    client = world.browser_of("coordinator")
    chosen = f"lawyer:{world.ids['lawyer']}"
    path = f"{team(world)}/helpers"
    client.send(path, {"helper-helper": "lawyer:1"}, status=422, start=team(world))
    client.send(path, {"helper-helper": chosen}, start=team(world))
    page = client.page(team(world))
    action = page.soup.find("form", action=lambda a: a and a.endswith("/end"))["action"]
    client.send(action, start=team(world))
    world.browser_of("candidate").send(path, {}, status=403, start=team(world))


def test_a_coordinator_invites_within_the_own_organisation(world: World) -> None:
    client = world.browser_of("coordinator")
    coalition, first, second = (world.ids[k] for k in ("coalition", "first", "second"))
    guest: dict[str, Any] = {"name": "Vera", "email": "vera@example.org", "role": "coordinator"}
    for place in (f"{coalition}:{second}", f"{coalition}:", "", "x"):
        page = client.send(
            "/desk/invitations", {**guest, "place": place}, status=422, start="/desk/invitations"
        )
        assert refusal(page, "place")
    sent = {**guest, "place": f"{coalition}:{first}"}
    client.send("/desk/invitations", sent, status=200, start="/desk/invitations")
    link = world.link_in_last_letter("vera@example.org")
    vera = world.visitor()
    form = vera.page(link).form(link)
    vera.send(link, {**form, "password": PASSWORD}, start=link)
    assert vera.get("/desk/people").headers["Location"] == "/second-factor"


def test_an_invited_candidate_applies_into_the_inviting_organisation(world: World) -> None:
    client = world.browser_of("coordinator")
    place = f"{world.ids['coalition']}:{world.ids['first']}"
    guest = {"name": "Vera", "email": "vera@example.org", "role": "candidate", "place": place}
    client.send("/desk/invitations", guest, status=200, start="/desk/invitations")
    link = world.link_in_last_letter("vera@example.org")
    vera = world.visitor()
    token = link.rsplit("/", 1)[1]
    assert vera.get(link).headers["Location"] == f"/join?invitation={token}"
    path = f"/join/{world.ids['district']}?invitation={token}"
    page = vera.page(path)
    assert page.says("First Circle")
    form = page.form("/join/")
    vera.send(path, {**form, "password": PASSWORD, "consent": "y"}, start=path)
    assert client.page("/desk/people").says("vera@example.org")
    world.visitor().page(path, 409)


def test_only_the_chief_changes_organisations(world: World) -> None:
    entry = {"name": "First Ring", "short_name": "Ring", "capacity": "12", "game_on": "y"}
    path = f"/desk/organisations/{world.ids['first']}"
    world.browser_of("coordinator").page(path, 403)
    chief = world.browser_of("chief")
    chief.send(path, entry, start=path)
    assert chief.page("/desk/organisations").says("First Ring")
    for field, value in (
        ("capacity", "0"),
        ("capacity", "many"),
        ("capacity", "9" * 40),
        ("name", ""),
        ("name", "Second Circle"),
    ):
        page = chief.send(path, {**entry, field: value}, status=422, start=path)
        assert refusal(page, field), (field, value)
    add = f"/desk/coalitions/{world.ids['coalition']}/organisations/add"
    chief.send(add, {**entry, "name": "Third Circle"}, start=add)
    chief.page("/desk/coalitions/999999/organisations/add", 404)


def test_a_suspended_person_is_out_at_once_and_may_come_back(world: World) -> None:
    chief, press = world.browser_of("chief"), world.browser_of("press")
    path = f"/desk/people/{world.ids['press']}"
    chief.send(f"{path}/suspend", start="/desk/people")
    assert press.get(team(world)).status_code == 303
    chief.send(f"{path}/unsuspend", start="/desk/people")
    world.browser_of("press").page(team(world))
    own = f"/desk/people/{world.ids['chief']}/suspend"
    chief.send(own, status=422, start="/desk/people")
    world.browser_of("coordinator").send(f"{path}/suspend", status=403, start="/desk/people")


def test_a_staff_role_is_taken_away_by_the_chief(world: World) -> None:
    chief = world.browser_of("chief")
    page = chief.page("/desk/people")
    forms = page.soup.find_all("form", action=lambda a: a and a.startswith("/desk/staff/"))
    assert len(forms) == 3
    for form in forms:
        chief.send(form["action"], start="/desk/people")
    world.browser_of("coordinator").page("/desk/people", 403)

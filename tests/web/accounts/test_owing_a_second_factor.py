"""Invitations while a second factor is owed, and links of people who were suspended since."""

from __future__ import annotations

from sqlalchemy import select

from app import clock
from app.accounts.models import Invitation, Person, TeamMember
from tests.builders import PASSWORD
from tests.web.accounts.conftest import World

GUEST = {"guest-name": "Boris", "guest-email": "boris@example.org", "guest-role": "press"}


def invited(world: World) -> str:
    """Let the candidate invite somebody; give the path of the link."""
    team = f"/campaigns/{world.ids['own_campaign']}/team"
    world.browser_of("candidate").send(f"{team}/invitations", GUEST, status=200, start=team)
    return world.link_in_last_letter("boris@example.org")


def roles_of(world: World, who: str) -> list[str]:
    with world.database.reading() as session:
        return list(
            session.scalars(select(TeamMember.role).where(TeamMember.person_id == world.ids[who]))
        )


def test_half_a_sign_in_accepts_nothing(world: World) -> None:
    link = invited(world)
    half = world.browser_of("coordinator", second_factor=False)
    answer = half.send(link, start=link).response
    assert answer.headers["Location"].startswith("/second-factor")
    assert roles_of(world, "coordinator") == []
    with world.database.reading() as session:
        assert session.scalars(select(Invitation.accepted_at)).all() == [None]


def test_the_invitation_waits_until_the_second_step_is_passed(world: World) -> None:
    link = invited(world)
    world.browser_of("coordinator", second_factor=False).send(link, start=link)
    world.browser_of("coordinator").send(link, start=link)
    assert roles_of(world, "coordinator") == ["press"]


def applied(world: World, email: str) -> str:
    """Apply as somebody new; give the path of the link that confirms the address."""
    path = f"/join/{world.ids['district']}"
    form = {
        "name": "Anna",
        "email": email,
        "phone": "+7 812 000-00-00",
        "password": PASSWORD,
        "organisation": "",
        "consent": "y",
    }
    world.visitor().send(path, form, start=path)
    return world.link_in_last_letter(email)


def suspend(world: World, name: str) -> None:
    with world.database.writing() as session:
        person = session.scalars(select(Person).where(Person.name == name)).one()
        person.suspended_at = clock.now()


def test_a_suspended_persons_confirmation_is_over(world: World) -> None:
    link = applied(world, "anna@example.org")
    suspend(world, "Anna")
    browser = world.visitor()
    over = browser.send(link, {"password": "another long password"}, status=409, start=link)
    assert over.h1
    with world.database.reading() as session:
        anna = session.scalars(select(Person).where(Person.name == "Anna")).one()
        assert (anna.login, anna.email_confirmed_at) == (None, None)
    assert browser.get("/settings").status_code == 303


def test_a_suspended_person_hands_nothing_over_to_another_account(world: World) -> None:
    link = applied(world, "known@example.org")
    suspend(world, "Anna")
    world.visitor().send(link, status=409, start=link)
    assert roles_of(world, "known") == []

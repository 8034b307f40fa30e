"""People of a planted coalition: accounts, all with one password, and who coordinates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from app.access import Role
from app.accounts.models import Assignment, Person, Staff
from app.demo.history import History
from app.demo.plot import Plot
from app.demo.rows import Rows
from app.demo.sign_ins import DEMO_SIGN_INS, STAFF, DemoSignIn
from app.sealing import Seal

HELPERS = 4
COORDINATORS = 3
ONE_OF = 7
"""One in so many campaigns has its lawyer or designer in the person one can sign in as."""


@dataclass(slots=True, kw_only=True)
class People:
    """Makes people with invented names; the same hash serves everybody."""

    rows: Rows
    plot: Plot
    random: Random
    password_hash: str
    seal: Seal
    now: datetime
    names: Iterator[str]
    made: int = 0

    def person(self, *, since: datetime, sign_in: DemoSignIn | None = None) -> tuple[int, str, str]:
        """Make one person; give number, name and login."""
        name = next(self.names)
        self.made += 1
        mark = "en-" if self.plot.language == "en" else ""
        login = sign_in.login if sign_in else f"{mark}person-{self.made}@example.org"
        secret = sign_in.totp_secret if sign_in else None
        number = self.rows.add_numbered(
            Person,
            login=login,
            email=login,
            email_confirmed_at=since,
            phone=self.plot.phone.format(self.made // 100 % 100, self.made % 100),
            name=name,
            language=self.plot.language,
            theme="auto",
            password_hash=self.password_hash,
            totp_secret=self.seal.close(secret) if secret else None,
            totp_confirmed_at=since if secret else None,
            totp_last_step=None,
            created_at=since,
        )
        return number, name, login


@dataclass(slots=True, kw_only=True)
class Office:
    """Who coordinates and helps in a planted coalition."""

    chief: int = 0
    coordinators: dict[int, list[int]] = field(default_factory=dict)
    lawyers: list[int] = field(default_factory=list)
    designers: list[int] = field(default_factory=list)

    def decider(self, queue: str, organisation_id: int, random: Random, campaign: int) -> int:
        """Give who decides in a queue."""
        match queue:
            case "lawyer":
                return _helper(self.lawyers, campaign)
            case "designer":
                return _helper(self.designers, campaign)
            case "organisation":
                return random.choice(self.coordinators[organisation_id])
            case _:
                return self.chief

    def assign(self, rows: Rows, campaign_id: int, campaign: int, since: datetime) -> None:
        """Give a campaign its lawyer and its designer."""
        for role, people in ((Role.LAWYER, self.lawyers), (Role.DESIGNER, self.designers)):
            rows.add_numbered(
                Assignment,
                campaign_id=campaign_id,
                person_id=_helper(people, campaign),
                role=role.value,
                since=since,
            )


def _helper(people: list[int], campaign: int) -> int:
    return people[0] if campaign % ONE_OF <= 1 else people[1 + campaign % (len(people) - 1)]


def open_office(
    people: People, coalition_id: int, organisation_ids: list[int], history: History
) -> Office:
    """Make coordinators, helpers, the chief and the auditor."""
    since = people.now - timedelta(days=160)
    known = {
        one.role: one
        for one in DEMO_SIGN_INS
        if one.pack_id == people.plot.pack_id and one.spot == STAFF
    }
    office = Office()

    def hire(role: Role, organisation_id: int | None = None, *, first: bool) -> int:
        number, _, _ = people.person(since=since, sign_in=known[role] if first else None)
        people.rows.add_numbered(
            Staff,
            person_id=number,
            coalition_id=coalition_id,
            organisation_id=organisation_id,
            role=role.value,
            since=since,
        )
        history.staff(number, role.value, coalition_id, organisation_id, since)
        return number

    office.chief = hire(Role.CHIEF, first=True)
    hire(Role.AUDITOR, first=True)
    for place, organisation_id in enumerate(organisation_ids):
        office.coordinators[organisation_id] = [
            hire(Role.COORDINATOR, organisation_id, first=place == 0 and index == 0)
            for index in range(COORDINATORS)
        ]
    office.lawyers = [hire(Role.LAWYER, first=index == 0) for index in range(HELPERS)]
    office.designers = [hire(Role.DESIGNER, first=index == 0) for index in range(HELPERS)]
    return office

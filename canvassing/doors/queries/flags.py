"""Flags that stand, by whose visits set them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from canvassing.doors.models import DoorFlag, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagsOf:
    """What one person has set at doors and nobody has lifted; ``counts`` by flag."""

    person_id: int
    name: str
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """Give how many flags they are."""
        return sum(self.counts.values())


def flags_by_person(session: Session, campaign_id: int) -> tuple[FlagsOf, ...]:
    """Give who has set flags that stand, the most first.

    It is asked by those who have found the campaign for their viewer.
    """
    rows = session.execute(
        select(Person.id, Person.name, DoorFlag.flag, func.count().label("number"))
        .join(Visit, (Visit.campaign_id == DoorFlag.campaign_id) & (Visit.id == DoorFlag.visit_id))
        .join(Person, Person.id == Visit.person_id)
        .where(DoorFlag.campaign_id == campaign_id, DoorFlag.lifted_at.is_(None))
        .group_by(Person.id, Person.name, DoorFlag.flag)
        .order_by(DoorFlag.flag)
    )
    found: dict[tuple[int, str], dict[str, int]] = {}
    for person_id, name, flag, number in rows:
        found.setdefault((person_id, name), {})[flag] = number
    people = [
        FlagsOf(person_id=person_id, name=name, counts=counts)
        for (person_id, name), counts in found.items()
    ]
    return tuple(sorted(people, key=lambda one: (-one.total, one.name, one.person_id)))

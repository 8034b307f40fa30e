"""Imports of a campaign and what each would bring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.errors import Missing
from canvassing.contacts.rules import ContactEntry
from canvassing.imports.models import FieldImport
from canvassing.territory.models import Building, Door, Entrance
from canvassing.territory.rules import HouseEntry, address_key

# The functions below are asked by those who have found the campaign for their viewer.
MOST_SHOWN = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """An import as its page shows it."""

    id: int
    kind: str
    state: str
    file_name: str
    problem: str
    staged: str | None
    good: int
    wrong: tuple[tuple[Any, ...], ...]
    wrong_total: int
    counts: Mapping[str, int]
    obtained_from: str
    handed_in_by: str
    handed_in_at: datetime


_COLUMNS = (
    FieldImport.id,
    FieldImport.kind,
    FieldImport.state,
    FieldImport.file_name,
    FieldImport.problem,
    FieldImport.staged,
    FieldImport.good,
    FieldImport.wrong,
    FieldImport.wrong_total,
    FieldImport.counts,
    FieldImport.obtained_from,
    Person.name.label("handed_in_by"),
    FieldImport.handed_in_at,
)


def get_import(session: Session, campaign_id: int, import_id: int) -> ImportRow:
    """Give an import of the campaign. Raises Missing."""
    row = session.execute(
        select(*_COLUMNS)
        .outerjoin(Person, Person.id == FieldImport.handed_in_by)
        .where(FieldImport.campaign_id == campaign_id, FieldImport.id == import_id)
    ).one_or_none()
    if row is None:
        raise Missing
    return _row(row)


def imports_of(session: Session, campaign_id: int) -> list[ImportRow]:
    """Give the last imports of a campaign, the newest first."""
    rows = session.execute(
        select(*_COLUMNS)
        .outerjoin(Person, Person.id == FieldImport.handed_in_by)
        .where(FieldImport.campaign_id == campaign_id)
        .order_by(FieldImport.id.desc())
        .limit(MOST_SHOWN)
    )
    return [_row(row) for row in rows]


def _row(row: Any) -> ImportRow:  # noqa: ANN401 - a row of the columns above.
    values = dict(row._mapping)
    values["wrong"] = tuple(tuple(one) for one in row.wrong)
    values["handed_in_by"] = row.handed_in_by or ""
    return ImportRow(**values)


def known_addresses(session: Session, campaign_id: int) -> set[str]:
    """Give the keys of the addresses a campaign has."""
    return set(
        session.scalars(select(Building.address_key).where(Building.campaign_id == campaign_id))
    )


def new_houses(
    session: Session, campaign_id: int, entries: list[HouseEntry]
) -> tuple[list[HouseEntry], int]:
    """Give the houses that are not there yet, and how many are."""
    known = known_addresses(session, campaign_id)
    new = [one for one in entries if address_key(one.street, one.house) not in known]
    return new, len(entries) - len(new)


def doors_of_contacts(
    session: Session, campaign_id: int, entries: list[ContactEntry]
) -> dict[tuple[str, str], int]:
    """Give the door of each address and flat that the contacts name."""
    found: dict[tuple[str, str], int] = {}
    keys = sorted({one.address_key for one in entries})
    for start in range(0, len(keys), 500):
        rows = session.execute(
            select(Building.address_key, Door.label, Door.id)
            .join(Entrance, Entrance.building_id == Building.id)
            .join(Door, Door.entrance_id == Entrance.id)
            .where(
                Building.campaign_id == campaign_id,
                Building.address_key.in_(keys[start : start + 500]),
            )
            .order_by(Door.id)
        )
        for key, label, number in rows:
            found.setdefault((key, label), number)
    return found

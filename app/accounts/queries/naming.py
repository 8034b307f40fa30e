"""What lists call campaigns and organisations that their caller has found for the viewer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign, District, Organisation

_campaign = Campaign.__table__
_district = District.__table__
_organisation = Organisation.__table__
_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_CAMPAIGNS = (
    select(
        _campaign.c.id,
        _campaign.c.title.label("name"),
        _organisation.c.short_name.label("organisation"),
        _district.c.council,
        _district.c.number.label("district_number"),
        _district.c.name.label("district_name"),
    )
    .join(_district, _district.c.id == _campaign.c.district_id)
    .outerjoin(_organisation, _organisation.c.id == _campaign.c.organisation_id)
    .where(_campaign.c.id.in_(_IDS))
)
_ORGANISATIONS = (
    select(_organisation.c.id, _organisation.c.short_name)
    .where(_organisation.c.id.in_(_IDS))
    .order_by(_organisation.c.short_name, _organisation.c.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCampaign:
    """What a line says about a campaign: its candidate, where, and whose."""

    id: int
    name: str
    organisation: str | None
    council: str
    district_number: str
    district_name: str

    @property
    def place(self) -> str:
        """The council and the district in a few words."""
        return f"{self.council}, {self.district_number or self.district_name}".strip(", ")


def named_campaigns(session: Session, ids: Iterable[int]) -> dict[int, NamedCampaign]:
    """Give what lines say about these campaigns, which the viewer was found to coordinate."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = session.execute(_CAMPAIGNS, {"ids": wanted})
    return {row.id: NamedCampaign(**row._mapping) for row in rows}


def named_organisations(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """Give the short names of these organisations by number, in order of the names.

    ``ids`` are those of campaigns the viewer was found to coordinate; None is no organisation.
    """
    wanted = {number for number in ids if number is not None}
    if not wanted:
        return {}
    return {row[0]: row[1] for row in session.execute(_ORGANISATIONS, {"ids": sorted(wanted)})}

"""What lists call campaigns and organisations."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.accounts.queries import NamedCampaign, named_campaigns, named_organisations
from tests import builders


def test_a_line_names_the_candidate_the_place_and_whose_it_is(session: Session) -> None:
    organisation = builders.an_organisation(session)
    placed = builders.a_campaign(session, organisation=organisation)
    free = builders.a_campaign(session, placed=False, state="applied")
    builders.a_campaign(session)
    found = named_campaigns(session, [placed.id, free.id])
    assert found.keys() == {placed.id, free.id}
    assert found[placed.id].name == placed.title
    assert found[placed.id].organisation == organisation.short_name
    assert found[placed.id].place.startswith("Тихая Гавань, ")
    assert found[free.id].organisation is None


@pytest.mark.parametrize(
    ("council", "number", "name", "place"),
    [
        ("Тихая Гавань", "3", "Quay", "Тихая Гавань, 3"),
        ("Harbour", "", "Quay", "Harbour, Quay"),
        ("Harbour", "", "", "Harbour"),
    ],
)
def test_a_place_is_the_council_and_the_district_as_far_as_they_are_known(
    council: str, number: str, name: str, place: str
) -> None:
    found = NamedCampaign(
        id=1,
        name="Anna",
        organisation=None,
        council=council,
        district_number=number,
        district_name=name,
    )
    assert found.place == place


def test_organisations_come_by_name_and_nobodys_campaigns_name_none(session: Session) -> None:
    zebra, aspen = builders.an_organisation(session), builders.an_organisation(session)
    zebra.short_name, aspen.short_name = "Zebra", "Aspen"
    session.flush()
    found = named_organisations(session, [zebra.id, None, aspen.id, zebra.id])
    assert list(found.items()) == [(aspen.id, "Aspen"), (zebra.id, "Zebra")]
    assert named_organisations(session, [None]) == {}
    assert named_campaigns(session, []) == {}

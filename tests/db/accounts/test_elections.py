"""Elections and districts in the database: who may change them, and what stays whole."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Grant, Role, Viewer
from app.accounts.commands.districts import (
    add_district,
    delete_district,
    edit_district,
    import_districts,
)
from app.accounts.commands.elections import ElectionEntry, add_election, edit_election
from app.accounts.events import DistrictsChanged, ElectionChanged
from app.accounts.models import District, Election
from app.accounts.queries import find_districts
from app.accounts.queries.elections import get_election, managed_elections
from app.accounts.rules.districts import DistrictEntry
from app.accounts.rules.elections import ElectionDays, PackChoice, PackChoices
from app.db import recorded
from app.errors import Missing, Refused
from tests.builders import NOW, a_campaign, a_coalition, a_district, an_election, an_organisation

PACKS = PackChoices(
    choices=(
        PackChoice(id="ru-spb-municipal", timezone="Europe/Moscow", titles={"en": "St Petersburg"}),
        PackChoice(id="gb-eng-local", timezone="Europe/London", titles={"en": "England"}),
    )
)


def chief_of(coalition_id: int) -> Viewer:
    return Viewer(person_id=None, grants=(Grant(role=Role.CHIEF, coalition_id=coalition_id),))


def entry(**changes: object) -> ElectionEntry:
    days = ElectionDays(
        polling_day=date(2026, 9, 20), first_polling_day=None, published_on=date(2026, 6, 20)
    )
    values = {
        "pack_id": "ru-spb-municipal",
        "name": "Autumn",
        "days": days,
        "sign_up_open": True,
        **changes,
    }
    return ElectionEntry(**values)  # type: ignore[arg-type]


def test_the_zone_comes_from_the_pack(session: Session) -> None:
    coalition = a_coalition(session)
    number = add_election(
        session,
        chief_of(coalition.id),
        coalition.id,
        entry(pack_id="gb-eng-local"),
        packs=PACKS,
        now=NOW,
    )
    assert session.get_one(Election, number).timezone == "Europe/London"


def test_an_election_of_another_coalition_is_not_there(session: Session) -> None:
    stranger, election = chief_of(a_coalition(session).id), an_election(session)
    district = a_district(session, election)
    with pytest.raises(Missing):
        get_election(session, stranger, election.id)
    with pytest.raises(Missing):
        edit_election(session, stranger, election.id, entry(), packs=PACKS, now=NOW)
    with pytest.raises(Missing):
        delete_district(session, stranger, election.id, district.id, now=NOW)
    with pytest.raises(Missing):
        add_election(session, stranger, election.coalition_id, entry(), packs=PACKS, now=NOW)
    assert not managed_elections(session, stranger)[0].elections


def test_a_coordinator_of_one_organisation_sets_up_nothing(session: Session) -> None:
    organisation = an_organisation(session)
    election = an_election(session)
    grant = Grant(
        role=Role.COORDINATOR,
        coalition_id=organisation.coalition_id,
        organisation_id=organisation.id,
    )
    with pytest.raises(Missing):
        get_election(session, Viewer(person_id=None, grants=(grant,)), election.id)


def test_moved_days_are_told_with_the_number_of_campaigns(session: Session) -> None:
    campaign = a_campaign(session, now=NOW)
    election = session.get_one(Election, campaign.election_id)
    chief = chief_of(election.coalition_id)
    later = ElectionDays(
        polling_day=date(2026, 9, 27), first_polling_day=None, published_on=election.published_on
    )
    moved = entry(days=later, pack_id=election.pack_id)
    assert edit_election(session, chief, election.id, moved, packs=PACKS, now=NOW) == 1
    assert edit_election(session, chief, election.id, moved, packs=PACKS, now=NOW) == 0
    told = [event for event in recorded(session) if isinstance(event, ElectionChanged)]
    assert [(event.days_moved, event.campaigns) for event in told] == [(True, 1), (False, 0)]


def test_the_pack_stays_once_there_are_campaigns(session: Session) -> None:
    campaign = a_campaign(session, now=NOW)
    election = session.get_one(Election, campaign.election_id)
    other = entry(pack_id="gb-eng-local")
    chief = chief_of(election.coalition_id)
    with pytest.raises(Refused) as refused:
        edit_election(session, chief, election.id, other, packs=PACKS, now=NOW)
    assert refused.value.field == "pack_id"


def test_the_pack_changes_before_there_are_campaigns(session: Session) -> None:
    election = an_election(session)
    other = entry(pack_id="gb-eng-local")
    chief = chief_of(election.coalition_id)
    edit_election(session, chief, election.id, other, packs=PACKS, now=NOW)
    assert (election.pack_id, election.timezone) == ("gb-eng-local", "Europe/London")


@pytest.mark.parametrize("name", ["", " ", "x" * 201, "AUTUMN"])
def test_a_name_is_needed_and_its_own(session: Session, name: str) -> None:
    coalition = a_coalition(session)
    chief = chief_of(coalition.id)
    add_election(session, chief, coalition.id, entry(), packs=PACKS, now=NOW)
    with pytest.raises(Refused) as refused:
        add_election(session, chief, coalition.id, entry(name=name), packs=PACKS, now=NOW)
    assert refused.value.field == "name"


def test_an_import_adds_and_updates_and_deletes_nothing(session: Session) -> None:
    election = an_election(session)
    kept = a_district(session, election, number="1", places_text="Липовая улица")
    a_district(session, election, number="2")
    rows = [
        DistrictEntry(council="Тихая Гавань", number="1", places="Берёзовая улица"),
        DistrictEntry(council="Тихая  Гавань", number="3"),
    ]
    plan = import_districts(session, election.id, rows, now=NOW)
    assert (len(plan.new), len(plan.changed)) == (1, 1)
    session.expire_all()
    numbers = session.scalars(select(District.number).where(District.election_id == election.id))
    assert sorted(numbers) == ["1", "2", "3"]
    assert [row.id for row in find_districts(session, election.id, "березовая")] == [kept.id]
    assert not find_districts(session, election.id, "липовая")
    assert session.get_one(District, kept.id).seats == 5


def test_an_import_twice_changes_nothing_the_second_time(session: Session) -> None:
    election = an_election(session)
    rows = [DistrictEntry(council="Harbour", number=str(n), seats=n + 1) for n in range(20)]
    import_districts(session, election.id, rows, now=NOW)
    assert len(import_districts(session, election.id, rows, now=NOW).unchanged) == 20
    told = [event for event in recorded(session) if isinstance(event, DistrictsChanged)]
    assert [event.added for event in told] == [20]


def test_an_operator_imports_into_no_election_that_is_not_there(session: Session) -> None:
    with pytest.raises(Missing):
        import_districts(session, 987_654, [], now=NOW)


def test_a_district_with_a_campaign_stays_and_an_empty_one_goes(session: Session) -> None:
    campaign = a_campaign(session, now=NOW)
    election = session.get_one(Election, campaign.election_id)
    empty, chief = a_district(session, election), chief_of(election.coalition_id)
    with pytest.raises(Refused):
        delete_district(session, chief, election.id, campaign.district_id, now=NOW)
    delete_district(session, chief, election.id, empty.id, now=NOW)
    session.expire_all()
    assert session.get(District, empty.id) is None


def test_an_edited_district_is_found_by_its_new_words(session: Session) -> None:
    election = an_election(session)
    chief = chief_of(election.coalition_id)
    row = DistrictEntry(council="Harbour", number="1", places="Oak Street")
    number = add_district(session, chief, election.id, row, now=NOW)
    moved = DistrictEntry(council="Harbour", number="1", places="Elm Street")
    edit_district(session, chief, election.id, number, moved, now=NOW)
    assert find_districts(session, election.id, "elm")
    assert not find_districts(session, election.id, "oak")


def test_two_districts_share_no_council_and_number(session: Session) -> None:
    election = an_election(session)
    chief = chief_of(election.coalition_id)
    row = DistrictEntry(council="Harbour", number="1")
    add_district(session, chief, election.id, row, now=NOW)
    with pytest.raises(Refused) as refused:
        add_district(session, chief, election.id, row, now=NOW)
    assert refused.value.field == "number"
    second = add_district(
        session, chief, election.id, DistrictEntry(council="Harbour", number="2"), now=NOW
    )
    with pytest.raises(Refused):
        edit_district(session, chief, election.id, second, row, now=NOW)


def test_wards_with_names_only_stand_side_by_side(session: Session) -> None:
    election = an_election(session)
    chief = chief_of(election.coalition_id)
    elm, oak = (DistrictEntry(council="Harbour", name=name) for name in ("Elm", "Oak"))
    add_district(session, chief, election.id, elm, now=NOW)
    second = add_district(session, chief, election.id, oak, now=NOW)
    with pytest.raises(Refused) as refused:
        edit_district(session, chief, election.id, second, elm, now=NOW)
    assert refused.value.field == "name"
    numbered = DistrictEntry(council="Harbour", number="1", name="Elm")
    add_district(session, chief, election.id, numbered, now=NOW)
    add_district(session, chief, election.id, DistrictEntry(council="Quay", name="Elm"), now=NOW)


def test_a_council_has_one_district_without_number_and_name(session: Session) -> None:
    election = an_election(session)
    chief = chief_of(election.coalition_id)
    whole = DistrictEntry(council="Harbour")
    add_district(session, chief, election.id, whole, now=NOW)
    with pytest.raises(Refused) as refused:
        add_district(session, chief, election.id, whole, now=NOW)
    assert refused.value.field == "name"


def test_a_table_of_names_adds_and_updates_wards(session: Session) -> None:
    election = an_election(session)
    wards = [DistrictEntry(council="Harbour", name=name, seats=1) for name in ("Elm", "Oak")]
    assert len(import_districts(session, election.id, wards, now=NOW).new) == 2
    again = [DistrictEntry(council="Harbour", name=name, seats=3) for name in ("Oak", "Ash")]
    plan = import_districts(session, election.id, again, now=NOW)
    assert [one.name for one in plan.new] == ["Ash"]
    assert [(one.name, one.seats) for one in plan.changed] == [("Oak", 3)]
    assert import_districts(session, election.id, again, now=NOW).changed == ()


def test_a_table_without_numbers_finds_numbered_wards_by_their_names(session: Session) -> None:
    election = an_election(session)
    coded = DistrictEntry(council="Harbour", number="E05", name="Elm")
    import_districts(session, election.id, [coded], now=NOW)
    named = DistrictEntry(council="Harbour", name="Elm", electors=9_000)
    plan = import_districts(session, election.id, [named], now=NOW)
    assert not plan.new
    assert [(one.number, one.electors) for one in plan.changed] == [("E05", 9_000)]


def test_a_district_is_not_reached_through_another_election(session: Session) -> None:
    election = an_election(session)
    foreign = a_district(session)
    chief = chief_of(election.coalition_id)
    with pytest.raises(Missing):
        edit_district(session, chief, election.id, foreign.id, DistrictEntry(council="x"), now=NOW)

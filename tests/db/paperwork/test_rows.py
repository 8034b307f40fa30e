"""Rows of tables: kept once, never overwritten in silence, removed and put back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.access import Permission, Role
from app.accounts.models import Coalition
from app.accounts.queries import get_campaign
from app.errors import Conflict, Forbidden, Missing, Refused
from app.sealing import Seal
from documents.paperwork import errors
from documents.paperwork.commands.answers import Typed, save_answers
from documents.paperwork.commands.approving import approve_form, revoke_approval
from documents.paperwork.commands.rows import Rows, TypedCell, cell_mark
from documents.paperwork.models import PaperAnswerRow
from documents.paperwork.queries.answers import given_answers, suggestions
from documents.paperwork.queries.approvals import (
    approvals_of,
    approved_forms,
    elections_to_clear,
    get_election_to_clear,
)
from documents.paperwork.queries.rows import find_row, removed_rows
from tests import builders
from tests.builders import NOW
from tests.paperwork_world import example_documents

DOCUMENTS = example_documents()
SEAL = Seal.from_secret("a secret of the tests that is long enough")
ONE, TWO = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"


@dataclass(frozen=True, kw_only=True)
class World:
    """A campaign, its candidate and a coordinator."""

    session: Session
    campaign_id: int
    candidate: int
    coordinator: int

    def rows(self, table: str = "accounts", who: int | None = None) -> Rows:
        viewer = builders.the_viewer(self.session, who or self.candidate)
        return Rows(
            session=self.session,
            viewer=viewer,
            campaign=get_campaign(self.session, viewer, self.campaign_id, Permission.PAPER_READ),
            answer=DOCUMENTS.answers[table],
            seal=SEAL,
            now=NOW,
        )

    def kept(self, table: str = "accounts") -> list[dict[str, str]]:
        given = given_answers(self.session, SEAL, self.campaign_id)
        return [dict(row.values) for row in given[table].rows] if table in given else []


@pytest.fixture
def world(session: Session) -> World:
    campaign = builders.a_campaign(session)
    coalition = session.get_one(Coalition, campaign.coalition_id)
    return World(
        session=session,
        campaign_id=campaign.id,
        candidate=campaign.candidate_id,
        coordinator=builders.a_staff(session, coalition=coalition, role=Role.CHIEF).person_id,
    )


def typed(**cells: str) -> dict[str, TypedCell]:
    return {key: TypedCell(text=text, was="") for key, text in cells.items()}


def test_a_row_sent_twice_is_kept_once(world: World) -> None:
    first = world.rows().save(ONE, typed(bank="Банк", balance="1 000"))
    second = world.rows().save(ONE, typed(bank="Банк", balance="1 000"))
    assert (first.version, second.version) == (1, 1)
    assert world.kept() == [{"bank": "Банк", "balance": "1000.00"}]


def test_a_row_without_a_word_is_not_begun(world: World) -> None:
    assert world.rows().save(ONE, typed(bank="  ")).version == 0
    assert world.kept() == []


def test_a_row_is_not_begun_with_what_is_not_enough_but_once_there_it_keeps_that(
    world: World,
) -> None:
    def has_a_bank(values: Mapping[str, str]) -> bool:
        return bool(values.get("bank"))

    assert world.rows().save(ONE, typed(balance="много"), begins=has_a_bank).version == 0
    assert world.kept() == []
    world.rows().save(ONE, typed(bank="Банк"), begins=has_a_bank)
    world.rows().save(ONE, typed(balance="много"), begins=has_a_bank)
    assert world.kept() == [{"bank": "Банк", "balance": "много"}]


def test_an_emptied_row_is_no_row_and_gets_its_place_back_when_filled_again(world: World) -> None:
    world.rows().save(ONE, typed(bank="Первый"))
    world.rows().save(TWO, typed(bank="Второй"))
    world.rows().save(ONE, {"bank": TypedCell(text="", was="Первый")})
    assert world.kept() == [{"bank": "Второй"}]
    world.rows().save(ONE, typed(bank="Снова первый"))
    assert world.kept() == [{"bank": "Снова первый"}, {"bank": "Второй"}]
    world.rows().save(ONE, {"bank": TypedCell(text="", was="Снова первый")})
    world.rows().remove(ONE)
    assert removed_rows(world.session, SEAL, world.campaign_id, "accounts") == ()


def test_removing_a_row_that_was_never_begun_is_nothing(world: World) -> None:
    assert not world.rows().remove(ONE)
    with pytest.raises(Missing):
        world.rows().remove("1")


def test_the_places_of_a_row_are_saved_one_by_one_as_they_are_typed(world: World) -> None:
    world.rows().save(ONE, typed(bank="Банк"))
    world.rows().save(ONE, typed(balance="5"))
    assert world.kept() == [{"bank": "Банк", "balance": "5.00"}]


def test_what_somebody_else_saved_meanwhile_is_given_back_and_the_rest_is_kept(
    world: World,
) -> None:
    world.rows().save(ONE, typed(bank="Банк", balance="5"))
    theirs = world.rows()
    theirs.save(ONE, {"bank": TypedCell(text="Их банк", was="Банк")})
    kept = world.rows().save(
        ONE,
        {
            "bank": TypedCell(text="Мой банк", was="Банк"),
            "balance": TypedCell(text="6", was="5.00"),
        },
    )
    assert kept.contested == ("bank",)
    assert kept.theirs is not None and kept.theirs.row.values["bank"] == "Их банк"
    assert world.kept() == [{"bank": "Их банк", "balance": "6.00"}]


def test_a_sealed_row_is_not_open_in_the_database_and_an_empty_place_keeps_it(
    world: World,
) -> None:
    world.rows("estate").save(ONE, typed(kind="flat", place="улица Ясная, 5"))
    row = world.session.query(PaperAnswerRow).one()
    assert row.value == "" and "Ясная" not in row.sealed
    world.rows("estate").save(ONE, {"place": TypedCell(text="", was=None)})
    assert world.kept("estate") == [{"kind": "flat", "place": "улица Ясная, 5"}]


def test_a_sealed_place_changed_elsewhere_is_noticed_by_its_mark(world: World) -> None:
    world.rows("estate").save(ONE, typed(place="улица Ясная, 5"))
    was = cell_mark(
        SEAL, "улица Ясная, 5", campaign_id=world.campaign_id, at=("estate", ONE, "place")
    )
    mine = {"place": TypedCell(text="улица Тёмная, 6", was=was)}
    assert world.rows("estate").save(ONE, mine).contested == ()
    again = {"place": TypedCell(text="улица Третья, 7", was=was)}
    assert world.rows("estate").save(ONE, again).contested == ("place",)


def test_a_removed_row_is_gone_and_comes_back_in_its_place(world: World) -> None:
    world.rows().save(ONE, typed(bank="Первый"))
    world.rows().save(TWO, typed(bank="Второй"))
    world.rows().remove(ONE)
    world.rows().remove(ONE)
    assert world.kept() == [{"bank": "Второй"}]
    assert [row.id for row in removed_rows(world.session, SEAL, world.campaign_id, "accounts")] == [
        ONE
    ]
    world.rows().restore(ONE)
    assert world.kept() == [{"bank": "Первый"}, {"bank": "Второй"}]


def test_a_row_that_was_removed_meanwhile_is_not_written_to(world: World) -> None:
    world.rows().save(ONE, typed(bank="Банк"))
    world.rows().remove(ONE)
    with pytest.raises(Conflict):
        world.rows().save(ONE, typed(bank="Другой"))


def test_a_row_beyond_the_most_is_refused_also_when_it_is_put_back(world: World) -> None:
    ids = [f"00000000-0000-4000-8000-00000000000{number}" for number in range(4)]
    for row_id in ids[:3]:
        world.rows().save(row_id, typed(bank="Банк"))
    with pytest.raises(Refused):
        world.rows().save(ids[3], typed(bank="Банк"))
    world.rows().remove(ids[0])
    world.rows().save(ids[3], typed(bank="Банк"))
    with pytest.raises(Refused):
        world.rows().restore(ids[0])


def say_none(world: World, text: str, version: int) -> int:
    rows = world.rows()
    kept = save_answers(
        world.session,
        rows.viewer,
        rows.campaign,
        DOCUMENTS.answers,
        {"accounts": Typed(text=text, unknown=False, version=version)},
        seal=SEAL,
        now=NOW,
    )
    return kept.versions["accounts"]


def test_a_new_row_takes_back_that_there_are_none(world: World) -> None:
    say_none(world, "none", 0)
    assert given_answers(world.session, SEAL, world.campaign_id)["accounts"].none
    world.rows().save(ONE, typed(bank="Банк"))
    given = given_answers(world.session, SEAL, world.campaign_id)["accounts"]
    assert not given.none and len(given.rows) == 1 and given.text == ""


def test_nobody_can_say_there_are_none_while_some_are_listed(world: World) -> None:
    world.rows().save(ONE, typed(bank="Банк"))
    with pytest.raises(Refused) as refusal:
        say_none(world, "none", 0)
    assert refusal.value.message == errors.ROWS_THERE


@pytest.mark.parametrize(
    ("row_id", "cells"),
    [("../../etc/passwd", {"bank": "x"}), (ONE, {"nothing": "x"}), (ONE.upper()[:-1] + "Z", {})],
)
def test_a_row_or_a_column_that_cannot_be_is_missing(
    world: World, row_id: str, cells: dict[str, str]
) -> None:
    with pytest.raises(Missing):
        world.rows().save(row_id, typed(**cells))


def test_a_text_longer_than_anything_a_form_takes_is_refused_beside_its_place(
    world: World,
) -> None:
    with pytest.raises(Refused) as refusal:
        world.rows().save(ONE, typed(bank="я" * 10_000))
    assert refusal.value.field == "bank"


def test_invisible_marks_do_not_reach_a_row(world: World) -> None:
    world.rows().save(ONE, typed(bank="\u202eБанк\u200b"))
    assert world.kept() == [{"bank": "Банк"}]


def test_a_coordinator_may_not_write_rows(world: World) -> None:
    with pytest.raises(Forbidden):
        world.rows(who=world.coordinator)


def test_only_the_answers_that_are_named_are_read(world: World) -> None:
    world.rows().save(ONE, typed(bank="Банк"))
    world.rows("estate").save(TWO, typed(place="Дом"))
    assert set(given_answers(world.session, SEAL, world.campaign_id, keys=["estate"])) == {"estate"}


def test_a_row_knows_who_saved_it_last(world: World) -> None:
    world.rows().save(ONE, typed(bank="Банк"))
    found = find_row(world.session, SEAL, world.campaign_id, "accounts", ONE)
    assert found is not None and found.saved_by_name and found.saved_at == NOW
    stored = world.session.query(PaperAnswerRow).one()
    assert json.loads(stored.value) == {"bank": "Банк"}


def test_what_the_portal_knows_and_a_declined_name_are_offered(world: World) -> None:
    rows = world.rows()
    save_answers(
        world.session,
        rows.viewer,
        rows.campaign,
        DOCUMENTS.answers,
        {
            "surname": Typed(text="Ёлкина", unknown=False, version=0),
            "first_name": Typed(text="Анна", unknown=False, version=0),
            "patronymic": Typed(text="Петровна", unknown=False, version=0),
            "phone": Typed(text="8 921 555 01 23", unknown=False, version=0),
        },
        seal=SEAL,
        now=NOW,
    )
    given = given_answers(world.session, SEAL, world.campaign_id)
    offered = suggestions(world.session, rows.campaign, DOCUMENTS.answers, given)
    assert offered["in_genitive"] == "Ёлкиной Анны Петровны"
    assert offered["reply_phone"] == "+7 921 555-01-23"
    assert "@" in offered["email"]


def approve(world: World, who: int, note: str) -> None:
    viewer = builders.the_viewer(world.session, who)
    rows = world.rows()
    election = get_election_to_clear(world.session, viewer, rows.campaign.election_id)
    kind = DOCUMENTS.kinds["paper"]
    approve_form(world.session, viewer, election, kind, kind.version[-1], note=note, now=NOW)


def test_a_form_compared_for_an_election_loses_its_mark_until_it_is_taken_back(
    world: World,
) -> None:
    election_id = world.rows().campaign.election_id
    approve(world, world.coordinator, "решение комиссии № 12")
    assert approved_forms(world.session, election_id) == {("paper", "1")}
    with pytest.raises(Conflict):
        approve(world, world.coordinator, "ещё раз")
    viewer = builders.the_viewer(world.session, world.coordinator)
    (election,) = elections_to_clear(world.session, viewer)
    kind = DOCUMENTS.kinds["paper"]
    later = NOW + timedelta(hours=1)
    for _ in range(2):
        revoke_approval(world.session, viewer, election, kind, kind.version[-1], now=later)
    assert approved_forms(world.session, election_id) == frozenset()
    (row,) = approvals_of(world.session, election_id)[("paper", "1")]
    assert row.note == "решение комиссии № 12" and row.revoked_at == later


def test_a_form_is_not_cleared_without_saying_what_it_was_compared_with(world: World) -> None:
    with pytest.raises(Refused):
        approve(world, world.coordinator, " \u200b ")


def test_a_coordinator_of_one_organisation_does_not_act_for_the_whole_coalition(
    world: World,
) -> None:
    approve(world, world.coordinator, "решение комиссии № 12")
    coalition = world.session.get_one(Coalition, world.rows().campaign.coalition_id)
    organisation = builders.an_organisation(world.session, coalition=coalition)
    for role in (Role.COORDINATOR, Role.CHIEF):
        rival = builders.a_staff(world.session, organisation=organisation, role=role).person_id
        viewer = builders.the_viewer(world.session, rival)
        assert elections_to_clear(world.session, viewer) == ()
        chief = builders.the_viewer(world.session, world.coordinator)
        (election,) = elections_to_clear(world.session, chief)
        kind = DOCUMENTS.kinds["paper"]
        with pytest.raises(Forbidden):
            revoke_approval(world.session, viewer, election, kind, kind.version[-1], now=NOW)
        with pytest.raises(Forbidden):
            approve_form(
                world.session, viewer, election, kind, kind.version[-1], note="ещё", now=NOW
            )
    assert approved_forms(world.session, election.id) == {("paper", "1")}


def test_a_candidate_and_another_coalition_cannot_clear_a_form(world: World) -> None:
    with pytest.raises(Missing):
        approve(world, world.candidate, "сам сравнил")
    other = builders.a_coalition(world.session)
    stranger = builders.a_staff(world.session, coalition=other).person_id
    with pytest.raises(Missing):
        approve(world, stranger, "сравнил")


def test_an_approval_speaks_of_one_edition_of_the_form(world: World) -> None:
    approve(world, world.coordinator, "решение комиссии № 12")
    newer = world.rows().campaign.election_id
    assert ("paper", "2") not in approved_forms(world.session, newer)

"""PostgreSQL itself keeps campaigns apart, whatever the program asks it.

What needs PostgreSQL is skipped elsewhere; ``.ci/with-postgres`` runs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy import MetaData, Table, insert, select, text, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from app.access import Role, Viewer
from app.accounts.models import Campaign, Invitation, Staff, TeamMember
from app.audit.commands import audit
from app.audit.models import AuditEntry
from app.config import Settings
from app.db import Base, Database
from app.operations.doctor import Diagnosis, doctor
from app.operations.errors import OperationRefused
from app.operations.owning import migrate_as_owner, owner_database, require_bound_role
from app.reach import NOTHING, Reach, reach_of, reach_of_coalitions
from app.row_security import (
    OWNERS,
    SHOWN_TO_ALL,
    condition,
    is_unbound,
    owns_tables,
    secure,
    secured_tables,
    statements,
    unsecured,
)
from tests import builders


def only_postgres(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("row-level security is PostgreSQL's")


@dataclass(slots=True, kw_only=True)
class Two:
    """Two campaigns of different organisations of one coalition, and who looks."""

    database: Database
    mine: int
    theirs: int
    their_member: int
    candidate: Viewer
    coordinator: Viewer
    chief: Viewer

    def rows(self, reach: Reach) -> tuple[set[int], set[int]]:
        """Give the campaigns that are reached: by themselves, and by the rows they own."""
        with self.database.reaching(reach).reading() as session:
            return (
                set(session.scalars(select(Campaign.id))),
                set(session.scalars(select(TeamMember.campaign_id))),
            )


@pytest.fixture
def two(database: Database, now: datetime) -> Iterator[Two]:
    only_postgres(database)
    with database.writing() as session:
        coalition = builders.a_coalition(session)
        election = builders.an_election(session, coalition)
        first = builders.an_organisation(session, coalition, name="First")
        second = builders.an_organisation(session, coalition, name="Second")
        mine = builders.a_campaign(session, organisation=first, election=election)
        theirs = builders.a_campaign(session, organisation=second, election=election)
        coordinator = builders.a_staff(session, organisation=first)
        chief = builders.a_staff(session, coalition=coalition, role=Role.CHIEF)
        for campaign in (mine, theirs):
            session.add(
                Invitation(
                    token_hash=f"{campaign.id:064}",
                    coalition_id=coalition.id,
                    organisation_id=campaign.organisation_id,
                    campaign_id=None,
                    role="coordinator",
                    name="Somebody",
                    email="somebody@example.org",
                    invited_by=chief.person_id,
                    created_at=now,
                    expires_at=now,
                )
            )
            audit(
                session,
                None,
                "x.done",
                subject_kind="x",
                subject_id=1,
                campaign_id=campaign.id,
                coalition_id=coalition.id,
                now=now,
            )
        member = session.scalars(
            select(TeamMember).where(TeamMember.campaign_id == theirs.id)
        ).one()
        found = Two(
            database=database,
            mine=mine.id,
            theirs=theirs.id,
            their_member=member.id,
            candidate=builders.the_viewer(session, mine.candidate_id),
            coordinator=builders.the_viewer(session, coordinator.person_id),
            chief=builders.the_viewer(session, chief.person_id),
        )
    yield found


@pytest.fixture
def as_candidate(two: Two) -> Iterator[Session]:
    """A session that writes and reaches what the first candidate's grants reach."""
    with two.database.reaching(reach_of(two.candidate)).writing() as session:
        yield session


def test_nothing_said_reaches_nothing(two: Two) -> None:
    assert two.rows(NOTHING) == (set(), set())
    with two.database.reaching(NOTHING).reading() as session:
        for table in secured_tables(Base.metadata):
            assert session.execute(select(table)).all() == [], table.name


def test_a_candidate_reaches_the_own_campaign_alone(two: Two) -> None:
    assert two.rows(reach_of(two.candidate)) == ({two.mine}, {two.mine})


def test_a_coordinator_reaches_the_campaigns_of_the_organisation(two: Two) -> None:
    assert two.coordinator.campaign_ids == ()
    assert two.rows(reach_of(two.coordinator)) == ({two.mine}, {two.mine})
    with two.database.reaching(reach_of(two.coordinator)).reading() as session:
        assert len(session.scalars(select(Invitation)).all()) == 1
        assert len(session.scalars(select(AuditEntry)).all()) == 1
        assert len(session.scalars(select(Staff)).all()) == 1


def test_a_chief_reaches_the_coalition_and_no_other(two: Two) -> None:
    both = {two.mine, two.theirs}
    assert two.rows(reach_of(two.chief)) == (both, both)
    elsewhere = Reach(coalition_ids=(two.chief.grants[0].coalition_id + 1,))
    assert two.rows(elsewhere) == (set(), set())


def test_whoever_is_in_a_coalition_can_be_let_see_what_it_shares(two: Two) -> None:
    assert two.rows(reach_of_coalitions(two.candidate))[0] == {two.mine, two.theirs}


def test_a_public_page_reaches_the_one_campaign_it_names(two: Two) -> None:
    assert two.rows(Reach(campaign_ids=(two.theirs,))) == ({two.theirs}, {two.theirs})


def test_a_core_select_and_plain_sql_give_nothing_of_another_campaign(
    two: Two, as_candidate: Session
) -> None:
    table = TeamMember.__table__
    wanted = select(table).where(table.c.campaign_id == two.theirs)
    assert as_candidate.connection().execute(wanted).all() == []
    sql = text("SELECT * FROM team_member WHERE campaign_id = :id OR true")
    rows = as_candidate.execute(sql, {"id": two.theirs}).all()
    assert {row.campaign_id for row in rows} == {two.mine}
    assert as_candidate.scalar(text("SELECT count(*) FROM campaign")) == 1


def test_the_identity_map_gives_nothing_of_another_campaign(
    two: Two, as_candidate: Session
) -> None:
    assert as_candidate.get(Campaign, two.mine) is not None
    assert as_candidate.get(Campaign, two.theirs) is None
    assert as_candidate.get(TeamMember, two.their_member) is None


def test_a_bulk_update_by_primary_key_changes_nothing_of_another_campaign(
    two: Two, as_candidate: Session
) -> None:
    table = TeamMember.__table__
    changed = as_candidate.connection().execute(
        update(table).where(table.c.id == two.their_member).values(role="press")
    )
    assert changed.rowcount == 0
    gone = as_candidate.execute(text("DELETE FROM team_member WHERE true"))
    assert gone.rowcount == 1  # type: ignore[attr-defined]
    as_candidate.rollback()
    with two.database.reading() as session:
        assert session.get_one(TeamMember, two.their_member).role == "candidate"


def test_a_row_for_another_campaign_is_refused(two: Two, now: datetime) -> None:
    member = {"campaign_id": two.theirs, "person_id": two.chief.person_id, "role": "press"}
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        two.database.reaching(reach_of(two.candidate)).writing() as session,
    ):
        session.execute(insert(TeamMember).values(**member, since=now))


def test_a_row_can_not_be_moved_to_another_campaign(two: Two) -> None:
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        two.database.reaching(reach_of(two.candidate)).writing() as session,
    ):
        session.execute(update(TeamMember).values(campaign_id=two.theirs))


def test_the_next_user_of_a_connection_begins_with_nothing(two: Two) -> None:
    for _ in range(10):
        assert two.rows(reach_of(two.chief))[0] == {two.mine, two.theirs}
        assert two.rows(NOTHING)[0] == set()
    with two.database.reaching(reach_of(two.chief)).writing() as session:
        session.rollback()
        assert len(session.scalars(select(Campaign)).all()) == 2
        with session.begin_nested():
            assert len(session.scalars(select(Campaign)).all()) == 2


def test_hooks_reach_everything_and_what_they_follow_does_not(two: Two) -> None:
    seen: list[int] = []
    bound = two.database.reaching(reach_of(two.candidate))
    bound.before_commit.append(
        lambda session: seen.append(len(session.scalars(select(Campaign)).all()))
    )
    with bound.writing() as session:
        assert len(session.scalars(select(Campaign)).all()) == 1
    assert seen == [2]


def test_every_table_of_somebody_has_the_policy_of_its_columns(database: Database) -> None:
    only_postgres(database)
    with database.read_engine.connect() as connection:
        assert unsecured(connection, Base.metadata) == ()
        found = connection.execute(
            text("SELECT tablename FROM pg_policies WHERE schemaname = 'public' ORDER BY 1")
        )
        assert list(found.scalars()) == [table.name for table in secured_tables(Base.metadata)]


def test_the_suite_runs_as_a_role_that_the_policies_bind(database: Database) -> None:
    only_postgres(database)
    with database.write_engine.connect() as connection:
        assert not is_unbound(connection)
        assert not owns_tables(connection)
        with pytest.raises(ProgrammingError, match="must be owner"):
            connection.execute(text("ALTER TABLE campaign DISABLE ROW LEVEL SECURITY"))


def test_the_owner_of_the_tables_is_bound_too(two: Two, settings: Settings) -> None:
    owner = owner_database(settings)
    with owner.reaching(NOTHING).reading() as session:
        assert owns_tables(session.connection())
        assert session.scalars(select(Campaign)).all() == []
    owner.dispose()


def test_a_missing_or_changed_policy_is_put_in_place_again(
    database: Database, settings: Settings
) -> None:
    only_postgres(database)
    owner = owner_database(settings)
    with owner.write_engine.begin() as connection:
        connection.execute(text("DROP POLICY reach ON snooze"))
        connection.execute(text("ALTER TABLE milestone NO FORCE ROW LEVEL SECURITY"))
        connection.execute(text("COMMENT ON POLICY reach ON evidence IS 'older'"))
        bare = {table.name for table in unsecured(connection, Base.metadata)}
        assert bare == {"snooze", "milestone", "evidence"}
        secure(connection, Base.metadata)
        assert unsecured(connection, Base.metadata) == ()
    owner.dispose()


def test_migrations_secure_the_tables_and_let_the_program_in(
    database: Database, settings: Settings
) -> None:
    only_postgres(database)
    owner = owner_database(settings)
    with owner.write_engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    migrate_as_owner(settings)
    owner.dispose()
    with database.read_engine.connect() as connection:
        assert unsecured(connection, Base.metadata) == ()
        assert connection.scalar(text("SELECT count(*) FROM campaign")) == 0
    assert migrate_as_owner(settings)


def test_doctor_says_how_far_the_database_keeps_campaigns_apart(
    database: Database, settings: Settings, now: datetime
) -> None:
    only_postgres(database)
    owner = owner_database(settings)
    with owner.write_engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    owner.dispose()
    migrate_as_owner(settings)
    assert _said(settings, now) == {
        "Row-level security": "ok",
        "Role of the program": "ok",
    }
    as_owner = settings.model_copy(update={"database_url": settings.database_owner_url})
    assert _said(as_owner, now)["Owner of the tables"] == "warn"
    unbound_too = settings.model_copy(update={"database_url": _as_unbound(settings)})
    assert _said(unbound_too, now)["Role of the program"] == "warn"
    in_production = unbound_too.model_copy(update={"production": True})
    assert _said(in_production, now)["Role of the program"] == "fail"


def test_production_does_not_start_as_a_role_that_no_policy_binds(
    database: Database, settings: Settings
) -> None:
    only_postgres(database)
    serious = settings.model_copy(update={"production": True})
    require_bound_role(serious)
    unbound = serious.model_copy(update={"database_url": _as_unbound(settings)})
    with pytest.raises(OperationRefused, match="superuser"):
        require_bound_role(unbound)
    require_bound_role(unbound.model_copy(update={"production": False}))


def _as_unbound(settings: Settings) -> str:
    url = make_url(settings.database_url).set(username="mandat_unbound")
    return url.render_as_string(hide_password=False)


def _said(settings: Settings, now: datetime) -> dict[str, str]:
    names = ("Row-level security", "Role of the program", "Owner of the tables")
    found: list[Diagnosis] = doctor(settings, now=now)
    return {one.name: one.state for one in found if one.name in names}


def _owned_tables() -> list[Table]:
    return [
        table
        for table in Base.metadata.tables.values()
        if any(owner in table.c for owner in OWNERS)
    ]


def test_every_table_of_somebody_is_secured_or_says_why_visitors_see_it() -> None:
    shown = {table.name for table in _owned_tables() if SHOWN_TO_ALL in table.info}
    assert shown == {"election", "organisation"}
    secured = {table.name for table in secured_tables(Base.metadata)}
    assert secured | shown == {table.name for table in _owned_tables()}
    assert {"campaign", "team_member", "evidence", "uploaded_file", "audit_entry"} <= secured


def test_whoever_points_to_a_campaign_names_the_column_so(database: Database) -> None:
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table.name == "campaign" and key.column.name == "id":
                assert key.parent.name == "campaign_id", (table.name, key.parent.name)


def test_a_row_of_a_campaign_is_reached_through_its_campaign_alone() -> None:
    written = condition(Base.metadata.tables["review"])
    assert "campaign_id = ANY" in written and "FROM campaign" in written
    assert "coalition_id" not in written and "organisation_id =" not in written
    optional = condition(Base.metadata.tables["invitation"])
    assert "organisation_id =" in optional and "coalition_id =" in optional
    shared = condition(Base.metadata.tables["help_article"])
    assert "mandat.inside" in shared and "campaign" not in shared


def test_a_policy_is_forced_on_the_owner_of_the_table() -> None:
    said = statements(Base.metadata.tables["milestone"])
    assert any("FORCE ROW LEVEL SECURITY" in one for one in said)


def test_securing_asks_nothing_of_the_embedded_database(database: Database) -> None:
    if not database.is_sqlite:
        pytest.skip("this run tests PostgreSQL")
    with database.read_engine.connect() as connection:
        secure(connection, MetaData())
        assert not is_unbound(connection) and not owns_tables(connection)

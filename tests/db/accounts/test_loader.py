"""What every request costs: two queries, and a write at most every ten minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import event

from app.accounts.loader import SessionLoader
from app.db import Database
from tests.builders import a_campaign, a_session_token, the_sign_in


def a_token(database: Database, now: datetime) -> str:
    with database.writing() as session:
        return a_session_token(session, a_campaign(session).candidate_id, now=now)


def test_a_viewer_costs_two_queries(database: Database, now: datetime) -> None:
    token = a_token(database, now)
    statements: list[str] = []
    event.listen(
        database.read_engine, "before_cursor_execute", lambda *args: statements.append(args[2])
    )
    assert SessionLoader(database)(token, now) is not None
    assert len([text for text in statements if text.lstrip().startswith("SELECT")]) == 2


def test_a_visit_is_noted_when_the_last_note_is_ten_minutes_old(
    database: Database, now: datetime
) -> None:
    token, load = a_token(database, now), SessionLoader(database)
    for minutes, noted in ((9, 0), (11, 11), (15, 11), (22, 22)):
        load(token, now + timedelta(minutes=minutes))
        with database.reading() as session:
            assert the_sign_in(session, token).seen_at == now + timedelta(minutes=noted)


def test_a_session_ends_after_sixty_days_however_often_it_is_used(
    database: Database, now: datetime
) -> None:
    token, load = a_token(database, now), SessionLoader(database)
    for day in range(1, 60):
        assert load(token, now + timedelta(days=day)) is not None
    assert load(token, now + timedelta(days=60)) is None

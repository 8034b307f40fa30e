"""The planted points are those that life would have given."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from app.demo.plant_points import PlantedDeed, plant_points
from app.demo.rows import Rows
from quests.ranking.models import PointEntry
from quests.route.models import Milestone
from tests.db.ranking.conftest import Game, doors


def test_planted_history_keeps_limits_and_sums(game: Game) -> None:
    with game.database.writing() as session:
        for days, key in ((20, "a1_can_i"), (10, "a2_district"), (1, "a3_team")):
            reached_at = game.now - timedelta(days=days)
            session.add(
                Milestone(campaign_id=game.campaign_id, step_key=key, reached_at=reached_at)
            )
        session.flush()
        more = [
            PlantedDeed(
                campaign_id=game.campaign_id,
                at=game.now - timedelta(days=day, minutes=number),
                rule="door",
                source=str(1000 * day + number),
            )
            for day in (1, 8)
            for number in range(100)
        ]
        rows = Rows(session)
        written = plant_points(session, rows, game.book, now=game.now, more=more)
        rows.finish()
        assert written == session.scalar(select(func.count()).select_from(PointEntry)) == 163
    assert game.points() == 20 + 10 + 20 + 160
    assert game.points("2026-06-22") == 20 + 80
    # Life goes on from there.
    game.happen(*doors(game.campaign_id, [1050, 5]))
    assert game.points() == 20 + 10 + 20 + 161

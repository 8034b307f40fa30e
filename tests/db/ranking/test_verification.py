"""A sum that is not the journal's is found."""

from __future__ import annotations

from sqlalchemy import update

from quests.ranking.models import CampaignPoints, OrganisationPoints
from quests.ranking.verification import PointsVerification
from tests.db.ranking.conftest import Door, DoorBack, Game, doors


def found(game: Game) -> list[str]:
    with game.database.reading() as session:
        findings = PointsVerification().findings(session, now=game.now)
        return [finding.what for finding in findings]


def test_what_the_hook_wrote_is_sound(game: Game) -> None:
    game.happen(*doors(game.campaign_id, range(3)))
    game.happen(DoorBack(campaign_id=game.campaign_id, number=1))
    game.happen(Door(campaign_id=game.campaign_id, number=9))
    assert found(game) == []


def test_a_changed_sum_is_named(game: Game) -> None:
    game.happen(*doors(game.campaign_id, range(3)))
    with game.database.writing() as session:
        session.execute(update(CampaignPoints).values(points=9, field=9))
        session.execute(update(OrganisationPoints).values(points=7, field=7))
    assert found(game) == [
        f"sum of campaign {game.campaign_id}",
        f"sum of organisation {game.organisation_id}",
    ]

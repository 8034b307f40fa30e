"""Every SELECT of the leagues and of the journals behind them."""

from quests.ranking.queries.journals import (
    ENTRIES,
    Entry,
    Player,
    get_player,
    journal_of,
    sums_of,
)
from quests.ranking.queries.leagues import (
    PAGE,
    ClubSums,
    Cursor,
    League,
    LeagueRows,
    OwnStanding,
    Standing,
    club_sums,
    league_rows,
    own_standings,
)

__all__ = [
    "ENTRIES",
    "PAGE",
    "ClubSums",
    "Cursor",
    "Entry",
    "League",
    "LeagueRows",
    "OwnStanding",
    "Player",
    "Standing",
    "club_sums",
    "get_player",
    "journal_of",
    "league_rows",
    "own_standings",
    "sums_of",
]

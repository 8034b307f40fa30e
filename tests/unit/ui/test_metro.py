"""How the lanes of the metro map are drawn beside each station."""

from __future__ import annotations

from app.ui.metro import Lane, MetroMap, Stage, Station, StationStatus

LANES = (Lane(key="documents", title="Documents"), Lane(key="money", title="Money"))


def a_station(
    status: StationStatus, line: str = "documents", *, interchange: bool = False, side: bool = False
) -> Station:
    return Station(
        key=f"{line}-{status}",
        title="Income",
        line=line,
        status=status,
        interchange=interchange,
        side=side,
    )


def tracks_of(*stations: Station) -> list[tuple[str, ...]]:
    """Give the classes of both lanes in each row of a one-stage map."""
    drawing = MetroMap(lanes=LANES, stages=(Stage(number=1, title="One", stations=stations),))
    return [row.tracks for row in drawing.drawn()[0].stations]


def test_a_lane_is_solid_up_to_the_last_done_station_and_dotted_to_the_next() -> None:
    rows = tracks_of(
        a_station(StationStatus.DONE), a_station(StationStatus.NOW), a_station(StationStatus.LOCKED)
    )
    assert [row[0] for row in rows] == ["sd", "dp", "pn"]


def test_a_lane_without_stations_is_not_drawn() -> None:
    assert [row[1] for row in tracks_of(a_station(StationStatus.DONE))] == ["nn"]


def test_an_interchange_stops_every_lane() -> None:
    rows = tracks_of(
        a_station(StationStatus.DONE),
        a_station(StationStatus.LOCKED, interchange=True),
        a_station(StationStatus.LOCKED, "money"),
    )
    assert rows == [("sp", "pp"), ("pn", "pp"), ("nn", "pn")]


def test_side_steps_and_steps_that_do_not_apply_are_passed_through() -> None:
    rows = tracks_of(
        a_station(StationStatus.LOCKED, side=True),
        a_station(StationStatus.NOT_APPLICABLE),
        a_station(StationStatus.DONE),
    )
    assert [row[0] for row in rows] == ["ss", "ss", "sn"]


def test_a_stage_heading_carries_the_lanes_that_pass_it() -> None:
    first = Stage(number=1, title="One", stations=(a_station(StationStatus.DONE),))
    second = Stage(number=2, title="Two", stations=(a_station(StationStatus.OPEN),))
    empty = Stage(number=3, title="Three", stations=())
    drawn = MetroMap(lanes=LANES, stages=(first, second, empty)).drawn()
    assert [stage.tracks for stage in drawn] == [("ss", "nn"), ("dd", "nn"), ("nn", "nn")]


def test_a_station_says_its_state_line_and_kind_in_its_class() -> None:
    stage = Stage(
        number=1,
        title="One",
        stations=(
            a_station(StationStatus.OVERDUE, "money"),
            a_station(StationStatus.DONE, interchange=True),
        ),
    )
    drawn = MetroMap(lanes=LANES, stages=(stage,)).drawn()[0]
    assert [row.classes for row in drawn.stations] == [
        "station is-overdue on-money at-1",
        "station is-done on-documents at-0 interchange",
    ]

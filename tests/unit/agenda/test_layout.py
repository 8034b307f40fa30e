"""What lies ahead, what is past, and which reminders are worth it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from app.calendar import Anchors, Deadline, Edge, Status, Whose, compute, reminders_due
from quests.agenda.rules import (
    bound_steps,
    by_missing_day,
    chosen,
    goals,
    is_past,
    laid_out,
    owing,
    worth_reminding,
)
from tests.unit.calendar.places import PETERSBURG
from tests.unit.route.given import a_pack, a_step, decided, proved

ZONE = "Europe/Moscow"
CLOSE = date(2026, 7, 10)
DAYS = compute(
    PETERSBURG, Anchors(polling_day=date(2026, 9, 20), published=date(2026, 6, 20)), "en"
)


def a_deadline(
    key: str, on: date | None, at: time | None = None, whose: Whose = Whose.CAMPAIGN
) -> Deadline:
    return Deadline(
        key=key,
        rule_id=None,
        title=key,
        on=on,
        at=at,
        missing=(),
        status=Status.VERIFIED,
        source="law",
        source_keys=(),
        why="because",
        edge=Edge.CLOSES,
        whose=whose,
    )


def keys(found: tuple[Deadline, ...]) -> list[str]:
    return [each.key for each in found]


def test_a_deadline_with_an_hour_is_past_when_the_hour_is() -> None:
    assert not is_past(CLOSE, time(18), now=datetime(2026, 7, 10, 14, 59, tzinfo=UTC), zone=ZONE)
    assert is_past(CLOSE, time(18), now=datetime(2026, 7, 10, 15, 1, tzinfo=UTC), zone=ZONE)


def test_a_deadline_without_an_hour_lasts_until_midnight_where_people_vote() -> None:
    assert not is_past(CLOSE, None, now=datetime(2026, 7, 10, 20, 59, tzinfo=UTC), zone=ZONE)
    assert is_past(CLOSE, None, now=datetime(2026, 7, 10, 21, 1, tzinfo=UTC), zone=ZONE)


def test_days_stand_in_order_and_the_unknown_ones_apart() -> None:
    layout = laid_out(
        [
            a_deadline("later", date(2026, 9, 1)),
            a_deadline("unknown", None),
            a_deadline("evening", CLOSE, time(18)),
            a_deadline("noon", CLOSE, time(12)),
            a_deadline("over", date(2026, 6, 1)),
        ],
        now=datetime(2026, 6, 24, tzinfo=UTC),
        zone=ZONE,
        owing=(),
    )
    assert keys(layout.coming) == ["noon", "evening", "later"]
    assert keys(layout.past) == ["over"]
    assert keys(layout.undated) == ["unknown"]


def test_unknown_days_are_grouped_by_what_they_wait_for_the_unscheduled_last() -> None:
    undated = laid_out(
        DAYS.values(), now=datetime(2026, 6, 24, tzinfo=UTC), zone=ZONE, owing=()
    ).undated
    groups = by_missing_day(undated)
    assert keys(groups[("submitted",)]) == ["registration_decision"]
    assert list(groups)[-1] == ()
    assert sum(map(len, groups.values())) == len(undated)


def test_a_past_day_whose_step_is_not_done_stays_in_sight() -> None:
    layout = laid_out(
        [a_deadline("missed", date(2026, 6, 1)), a_deadline("kept", date(2026, 6, 2))],
        now=datetime(2026, 6, 24, tzinfo=UTC),
        zone=ZONE,
        owing={"missed"},
    )
    assert (keys(layout.late), keys(layout.past)) == (["missed"], ["kept"])


def test_only_ours_leaves_out_what_officials_and_voters_must_keep() -> None:
    found = chosen(
        [
            a_deadline("ours", CLOSE),
            a_deadline("theirs", CLOSE, whose=Whose.OFFICE),
            a_deadline("voters", CLOSE, whose=Whose.VOTERS),
        ],
        only_own=True,
    )
    assert keys(found) == ["ours"]


def test_a_deadline_is_owed_until_all_its_steps_are_done() -> None:
    due = {"deadline": "nomination_closes"}
    pack = a_pack(a_step("one", due=due), a_step("two", due=due))
    for done, expected in ((["one"], {"nomination_closes"}), (["one", "two"], set())):
        route = decided(pack, proved(*done), deadlines={"nomination_closes": CLOSE})
        assert owing(bound_steps(route)) == expected


def test_advice_is_given_for_open_steps_only_the_nearest_first() -> None:
    pack = a_pack(
        a_step("far", goal={"deadline": "published", "days": 9}),
        a_step("near", goal={"deadline": "published", "days": 2}),
        a_step("done", goal={"deadline": "published"}),
        a_step("locked", goal={"deadline": "published"}, opens={"step": "far"}),
        a_step("undated", goal={"deadline": "results"}),
    )
    route = decided(pack, proved("done"), deadlines={"published": date(2026, 6, 20)})
    assert [step.key for step in goals(route)] == ["near", "far"]


def reminded(*, bound: set[str], owing: set[str]) -> set[str]:
    due = reminders_due(DAYS.values(), date(2026, 7, 7))
    return {each.key for each in worth_reminding(due, DAYS, bound=bound, owing=owing)}


def test_a_deadline_whose_steps_are_done_is_not_reminded_of() -> None:
    assert "nomination_closes" not in reminded(bound={"nomination_closes"}, owing=set())
    assert "nomination_closes" in reminded(bound={"nomination_closes"}, owing={"nomination_closes"})


def test_the_campaigns_deadlines_that_no_step_knows_are_reminded_of() -> None:
    assert "signature_sheets_paid" in reminded(bound=set(), owing=set())


def test_what_officials_must_keep_is_never_reminded_of() -> None:
    assert not any(DAYS[key].whose is Whose.OFFICE for key in reminded(bound=set(), owing=set()))

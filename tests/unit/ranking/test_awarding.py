"""What the journal gets: once for each source, within limits, and exactly back."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quests.ranking.rules.awarding import Award, Deed, Line, Spent, Worth, lasting, lines_for
from quests.ranking.rules.weeks import ALL_TIME, local_day, monday_of, periods_of

TODAY, MONDAY = date(2026, 6, 24), date(2026, 6, 22)
DOOR = Worth(points=2, line="field", per_day=3)
FLYER = Worth(points=15, line="voice", in_all=2)
WORTH = {"door": DOOR, "flyer": FLYER}


def done(rule: str, source: int, *, undone: bool = False) -> Deed:
    return Deed(rule=rule, source=str(source), undone=undone)


def decide(
    deeds: list[Deed],
    known: dict[tuple[str, str], Award] | None = None,
    spent: Spent | None = None,
) -> tuple[Line, ...]:
    return lines_for(
        deeds,
        lambda deed: WORTH.get(deed.rule),
        known or {},
        spent or Spent(),
        day=TODAY,
        week=MONDAY,
    )


def an_award(*, stands: bool = True, turn: int = 1) -> Award:
    return Award(
        id=7,
        turn=turn,
        points=2,
        line="field",
        day=date(2026, 6, 10),
        week=date(2026, 6, 8),
        stands=stands,
    )


def test_a_source_earns_once() -> None:
    assert [line.points for line in decide([done("door", 1), done("door", 1)])] == [2]


def test_what_counts_already_earns_nothing() -> None:
    assert decide([done("door", 1)], {("door", "1"): an_award()}) == ()


def test_what_the_pack_does_not_know_earns_nothing() -> None:
    assert decide([done("dance", 1)]) == ()


def test_a_day_has_its_limit_and_the_other_rules_go_on() -> None:
    deeds = [done("door", number) for number in range(5)] + [done("flyer", 1)]
    assert [line.rule for line in decide(deeds, spent=Spent(today={"door": 1}))] == [
        "door",
        "door",
        "flyer",
    ]


def test_a_campaign_has_its_limit() -> None:
    deeds = [done("flyer", number) for number in range(3)]
    assert len(decide(deeds, spent=Spent(in_all={"flyer": 1}))) == 1


def test_a_claw_back_belongs_to_the_day_and_week_of_what_it_takes() -> None:
    (line,) = decide([done("door", 1, undone=True)], {("door", "1"): an_award()})
    assert (line.points, line.day, line.week) == (-2, date(2026, 6, 10), date(2026, 6, 8))
    assert line.takes_back == an_award()


def test_a_claw_back_of_another_day_makes_no_room_today() -> None:
    deeds = [done("door", 1, undone=True), done("door", 2)]
    found = decide(deeds, {("door", "1"): an_award()}, Spent(today={"door": 3}))
    assert [line.points for line in found] == [-2]


def test_what_was_taken_back_is_not_taken_again() -> None:
    known = {("door", "1"): an_award(stands=False)}
    assert decide([done("door", 1, undone=True)], known) == ()


def test_what_was_taken_back_can_be_earned_again_as_the_next_turn() -> None:
    (line,) = decide([done("door", 1)], {("door", "1"): an_award(stands=False, turn=4)})
    assert (line.turn, line.points, line.week) == (5, 2, MONDAY)


def test_what_is_given_and_taken_at_once_never_happened() -> None:
    lines = decide([done("door", 1), done("door", 1, undone=True), done("door", 2)])
    assert [line.source for line in lasting(lines)] == ["2"]


DEEDS = st.lists(
    st.builds(
        lambda rule, source, undone: done(rule, source, undone=undone),
        st.sampled_from(["door", "flyer", "dance"]),
        st.integers(1, 6),
        st.booleans(),
    ),
    max_size=40,
)


@given(DEEDS)
def test_whatever_happens_a_journal_keeps_its_laws(deeds: list[Deed]) -> None:
    lines = decide(deeds)
    standing: Counter[str] = Counter()
    for line in lines:
        standing[line.rule] += 1 if line.points > 0 else -1
        assert 0 <= standing["door"] <= 3 and 0 <= standing["flyer"] <= 2
    by_turn = Counter((line.rule, line.source, line.turn, line.points > 0) for line in lines)
    assert all(count == 1 for count in by_turn.values())
    assert sum(line.points for line in lines) == standing["door"] * 2 + standing["flyer"] * 15
    kept = lasting(lines)
    assert sum(line.points for line in kept) == sum(line.points for line in lines)
    assert all(line.takes_back is None for line in kept)


@given(DEEDS)
def test_what_happened_once_more_changes_nothing_but_what_was_undone(deeds: list[Deed]) -> None:
    once = [deed for deed in deeds if not deed.undone]
    assert decide(once + once) == decide(once)


def test_a_week_begins_on_monday_in_the_zone_of_the_election() -> None:
    late_sunday = datetime(2026, 6, 28, 21, 30, tzinfo=UTC)
    assert monday_of(local_day(late_sunday, "Europe/Moscow")) == date(2026, 6, 29)
    assert monday_of(local_day(late_sunday, "Europe/London")) == date(2026, 6, 22)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_every_day_lies_in_the_week_of_its_monday(day: date) -> None:
    monday = monday_of(day)
    assert monday.weekday() == 0 and timedelta() <= day - monday < timedelta(days=7)
    assert periods_of(monday) == (ALL_TIME, monday.isoformat())

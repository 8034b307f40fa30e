"""What is kept of a standing: trusted for exactly as long as the rules say the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.calendar import Anchors
from app.facts import Fact, FactState
from quests.dispatch.rules.reckoning import Kept, basis_of, dues_of, kept
from quests.route import rules
from quests.route.library import PackLibrary, load_library
from quests.route.shape import evidence_fact
from tests.unit.route.given import a_pack, a_step

LIBRARY: PackLibrary = load_library()
POLLING_DAY = date(2026, 9, 20)
AT = datetime(2026, 6, 1, tzinfo=UTC)
DONE = Fact(FactState.PRESENT, 99)
HELD = Fact(FactState.WAITING)


def reckoned(
    pack_id: str, facts: Mapping[str, Fact], snoozed: Mapping[str, date], today: date
) -> Kept:
    pack = LIBRARY[pack_id]
    anchors = Anchors(polling_day=POLLING_DAY, published=date(2026, 6, 20))
    days = LIBRARY.days(pack_id, anchors)
    found = rules.standing(
        pack, facts, today, deadlines=days.dates, times=days.times, snoozed=snoozed
    )
    return kept(
        pack,
        found,
        pack.course.ordinals(days.dates, days.times),
        snoozed.values(),
        basis="b",
        today=today.toordinal(),
        moved_at=AT,
    )


@given(data=st.data(), pack_id=st.sampled_from(sorted(LIBRARY.entries)))
@settings(max_examples=150, deadline=None)
def test_while_it_is_trusted_the_rules_say_the_same(data: st.DataObject, pack_id: str) -> None:
    pieces = [evidence_fact(s.key, e.key) for s in LIBRARY[pack_id].steps for e in s.evidence]
    facts = data.draw(st.dictionaries(st.sampled_from(pieces), st.sampled_from([DONE, HELD])))
    today = POLLING_DAY + timedelta(days=data.draw(st.integers(-120, 60)))
    steps = st.sampled_from([step.key for step in LIBRARY[pack_id].steps])
    later = st.integers(1, 14).map(lambda days: today + timedelta(days=days))
    snoozed = data.draw(st.dictionaries(steps, later, max_size=3))
    first = reckoned(pack_id, facts, snoozed, today)
    assert first.is_good("b", today.toordinal())
    for days in range(40):
        day = today + timedelta(days=days)
        if first.is_good("b", day.toordinal()):
            assert reckoned(pack_id, facts, snoozed, day) == first


def test_it_is_not_trusted_once_a_day_of_the_law_is_near_enough_to_go_first() -> None:
    today, law = date(2026, 6, 1), date(2026, 7, 1)
    days = {"past": today - timedelta(days=3), "law": law}
    pack = a_pack(
        a_step("behind", goal={"deadline": "past"}), a_step("law", due={"deadline": "law"})
    )

    def on(day: date) -> Kept:
        found = rules.standing(pack, {}, day, deadlines=days)
        ordinals = pack.course.ordinals(days)
        return kept(pack, found, ordinals, (), basis="b", today=day.toordinal(), moved_at=AT)

    first = on(today)
    turns = date.fromordinal(first.good_until)
    assert first.station == on(turns - timedelta(days=1)).station == "behind"
    assert (turns, on(turns).station) == (law - timedelta(days=1 + rules.NEAR), "law")


def test_dues_are_steps_that_are_not_there_and_whose_day_has_not_passed() -> None:
    known = reckoned("gb-eng-local", {}, {}, POLLING_DAY - timedelta(days=60))
    dues = dict(dues_of(known.dues))
    assert dues
    key, day = min(dues.items(), key=lambda item: item[1])
    after = reckoned("gb-eng-local", {}, {}, date.fromordinal(day + 1))
    assert key not in dict(dues_of(after.dues))


@pytest.mark.parametrize(
    "change",
    [
        {"fingerprint": "other"},
        {"polling_day": date(2026, 9, 27)},
        {"first_polling_day": date(2026, 9, 18)},
        {"published_on": None},
        {"timezone": "Asia/Omsk"},
    ],
)
def test_another_pack_or_another_day_is_another_basis(change: Mapping[str, object]) -> None:
    same: dict[str, object] = {
        "fingerprint": "pack",
        "polling_day": POLLING_DAY,
        "first_polling_day": None,
        "published_on": date(2026, 6, 20),
        "timezone": "Europe/Moscow",
    }
    known = basis_of(**same)  # type: ignore[arg-type]
    assert known == basis_of(**same)  # type: ignore[arg-type]
    assert known != basis_of(**{**same, **change})  # type: ignore[arg-type]
    assert len(known) == 16

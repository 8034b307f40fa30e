from __future__ import annotations

from datetime import date

from tests.unit.route.given import a_pack, a_step, decided, proved

CLOSE = {"deadline": "close"}
DAYS = {"close": date(2026, 3, 30)}


def test_each_step_leaves_time_for_those_after_it() -> None:
    pack = a_pack(
        a_step("papers", days=10),
        a_step("consent", days=2, opens={"step": "papers"}),
        a_step("submit", days=1, opens={"step": "consent"}, due=CLOSE),
    )
    found = decided(pack, deadlines=DAYS)
    assert [step.latest_start for step in found.steps] == [
        date(2026, 3, 17),
        date(2026, 3, 27),
        date(2026, 3, 29),
    ]
    assert found.by_key["papers"].slack_days == 7
    assert found.by_key["papers"].slack_is_legal


def test_the_tightest_follower_binds() -> None:
    pack = a_pack(
        a_step("root", days=1),
        a_step("slow", days=9, opens={"step": "root"}, due=CLOSE),
        a_step("quick", days=1, opens={"step": "root"}, due=CLOSE),
    )
    assert decided(pack, deadlines=DAYS).by_key["root"].latest_start == date(2026, 3, 20)


def test_followers_already_done_ask_for_nothing() -> None:
    pack = a_pack(
        a_step("root"), a_step("after", opens={"step": "root"}, applies={"step": "root"}, due=CLOSE)
    )
    assert decided(pack, proved("root", "after"), deadlines=DAYS).by_key["root"].slack_days is None


def test_alternatives_bind_nobody() -> None:
    either = {"any": [{"step": "one"}, {"step": "two"}]}
    pack = a_pack(a_step("one"), a_step("two"), a_step("end", opens=either, due=CLOSE))
    assert decided(pack, deadlines=DAYS).by_key["one"].latest_start is None


def test_advice_is_used_where_no_law_binds() -> None:
    pack = a_pack(a_step("talk", days=3, goal={"deadline": "close", "days": -7}))
    found = decided(pack, deadlines=DAYS).by_key["talk"]
    assert found.latest_start == date(2026, 3, 20)
    assert not found.slack_is_legal


def test_a_day_not_known_gives_no_slack() -> None:
    found = decided(a_pack(a_step("submit", due=CLOSE)), deadlines={"close": None})
    assert found.by_key["submit"].slack_days is None
    assert found.by_key["submit"].due is not None
    assert found.by_key["submit"].due.on is None

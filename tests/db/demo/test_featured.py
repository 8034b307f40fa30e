"""The featured campaigns come as far as they are meant to, on whatever day the demo is planted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from app.calendar import Anchors
from app.demo.fates import featured_life
from app.demo.plot import Featured, Plot, Poll
from app.demo.plot_en import ENGLISH
from app.demo.plot_ru import RUSSIAN
from app.demo.polls import by_election_days, main_days
from app.demo.setting import Days as Held
from app.demo.stage import Stage
from app.demo.supply import Supply
from app.facts import Fact
from quests.route.library import Days, PackLibrary
from quests.route.standing import anchors_for

FEATURED = [(plot, one) for plot in (RUSSIAN, ENGLISH) for one in plot.featured]
HOURS = (0, 2, 12, 23)


def stage_of(plot: Plot, library: PackLibrary, held: Held) -> Stage:
    pack = library[plot.pack_id]

    def days_of(facts: Mapping[str, Fact]) -> Days:
        anchors = anchors_for(
            pack,
            facts,
            polling_day=held.polling,
            first_polling_day=None,
            published_on=held.published,
        )
        return library.days(pack.id, anchors)

    return Stage(
        plot=plot,
        pack=pack,
        days_of=days_of,
        days=days_of({}),
        wanted=pack.wanted_answers,
        supply=Supply(left={}),
    )


def held_for(plot: Plot, one: Featured, library: PackLibrary, today: date) -> Held:
    if one.poll is Poll.MAIN:
        return main_days(plot, today)
    return by_election_days(plot, one.poll, library, today)


@pytest.mark.parametrize(("plot", "one"), FEATURED)
def test_it_reaches_its_goals_on_every_day_and_at_every_hour(
    library: PackLibrary, plot: Plot, one: Featured
) -> None:
    for first in (datetime(2026, 12, 10, tzinfo=UTC), datetime(2027, 3, 22, tzinfo=UTC)):
        for day in range(10):
            now = first + timedelta(days=day, hours=HOURS[day % len(HOURS)], minutes=5)
            stage = stage_of(plot, library, held_for(plot, one, library, now.date()))
            life = featured_life(stage, one, now, Random(day))
            assert set(one.goals) <= life.milestones.keys()
            assert max(life.milestones.values()) <= now - one.rests


def test_papers_are_taken_today_wherever_a_by_election_is_open(library: PackLibrary) -> None:
    for day in range(900):
        today = date(2026, 1, 1) + timedelta(days=day)
        polling = by_election_days(ENGLISH, Poll.OPEN, library, today).polling
        dates = library.days(ENGLISH.pack_id, Anchors(polling_day=polling)).dates
        first, last = (dates[key] for key in ENGLISH.nominations)
        assert first is not None and last is not None and first < today < last


def test_the_candidates_of_a_near_by_election_are_published(library: PackLibrary) -> None:
    for day in range(900):
        today = date(2026, 1, 1) + timedelta(days=day)
        polling = by_election_days(ENGLISH, Poll.NEAR, library, today).polling
        dates = library.days(ENGLISH.pack_id, Anchors(polling_day=polling)).dates
        published = dates["statement_of_persons_nominated"]
        assert published is not None and published < today < polling


def test_polling_is_on_a_thursday_unless_a_holiday_falls_on_it(library: PackLibrary) -> None:
    working = library.entries[ENGLISH.pack_id].calendar.working_days
    assert working is not None
    for day in range(400):
        today = date(2026, 1, 1) + timedelta(days=day)
        for poll in (Poll.OPEN, Poll.NEAR):
            polling = by_election_days(ENGLISH, poll, library, today).polling
            thursday = polling + timedelta(days=3 - polling.weekday())
            assert working.counts(polling)
            assert polling == thursday or not working.counts(thursday)

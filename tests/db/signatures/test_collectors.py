"""Who may be put on the list of collectors, reckoned by the day where the election is held."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.errors import Refused
from documents.signatures import errors
from documents.signatures.commands.collectors import add_collector
from tests.db.signatures.place import Place, a_hand

BIRTHDAY = date(2026, 7, 15)
PETERSBURG = ZoneInfo("Europe/Moscow")
HALF_PAST_MIDNIGHT = datetime(2026, 7, 15, 0, 30, tzinfo=PETERSBURG)


def adding(place: Place, born_on: date, now: datetime) -> None:
    with place.database.writing() as session:
        add_collector(
            session,
            place.viewer,
            place.campaign_id,
            a_hand("b" * 36, born_on),
            desk=place.desk,
            now=now.astimezone(ZoneInfo("UTC")),
        )


def test_whoever_turns_of_age_today_in_petersburg_may_collect_from_midnight_there(
    place: Place,
) -> None:
    least = place.pack.shape.collector.at_least
    of_age = BIRTHDAY.replace(year=BIRTHDAY.year - least)
    with pytest.raises(Refused) as refused:
        adding(place, of_age, HALF_PAST_MIDNIGHT - timedelta(hours=1))
    assert refused.value.message == errors.TOO_YOUNG and refused.value.params["least"] == least
    adding(place, of_age, HALF_PAST_MIDNIGHT)


@pytest.mark.parametrize("born_on", [date(2080, 6, 17), date(1880, 6, 17)])
def test_a_day_on_which_nobody_alive_was_born_is_asked_again(place: Place, born_on: date) -> None:
    with pytest.raises(Refused) as refused:
        adding(place, born_on, HALF_PAST_MIDNIGHT)
    assert refused.value.message == errors.BIRTH_DATE

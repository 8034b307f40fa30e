"""Planting one coalition: its organisations and districts, its people, its campaigns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from app.accounts.models import (
    Coalition,
    District,
    Election,
    Organisation,
)
from app.accounts.rules.elections import day_there
from app.demo.crew import DECLINED_ONE_OF, WITHDRAWN_ONE_OF, Crew
from app.demo.deeds import Life
from app.demo.fates import cast, featured_life
from app.demo.history import Deed
from app.demo.people import People, open_office
from app.demo.plot import Featured, Place, Poll
from app.demo.polls import by_election_days
from app.demo.post import Post
from app.demo.setting import Days, Seat, Setting
from app.demo.stage import Stage
from app.demo.talk import Talk
from app.facts import Fact
from quests.route.library import Days as RouteDays
from quests.route.standing import anchors_for

NAMES_AT_ONCE = 4_000
SEED = 20261122


@dataclass(slots=True, kw_only=True)
class Planter(Setting):
    """Plants one coalition."""

    def plant(self, *, campaigns: int, waiting: int, applicants: int) -> None:
        """Plant everything of this coalition."""
        coalition_id, organisation_ids = self._coalition()
        election_id = self._election(coalition_id, self.days, self.plot.election, is_open=True)
        seats = [self._seat(election_id, place, self.days) for place in self.plot.places]
        people = self._people()
        office = open_office(people, coalition_id, organisation_ids, self.history)
        self._log_beginnings(coalition_id, election_id, organisation_ids, office.chief)
        crew = Crew(
            planter=self,
            people=people,
            office=office,
            coalition_id=coalition_id,
            organisation_ids=organisation_ids,
            seats=seats,
            post=Post(
                rows=self.rows,
                plot=self.plot,
                words=self.library[self.plot.pack_id].words_in(self.plot.language),
                base_url=self.base_url,
            ),
        )
        featured = [
            self._featured(one, coalition_id, election_id, office.chief)
            for one in self.plot.featured
        ]
        lives = cast(
            self._stage(self.days),
            self.now,
            campaigns=campaigns - len(featured),
            waiting=waiting,
            random=self.random,
        )
        crew.run(lives, featured)
        crew.apply(applicants)
        crew.turn_away(campaigns // DECLINED_ONE_OF)
        crew.give_up(campaigns // WITHDRAWN_ONE_OF)
        crew.post.write()
        Talk(
            rows=self.rows,
            plot=self.plot,
            office=office,
            now=self.now,
            random=self.random,
            coalition_id=coalition_id,
        ).plant(crew.owners)

    def _coalition(self) -> tuple[int, list[int]]:
        coalition_id = self.rows.add_numbered(
            Coalition,
            slug=self.plot.slug,
            name=self.plot.name,
            language=self.plot.language,
            created_at=self.now - timedelta(days=170),
        )
        organisation_ids = [
            self.rows.add_numbered(
                Organisation,
                coalition_id=coalition_id,
                name=club.name,
                short_name=club.short_name,
                capacity=club.capacity,
                game_on=club.game_on,
            )
            for club in self.plot.clubs
        ]
        return coalition_id, organisation_ids

    def _featured(
        self, one: Featured, coalition_id: int, election_id: int, chief: int
    ) -> tuple[Life, str, Seat]:
        """Give the life of a featured campaign, its spot and its seat."""
        days = self.days
        if one.poll is not Poll.MAIN:
            today = day_there(self.now, self.plot.timezone)
            days = by_election_days(self.plot, one.poll, self.library, today)
            name = self.plot.by_election.format(one.place.name)
            election_id = self._election(coalition_id, days, name, is_open=False)
            called = self.now - timedelta(days=42)
            self._log_added("election", election_id, coalition_id, chief, called)
        # A chance of its own, so that all other lives go on as they went without it.
        life = featured_life(self._stage(days), one, self.now, Random(f"{SEED} {one.place.name}"))
        return life, one.spot, self._seat(election_id, one.place, days)

    def _election(self, coalition_id: int, days: Days, name: str, *, is_open: bool) -> int:
        return self.rows.add_numbered(
            Election,
            coalition_id=coalition_id,
            pack_id=self.plot.pack_id,
            name=f"{name} {days.polling.year}",
            published_on=days.published,
            polling_day=days.polling,
            first_polling_day=None,
            timezone=self.plot.timezone,
            sign_up_open=is_open,
        )

    def _seat(self, election_id: int, place: Place, days: Days) -> Seat:
        district_id = self.rows.add_numbered(
            District,
            election_id=election_id,
            council=place.council,
            number=place.number,
            name=place.name,
            seats=place.seats,
            electors=place.electors,
            places_text=place.places_text,
        )
        return Seat(election_id=election_id, district_id=district_id, place=place, days=days)

    def _people(self) -> People:
        return People(
            rows=self.rows,
            plot=self.plot,
            random=self.random,
            password_hash=self.password_hash,
            seal=self.seal,
            now=self.now,
            names=self._names(),
        )

    def _log_beginnings(
        self, coalition_id: int, election_id: int, organisation_ids: Sequence[int], chief: int
    ) -> None:
        begun = self.now - timedelta(days=158)
        made = [("organisation", number) for number in organisation_ids]
        for place, (kind, number) in enumerate([*made, ("election", election_id)]):
            self._log_added(kind, number, coalition_id, chief, begun + timedelta(minutes=4 * place))

    def _log_added(self, kind: str, number: int, coalition_id: int, by: int, at: datetime) -> None:
        self.history.deeds.append(
            Deed(
                at=at,
                by=by,
                action=f"{kind}.added",
                subject_kind=kind,
                subject_id=number,
                coalition_id=coalition_id,
            )
        )

    def _names(self) -> Iterator[str]:
        """Give names without end; the same name comes back only after some thousands."""
        while True:
            yield from self.plot.people(self.random, NAMES_AT_ONCE)

    def _stage(self, held: Days) -> Stage:
        pack = self.library[self.plot.pack_id]

        def days_of(facts: Mapping[str, Fact]) -> RouteDays:
            anchors = anchors_for(
                pack,
                facts,
                polling_day=held.polling,
                first_polling_day=None,
                published_on=held.published,
            )
            return self.library.days(pack.id, anchors)

        return Stage(
            plot=self.plot,
            pack=pack,
            days_of=days_of,
            days=days_of({}),
            wanted=pack.wanted_answers,
            supply=self.supply,
        )

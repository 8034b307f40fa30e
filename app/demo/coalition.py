"""Planting one coalition: its organisations and districts, its people, its campaigns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.accounts.models import (
    Coalition,
    District,
    Election,
    Organisation,
)
from app.demo.crew import DECLINED_ONE_OF, WITHDRAWN_ONE_OF, Crew
from app.demo.fates import cast
from app.demo.history import Deed
from app.demo.lives import Stage
from app.demo.people import People, open_office
from app.demo.post import Post
from app.demo.setting import Setting
from app.demo.talk import Talk
from app.facts import Fact
from quests.route.library import Days as RouteDays
from quests.route.standing import anchors_for

NAMES_AT_ONCE = 4_000


@dataclass(slots=True, kw_only=True)
class Planter(Setting):
    """Plants one coalition."""

    def plant(self, *, campaigns: int, waiting: int, applicants: int) -> None:
        """Plant everything of this coalition."""
        coalition_id, organisation_ids = self._coalition()
        election_id = self._election(coalition_id)
        district_ids = self._districts(election_id)
        people = self._people()
        office = open_office(people, coalition_id, organisation_ids, self.history)
        self._log_beginnings(coalition_id, election_id, organisation_ids, office.chief)
        crew = Crew(
            planter=self,
            people=people,
            office=office,
            coalition_id=coalition_id,
            organisation_ids=organisation_ids,
            election_id=election_id,
            district_ids=district_ids,
            post=Post(
                rows=self.rows,
                plot=self.plot,
                words=self.library[self.plot.pack_id].words_in(self.plot.language),
                base_url=self.base_url,
            ),
        )
        lives = cast(
            self._stage(), self.now, campaigns=campaigns, waiting=waiting, random=self.random
        )
        crew.run(lives)
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

    def _election(self, coalition_id: int) -> int:
        return self.rows.add_numbered(
            Election,
            coalition_id=coalition_id,
            pack_id=self.plot.pack_id,
            name=f"{self.plot.election} {self.days.polling.year}",
            published_on=self.days.published,
            polling_day=self.days.polling,
            first_polling_day=None,
            timezone=self.plot.timezone,
            sign_up_open=True,
        )

    def _districts(self, election_id: int) -> list[int]:
        return [
            self.rows.add_numbered(
                District,
                election_id=election_id,
                council=place.council,
                number=place.number,
                name=place.name,
                seats=place.seats,
                electors=place.electors,
                places_text=place.places_text,
            )
            for place in self.plot.places
        ]

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
            self.history.deeds.append(
                Deed(
                    at=begun + timedelta(minutes=4 * place),
                    by=chief,
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

    def _stage(self) -> Stage:
        pack = self.library[self.plot.pack_id]

        def days_of(facts: Mapping[str, Fact]) -> RouteDays:
            anchors = anchors_for(
                pack,
                facts,
                polling_day=self.days.polling,
                first_polling_day=None,
                published_on=self.days.published,
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

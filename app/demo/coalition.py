"""Planting one coalition: its organisations and districts, its people, its campaigns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from app.access import Role
from app.accounts.consents import SIGN_UP, SIGN_UP_VERSION, SIGN_UP_WORDS
from app.accounts.models import (
    Campaign,
    Coalition,
    ConsentRecord,
    District,
    Election,
    Organisation,
    TeamMember,
)
from app.demo.chronicle import Chronicle, Owner
from app.demo.fates import Cast, cast
from app.demo.lives import Life, Stage
from app.demo.people import Office, People, open_office
from app.demo.plot import Place, Plot
from app.demo.post import Addressee, Post
from app.demo.rows import Rows
from app.demo.samples import Samples
from app.demo.sign_ins import DEMO_SIGN_INS, FRESH, MIDDLE, DemoSignIn
from app.demo.talk import Talk
from app.web.language import translate
from quests.evidence.sealing import Seal
from quests.route.conditions import Fact
from quests.route.library import Days as RouteDays
from quests.route.library import PackLibrary
from quests.route.standing import anchors_for

TEAM = (Role.MANAGER, Role.TREASURER, Role.CANVASS_LEAD, Role.PRESS, Role.CANVASSER)
NAMES_AT_ONCE = 4_000
REPORT_EVERY = 50
TOLD = {"ru": "Кампании «{}»", "en": "Campaigns of {}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days of an election."""

    published: date | None
    polling: date


@dataclass(slots=True, kw_only=True)
class Planter:
    """Plants one coalition."""

    rows: Rows
    plot: Plot
    library: PackLibrary
    days: Days
    samples: Samples
    seal: Seal
    password_hash: str
    now: datetime
    random: Random
    base_url: str
    progress: Callable[[str, int, int], None]

    def plant(self, *, campaigns: int, waiting: int, applicants: int) -> None:
        """Plant everything of this coalition."""
        coalition_id, organisation_ids = self._coalition()
        election_id = self._election(coalition_id)
        district_ids = self._districts(election_id)
        people = self._people()
        office = open_office(people, coalition_id, organisation_ids)
        crew = _Crew(
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
            now=self.now,
            names=self._names(),
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
        )


@dataclass(slots=True, kw_only=True)
class _Crew:
    """Makes the campaigns of a coalition and writes their lives down."""

    planter: Planter
    people: People
    office: Office
    coalition_id: int
    organisation_ids: Sequence[int]
    election_id: int
    district_ids: Sequence[int]
    post: Post
    owners: list[tuple[Owner, Life]] = field(default_factory=list)

    def run(self, lives: Cast) -> None:
        """Make the campaigns one can sign in to, then all others."""
        one = self.planter
        chronicle = Chronicle(
            rows=one.rows,
            plot=one.plot,
            office=self.office,
            samples=one.samples,
            seal=one.seal,
            random=one.random,
            now=one.now,
            sealed={},
            post=self.post,
        )
        every = [(lives.fresh, FRESH), (lives.middle, MIDDLE)]
        every += [(life, "") for life in lives.others]
        what = TOLD[one.plot.language].format(one.plot.name)
        for order, (life, spot) in enumerate(every):
            owner = self._campaign(order, life, spot, chronicle)
            chronicle.write(life, owner)
            self.owners.append((owner, life))
            one.rows.write_when_many()
            if (order + 1) % REPORT_EVERY == 0 or order + 1 == len(every):
                one.progress(what, order + 1, len(every))

    def apply(self, applicants: int) -> None:
        """Let people apply who wait for their interview; some asked to be placed."""
        one = self.planter
        for order in range(applicants):
            at = one.now - timedelta(hours=3 + 7 * order, minutes=order * 11 % 60)
            placed = order % 4 != 3
            organisation_id = self._organisation(one.random) if placed else None
            person_id, name, _ = self.people.person(since=at)
            self._row(person_id, name, order * 5 + 3, organisation_id, "applied", at, at, None)
            self._consent(person_id, at)

    def _campaign(self, order: int, life: Life, spot: str, chronicle: Chronicle) -> Owner:
        one = self.planter
        admitted = chronicle.awake(life.starts_at)
        applied = admitted - timedelta(days=2, hours=order % 30)
        sign_ins = {
            sign_in.role: sign_in
            for sign_in in DEMO_SIGN_INS
            if sign_in.pack_id == one.plot.pack_id and sign_in.spot == spot
        }
        organisation_id = self.organisation_ids[0] if spot else self._organisation(one.random)
        candidate = sign_ins.get(Role.CANDIDATE)
        person_id, name, login = self.people.person(since=applied, sign_in=candidate)
        campaign_id = self._row(
            person_id,
            name,
            order,
            organisation_id,
            "active",
            applied,
            max(chronicle.awake(life.last_active_at), admitted),
            admitted,
        )
        self._consent(person_id, applied)
        names = self._team(campaign_id, life, sign_ins, chronicle)
        if len(life.milestones) >= 3 or spot == MIDDLE:
            self.office.assign(one.rows, campaign_id, order, admitted)
        to = Addressee(login=login, name=name, campaign_id=campaign_id)
        club = one.plot.clubs[self.organisation_ids.index(organisation_id)]
        self.post.admitted(to, club.name, admitted)
        place = one.plot.places[order % len(one.plot.places)]
        return Owner(
            campaign_id=campaign_id,
            coalition_id=self.coalition_id,
            organisation_id=organisation_id,
            person_id=person_id,
            to=to,
            order=order,
            facts=self._words(place, name, names, order),
        )

    def _row(
        self,
        person_id: int,
        name: str,
        order: int,
        organisation_id: int | None,
        state: str,
        created_at: datetime,
        last_active_at: datetime,
        admitted: datetime | None,
    ) -> int:
        """Write a campaign and its candidate's place in the team."""
        rows = self.planter.rows
        chosen = self.office.coordinators.get(organisation_id or 0)
        campaign_id = rows.add_numbered(
            Campaign,
            coalition_id=self.coalition_id,
            organisation_id=organisation_id,
            election_id=self.election_id,
            district_id=self.district_ids[order % len(self.district_ids)],
            candidate_id=person_id,
            title=name,
            state=state,
            state_reason="",
            decided_by=chosen[order % len(chosen)] if admitted and chosen else None,
            decided_at=admitted,
            created_at=created_at,
            last_active_at=last_active_at,
        )
        self._member(campaign_id, person_id, Role.CANDIDATE, created_at)
        return campaign_id

    def _member(self, campaign_id: int, person_id: int, role: Role, since: datetime) -> None:
        self.planter.rows.add_numbered(
            TeamMember, campaign_id=campaign_id, person_id=person_id, role=role.value, since=since
        )

    def _team(
        self,
        campaign_id: int,
        life: Life,
        sign_ins: Mapping[Role, DemoSignIn],
        chronicle: Chronicle,
    ) -> list[str]:
        names = []
        for index, at in enumerate(life.joined):
            role = TEAM[min(index, len(TEAM) - 1)]
            since = chronicle.awake(at)
            person_id, name, _ = self.people.person(
                since=since, sign_in=sign_ins.get(role) if index < len(TEAM) else None
            )
            self._member(campaign_id, person_id, role, since)
            names.append(name)
        return names

    def _organisation(self, random: Random) -> int:
        weights = [club.share for club in self.planter.plot.clubs]
        return random.choices(self.organisation_ids, weights)[0]

    def _consent(self, person_id: int, at: datetime) -> None:
        language = self.planter.plot.language
        self.planter.rows.add_numbered(
            ConsentRecord,
            person_id=person_id,
            purpose=SIGN_UP,
            version=SIGN_UP_VERSION,
            language=language,
            words=translate(language, SIGN_UP_WORDS),
            given_at=at,
        )

    def _words(self, place: Place, name: str, team: Sequence[str], order: int) -> Mapping[str, str]:
        days = self.planter.days
        first, _, rest = name.partition(" ")
        return {
            "council": place.council,
            "number": place.number,
            "ward": place.name,
            "seats": str(place.seats),
            "electors": str(place.electors),
            "candidate": name,
            "forenames": first,
            "surname": rest.rsplit(" ", 1)[-1],
            "agent": team[0] if team else name,
            "polling": days.polling.isoformat(),
            "published": days.published.isoformat() if days.published else "",
            "tik": f"{order % 30 + 1:02d}",
        }

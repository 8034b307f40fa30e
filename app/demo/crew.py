"""Making the campaigns of a coalition: those on their way, and those that came to nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from app.access import Role
from app.accounts.consents import SIGN_UP, SIGN_UP_VERSION, SIGN_UP_WORDS
from app.accounts.models import (
    Campaign,
    ConsentRecord,
    TeamMember,
)
from app.demo.chronicle import Chronicle, Owner
from app.demo.deeds import Life
from app.demo.fates import Cast
from app.demo.people import Office, People
from app.demo.post import Addressee, Post
from app.demo.setting import Seat, Setting
from app.demo.sign_ins import DEMO_SIGN_INS, FRESH, MIDDLE, DemoSignIn
from app.web.language import translate

TEAM = (Role.MANAGER, Role.TREASURER, Role.CANVASS_LEAD, Role.PRESS, Role.CANVASSER)
REPORT_EVERY = 50
DECLINED_ONE_OF, WITHDRAWN_ONE_OF = 60, 85
TOLD = {"ru": "Кампании «{}»", "en": "Campaigns of {}"}


@dataclass(slots=True, kw_only=True)
class Crew:
    """Makes the campaigns of a coalition and writes their lives down."""

    planter: Setting
    people: People
    office: Office
    coalition_id: int
    organisation_ids: Sequence[int]
    seats: Sequence[Seat]
    """Those of the main election; campaigns take them in turn."""
    post: Post
    owners: list[tuple[Owner, Life]] = field(default_factory=list)

    def run(self, lives: Cast, featured: Sequence[tuple[Life, str, Seat]]) -> None:
        """Make the campaigns one can sign in to or that are featured, then all others."""
        one = self.planter
        chronicle = self._chronicle()
        shown = [(lives.fresh, FRESH, self._seat(0)), (lives.middle, MIDDLE, self._seat(1))]
        shown += featured
        every = shown + [
            (life, "", self._seat(order)) for order, life in enumerate(lives.others, len(shown))
        ]
        what = TOLD[one.plot.language].format(one.plot.name)
        for order, (life, spot, seat) in enumerate(every):
            owner = self._campaign(order, life, spot, seat, chronicle)
            chronicle.write(life, owner)
            self.owners.append((owner, life))
            one.rows.write_when_many()
            if (order + 1) % REPORT_EVERY == 0 or order + 1 == len(every):
                one.progress(what, order + 1, len(every))

    def _chronicle(self) -> Chronicle:
        one = self.planter
        return Chronicle(
            rows=one.rows,
            plot=one.plot,
            office=self.office,
            samples=one.samples,
            seal=one.seal,
            random=one.random,
            now=one.now,
            sealed={},
            post=self.post,
            history=one.history,
        )

    def _seat(self, order: int) -> Seat:
        return self.seats[order % len(self.seats)]

    def apply(self, applicants: int) -> None:
        """Let people apply who wait for their interview; some asked to be placed."""
        one = self.planter
        for order in range(applicants):
            at = one.now - timedelta(hours=3 + 7 * order, minutes=order * 11 % 60)
            placed = order % 4 != 3
            organisation_id = self._organisation(one.random) if placed else None
            person_id, name, _ = self.people.person(since=at)
            campaign_id = self._row(
                person_id,
                name,
                self._seat(order * 5 + 3),
                order * 5 + 3,
                organisation_id,
                "applied",
                at,
                at,
                None,
            )
            self._consent(person_id, at)
            self._log("applied", campaign_id, person_id, at)

    def turn_away(self, count: int) -> None:
        """Let coordinators decline some who applied."""
        one = self.planter
        for order in range(count):
            at = one.now - timedelta(days=3 + 5 * order, hours=order * 7 % 9)
            decided = min(at + timedelta(days=1, hours=4), one.now)
            organisation_id = self._organisation(one.random)
            reason = one.plot.declined[order % len(one.plot.declined)]
            person_id, name, _ = self.people.person(since=at)
            campaign_id = self._row(
                person_id,
                name,
                self._seat(order * 7 + 2),
                order * 7 + 2,
                organisation_id,
                "declined",
                at,
                at,
                decided,
                reason=reason,
            )
            self._consent(person_id, at)
            by = self._decider(organisation_id, order * 7 + 2)
            self._log("applied", campaign_id, person_id, at)
            self._log("declined", campaign_id, by, decided)

    def give_up(self, count: int) -> None:
        """Let some campaigns withdraw before they have got far."""
        one = self.planter
        for order in range(count):
            at = one.now - timedelta(days=20 + 6 * order, hours=order * 5 % 11)
            admitted = at + timedelta(days=2)
            organisation_id = self._organisation(one.random)
            person_id, name, _ = self.people.person(since=at)
            place = order * 11 + 4
            left = admitted + timedelta(days=4)
            campaign_id = self._row(
                person_id,
                name,
                self._seat(place),
                place,
                organisation_id,
                "withdrawn",
                at,
                left,
                admitted,
            )
            self._consent(person_id, at)
            self._log("applied", campaign_id, person_id, at)
            self._log(
                "admitted",
                campaign_id,
                self._decider(organisation_id, place),
                admitted,
                organisation=organisation_id,
            )

    def _decider(self, organisation_id: int, order: int) -> int:
        chosen = self.office.coordinators[organisation_id]
        return chosen[order % len(chosen)]

    def _log(self, action: str, campaign_id: int, by: int, at: datetime, **detail: int) -> None:
        self.planter.history.campaign(
            action, campaign_id, self.coalition_id, by=by, at=at, detail=detail
        )

    def _campaign(
        self, order: int, life: Life, spot: str, seat: Seat, chronicle: Chronicle
    ) -> Owner:
        one = self.planter
        admitted = chronicle.awake(life.starts_at)
        applied = admitted - timedelta(days=2, hours=order % 30)
        sign_ins = {
            sign_in.role: sign_in
            for sign_in in DEMO_SIGN_INS
            if spot and sign_in.pack_id == one.plot.pack_id and sign_in.spot == spot
        }
        organisation_id = self.organisation_ids[0] if spot else self._organisation(one.random)
        candidate = sign_ins.get(Role.CANDIDATE)
        person_id, name, login = self.people.person(since=applied, sign_in=candidate)
        campaign_id = self._row(
            person_id,
            name,
            seat,
            order,
            organisation_id,
            "active",
            applied,
            max(chronicle.awake(life.last_active_at), admitted),
            admitted,
        )
        self._consent(person_id, applied)
        self._log("applied", campaign_id, person_id, applied)
        by = self._decider(organisation_id, order)
        self._log("admitted", campaign_id, by, admitted, organisation=organisation_id)
        names = self._team(campaign_id, life, sign_ins, chronicle)
        if len(life.milestones) >= 3 or spot == MIDDLE:
            self.office.assign(one.rows, campaign_id, order, admitted)
        to = Addressee(login=login, name=name, campaign_id=campaign_id)
        club = one.plot.clubs[self.organisation_ids.index(organisation_id)]
        self.post.admitted(to, club.name, admitted)
        return Owner(
            campaign_id=campaign_id,
            coalition_id=self.coalition_id,
            organisation_id=organisation_id,
            person_id=person_id,
            to=to,
            order=order,
            facts=self._words(seat, name, names, order),
        )

    def _row(
        self,
        person_id: int,
        name: str,
        seat: Seat,
        order: int,
        organisation_id: int | None,
        state: str,
        created_at: datetime,
        last_active_at: datetime,
        admitted: datetime | None,
        *,
        reason: str = "",
    ) -> int:
        """Write a campaign and its candidate's place in the team."""
        rows = self.planter.rows
        chosen = self.office.coordinators.get(organisation_id or 0)
        campaign_id = rows.add_numbered(
            Campaign,
            coalition_id=self.coalition_id,
            organisation_id=organisation_id,
            election_id=seat.election_id,
            district_id=seat.district_id,
            candidate_id=person_id,
            title=name,
            state=state,
            state_reason=reason,
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

    def _words(self, seat: Seat, name: str, team: Sequence[str], order: int) -> Mapping[str, str]:
        place, days = seat.place, seat.days
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

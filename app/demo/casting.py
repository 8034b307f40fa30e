"""Which of the planted campaigns get a fund, doors and papers with real files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.access import Role, Viewer
from app.accounts.models import Campaign, Coalition, Election, Person, Staff
from app.accounts.queries import CampaignRow, find_campaign
from app.accounts.rules.elections import day_there
from app.accounts.sign_in_queries import grants_of
from app.demo.plant_papers import WITH_FILES
from app.demo.plot import Plot
from app.demo.plot_en import ENGLISH
from app.demo.plot_ru import RUSSIAN
from app.demo.sign_ins import DEMO_SIGN_INS, MIDDLE, NOMINATING
from app.errors import Conflict, Missing
from documents.packets.desk import PacketsDesk
from documents.packets.shape import PacketRule
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.shape import DocumentKind
from quests.evidence.models import Evidence
from quests.route.course import firmly_needed
from quests.route.features import DOORS, FLYER, GIFTS, SUPPORT_PAGE
from quests.route.library import PackLibrary
from quests.route.models import Milestone
from quests.route.pack import RoutePack
from quests.route.shape import Step
from quests.route.standing import milestones_of

PLANTED = (FLYER, SUPPORT_PAGE, GIFTS, DOORS)
"""What a step past which a campaign is must find planted; papers are planted for all."""
PLAYING = {RUSSIAN.slug: 50, ENGLISH.slug: 10}
"""How many campaigns of each coalition are on the street and raise money."""
LEAST_STEPS = 4
FUNDED = ("b3_submit", "b4_account")
"""The steps after which a Russian candidate opens the account of the fund."""
SIGNED = {
    RUSSIAN.slug: ("waiting", "returned", "waiting", "waiting", "returned", "waiting", "waiting"),
    ENGLISH.slug: ("waiting", "returned", "waiting"),
}
"""What becomes of the first papers of a coalition whose step is open."""
FILED, READY, STOPPED, APART = "filed", "ready", "stopped", "apart"
"""What becomes of a packet that is planted; apart: its papers are there and nobody binds them."""
LOOKED_AT = 4
"""Of so many times as many campaigns as play the papers are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A campaign that plays more than its route: its candidate and who decides about it."""

    campaign: CampaignRow
    plot: Plot
    candidate: Viewer
    chief: Viewer
    spot: str
    """The spot of its candidate’s sign-in; empty: nobody can sign in as them."""
    reached: Mapping[str, datetime]
    """The stations it has reached."""

    @property
    def is_middle(self) -> bool:
        """Whether it is the campaign with somebody to sign in as in every role."""
        return self.spot == MIDDLE

    @property
    def named_on_papers(self) -> Mapping[str, str]:
        """How its papers name the council and the district in which it stands."""
        about = dict(zip(("council", "number", "ward"), self._place))
        return {key: text.format_map(about) for key, text in self.plot.papers_say.items()}

    @property
    def said_on_papers(self) -> Mapping[str, str]:
        """What its papers say otherwise than those of the others: where it stands, and its own."""
        campaign = self.campaign
        featured = self.plot.featured_at(*self._place)
        told = dict(self.named_on_papers)
        called = campaign.published_on
        if called is not None:
            # Property is stated as of the month, income of the year before the election was called.
            told |= {
                "property_on": called.replace(day=1).isoformat(),
                "income_year": str(called.year - 1),
            }
        # The fund is opened once its step is behind, and reported on from that day.
        opened = max(filter(None, map(self.reached.get, FUNDED)), default=None)
        if opened is not None:
            day = day_there(opened, campaign.timezone).isoformat()
            told |= dict.fromkeys(("fund_opened_on", "first_on", "final_on"), day)
        return told | dict(featured.papers if featured else {})

    @property
    def _place(self) -> tuple[str, str, str]:
        campaign = self.campaign
        return campaign.council, campaign.district_number, campaign.district_name

    @property
    def slug(self) -> str:
        """Give the address of its public page."""
        return f"demo-{self.campaign.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningPart:
    """A paper that is issued, and what becomes of it."""

    part: Part
    kind: DocumentKind
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketPart:
    """A packet that is planted with real files, and what becomes of it."""

    part: Part
    rule: PacketRule
    state: str

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of paper that may belong to it."""
        return tuple(item.kind for item in self.rule.item if item.kind)


def share_of(most: int, slug: str) -> int:
    """Give how many of these a coalition has, by how many of its campaigns play."""
    return max(1, most * PLAYING[slug] // sum(PLAYING.values()))


def proving_steps(pack: RoutePack, fact: str) -> tuple[Step, ...]:
    """Give the steps of a pack that a feature's fact proves."""
    return tuple(step for step in pack.steps if any(one.fact == fact for one in step.evidence))


def opening_stations(pack: RoutePack, fact: str) -> frozenset[str]:
    """Give the stations behind which the steps open that a feature's fact proves."""
    return frozenset(key for step in proving_steps(pack, fact) for key in firmly_needed(step.opens))


def casting(session: Session, library: PackLibrary) -> tuple[Part, ...]:
    """Give the campaigns that play more, of each coalition those one can sign in to first.

    Those come next whose poll is nearest, and of these those that are past a step which only a
    planted page, flyer or door can prove.
    """
    return _of_both(session, library, times=1)


def more_for_papers(session: Session, library: PackLibrary) -> tuple[Part, ...]:
    """Give more campaigns, among which papers are looked for that could be signed now."""
    return _of_both(session, library, times=LOOKED_AT)


def _of_both(session: Session, library: PackLibrary, *, times: int) -> tuple[Part, ...]:
    return tuple(
        part
        for plot in (RUSSIAN, ENGLISH)
        for part in _parts(session, plot, library[plot.pack_id], times * PLAYING[plot.slug])
    )


def _parts(session: Session, plot: Plot, pack: RoutePack, most: int) -> Iterator[Part]:
    coalition_id = session.scalar(select(Coalition.id).where(Coalition.slug == plot.slug))
    if coalition_id is None:
        return
    spots = {one.login: one.spot for one in DEMO_SIGN_INS if one.role is Role.CANDIDATE}
    middle = [login for login, spot in spots.items() if spot == MIDDLE]
    chief_id = session.scalars(
        select(Staff.person_id)
        .where(Staff.coalition_id == coalition_id, Staff.role == Role.CHIEF.value)
        .order_by(Staff.id)
    ).first()
    assert chief_id is not None, "every planted coalition has its chief"
    chief = _viewer(session, chief_id)
    steps = func.count(Milestone.step_key)
    proved = {step.key for fact in PLANTED for step in proving_steps(pack, fact)}
    past = func.sum(case((Milestone.step_key.in_(proved), 1), else_=0))
    found = session.execute(
        select(Campaign.id, Campaign.candidate_id, Person.login)
        .join(Person, Person.id == Campaign.candidate_id)
        .join(Election, Election.id == Campaign.election_id)
        .join(Milestone, Milestone.campaign_id == Campaign.id)
        .where(Campaign.coalition_id == coalition_id, Campaign.state == "active")
        .group_by(Campaign.id, Campaign.candidate_id, Person.login, Election.polling_day)
        .having(steps >= LEAST_STEPS)
        .order_by(
            Person.login.not_in(middle),
            Person.login.not_in(list(spots)),
            Election.polling_day,
            (past == 0),
            Campaign.id,
        )
        .limit(most)
    ).all()
    for campaign_id, candidate_id, login in found:
        campaign = find_campaign(session, campaign_id)
        assert campaign is not None
        yield Part(
            campaign=campaign,
            plot=plot,
            candidate=_viewer(session, candidate_id),
            chief=chief,
            spot=spots.get(login or "", ""),
            reached=milestones_of(session, campaign_id),
        )


def _viewer(session: Session, person_id: int) -> Viewer:
    return Viewer(person_id=person_id, grants=grants_of(session, person_id))


def fund_parts(parts: Sequence[Part], library: PackLibrary, most: int) -> list[Part]:
    """Give those that raise money: of each coalition its share, the signed-in ones always.

    Next come those past the step that a page proves, then those to whom it is open.
    """
    found = []
    for plot in (RUSSIAN, ENGLISH):
        steps = proving_steps(library[plot.pack_id], SUPPORT_PAGE)
        opening = opening_stations(library[plot.pack_id], SUPPORT_PAGE)
        own = [part for part in parts if part.plot is plot]
        own.sort(
            key=lambda part: (
                not part.is_middle,
                not any(step.key in part.reached for step in steps),
                not opening <= part.reached.keys(),
            )
        )
        found += own[: share_of(most, plot.slug)]
    return found


def signing_parts(
    session: Session, parts: Sequence[Part], desk: PaperworkDesk, *, now: datetime
) -> tuple[SigningPart, ...]:
    """Give the papers that get real files: those of the signed-in, and a few that wait."""
    found: list[SigningPart] = []
    for plot in (RUSSIAN, ENGLISH):
        wanted = list(SIGNED[plot.slug])
        for part in parts:
            if part.plot is not plot:
                continue
            documents = desk.kinds.find(part.campaign.pack_id)
            for kind in documents.kinds.values() if documents else ():
                if kind.key not in WITH_FILES:
                    continue
                if kind.step in part.reached:
                    if part.is_middle:
                        found.append(SigningPart(part=part, kind=kind, state="accepted"))
                elif part.is_middle:
                    found.append(SigningPart(part=part, kind=kind, state="issued"))
                elif wanted and _is_open(session, desk, part, kind, now):
                    found.append(SigningPart(part=part, kind=kind, state=wanted.pop(0)))
    return tuple(found)


def packet_parts(
    session: Session,
    parts: Sequence[Part],
    desk: PacketsDesk,
    library: PackLibrary,
) -> tuple[PacketPart, ...]:
    """Give the packets that are planted with real files: of each coalition the first one.

    Somebody has filed it; of those who might, one has it ready and one is stopped. Where too few
    may file yet, the signed-in one is stopped on the way there. The others one can sign in as
    have all papers that are accepted, bound or not.
    """
    found: list[PacketPart] = []
    for plot in (RUSSIAN, ENGLISH):
        pack = desk.packs.find(plot.pack_id)
        if pack is None:
            continue
        rule = next(iter(pack.packets.values()))
        own = [part for part in parts if part.plot is plot]
        step = library[plot.pack_id].step_by_key[rule.step]
        filed = [part for part in own if rule.step in part.reached]
        open_to = _who_may_file(session, step, own)
        states = dict(zip((part.campaign.id for part in filed[:1]), (FILED,)))
        states |= zip((part.campaign.id for part in open_to), (READY, STOPPED))
        states |= {
            part.campaign.id: APART for part in own if part.spot and part.campaign.id not in states
        }
        if STOPPED not in states.values():
            begun = (part for part in own[:1] if part not in filed)
            states |= {part.campaign.id: STOPPED for part in begun}
        found += [
            PacketPart(part=part, rule=rule, state=states[part.campaign.id])
            for part in own
            if part.campaign.id in states
        ]
    return tuple(found)


def _who_may_file(session: Session, step: Step, parts: Sequence[Part]) -> list[Part]:
    """Give those to whom the step of filing is open and who have not been at the desk.

    Where nothing has to be done in any case before it opens, that is the one who is featured as
    being so far: what their papers prove is planted only now, so the route can't be asked yet.
    """
    opening = frozenset(firmly_needed(step.opens))
    at_the_desk = session.scalars(
        select(Evidence.campaign_id).where(Evidence.step_key == step.key, Evidence.state != "draft")
    ).all()
    return [
        part
        for part in parts
        if not part.is_middle
        and part.campaign.id not in at_the_desk
        and (opening <= part.reached.keys() if opening else part.spot == NOMINATING)
    ]


def _is_open(
    session: Session, desk: PaperworkDesk, part: Part, kind: DocumentKind, now: datetime
) -> bool:
    try:
        desk.gates.require_reachable(session, part.campaign, kind.step, now=now)
    except (Conflict, Missing):
        return False
    return True

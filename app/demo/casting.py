"""Which of the planted campaigns get a fund, doors and papers with real files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Role, Viewer
from app.accounts.models import Campaign, Coalition, Person, Staff
from app.accounts.queries import CampaignRow, find_campaign
from app.accounts.sign_in_queries import grants_of
from app.demo.plot import Plot
from app.demo.plot_en import ENGLISH
from app.demo.plot_ru import RUSSIAN
from app.demo.sign_ins import DEMO_SIGN_INS, MIDDLE
from app.errors import Conflict, Missing
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.shape import DocumentKind
from quests.route.models import Milestone

PLAYING = {RUSSIAN.slug: 50, ENGLISH.slug: 10}
"""How many campaigns of each coalition are on the street and raise money."""
LEAST_STEPS = 4
SIGNED = ("waiting", "returned", "waiting")
"""What becomes of the first papers of a coalition whose step is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A campaign that plays more than its route: its candidate and who decides about it."""

    campaign: CampaignRow
    plot: Plot
    candidate: Viewer
    chief: Viewer
    is_middle: bool
    """The campaign whose people one can sign in as."""

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


def casting(session: Session) -> tuple[Part, ...]:
    """Give the campaigns that play more, of each coalition the signed-in one first."""
    return tuple(
        part for plot in (RUSSIAN, ENGLISH) for part in _parts(session, plot, PLAYING[plot.slug])
    )


def _parts(session: Session, plot: Plot, most: int) -> Iterator[Part]:
    coalition_id = session.scalar(select(Coalition.id).where(Coalition.slug == plot.slug))
    if coalition_id is None:
        return
    logins = {one.login for one in DEMO_SIGN_INS if one.spot == MIDDLE}
    chief_id = session.scalars(
        select(Staff.person_id)
        .where(Staff.coalition_id == coalition_id, Staff.role == Role.CHIEF.value)
        .order_by(Staff.id)
    ).first()
    assert chief_id is not None, "every planted coalition has its chief"
    chief = _viewer(session, chief_id)
    steps = func.count(Milestone.step_key)
    found = session.execute(
        select(Campaign.id, Campaign.candidate_id, Person.login)
        .join(Person, Person.id == Campaign.candidate_id)
        .join(Milestone, Milestone.campaign_id == Campaign.id)
        .where(Campaign.coalition_id == coalition_id, Campaign.state == "active")
        .group_by(Campaign.id, Campaign.candidate_id, Person.login)
        .having(steps >= LEAST_STEPS)
        .order_by(Campaign.id)
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
            is_middle=login in logins,
        )


def _viewer(session: Session, person_id: int) -> Viewer:
    return Viewer(person_id=person_id, grants=grants_of(session, person_id))


def fund_parts(parts: Sequence[Part], most: int) -> list[Part]:
    """Give those that raise money: of each coalition its share, the signed-in ones always."""
    left = {slug: max(1, most * share // sum(PLAYING.values())) for slug, share in PLAYING.items()}
    taken: Counter[str] = Counter()
    found = []
    for part in parts:
        taken[part.plot.slug] += 1
        if taken[part.plot.slug] <= left[part.plot.slug]:
            found.append(part)
    return found


def signing_parts(
    session: Session, parts: Sequence[Part], desk: PaperworkDesk, *, now: datetime
) -> tuple[SigningPart, ...]:
    """Give the papers that get real files: those of the signed-in, and a few that wait."""
    found: list[SigningPart] = []
    for plot in (RUSSIAN, ENGLISH):
        wanted = list(SIGNED)
        for part in parts:
            if part.plot is not plot:
                continue
            documents = desk.kinds.find(part.campaign.pack_id)
            for kind in documents.kinds.values() if documents else ():
                if _is_reached(session, part, kind):
                    if part.is_middle:
                        found.append(SigningPart(part=part, kind=kind, state="accepted"))
                elif part.is_middle:
                    found.append(SigningPart(part=part, kind=kind, state="issued"))
                elif wanted and _is_open(session, desk, part, kind, now):
                    found.append(SigningPart(part=part, kind=kind, state=wanted.pop(0)))
    return tuple(found)


def _is_reached(session: Session, part: Part, kind: DocumentKind) -> bool:
    return (
        session.scalar(
            select(Milestone.step_key).where(
                Milestone.campaign_id == part.campaign.id, Milestone.step_key == kind.step
            )
        )
        is not None
    )


def _is_open(
    session: Session, desk: PaperworkDesk, part: Part, kind: DocumentKind, now: datetime
) -> bool:
    try:
        desk.gates.require_reachable(session, part.campaign, kind.step, now=now)
    except (Conflict, Missing):
        return False
    return True

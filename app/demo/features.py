"""Planting what the other packages show: papers, flyers, money, the field, points, standings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign
from app.audit.following import Audited
from app.config import Settings
from app.db import recorded
from app.demo.casting import (
    Part,
    casting,
    fund_parts,
    opening_stations,
    proving_steps,
)
from app.demo.desks import Desks
from app.demo.flyer_words import IMPRINT, OTHER_HEADLINE, SLOTS
from app.demo.history import Deed, History
from app.demo.plant_doors import Round, plant_doors
from app.demo.plant_flyers import DemoFlyer, DemoPress, plant_flyers
from app.demo.plant_gifts import FundOwner, plant_gifts
from app.demo.plant_points import PlantedDeed, plant_points
from app.demo.rows import Rows
from app.demo.samples import Samples
from app.demo.size import Size
from app.files.storage import FileStore
from app.jobs.models import Job
from app.packs import Pack
from app.papers import load_paper_packs, paperwork_desk
from app.reviews.auditing import AUDITED as REVIEWS_AUDITED
from app.sealing import Seal
from canvassing.doors.models import LoggedDoor
from canvassing.pack import load_door_packs
from documents.flyers.auditing import AUDITED as FLYERS_AUDITED
from documents.flyers.commands.following import follow_flyer_reviews
from documents.flyers.pack import FlyerPacks, load_flyer_packs
from documents.overview.keeping import keep as keep_papers
from documents.packets.auditing import AUDITED as PACKETS_AUDITED
from documents.paperwork.auditing import AUDITED as PAPERS_AUDITED
from documents.press.client import Press
from documents.typesetting.previews import Previews
from fundraising.auditing import AUDITED as FUND_AUDITED
from fundraising.following import follow_support_page_reviews
from fundraising.pack import load_funds
from quests.dispatch.keeping import keep, subjects_of
from quests.ranking.earning import EARNINGS
from quests.ranking.pack import Earned, load_point_book
from quests.route.features import DOORS, FLYER, SUPPORT_PAGE
from quests.route.library import PackLibrary
from quests.route.milestones import settle_campaign

AUDITED: Audited = {
    **REVIEWS_AUDITED,
    **PAPERS_AUDITED,
    **PACKETS_AUDITED,
    **FLYERS_AUDITED,
    **FUND_AUDITED,
}


CHECKED = ("submitted", "returned")
"""What becomes of the first flyers of a coalition beyond those that routes count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A flyer to be made: how far it is, since when, and whether it is a campaign's second."""

    state: str
    at: datetime
    is_other: bool = False


@dataclass(slots=True, kw_only=True)
class Features:
    """Plants into a coalition that has its people, campaigns and routes already."""

    session: Session
    library: PackLibrary
    settings: Settings
    seal: Seal
    history: History
    size: Size
    samples: Samples
    now: datetime

    def plant(self) -> None:
        """Plant everything, then what is counted from it: points and standings.

        The commands note events and queue jobs as in life. What the events say goes into the log
        and the points here; nobody is written to about it, and nothing is left to be done.
        """
        last_job = self.session.scalar(select(func.max(Job.id))) or 0
        parts = casting(self.session, self.library)
        packs = load_paper_packs(self._packs)
        desk = paperwork_desk(self.settings, self.library, packs)
        more = Desks(
            session=self.session,
            library=self.library,
            settings=self.settings,
            seal=self.seal,
            history=self.history,
            size=self.size,
            samples=self.samples,
            now=self.now,
            paperwork=desk,
            packs=packs,
        ).plant(parts)
        self._gifts(parts)
        if self.size.printed:
            self._flyers(parts)
        self._doors(parts)
        follow_flyer_reviews(self.session)
        follow_support_page_reviews(self.session)
        more += self._told() + self._doors_logged()
        # The points read milestones from their rows, so what is told of these need not be.
        for part in parts:
            settle_campaign(self.session, self.library, part.campaign.id, now=self.now)
        recorded(self.session).clear()
        self.session.execute(delete(Job).where(Job.id > last_job))
        self.session.flush()
        rows = Rows(self.session)
        plant_points(self.session, rows, load_point_book(self.library), now=self.now, more=more)
        rows.finish()
        every = [subject.id for subject in subjects_of(self.session, None)]
        keep(self.session, self.library, every, now=self.now)
        keep_papers(self.session, desk, every, now=self.now)

    def _gifts(self, parts: tuple[Part, ...]) -> None:
        owners = [
            FundOwner(
                campaign=part.campaign,
                candidate=part.candidate,
                decider=part.chief,
                language=part.plot.language,
                slug="demo" if part.is_middle and part.plot.language == "ru" else part.slug,
                is_shown_off=part.is_middle,
                proved_at=None if part.is_middle else self._past(part, SUPPORT_PAGE),
            )
            for part in fund_parts(parts, self.library, self.size.funds)
        ]
        plant_gifts(
            self.session,
            owners,
            load_funds(self._packs).packs,
            self.seal,
            base_url=self.settings.base_url,
            now=self.now,
        )

    def _flyers(self, parts: tuple[Part, ...]) -> None:
        packs = load_flyer_packs(self._packs.values())
        press = Press()
        tools = DemoPress(
            press=press,
            seal=self.seal,
            files=FileStore(folder=self.settings.files),
            previews=Previews.of(self.settings),
        )
        try:
            for part, states in self._flyer_parts(parts):
                self._flyers_of(part, states, packs, tools)
        finally:
            press.close()

    def _flyer_parts(self, parts: tuple[Part, ...]) -> Iterator[tuple[Part, Sequence[_Made]]]:
        """Give whose flyers are made, how far each is and when it was begun.

        The signed-in have one approved and one that waits; those whose route counts a flyer have
        that one; of the next who may make one a few wait for the designer or were sent back.
        """
        day = timedelta(days=1)
        left = {part.plot.slug: list(CHECKED) for part in parts}
        for part in parts:
            proved_at = self._past(part, FLYER)
            opening = opening_stations(self.library[part.plot.pack_id], FLYER)
            if part.is_middle:
                yield (
                    part,
                    (
                        _Made(state="approved", at=self.now - 4 * day),
                        _Made(state="submitted", at=self.now - day, is_other=True),
                    ),
                )
            elif proved_at is not None:
                yield part, (_Made(state="approved", at=proved_at - day),)
            elif left[part.plot.slug] and opening <= part.reached.keys():
                state = left[part.plot.slug].pop(0)
                begun = max(part.reached[key] for key in opening)
                yield part, (_Made(state=state, at=max(begun, self.now - 2 * day)),)

    def _flyers_of(
        self, part: Part, states: Sequence[_Made], packs: FlyerPacks, tools: DemoPress
    ) -> None:
        campaign, language = part.campaign, part.plot.language
        about = {
            "name": campaign.candidate_name,
            "council": campaign.council,
            "number": campaign.district_number,
            "ward": campaign.district_name,
            "day": (self.now + timedelta(days=5)).date().isoformat(),
        }
        slots = {key: words.format_map(about) for key, words in SLOTS[language].items()}
        imprint = {key: words.format_map(about) for key, words in IMPRINT[language].items()}
        step = packs[campaign.pack_id].imprint.step
        wanted = [
            DemoFlyer(
                campaign_id=campaign.id,
                candidate=part.candidate,
                designer=part.chief,
                state=made.state,
                slots=slots | ({"headline": OTHER_HEADLINE[language]} if made.is_other else {}),
                imprint=imprint,
                colour="documents" if made.is_other else "voice",
                reason=part.plot.reasons_for(step, "upload", "designer")[0],
                begun_at=made.at,
            )
            for made in states
        ]
        plant_flyers(self.session, packs[campaign.pack_id], wanted, tools)

    def _doors(self, parts: tuple[Part, ...]) -> None:
        self.session.flush()
        plant_doors(
            self.session,
            load_door_packs(self._packs.values()),
            now=self.now,
            campaign_ids=[part.campaign.id for part in parts],
            doors=self.size.doors,
            rounds=dict(self._rounds(parts)),
        )

    def _rounds(self, parts: tuple[Part, ...]) -> Iterator[tuple[int, Round]]:
        """Give what those have walked whose route counts their doors as done."""
        for part in parts:
            for step in proving_steps(self.library[part.plot.pack_id], DOORS):
                at = part.reached.get(step.key)
                least = max(one.at_least for one in step.evidence if one.fact == DOORS)
                if at is not None:
                    yield part.campaign.id, Round(least=least, begun_at=at - timedelta(hours=9))

    def _past(self, part: Part, fact: str) -> datetime | None:
        """Give when a campaign came past a step that this fact proves."""
        steps = proving_steps(self.library[part.plot.pack_id], fact)
        found = (part.reached.get(step.key) for step in steps)
        return next((at for at in found if at is not None), None)

    def _doors_logged(self) -> list[PlantedDeed]:
        found = self.session.execute(
            select(LoggedDoor.campaign_id, LoggedDoor.door_id, LoggedDoor.at).where(
                LoggedDoor.verified
            )
        )
        return [
            PlantedDeed(campaign_id=campaign_id, at=at, rule=Earned.DOOR.value, source=str(door_id))
            for campaign_id, door_id, at in found
        ]

    def _told(self) -> list[PlantedDeed]:
        """Let the log and the points follow what happened, as the hooks would."""
        coalitions = dict(self.session.execute(select(Campaign.id, Campaign.coalition_id)).all())
        deeds = []
        for happened in recorded(self.session):
            describe = AUDITED.get(type(happened))
            note = describe(happened) if describe else None
            if note is not None and note.campaign_id is not None:
                self.history.deeds.append(
                    Deed(
                        at=note.at,
                        by=note.by,
                        action=note.action,
                        subject_kind=note.subject_kind,
                        subject_id=note.subject_id,
                        coalition_id=coalitions[note.campaign_id],
                        campaign_id=note.campaign_id,
                        detail=note.detail,
                    )
                )
            earns = EARNINGS.get(type(happened))
            earned = earns(happened) if earns else None
            if earned is not None and not earned.undone:
                deeds.append(
                    PlantedDeed(
                        campaign_id=getattr(happened, "campaign_id"),  # noqa: B009 - see EARNINGS.
                        at=getattr(happened, "at"),  # noqa: B009
                        rule=earned.rule,
                        source=earned.source,
                    )
                )
        return deeds

    @property
    def _packs(self) -> Mapping[str, Pack]:
        return {key: entry.route.pack for key, entry in self.library.entries.items()}

"""A portal with papers to fill in, a page to give on and doors to knock at, and its processes."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import select

from app import clock
from app.accounts.models import Campaign
from app.config import Settings
from app.db import Database
from app.jobs.models import Job, WorkerBeat
from app.main import create_app, gateways_of
from app.reach import everything
from app.sealing import Seal
from app.web.kernel import EXTENSION
from fundraising.gateways.demo import DemoGateway
from quests.evidence.models import Answer
from quests.route.library import PackLibrary
from quests.route.shape import answer_fact
from tests import builders
from tests.canvassing_world import Field, a_field, a_turf
from tests.db.killed.browsing import Browser, Watch
from tests.db.killed.processes import Web, Work
from tests.fund_world import a_limit, a_public_page, fund_packs
from tests.ports import a_free_port
from tests.web.portal import RU, Portal

CONSENT_STEP = "b2_consent"
A_TEAM = 5
PAGE = "/support/anna"
WRITERS = ("anna", "pavel")
WALKERS = ("canvasser", "second")
LOOKING = everything("a test looks at what the processes have written")


@dataclass(slots=True, kw_only=True)
class Ground:
    """Everything the test works on."""

    settings: Settings
    app: Flask
    field: Field
    web: Web
    work: Work
    watch: Watch

    @property
    def portal(self) -> Portal:
        """Give people and campaigns by name."""
        return self.field.portal

    @property
    def database(self) -> Database:
        """Give the database, to look at."""
        return self.portal.database

    @property
    def seal(self) -> Seal:
        """Give the program's seal."""
        found = self.app.extensions[EXTENSION].parts[Seal]
        assert isinstance(found, Seal)
        return found

    @property
    def provider(self) -> DemoGateway:
        """Give the demo's provider with the secret that it signs with."""
        found = gateways_of(self.settings, self.database).find("demo")
        assert isinstance(found, DemoGateway)
        return found

    def browser(self, flow: str, who: str | None) -> Browser:
        """Give the browser of somebody who is signed in; a visitor's for None."""
        values = {"language": "en"}
        if who is not None:
            with self.database.writing() as session:
                person = self.portal.people[who]
                values["_user_id"] = builders.a_session_token(session, person, now=clock.now())
        signing = SecureCookieSessionInterface().get_signing_serializer(self.app)
        assert signing is not None
        cookie = signing.dumps(values)
        return Browser(port=self.settings.port, flow=flow, watch=self.watch, cookie=cookie)

    def start(self) -> None:
        """Start both processes."""
        self.web.start()
        self.work.start()

    def stop(self) -> None:
        """Stop both processes."""
        self.work.stop()
        self.web.stop()

    def worker_is_up(self) -> bool:
        """Say whether the worker of now has given a sign of life."""
        mine = WorkerBeat.name.contains(f":{self.work.number}:")
        with self.database.reading() as session:
            return session.scalar(select(WorkerBeat.name).where(mine).limit(1)) is not None

    def jobs_in_hand(self, kinds: tuple[str, ...] = ("",)) -> int:
        """Count the jobs of these kinds (by their beginning) that the worker of now runs."""
        mine = Job.leased_by.contains(f":{self.work.number}:")
        with self.database.reading() as session:
            rows = session.scalars(select(Job.kind).where(mine, Job.done_at.is_(None))).all()
        return sum(kind.startswith(kinds) for kind in rows)


def a_ground(settings: Settings, library: PackLibrary) -> Ground:
    """Plant everything, and give it with processes that are not started yet."""
    port = a_free_port()
    own = settings.model_copy(
        update={
            "port": port,
            "base_url": f"http://127.0.0.1:{port}",
            "testing": False,
            "log_level": "warning",
        }
    )
    app = create_app(own, library)
    field = a_field(app, library, pack_id=RU)
    _give_doors(field)
    for who in WRITERS:
        _reach_the_consent(field.portal, library, who)
    _open_the_fund(field.portal)
    return Ground(settings=own, app=app, field=field, web=Web(own), work=Work(own), watch=Watch())


def _give_doors(field: Field) -> None:
    """Give the entrance to the second canvasser too: the first has it already."""
    person = field.portal.people["second"]
    with field.portal.database.writing() as session:
        a_turf(session, field.campaign_id, person, field.entrance_id, now=clock.now())


def _reach_the_consent(portal: Portal, library: PackLibrary, who: str) -> None:
    steps = [step.key for step in library[RU].steps]
    with portal.database.writing() as session:
        campaign = session.get_one(Campaign, portal.campaigns[who])
        for _ in range(A_TEAM):
            builders.a_member(session, campaign)
        name = answer_fact("a1_can_i", "nomination")
        session.add(Answer(campaign_id=campaign.id, name=name, value="self"))
    portal.prove(steps[: steps.index(CONSENT_STEP)], who)


def _open_the_fund(portal: Portal) -> None:
    with portal.database.writing() as session:
        campaign = session.get_one(Campaign, portal.campaigns["anna"])
        a_public_page(session, campaign, fund_packs(), slug=PAGE.rpartition("/")[2])
        session.add(a_limit(campaign.id, at=clock.now()))

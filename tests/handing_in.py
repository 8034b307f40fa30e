"""Small worlds for evidence and reviews: a step, a campaign, and somebody who works on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.access import Permission, Role, Viewer
from app.accounts.models import Campaign
from app.accounts.queries import get_campaign
from app.db import Database
from app.files.inspection import Inspected
from quests.evidence.commands.following import follow_reviews
from quests.evidence.commands.work import StepWork
from quests.route.shape import Evidence, Step
from tests import builders


def a_step(key: str = "papers", **values: Any) -> Step:
    """Give a step of a pack; ``evidence`` is a list of mappings as in route.toml."""
    evidence = tuple(Evidence.model_validate(found) for found in values.pop("evidence", ()))
    shape = {"stage": "before", "line": "documents", "minutes": 10, "days": 1}
    return Step.model_validate({"key": key, **shape, "evidence": evidence, **values})


UPLOAD = a_step(evidence=[{"kind": "upload", "key": "scan", "review": "organisation"}])


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A campaign with its candidate, its coordinator and the coalition's chief."""

    campaign: Campaign
    candidate: Viewer
    coordinator: Viewer
    chief: Viewer


def a_world(session: Session, **campaign: Any) -> World:
    """Give a campaign with the people around it."""
    found = builders.a_campaign(session, **campaign)
    people = [builders.a_person(session, name=name) for name in ("Vera", "Boris")]
    if found.organisation_id is not None:
        organisation = session.get_one(builders.Organisation, found.organisation_id)
        builders.a_staff(session, organisation=organisation, person=people[0])
    coalition = session.get_one(builders.Coalition, found.coalition_id)
    builders.a_staff(session, role=Role.CHIEF, coalition=coalition, person=people[1])
    return World(
        campaign=found,
        candidate=builders.the_viewer(session, found.candidate_id),
        coordinator=builders.the_viewer(session, people[0]),
        chief=builders.the_viewer(session, people[1]),
    )


def work_on(
    session: Session, world: World, step: Step = UPLOAD, *, now: datetime, by: Viewer | None = None
) -> StepWork:
    """Give the candidate's work on a step."""
    viewer = by or world.candidate
    campaign = get_campaign(session, viewer, world.campaign.id, Permission.STEP_WORK)
    return StepWork(campaign=campaign, step=step, viewer=viewer, now=now)


def a_file(content: bytes = b"scan") -> Inspected:
    """Give a file as the inspector lets it through."""
    return Inspected(data=content, media_type="application/pdf", pages=1, width=0, height=0)


def with_hooks(database: Database) -> Database:
    """Let evidence follow its reviews, as the whole program does."""
    database.before_commit.append(follow_reviews)
    return database

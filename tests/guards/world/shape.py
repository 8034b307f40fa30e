"""What the small world is made of: places, people, and the words that stand nowhere else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.access import Role, Scope, Viewer
from app.accounts.models import Campaign
from app.files.storage import FileStore
from app.reviews.models import Review
from app.sealing import Seal
from documents.paperwork.reshaping.drawings import Drawings
from tests import builders

Say = Callable[[str], str]
PACK = "ru-spb-municipal"
OPEN_STEP = "a1_can_i"
UPLOAD_STEP = "a2_district"
QUEUES = ("organisation", "coalition", "lawyer", "designer")
SUBJECT_REVIEWS = {
    "document_review_id": "lawyer",
    "flyer_review_id": "designer",
    "support_page_review_id": "organisation",
}
"""Reviews of what features hand in, with their queues; those of evidence are planted for each."""
PLACES = ("own", "sibling", "cousin", "stranger")
ABSENT = 987_654_321
CAMPAIGN_ROLES = (
    Role.CANDIDATE,
    Role.MANAGER,
    Role.TREASURER,
    Role.CANVASS_LEAD,
    Role.CANVASSER,
    Role.PRESS,
)


def canary(place: str, what: str) -> str:
    """Give a word that stands nowhere else and survives escaping, cleaning and stemming."""
    return f"canary{hashlib.sha256(f'{place}/{what}'.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A campaign with one row of everything; ``ids`` are keyed by the names routes use."""

    name: str
    scope: Scope
    ids: dict[str, int]
    by_queue: dict[str, dict[str, int]]
    tokens: dict[str, str]
    """Secret ends of addresses, by the first part of the address."""
    names: dict[str, str]
    """What addresses name by words and not by numbers, by the endpoint's section and the name."""
    canaries: dict[str, str] = field(default_factory=dict)
    sealed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One campaign that rows are planted in, and what it takes to plant them."""

    session: Session
    campaign: Campaign
    seal: Seal
    store: FileStore
    previews: FileStore
    drawings: Drawings
    now: datetime
    say: Say
    """Gives a canary of this campaign and remembers what it stands for."""

    def added(self, row: builders.T) -> builders.T:
        """Write a row, so that it has its number."""
        self.session.add(row)
        self.session.flush()
        return row

    def review(self, kind: str, subject_id: int, *, step: str, queue: str) -> Review:
        """Hand something in to be checked."""
        return self.added(
            Review(
                campaign_id=self.campaign.id,
                coalition_id=self.campaign.coalition_id,
                organisation_id=self.campaign.organisation_id,
                subject_kind=kind,
                subject_id=subject_id,
                pack_id=PACK,
                step_key=step,
                queue=queue,
                round=1,
                submitted_at=self.now,
                promised_at=self.now + timedelta(days=2),
            )
        )


@dataclass(slots=True, kw_only=True)
class Sown:
    """What a feature has planted in a place, to be found in its addresses."""

    ids: dict[str, int]
    tokens: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Somebody who sends requests; ``token`` is that of their session."""

    name: str
    viewer: Viewer
    token: str | None = None
    dead: bool = False
    owing: bool = False

    @property
    def queue(self) -> str:
        """Give the queue on whose desk this principal sits first of all."""
        roles = {role.value for role in self.viewer.roles}
        return next((queue for queue in ("lawyer", "designer") if queue in roles), "organisation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """Everything that was planted."""

    places: dict[str, Place]
    principals: dict[str, Principal]

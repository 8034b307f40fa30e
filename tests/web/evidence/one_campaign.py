"""The whole program with one campaign, and the steps of its route proved as a test wants."""

from __future__ import annotations

import io
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.reviews.models import Review
from app.web.kernel import Kernel
from quests.evidence.models import Answer, Evidence
from quests.route.library import PackLibrary
from quests.route.shape import answer_fact
from tests.conftest import WHOLE
from tests.page import CheckingClient
from tests.proved_elsewhere import make_true, put_on_its_page

ELSEWHERE = ("party_exempt", "no_fund", "refused")
"""Answers after which a part of the route is not needed."""


@dataclass(slots=True, kw_only=True)
class Portal:
    """The whole program with one campaign, its candidate and its coordinator."""

    kernel: Kernel
    library: PackLibrary
    candidate: CheckingClient
    coordinator: CheckingClient
    chief: CheckingClient
    campaign_id: int

    def step(self, key: str) -> str:
        return f"/campaigns/{self.campaign_id}/steps/{key}"

    def prove(self, *, but: str) -> None:
        """Let every step but one be done."""
        with self.kernel.database.reaching(WHOLE).writing() as session:
            prove_all(session, self.library, self.campaign_id, but=but)

    def review_id(self) -> int:
        with self.kernel.database.reaching(WHOLE).reading() as session:
            return session.execute(select(Review.id).order_by(Review.id.desc())).scalars().first()


def prove_all(session: Session, library: PackLibrary, campaign_id: int, *, but: str) -> None:
    session.query(Evidence).delete()
    session.query(Answer).delete()
    now = clock.now()
    pack = library["ru-spb-municipal"]
    for name in pack.wanted_answers:
        asked = pack.step_by_key[name.step].find_field(name.field)
        good = [value for value in asked.choices if value not in (*asked.stop, *ELSEWHERE)]
        if good:
            fact = answer_fact(name.step, name.field)
            session.add(Answer(campaign_id=campaign_id, name=fact, value=good[0]))
    make_true(session, campaign_id, (one for one in pack.steps if one.key != but), now=now)
    for step in pack.steps:
        if step.key == but:
            continue
        put_on_its_page(session, campaign_id, step, now=now)


def a_scan(data: bytes, name: str = "скан.pdf") -> dict[str, object]:
    return {"file": (io.BytesIO(data), name)}

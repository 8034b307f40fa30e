"""Who takes back papers that wait to be checked: those who may work on them, and nobody else."""

from __future__ import annotations

import pytest

from app import clock
from app.access import Role
from app.accounts.models import Campaign
from app.accounts.queries import find_campaign
from app.reviews import commands as reviews
from app.reviews.models import Review
from app.reviews.rules import Queue
from documents.paperwork.models import Paper
from documents.paperwork.rules.standing import SUBJECT_KIND
from tests import builders
from tests.web.portal import Portal


def a_waiting_paper(portal: Portal, kind: str, step: str, queue: Queue) -> int:
    """Let Anna have handed in a paper on a step; give its review."""
    with portal.database.writing() as session:
        campaign = session.get_one(Campaign, portal.campaigns["anna"])
        paper = Paper(
            campaign_id=campaign.id, kind=kind, state="waiting", note="", changed_at=clock.now()
        )
        session.add(paper)
        session.flush()
        found = find_campaign(session, campaign.id)
        assert found is not None
        return reviews.submit(
            session,
            builders.the_viewer(session, portal.people["anna"]),
            found,
            subject_kind=SUBJECT_KIND,
            subject_id=paper.id,
            step_key=step,
            queue=queue,
            now=clock.now(),
        ).review_id


@pytest.mark.parametrize(
    ("role", "kind", "step", "queue"),
    [
        (Role.TREASURER, "agent_attorney", "b4_account", Queue.LAWYER),
        (Role.CANVASS_LEAD, "release_order", "e1_count", Queue.LAWYER),
        (Role.PRESS, "materials_notice", "d3_notice", Queue.ORGANISATION),
    ],
)
def test_who_works_on_a_step_takes_back_no_papers_they_may_not_open(
    russian: Portal, role: Role, kind: str, step: str, queue: Queue
) -> None:
    with russian.database.writing() as session:
        campaign = session.get_one(Campaign, russian.campaigns["anna"])
        russian.people["member"] = builders.a_member(session, campaign, role=role).person_id
    review_id = a_waiting_paper(russian, kind, step, queue)
    browser = russian.browser("member")
    assert browser.open(russian.at(f"documents/{kind}")).status_code == 403
    answer = browser.open(
        russian.at(f"steps/{step}/withdraw/{review_id}"),
        method="POST",
        data={"csrf_token": browser.token("/settings")},
    )
    assert answer.status_code == 404
    with russian.database.reading() as session:
        assert session.query(Review.state).filter_by(id=review_id).scalar() == "submitted"
        assert session.query(Paper.state).filter_by(kind=kind).scalar() == "waiting"

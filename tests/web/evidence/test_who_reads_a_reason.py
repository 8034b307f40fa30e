"""Why work came back, and who may take work back: by the role of whoever looks."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Role
from app.accounts.models import Campaign, Person
from app.reviews.models import Review
from quests.evidence.models import Answer, Evidence, UploadedFile
from quests.route.library import PackLibrary
from quests.route.shape import answer_fact
from tests import builders
from tests.web.portal import Portal, a_portal

PRESS_STEP = "b1_watch"
"""Of the candidate, the manager and the press secretary."""
REASON = "Sign the second page."
BEFORE = ("a1_can_i", "a2_district")

READS = {
    "anna": True,
    "manager": True,
    "press": True,
    "treasurer": False,
    "canvasser": False,
    "vera": True,
    "chief": True,
    "lawyer": False,
    "designer": False,
}
WITHDRAWS = {
    "anna": 303,
    "manager": 303,
    "press": 303,
    "treasurer": 404,
    "canvasser": 403,
    "vera": 403,
    "chief": 403,
    "lawyer": 403,
    "designer": 403,
}


@pytest.fixture
def portal(program: Flask, library: PackLibrary) -> Portal:
    """A campaign in which every role is taken, at the step of the press secretary."""
    found = a_portal(program, library)
    with found.database.writing() as session:
        campaign = session.get_one(Campaign, found.campaigns["anna"])
        for role in (Role.MANAGER, Role.TREASURER, Role.PRESS):
            found.people[role.value] = builders.a_member(session, campaign, role=role).person_id
        designer = builders.an_assignment(session, campaign, role=Role.DESIGNER)
        found.people["designer"] = designer.person_id
        chosen = answer_fact("a1_can_i", "nomination")
        session.add(Answer(campaign_id=campaign.id, name=chosen, value="self"))
    found.prove(BEFORE)
    return found


@pytest.mark.parametrize(("who", "reads"), READS.items())
def test_a_reason_is_read_by_those_whose_work_it_is_and_by_their_coordinators(
    portal: Portal, who: str, reads: bool
) -> None:
    portal.prove([PRESS_STEP], state="returned")
    browser = portal.browser(who)
    for path in (f"steps/{PRESS_STEP}", "route"):
        answer = browser.get(portal.at(path))
        assert answer.status_code == 200, path
        if not reads:
            assert REASON not in answer.get_data(as_text=True), path
    assert portal.browser(who).page(portal.at(f"steps/{PRESS_STEP}")).says(REASON) is reads


@pytest.mark.parametrize(("who", "status"), WITHDRAWS.items())
def test_work_is_taken_back_by_those_whose_step_it_is(
    portal: Portal, who: str, status: int
) -> None:
    review_id = handed_in(portal)
    path = portal.at(f"steps/{PRESS_STEP}/withdraw/{review_id}")
    portal.browser(who).send(path, status=status, start=portal.at(f"steps/{PRESS_STEP}"))
    with portal.database.reading() as session:
        state = session.get_one(Review, review_id).state
    assert state == ("withdrawn" if status == 303 else "submitted")


def handed_in(portal: Portal) -> int:
    """Let the candidate send the step's form; give the number of its review."""
    path, anna = portal.at(f"steps/{PRESS_STEP}"), portal.browser("anna")
    step = portal.library[portal.pack_id].step_by_key[PRESS_STEP]
    answers = {
        f"a-{asked.key}": next((one for one in asked.choices if one not in asked.stop), "")
        or {"date": "2026-06-20", "number": str(asked.min or 1), "url": "https://example.org"}.get(
            asked.type.value, "Example of an answer"
        )
        for asked in step.field
        if asked.required
    }
    anna.send(f"{path}/answers", {**answers, "action": "send"}, start=path)
    with portal.database.reading() as session:
        return (
            session.query(Review.id)
            .join(Evidence, Evidence.id == Review.subject_id)
            .filter(Evidence.step_key == PRESS_STEP)
            .scalar()
        )


@pytest.mark.parametrize("role", [Role.CANVASSER, Role.TREASURER, Role.CANVASS_LEAD])
def test_a_helper_who_is_also_in_the_team_reads_no_more_than_each_of_both(
    portal: Portal, role: Role
) -> None:
    portal.prove([PRESS_STEP], state="returned")
    with portal.database.writing() as session:
        campaign = session.get_one(Campaign, portal.campaigns["anna"])
        lawyer = session.get_one(Person, portal.people["lawyer"])
        builders.a_member(session, campaign, role=role, person=lawyer)
        files = [
            _file(session, row)
            for row in session.scalars(select(Evidence).where(Evidence.step_key == PRESS_STEP))
        ]
    browser = portal.browser("lawyer")
    assert REASON not in browser.page(portal.at(f"steps/{PRESS_STEP}")).text
    assert REASON not in browser.page(portal.at("papers")).text
    for file_id in files:
        assert browser.get(portal.at(f"files/{file_id}")).status_code == 404


def _file(session: Session, row: Evidence) -> int:
    file = UploadedFile(
        campaign_id=row.campaign_id,
        evidence_id=row.id,
        item_key="",
        name="passport.pdf",
        sha256="0" * 64,
        media_type="application/pdf",
        size_bytes=1,
        pages=1,
        uploaded_at=row.changed_at,
    )
    session.add(file)
    session.flush()
    return file.id

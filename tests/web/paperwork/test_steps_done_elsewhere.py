"""A paper has its own way to the reviewer, whatever else has completed the step it belongs to."""

from __future__ import annotations

import io

from app import clock
from app.access import Permission
from app.accounts.queries import get_campaign
from documents.paperwork.models import PaperRound
from quests.route.position import CANDIDATE, Status
from quests.route.standing import position_of
from tests import builders
from tests.web.paperwork.program import a_photo
from tests.web.portal import Portal

KIND, STEP = "passport_copy", "a4_papers"


def is_done(portal: Portal) -> bool:
    now = clock.now()
    with portal.database.reading() as session:
        viewer = builders.the_viewer(session, portal.people["anna"])
        campaign = get_campaign(session, viewer, portal.campaigns["anna"], Permission.PAPER_READ)
        found = position_of(session, portal.library, campaign, now=now, role=CANDIDATE)
        return found.route.by_key[STEP].status is Status.DONE


def test_a_paper_is_handed_in_although_its_step_is_done(russian: Portal) -> None:
    assert is_done(russian)
    anna, where = russian.browser("anna"), russian.at(f"documents/{KIND}")
    photo = {"file": (io.BytesIO(a_photo()), "passport.jpg")}
    anna.send(f"{where}/scans", photo, start=where, content_type="multipart/form-data")
    anna.send(f"{where}/send", start=where)
    with russian.database.reading() as session:
        assert session.query(PaperRound).count() == 1
    assert is_done(russian)

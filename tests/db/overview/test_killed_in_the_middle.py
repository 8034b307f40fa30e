"""A worker that is killed in the middle of issuing for many issues for nobody twice."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.accounts.models import Campaign
from app.config import Settings
from app.db import Database
from documents.overview.bulk_queries import bulk_progress
from documents.overview.commands import ask_bulk
from documents.overview.models import PaperBulk
from documents.overview.rules import LineState, Seen
from documents.paperwork.models import PaperIssue
from quests.route.library import PackLibrary
from tests import builders
from tests.overview_world import copy_answers
from tests.web.paperwork.program import a_desk, a_paper_portal, answer_all
from tests.web.portal import EN, Portal

MANY = 25
HANG_AT = 8


@pytest.fixture
def portal(program: Flask, library: PackLibrary) -> Portal:
    found = a_paper_portal(program, library, EN)
    answer_all(found, found.browser("anna"))
    with found.database.writing() as session:
        first = session.get_one(Campaign, found.campaigns["anna"])
        for number in range(MANY):
            name = f"candidate {number}"
            campaign = builders.a_campaign(
                session,
                candidate=builders.a_person(session, name=name),
                organisation=session.get_one(builders.Organisation, first.organisation_id),
                election=session.get_one(builders.Election, first.election_id),
                now=found.now,
            )
            found.campaigns[name] = campaign.id
    for number in range(MANY):
        copy_answers(found, "anna", f"candidate {number}")
    return found


def start(settings: Settings, url: str, mark: Path, hang_at: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.db.overview.bulk_worker"]
    return subprocess.Popen([*command, str(settings.data), url, str(mark), str(hang_at)])


def counts(database: Database) -> tuple[int, int]:
    """Give how many papers were issued, and for how many campaigns."""
    with database.reading() as session:
        found = session.execute(
            select(func.count(), func.count(PaperIssue.campaign_id.distinct()))
        ).one()
    return found[0], found[1]


def test_a_worker_killed_in_the_middle_goes_on_where_it_stopped(
    portal: Portal, settings: Settings, database_url: str, tmp_path: Path
) -> None:
    desk = a_desk(settings, portal.library)
    with portal.database.writing() as session:
        chief = builders.the_viewer(session, portal.people["chief"])
        seen = [
            Seen(id=number, organisation_id=None, election_id=1, letters="r", issuable="+")
            for name, number in portal.campaigns.items()
            if name.startswith("candidate")
        ]
        kind = desk.kind(EN, "nomination_paper")
        bulk_id = ask_bulk(session, chief, kind, EN, seen, token="t", now=clock.now())
    mark = tmp_path / "started"
    killed = start(settings, database_url, mark, HANG_AT)
    try:
        end = time.monotonic() + 60
        while not mark.exists() and time.monotonic() < end:
            time.sleep(0.05)
        assert mark.exists()
    finally:
        killed.kill()
        killed.wait()
    assert counts(portal.database) == (HANG_AT - 1, HANG_AT - 1)
    end = time.monotonic() + 90
    while time.monotonic() < end:
        assert start(settings, database_url, mark, 0).wait(timeout=90) == 0
        with portal.database.reading() as session:
            if session.scalar(select(PaperBulk.state)) == "done":
                break
        time.sleep(0.5)
    with portal.database.reading() as session:
        so_far = bulk_progress(session, bulk_id)
    assert so_far.by_state == {LineState.ISSUED: MANY}
    assert counts(portal.database) == (MANY, MANY)

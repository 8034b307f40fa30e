"""Pages ask the database as few questions of much data as of little."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Campaign
from app.reviews.models import Review
from quests.help.models import Question
from quests.route.library import PackLibrary
from tests.web.portal import Portal, a_portal, counted

STEP = "a1_can_i"


@pytest.fixture
def portal(program: Flask, library: PackLibrary) -> Iterator[Portal]:
    found = a_portal(program, library)
    yield found
    found.database.dispose()


def cost(portal: Portal, who: str, address: str) -> int:
    """Give how many statements a page takes once everything is warm."""
    browser = portal.browser(who)
    browser.page(address)
    with counted(portal.database) as statements:
        browser.page(address)
    return len(statements)


def ask(portal: Portal, count: int) -> None:
    with portal.database.writing() as session:
        campaign = session.get_one(Campaign, portal.campaigns["anna"])
        for number in range(count):
            session.add(
                Question(
                    coalition_id=campaign.coalition_id,
                    campaign_id=campaign.id,
                    pack_id=portal.pack_id,
                    step_key=STEP,
                    asked_by=portal.people["anna"],
                    asked_at=portal.now,
                    language="en",
                    words=f"Question {number}?",
                    audience="coalition",
                    state="answered",
                    stems=" question ",
                )
            )


def hand_in(portal: Portal, count: int) -> None:
    with portal.database.writing() as session:
        campaign = session.get_one(Campaign, portal.campaigns["anna"])
        first = session.scalar(select(func.count(Review.id))) or 0
        for number in range(first, first + count):
            session.add(
                Review(
                    campaign_id=campaign.id,
                    coalition_id=campaign.coalition_id,
                    organisation_id=campaign.organisation_id,
                    subject_kind="evidence",
                    subject_id=number + 1,
                    pack_id=portal.pack_id,
                    step_key=STEP,
                    queue="organisation",
                    round=1,
                    submitted_at=portal.now,
                    submitted_by=portal.people["anna"],
                    promised_at=portal.now + timedelta(days=2),
                )
            )


def test_a_step_with_ten_times_the_questions_costs_the_same(portal: Portal) -> None:
    address = portal.at(f"steps/{STEP}")
    ask(portal, 1)
    few = cost(portal, "anna", address)
    ask(portal, 10)
    assert cost(portal, "anna", address) == few <= 17


@pytest.mark.parametrize(("address", "most"), [("documents", 19), ("packets/nomination", 26)])
def test_a_page_of_papers_reads_the_route_once(portal: Portal, address: str, most: int) -> None:
    where = portal.at(address)
    browser = portal.browser("anna")
    browser.page(where)
    with counted(portal.database) as statements:
        browser.page(where)
    assert sum("FROM milestone" in text for text in statements) == 1
    assert len(statements) <= most


def test_a_queue_ten_times_as_long_costs_the_same(portal: Portal) -> None:
    hand_in(portal, 6)
    few = cost(portal, "chief", "/desk/queue")
    hand_in(portal, 60)
    assert cost(portal, "chief", "/desk/queue") == few <= 8


def test_the_counts_beside_the_queue_are_answered_by_an_index_alone(portal: Portal) -> None:
    with counted(portal.database) as statements:
        portal.browser("chief").page("/desk/queue")
    counts = next(text for text in statements if "count(*)" in text and "GROUP BY review" in text)
    if not portal.database.is_sqlite:
        pytest.skip("only SQLite names its plan in these words")
    with portal.database.reading() as session:
        values = tuple(1 for _ in range(counts.count("?")))
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {counts}", values).all()
    assert any("COVERING INDEX ix_review_coalition_counts" in row[3] for row in plan)
    assert not any("TEMP B-TREE" in row[3] for row in plan)

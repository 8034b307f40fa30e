"""The step of filing: it waits for the receipt, says what is missing, and asks one day once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.accounts.queries import find_campaign
from app.config import Settings
from documents.packets.standing import packets_held
from documents.paperwork.models import PaperAnswer
from documents.press.client import Press
from quests.evidence.models import Answer
from quests.route.models import Milestone
from tests.page import Page
from tests.web.packets.program import a_photo, ask, desk_of, make_ready, path, scan, touch, work
from tests.web.portal import Portal

BEFORE = ("a1_can_i", "a2_district", "a4_papers", "a5_income", "b1_watch", "b2_consent")
STEP = "b3_submit"
NOT_YET = "The packet is not put together yet."
TOGETHER = "The packet is put together. Once the desk has taken the papers, note its receipt."
NOTED = "The receipt is noted."


@pytest.fixture
def filing(russian: Portal) -> Portal:
    """A candidate whose next visit is the one to the commission."""
    russian.prove(BEFORE)
    with russian.database.writing() as session:
        campaign = russian.campaigns["anna"]
        session.add(Answer(campaign_id=campaign, name="answer:a1_can_i:nomination", value="self"))
    return russian


def step(portal: Portal) -> Page:
    return portal.browser("anna", "en").page(portal.at(f"steps/{STEP}"))


def note(portal: Portal, day: str, **more: str) -> None:
    data = {"received_on": day, "received_time": "17:40", "sheets": "12", **more}
    portal.browser("anna", "en").send(
        path(portal, "/receipt"), data, start=path(portal), content_type="multipart/form-data"
    )


def fill_in(portal: Portal, day: str) -> None:
    anna, where = portal.browser("anna", "en"), portal.at(f"steps/{STEP}")
    form = anna.page(where).form("/answers")
    data = {**form, "a-accepted_on": day, "a-refused": "all", "action": "send"}
    anna.send(f"{where}/answers", data, start=where)


def test_the_step_says_what_is_missing_with_one_way_there(
    filing: Portal, settings: Settings, press: Press
) -> None:
    make_ready(filing)
    assert step(filing).says(NOT_YET)
    links = step(filing).soup.find(id="work-filed").find_all("a")
    assert [link["href"] for link in links] == [path(filing)]
    anna = filing.browser("anna", "en")
    ask(filing, anna)
    work(filing, settings, press)
    assert step(filing).says(TOGETHER)
    note(filing, filing.today.isoformat(), sheets="4")
    assert step(filing).says(NOTED)


@pytest.mark.parametrize("change", ["another paper", "other photos"])
def test_the_step_waits_while_the_packet_is_out_of_date(
    filing: Portal, settings: Settings, press: Press, change: str
) -> None:
    make_ready(filing)
    ask(filing, filing.browser("anna", "en"))
    work(filing, settings, press)
    assert step(filing).says(TOGETHER)
    if change == "other photos":
        scan(filing, "passport_copy", data=a_photo("red"))
    else:
        with filing.database.writing() as session:
            touch(session, filing)
            session.add(
                PaperAnswer(
                    campaign_id=filing.campaigns["anna"],
                    key="renamed",
                    value="yes",
                    sealed="",
                    unknown=False,
                    version=1,
                    saved_at=filing.now,
                )
            )
    page = step(filing)
    assert page.says("The packet is out of date") and not page.says(TOGETHER)


@pytest.mark.parametrize(
    ("keys", "held"),
    [
        (("nomination",), {"nomination": False}),
        (("registration",), {}),
        ((), {}),
        (("nomination", "registration"), {"nomination": False}),
    ],
)
def test_only_the_packets_that_are_asked_for_are_reckoned(
    filing: Portal, settings: Settings, press: Press, keys: tuple[str, ...], held: dict[str, bool]
) -> None:
    make_ready(filing)
    ask(filing, filing.browser("anna", "en"))
    work(filing, settings, press)
    scan(filing, "passport_copy", data=a_photo("red"))
    with filing.database.reading() as session:
        campaign = find_campaign(session, filing.campaigns["anna"])
        assert campaign is not None
        found = packets_held(session, desk_of(filing), campaign, filing.now, keys=keys, works=True)
    assert found == held


def test_the_step_is_not_done_before_the_receipt_is_noted(filing: Portal) -> None:
    day = filing.today.isoformat()
    filing.prove([STEP])
    with filing.database.writing() as session:
        session.query(Milestone).delete()
    filing.browser("anna", "en").send(path(filing, "/receipt/withdraw"), start=path(filing))

    def reached() -> set[str]:
        with filing.database.reading() as session:
            return {key for (key,) in session.query(Milestone.step_key)}

    assert STEP not in reached() and "b2_consent" in reached()
    note(filing, day, without_packet="y")
    assert STEP in reached()


def test_the_day_of_the_receipt_stands_in_the_form_and_is_not_asked_again(filing: Portal) -> None:
    day = (filing.today - timedelta(days=2)).isoformat()
    assert step(filing).form("/answers").get("a-accepted_on", "") == ""
    note(filing, day, without_packet="y")
    assert step(filing).form("/answers")["a-accepted_on"] == day
    fill_in(filing, day)
    assert not step(filing).says("The receipt of the packet says")
    other = (filing.now - timedelta(days=3)).date().isoformat()
    fill_in(filing, other)
    page = step(filing)
    assert page.form("/answers")["a-accepted_on"] == other
    assert page.says("The receipt of the packet says")


def test_the_day_of_the_form_goes_along_to_the_packet(filing: Portal) -> None:
    day = (filing.today - timedelta(days=2)).isoformat()
    fill_in(filing, day)
    (link,) = step(filing).soup.find(id="work-filed").find_all("a")
    assert link["href"] == f"{path(filing)}?day={day}"
    page = filing.browser("anna", "en").page(link["href"])
    assert page.form("/receipt")["received_on"] == day

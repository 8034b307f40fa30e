"""Who may open an issued paper and its scans: those who work on it, and the desk it was sent to."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from app import clock
from app.access import Role
from app.accounts.models import Campaign
from app.config import Settings
from app.reviews import commands as reviews
from app.reviews.models import Review
from documents.paperwork.models import PaperIssue, PaperScan
from documents.press.client import Press
from tests import builders
from tests.web.paperwork.program import issue, path, put_a_photo, typeset
from tests.web.portal import RU, Portal

TEAM = (Role.MANAGER, Role.TREASURER, Role.CANVASS_LEAD, Role.CANVASSER, Role.PRESS)
REFUSAL = "was not handed in to your desk"
WORKERS = ("anna", "manager")
ON_THE_DESK = {RU: ("lawyer", "chief"), "gb-eng-local": ("vera", "chief")}
"""Who sits at the desk of the pack's paper; the chief stands in for everybody."""
READERS = ("lawyer", "vera", "chief")
NO_READERS = ("treasurer", "canvass_lead", "press", "designer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Anna's paper, issued and scanned, and not yet sent to anybody."""

    portal: Portal
    issue_id: int
    scan_id: int

    @property
    def files(self) -> tuple[str, str]:
        """Give the addresses of the issued file and of the scan."""
        return (
            path(self.portal, f"/issued/{self.issue_id}"),
            path(self.portal, f"/scans/{self.scan_id}"),
        )

    def statuses(self, who: str) -> set[int]:
        """Ask for both files and give the statuses."""
        browser = self.portal.browser(who)
        return {browser.open(address).status_code for address in self.files}

    def send(self) -> None:
        """Send it to be checked."""
        self.portal.browser("anna").send(path(self.portal, "/send"), start=path(self.portal))

    def review_id(self) -> int:
        """Give the newest review."""
        with self.portal.database.reading() as session:
            newest = session.query(Review.id).order_by(Review.id.desc())
            return newest.filter_by(subject_kind="document").first()[0]


@pytest.fixture
def signed(portal: Portal, settings: Settings, press: Press) -> Signed:
    with portal.database.writing() as session:
        campaign = session.get_one(Campaign, portal.campaigns["anna"])
        for role in TEAM:
            member = builders.a_member(session, campaign, role=role)
            portal.people[role.value] = member.person_id
        designer = builders.an_assignment(session, campaign, role=Role.DESIGNER)
        portal.people["designer"] = designer.person_id
    anna = issue(portal, portal.browser("anna"), settings, press)
    put_a_photo(portal, anna)
    with portal.database.reading() as session:
        return Signed(
            portal=portal,
            issue_id=session.query(PaperIssue.id).scalar(),
            scan_id=session.query(PaperScan.id).scalar(),
        )


def test_what_was_not_handed_in_opens_for_nobody_but_those_who_work_on_it(signed: Signed) -> None:
    assert {who: signed.statuses(who) for who in WORKERS} == {who: {200} for who in WORKERS}
    refused = (*READERS, *NO_READERS)
    assert {who: signed.statuses(who) for who in refused} == {who: {403} for who in refused}
    foreign = ("pavel", "boris", "stranger")
    assert {who: signed.statuses(who) for who in foreign} == {who: {404} for who in foreign}


def test_what_was_handed_in_opens_for_the_desk_it_was_sent_to(signed: Signed) -> None:
    signed.send()
    desk = ON_THE_DESK[signed.portal.pack_id]
    for who in (*WORKERS, *READERS, *NO_READERS):
        opens = who in WORKERS or who in desk
        assert signed.statuses(who) == ({200} if opens else {403}), who


def test_what_was_taken_back_closes_again(signed: Signed) -> None:
    signed.send()
    portal, review_id = signed.portal, signed.review_id()
    portal.browser("anna").send(path(portal, "/withdraw"), start=path(portal))
    for who in READERS:
        assert signed.statuses(who) == {403}
    review = portal.browser("chief").page(f"/desk/reviews/{review_id}")
    assert f"/issued/{signed.issue_id}" not in review.html


def test_what_was_sent_back_stays_open_to_its_desk_and_a_newer_version_does_not(
    signed: Signed, settings: Settings, press: Press
) -> None:
    signed.send()
    portal = signed.portal
    with portal.database.writing() as session:
        chief = builders.the_viewer(session, portal.people["chief"])
        reviews.give_back(
            session, chief, signed.review_id(), reason="The name is wrong.", now=clock.now()
        )
    anna = portal.browser("anna")
    where = path(portal, "/questions/name")
    form = anna.page(where).form("/questions/name")
    anna.send(where, {**form, "a-surname": "Иванова" if portal.pack_id == RU else "Smith"})
    anna.send(path(portal, "/issue"), start=path(portal))
    typeset(portal, settings, press)
    with portal.database.reading() as session:
        newer = session.query(PaperIssue.id).order_by(PaperIssue.version.desc()).first()[0]
    assert newer != signed.issue_id
    chief_browser = portal.browser("chief")
    assert signed.statuses("chief") == {200}
    assert chief_browser.open(path(portal, f"/issued/{newer}")).status_code == 403
    page = chief_browser.page(path(portal)).html
    assert f"/issued/{signed.issue_id}" in page
    assert f"/issued/{newer}" not in page
    assert "Smith" not in page and "Иванова" not in page


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_refusal_says_when_it_will_open(signed: Signed, language: str) -> None:
    lawyer = signed.portal.browser("lawyer", language)
    page = lawyer.page(signed.files[0], status=403)
    assert page.says(REFUSAL if language == "en" else "на проверку не сдавали")
    shown = lawyer.page(path(signed.portal))
    assert shown.says("is not on your desk" if language == "en" else "не поступала")
    assert f"/issued/{signed.issue_id}" not in shown.html


def test_a_sealed_answer_is_shown_to_those_who_may_and_to_no_reviewer(signed: Signed) -> None:
    if signed.portal.pack_id != RU:
        return
    signed.send()
    show = path(signed.portal, "/answers/inn/show")
    for who in WORKERS:
        browser = signed.portal.browser(who)
        start = path(signed.portal, "/questions/passport")
        assert "500100732259" not in browser.page(start).html
        assert "500100732259" in browser.send(show, start=start, status=200).html
    for who in (*READERS, *NO_READERS):
        browser = signed.portal.browser(who)
        assert "500100732259" not in browser.open(path(signed.portal)).get_data(as_text=True)
        browser.send(show, start="/", status=403)

"""What the clerk finds in the demo is a story on purpose, and no careless answer."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Role
from app.accounts.models import Campaign, Person
from app.accounts.queries import find_campaign
from app.config import Settings
from app.demo import DEMO_SIGN_INS
from documents.clerk.examining import Examined, examine, examine_upto
from documents.paperwork.models import PaperIssue
from quests.route.library import PackLibrary
from tests.db.demo.reading import candidate_of
from tests.db.demo.test_papers import the_clerk
from tests.demo_once import NOW

CARELESS = {
    "council_name",
    "ward_name",
    "district_number",
    "candidate_name",
    "initials",
    "fund_after_notice",
    "fund_in_time",
    "property_day",
    "income_year",
    "early",
    "ahead",
}
MOST_STOPS, MOST_WARNINGS = 3, 2
NO_PAPERS_YET = {"candidate@example.org", "en-candidate@example.org"}


def rules_in(examined: Examined) -> set[str]:
    return {each.rule for each in examined.judged.findings}


def test_no_paper_of_the_demo_is_careless_about_names_places_and_days(
    printed: Session, settings: Settings, library: PackLibrary
) -> None:
    clerk = the_clerk(settings, library)
    looked = 0
    for campaign_id in printed.scalars(select(PaperIssue.campaign_id).distinct()).all():
        campaign = find_campaign(printed, campaign_id)
        assert campaign is not None
        found = examine(printed, clerk, campaign, now=NOW)
        assert found is not None
        assert not rules_in(found) & CARELESS, (campaign.pack_id, campaign.council)
        looked += 1
    assert looked > 4


def test_whoever_one_signs_in_as_has_a_thing_or_two_to_mend(
    printed: Session, settings: Settings, library: PackLibrary
) -> None:
    clerk = the_clerk(settings, library)
    logins = {one.login for one in DEMO_SIGN_INS if one.role is Role.CANDIDATE}
    for login in sorted(logins - NO_PAPERS_YET):
        found = examine_upto(printed, clerk, candidate_of(printed, login), upto="", now=NOW)
        assert found is not None
        warned = Counter(each.rule for each in found.open_warnings)
        assert len(found.stopping) <= MOST_STOPS, (login, found.stopping)
        assert sum(warned.values()) <= MOST_WARNINGS, (login, warned)
        assert found.stopping or warned, login


def test_every_name_of_the_demo_is_written_in_full(printed: Session) -> None:
    names = printed.scalars(select(Person.name).join(Campaign, Campaign.candidate_id == Person.id))
    assert all(len(part) > 1 and "." not in part for name in names for part in name.split())

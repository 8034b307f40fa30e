"""Every SELECT of accounts; what a viewer may not see is not found."""

from __future__ import annotations

from app.accounts.queries.campaigns import (
    CampaignRow,
    MyCampaign,
    campaigns_of_person,
    find_campaign,
    get_campaign,
    home_of,
    visible_campaigns,
)
from app.accounts.queries.coalitions import (
    DistrictRow,
    ElectionRow,
    OrganisationRow,
    find_districts,
    get_district,
    get_organisation,
    open_elections,
    organisations,
)
from app.accounts.queries.naming import NamedCampaign, named_campaigns, named_organisations
from app.accounts.queries.people import (
    Applicant,
    HelperRow,
    PersonRow,
    applicants,
    assignable_helpers,
    get_person,
    helpers_of,
    names_of,
    staff_people,
)
from app.accounts.queries.teams import Member, team

__all__ = [
    "Applicant",
    "CampaignRow",
    "DistrictRow",
    "ElectionRow",
    "HelperRow",
    "Member",
    "MyCampaign",
    "NamedCampaign",
    "OrganisationRow",
    "PersonRow",
    "applicants",
    "assignable_helpers",
    "campaigns_of_person",
    "find_campaign",
    "find_districts",
    "get_campaign",
    "get_district",
    "get_organisation",
    "get_person",
    "helpers_of",
    "home_of",
    "named_campaigns",
    "named_organisations",
    "names_of",
    "open_elections",
    "organisations",
    "staff_people",
    "team",
    "visible_campaigns",
]

"""The routes of accounts; importing this package adds them all to ``section``."""

from __future__ import annotations

from app.accounts.views import (
    campaigns,
    district_table,
    districts,
    elections,
    invitations,
    join,
    organisations,
    people,
    recovery,
    second_factor,
    settings,
    sign_in,
    team,
)
from app.accounts.views.section import section

__all__ = [
    "campaigns",
    "district_table",
    "districts",
    "elections",
    "invitations",
    "join",
    "organisations",
    "people",
    "recovery",
    "second_factor",
    "section",
    "settings",
    "sign_in",
    "team",
]

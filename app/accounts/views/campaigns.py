"""The campaigns a person belongs to."""

from __future__ import annotations

from werkzeug.wrappers import Response

from app.access import SignedIn
from app.accounts.pages.accounts import CampaignsPage
from app.accounts.queries import campaigns_of_person
from app.accounts.rules.roles import ROLE_NAMES, STATE_NAMES
from app.accounts.sign_in_queries import own_account
from app.accounts.views.section import section
from app.reach import everything
from app.web.access import viewer
from app.web.database import reading
from app.web.language import gettext
from app.web.pages import render


@section.get("/campaigns", access=SignedIn())
def campaigns() -> Response:
    """List them; those not admitted yet say what happens next."""
    # An applicant holds no grant yet, and sees the application all the same.
    with reading(reach=everything("a person's own campaigns, in every state")) as session:
        mine = campaigns_of_person(session, viewer())
        account = own_account(session, viewer())
    return render(
        CampaignsPage(
            campaigns=mine,
            state_names={state: gettext(name) for state, name in STATE_NAMES.items()},
            role_names={role.value: gettext(name) for role, name in ROLE_NAMES.items()},
            email_confirmed=account.email_confirmed,
            email=account.email,
        )
    )

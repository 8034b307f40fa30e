"""The section that all routes of accounts belong to."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from app.accounts.rules.sign_in import device_of, network_of
from app.web.access import viewer
from app.web.pages import see_other
from app.web.routing import Section

section = Section("accounts", "app.accounts")


def device() -> str:
    """Give the browser of this request in two words."""
    return device_of(request.user_agent.string)


def network() -> str:
    """Give the network of this request, as far as guessing is counted by it."""
    return network_of(request.remote_addr)


def second_factor_first() -> Response | None:
    """Give the way to the second factor for whoever still owes it, None for everybody else.

    Public pages let them in as visitors are let in, but must not act in their name.
    """
    if viewer().second_factor:
        return None
    return see_other(url_for("accounts.second_factor"))

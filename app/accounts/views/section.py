"""The section that all routes of accounts belong to."""

from __future__ import annotations

from flask import request

from app.accounts.rules.sign_in import device_of, network_of
from app.web.routing import Section

section = Section("accounts", "app.accounts")


def device() -> str:
    """Give the browser of this request in two words."""
    return device_of(request.user_agent.string)


def network() -> str:
    """Give the network of this request, as far as guessing is counted by it."""
    return network_of(request.remote_addr)

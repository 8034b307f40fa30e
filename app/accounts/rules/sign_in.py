"""How long sessions and links last, and how growing delays slow guessing down."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.access import SECOND_FACTOR_ROLES, Role
from app.networks import find_network

IDLE_TEAM = timedelta(days=14)
IDLE_STAFF = timedelta(hours=12)
ABSOLUTE = timedelta(days=60)
TOUCH_EVERY = timedelta(minutes=10)
RESET_LASTS = timedelta(minutes=30)
CONFIRMATION_LASTS = timedelta(hours=72)
FREE_TRIES_LOGIN = 5
FREE_TRIES_NETWORK = 30
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(hours=24)
TOTP_PERIOD_S = 30
RECOVERY_CODES = 10
_STAFF_ROLES = frozenset({Role.COORDINATOR, Role.CHIEF, Role.AUDITOR})
_BROWSERS = (
    ("Edg", "Edge"),
    ("YaBrowser", "Yandex"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def idle_limit(roles: Collection[Role]) -> timedelta:
    """Give how long a session may rest: 12 h with a role over many campaigns, else 14 days."""
    return IDLE_STAFF if _STAFF_ROLES.intersection(roles) else IDLE_TEAM


def needs_second_factor(roles: Collection[Role]) -> bool:
    """Say whether one of these roles obliges to a second factor."""
    return not SECOND_FACTOR_ROLES.isdisjoint(roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """The failed tries of one login or one network so far."""

    count: int = 0
    last_at: datetime | None = None
    locked_until: datetime | None = None

    def locked_for(self, now: datetime) -> timedelta | None:
        """Give how long no try is taken, None when one may be made now."""
        if self.locked_until is None or self.locked_until <= now:
            return None
        return self.locked_until - now


def after_failure(before: Failures, *, free_tries: int, now: datetime) -> Failures:
    """Give the state after one more failure: past the free tries each one doubles the delay."""
    forgotten = before.last_at is None or now - before.last_at > FORGOTTEN_AFTER
    count = 1 if forgotten else before.count + 1
    over = count - free_tries
    if over < 0:
        return Failures(count=count, last_at=now)
    delay = min(FIRST_DELAY * 2 ** min(over, 12), LONGEST_DELAY)
    return Failures(count=count, last_at=now, locked_until=now + delay)


def network_of(address: str | None) -> str:
    """Give the prefix by which a network is counted: /24 for IPv4, /56 for IPv6."""
    return find_network(address or "", bits_v4=24, bits_v6=56) or "unknown"


def device_of(user_agent: str | None) -> str:
    """Give browser and system in two words: enough to recognise one's own phone."""
    text = user_agent or ""
    browser = next((name for mark, name in _BROWSERS if re.search(rf"\b{mark}", text)), "")
    system = next((name for mark, name in _SYSTEMS if mark in text), "")
    return " · ".join(word for word in (browser, system) if word)


def totp_step(now: datetime) -> int:
    """Give the number of the 30-second step in which a moment lies."""
    return int(now.timestamp()) // TOTP_PERIOD_S

"""The people a visitor of the demo can be: their logins, and codes for the second factor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pyotp

from app.access import SECOND_FACTOR_ROLES, Role
from app.accounts.rules.sign_in import TOTP_PERIOD_S


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSignIn:
    """One person to sign in as. ``spot`` is the place in the coalition the planting fills."""

    login: str
    who: str
    role: Role
    spot: str
    pack_id: str
    language: str

    @property
    def totp_secret(self) -> str | None:
        """Give the known secret of those who must show a second factor, else None."""
        return DEMO_TOTP_SECRET if self.role in SECOND_FACTOR_ROLES else None


DEMO_TOTP_SECRET = "MANDATDEMOMANDATDEMOMANDATDEMO22"  # noqa: S105 - shown on a page of the demo.
FRESH, MIDDLE, STAFF = "fresh", "middle", "staff"
RU, EN = "ru-spb-municipal", "gb-eng-local"


def _sign_in(prefix: str, login: str, who: str, role: Role, spot: str) -> DemoSignIn:
    russian = not prefix
    return DemoSignIn(
        login=f"{prefix}{login}@example.org",
        who=who,
        role=role,
        spot=spot,
        pack_id=RU if russian else EN,
        language="ru" if russian else "en",
    )


DEMO_SIGN_INS: tuple[DemoSignIn, ...] = (
    _sign_in("", "candidate", "кандидат в начале пути", Role.CANDIDATE, FRESH),
    _sign_in("", "middle", "кандидат на середине пути", Role.CANDIDATE, MIDDLE),
    _sign_in("", "manager", "руководитель кампании", Role.MANAGER, MIDDLE),
    _sign_in("", "treasurer", "казначей кампании", Role.TREASURER, MIDDLE),
    _sign_in("", "canvasser", "доброволец, обходит квартиры", Role.CANVASSER, MIDDLE),
    _sign_in("", "coordinator", "координатор организации", Role.COORDINATOR, STAFF),
    _sign_in("", "chief", "координатор всей коалиции", Role.CHIEF, STAFF),
    _sign_in("", "lawyer", "юрист", Role.LAWYER, STAFF),
    _sign_in("", "designer", "дизайнер", Role.DESIGNER, STAFF),
    _sign_in("", "auditor", "ревизор коалиции", Role.AUDITOR, STAFF),
    _sign_in("en-", "candidate", "candidate at the start", Role.CANDIDATE, FRESH),
    _sign_in("en-", "middle", "candidate half-way", Role.CANDIDATE, MIDDLE),
    _sign_in("en-", "manager", "campaign manager", Role.MANAGER, MIDDLE),
    _sign_in("en-", "treasurer", "campaign treasurer", Role.TREASURER, MIDDLE),
    _sign_in("en-", "canvasser", "volunteer at the doors", Role.CANVASSER, MIDDLE),
    _sign_in("en-", "coordinator", "coordinator of an organisation", Role.COORDINATOR, STAFF),
    _sign_in("en-", "chief", "coordinator of the coalition", Role.CHIEF, STAFF),
    _sign_in("en-", "lawyer", "lawyer", Role.LAWYER, STAFF),
    _sign_in("en-", "designer", "designer", Role.DESIGNER, STAFF),
    _sign_in("en-", "auditor", "auditor of the coalition", Role.AUDITOR, STAFF),
)


def find_sign_in(login: str) -> DemoSignIn | None:
    """Give the demo's person of a login; None for anybody else."""
    return next((one for one in DEMO_SIGN_INS if one.login == login), None)


def code_at(secret: str, now: datetime) -> str:
    """Give the code an authenticator would show now."""
    return pyotp.TOTP(secret, interval=TOTP_PERIOD_S).at(now)


def seconds_left(now: datetime) -> int:
    """Give how long the codes of this moment stay."""
    return TOTP_PERIOD_S - int(now.timestamp()) % TOTP_PERIOD_S

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
    sees: str
    """What is to be seen there, in one line."""
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
COLLECTING, NOMINATING = "collecting", "nominating"
RU, EN = "ru-spb-municipal", "gb-eng-local"


def _sign_in(prefix: str, login: str, role: Role, spot: str, who: str, sees: str) -> DemoSignIn:
    russian = not prefix
    return DemoSignIn(
        login=f"{prefix}{login}@example.org",
        who=who,
        sees=sees,
        role=role,
        spot=spot,
        pack_id=RU if russian else EN,
        language="ru" if russian else "en",
    )


DEMO_SIGN_INS: tuple[DemoSignIn, ...] = (
    _sign_in(
        "",
        "candidate",
        Role.CANDIDATE,
        FRESH,
        "кандидат в начале пути",
        "Маршрут, на котором ещё ничего не пройдено.",
    ),
    _sign_in(
        "",
        "middle",
        Role.CANDIDATE,
        MIDDLE,
        "кандидат на середине пути",
        "Одно проверяют, одно вернули, а пакет документов уже сдан.",
    ),
    _sign_in(
        "",
        "signatures",
        Role.CANDIDATE,
        COLLECTING,
        "кандидат собирает подписи",
        "Листы на руках у трёх сборщиков, часть вернулась и посчитана. До цели ещё не хватает.",
    ),
    _sign_in(
        "",
        "manager",
        Role.MANAGER,
        MIDDLE,
        "руководитель кампании",
        "Кампания кандидата на середине пути.",
    ),
    _sign_in(
        "",
        "treasurer",
        Role.TREASURER,
        MIDDLE,
        "казначей кампании",
        "Деньги той же кампании: взносы, возвраты, книга учёта.",
    ),
    _sign_in(
        "",
        "canvasser",
        Role.CANVASSER,
        MIDDLE,
        "доброволец, обходит квартиры",
        "Дома и квартиры, которые ему поручили.",
    ),
    _sign_in(
        "",
        "coordinator",
        Role.COORDINATOR,
        STAFF,
        "координатор организации",
        "Кандидаты одной организации и очередь её проверок.",
    ),
    _sign_in(
        "",
        "chief",
        Role.CHIEF,
        STAFF,
        "координатор всей коалиции",
        "Все кандидаты, заявки и места организаций.",
    ),
    _sign_in(
        "",
        "lawyer",
        Role.LAWYER,
        STAFF,
        "юрист",
        "Документы, которые ждут проверки.",
    ),
    _sign_in(
        "",
        "designer",
        Role.DESIGNER,
        STAFF,
        "дизайнер",
        "Макеты листовок, которые ждут проверки.",
    ),
    _sign_in(
        "",
        "auditor",
        Role.AUDITOR,
        STAFF,
        "ревизор коалиции",
        "Журнал: кто, что и когда сделал. Изменить ничего нельзя.",
    ),
    _sign_in(
        "en-",
        "candidate",
        Role.CANDIDATE,
        FRESH,
        "candidate at the start",
        "A route on which nothing is done yet.",
    ),
    _sign_in(
        "en-",
        "middle",
        Role.CANDIDATE,
        MIDDLE,
        "candidate half-way",
        "One thing is being checked, one came back; the papers are begun.",
    ),
    _sign_in(
        "en-",
        "nominations",
        Role.CANDIDATE,
        NOMINATING,
        "candidate at a by-election",
        "Nominations are open, and the papers are ready to be printed and handed in.",
    ),
    _sign_in(
        "en-",
        "manager",
        Role.MANAGER,
        MIDDLE,
        "campaign manager",
        "The campaign of the candidate half-way.",
    ),
    _sign_in(
        "en-",
        "treasurer",
        Role.TREASURER,
        MIDDLE,
        "campaign treasurer",
        "The money of the same campaign: gifts, refunds, the ledger.",
    ),
    _sign_in(
        "en-",
        "canvasser",
        Role.CANVASSER,
        MIDDLE,
        "volunteer at the doors",
        "The houses and flats given to this volunteer.",
    ),
    _sign_in(
        "en-",
        "coordinator",
        Role.COORDINATOR,
        STAFF,
        "coordinator of an organisation",
        "The candidates of one organisation, and what waits for its check.",
    ),
    _sign_in(
        "en-",
        "chief",
        Role.CHIEF,
        STAFF,
        "coordinator of the coalition",
        "All candidates, applications, and the places of the organisations.",
    ),
    _sign_in(
        "en-",
        "lawyer",
        Role.LAWYER,
        STAFF,
        "lawyer",
        "What candidates ask, and papers to look at.",
    ),
    _sign_in(
        "en-",
        "designer",
        Role.DESIGNER,
        STAFF,
        "designer",
        "Flyers that wait for a check.",
    ),
    _sign_in(
        "en-",
        "auditor",
        Role.AUDITOR,
        STAFF,
        "auditor of the coalition",
        "The log: who did what and when. Nothing in it can be changed.",
    ),
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

"""A campaign whose answers for signature sheets are given, and what is done with sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Flask
from sqlalchemy.orm import Session

from app.accounts.queries import CampaignRow
from app.config import Settings, secret_key
from app.sealing import Seal
from documents.paperwork.models import PaperAnswer
from quests.route.library import PackLibrary
from tests.page import CheckingClient
from tests.web.portal import RU, Portal, a_portal

ANSWERS = {
    "council": "Муниципального совета муниципального округа Тихая Гавань",
    "district_kind": "multi",
    "district_no": "3",
    "nominator": "self",
    "surname": "Ёлкина",
    "first_name": "Анна",
    "patronymic": "Петровна",
    "birth_date": "1970-06-17",
    "reg_subject": "город Санкт-Петербург",
    "work_kind": "occupation",
    "occupation": "пенсионер",
}
HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}\u202e&quot;'"
SEALED = {"conviction": "none", "foreign_agent": "no"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedDays:
    """A calendar: the collecting began three days ago and lasts until nominations close."""

    first: str = "signature_collection_starts"
    last: str = "signature_collection_ends"

    def days_of(
        self, session: Session, campaign: CampaignRow, *, now: datetime
    ) -> Mapping[str, date | None]:
        today = now.date()
        return {self.first: today - timedelta(days=3), self.last: today + timedelta(days=17)}


def a_signing_portal(app: Flask, settings: Settings, library: PackLibrary) -> Portal:
    """Plant a coalition in which Anna has given the answers that a sheet is filled from."""
    portal = a_portal(app, library, pack_id=RU)
    answer(portal, settings)
    return portal


def today(portal: Portal, days: int = 0) -> str:
    """Give the day of the tests, or one so many days later, as it is typed."""
    return (portal.today + timedelta(days=days)).strftime("%d.%m.%Y")


def answer(portal: Portal, settings: Settings, who: str = "anna", **others: str) -> None:
    """Give the answers, and others instead of some."""
    seal = Seal.from_secret(secret_key(settings))
    with portal.database.writing() as session:
        for key, text in {**ANSWERS, **SEALED, **others}.items():
            sealed = key in SEALED or key == "conviction_text"
            session.merge(
                PaperAnswer(
                    campaign_id=portal.campaigns[who],
                    key=key,
                    value="" if sealed else text,
                    sealed=seal.close(text) if sealed else "",
                    unknown=False,
                    version=1,
                    saved_at=portal.now,
                )
            )


def path(portal: Portal, rest: str = "") -> str:
    """Give an address of Anna's signatures."""
    return portal.at(f"signatures{rest}")


def send(
    portal: Portal,
    browser: CheckingClient,
    rest: str,
    action: str,
    status: int = 303,
    **typed: object,
) -> str:
    """Fill in the form of a page with this action and send it; give where it leads."""
    where = path(portal, rest)
    form = browser.page(where).form(action)
    page = browser.send(path(portal, action), {**form, **typed}, status=status, start=where)
    return str(page.response.headers.get("Location", "")) if status == 303 else page.text


def plan(portal: Portal, browser: CheckingClient, **typed: object) -> None:
    """Save the plan as it is offered, with days around today and other values for some fields."""
    today = portal.today
    days = {
        "first_day": (today - timedelta(days=3)).isoformat(),
        "last_day": (today + timedelta(days=7)).isoformat(),
    }
    numbers = {"voters": "9000", "mandates": "5"}
    send(portal, browser, "/plan", "/plan", **{**numbers, **days, **typed})


def collector(portal: Portal, browser: CheckingClient, name: str = "Козлов Пётр") -> int:
    """Add a collector and give the number."""
    send(portal, browser, "/collectors", "/collectors", name=name, born_on="17.06.1980")
    page = browser.page(path(portal, "/give"))
    options = page.soup.find("select", attrs={"name": "collector"}).find_all("option")
    return next(int(one["value"]) for one in options if one.get_text() == name)


def order(portal: Portal, browser: CheckingClient, **typed: object) -> int:
    """Order sheets and give the batch."""
    location = send(portal, browser, "/batches", "/batches", **{"count": "10", **typed})
    return int(location.rsplit("/", 1)[1])


def count(
    portal: Portal,
    browser: CheckingClient,
    number: int,
    hand: int,
    days: list[str],
    status: int = 303,
    **typed: object,
) -> str:
    """Count a sheet with a signature for each of these days."""
    rows = {f"day-{row}": day for row, day in enumerate(days, 1)}
    rest = f"/sheets/{number}"
    return send(portal, browser, rest, rest, status, **{"collector": str(hand), **rows, **typed})

"""Sentences about deadlines in a named language: for pages, for the feed and for letters."""

from __future__ import annotations

from datetime import date, time

from app.accounts.queries import CampaignRow
from app.calendar import Deadline, Edge, Status
from app.calendar.explaining import WORDINGS
from app.texts import N_
from app.web.language import translate, translate_plural
from app.web.wording import day

_CONFIDENCE = {
    Status.VERIFIED: N_("verified"),
    Status.ANALOGOUS: N_("by analogy"),
    Status.UNVERIFIED: N_("a lawyer has yet to check this"),
    Status.DERIVED: N_("worked out from the rules"),
    Status.UNKNOWN: N_("not known yet"),
}
_WITH_HOUR = {
    Edge.CLOSES: N_("{day}, until {hour}"),
    Edge.OPENS: N_("{day}, from {hour}"),
    Edge.ON: N_("{day}, {hour}"),
}


def when(on: date, at: time | None, edge: Edge, language: str, *, today: date) -> str:
    """Give "12 июля, суббота, до 18:00"."""
    said = day(on, language, this_year=today.year)
    if at is None:
        return said
    return translate(language, _WITH_HOUR[edge], day=said, hour=f"{at:%H:%M}")


def place(campaign: CampaignRow, language: str) -> str:
    """Give the council and district of a campaign; it names no person."""
    number = campaign.district_number
    district = translate(language, "district {number}", number=number) if number else ""
    return ", ".join(filter(None, (campaign.council, district, campaign.district_name)))


def day_name(anchor: str, language: str) -> str:
    """Give the name of a day that deadlines are counted from."""
    return WORDINGS[language].anchors[anchor].name


def confidence(deadline: Deadline, language: str) -> str:
    """Give the source and how sure we are of it, in words."""
    sure = translate(language, _CONFIDENCE[deadline.status])
    return f"{deadline.source} ({sure})"


def subject(title: str, others: int, days_left: int, language: str) -> str:
    """Give the subject of a reminder: the nearest deadline, and how many more there are."""
    if days_left <= 0:
        nearest = translate(language, "Today: {title}", title=title)
    elif days_left == 1:
        nearest = translate(language, "Tomorrow: {title}", title=title)
    else:
        nearest = translate_plural(
            language,
            "In %(num)s day: %(title)s",
            "In %(num)s days: %(title)s",
            days_left,
            title=title,
        )
    if not others:
        return nearest
    return translate_plural(
        language,
        "%(nearest)s, and %(num)s more",
        "%(nearest)s, and %(num)s more",
        others,
        nearest=nearest,
    )

"""Where the source of a line of the journal can be seen, by those who may open it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import url_for

from app.access import Permission, Viewer
from quests.ranking.pack import Earned
from quests.ranking.queries import Entry, Player


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A page that shows a source, and who may open it."""

    permission: Permission
    href: Callable[[int, str], str]
    """Takes the campaign's number and the source."""


def _step(campaign_id: int, source: str) -> str:
    return url_for("route.step", campaign_id=campaign_id, key=source)


def _papers(campaign_id: int, source: str) -> str:
    return url_for("paperwork.index", campaign_id=campaign_id)


def _gift(campaign_id: int, source: str) -> str:
    return url_for("fund.gift", campaign_id=campaign_id, donation_id=int(source))


SHOWN: Mapping[str, Shown] = {
    Earned.MILESTONE.value: Shown(permission=Permission.ROUTE_READ, href=_step),
    Earned.PAPER.value: Shown(permission=Permission.PAPER_READ, href=_papers),
    Earned.GIFT.value: Shown(permission=Permission.FUND_READ, href=_gift),
}
"""Doors have no page of their own: a line about one says only that it was verified."""


def source_href(viewer: Viewer, player: Player, entry: Entry) -> str:
    """Give the address of a line's source; empty when there is none for this viewer."""
    shown = SHOWN.get(entry.rule)
    if shown is None or not viewer.may(shown.permission, player.scope):
        return ""
    return shown.href(player.campaign_id, entry.source)

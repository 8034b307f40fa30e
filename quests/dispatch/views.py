"""The coordinator's list of campaigns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import request, url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission
from app.texts import N_
from app.ui.paging import page_number, pages_of
from app.web.access import viewer
from app.web.database import reading
from app.web.kernel import part
from app.web.language import current_language, gettext, ngettext
from app.web.pages import render
from app.web.routing import Section
from quests.dispatch import queries
from quests.dispatch.pages import CampaignsPage, CampaignView, Choice
from quests.dispatch.queries import CampaignLine, Standings
from quests.dispatch.rules import Pace, Signs, pace
from quests.route.library import PackLibrary
from quests.route.position import Standing, Status
from quests.route.saying import slack_words

PAGE = 50
LONGEST_SEARCH = 100
PACES = {
    # For each pace: the word over many campaigns, the word about one, the tone.
    Pace.LATE: (N_("Late"), N_("late"), "danger"),
    Pace.STUCK: (N_("Stuck"), N_("stuck"), "warn"),
    Pace.SILENT: (N_("Silent"), N_("silent"), "plain"),
    Pace.MOVING: (N_("Moving"), N_("moving"), "done"),
    Pace.FINISHED: (N_("All done"), N_("all done"), "done"),
}

section = Section("dispatch", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A campaign, where it stands and how it goes."""

    line: CampaignLine
    standing: Standing
    pace: Pace


@section.get("/desk/campaigns", access=Holds(Permission.CAMPAIGNS_READ))
def campaigns() -> Response:
    """List campaigns with filters; every filter is in the address."""
    now = clock.now()
    search = request.args.get("q", "")[:LONGEST_SEARCH].strip()
    organisation_id = _small(request.args.get("organisation"))
    station = request.args.get("station", "")
    wanted = request.args.get("pace", "")
    with reading() as session:
        lines = queries.campaign_lines(session, viewer(), search=search)
        found = queries.standings(session, part(PackLibrary), lines, now=now)
    seen = _seen(lines, found, now)
    organisations = _organisations(lines, organisation_id)
    if organisation_id is not None:
        seen = [one for one in seen if one.line.organisation_id == organisation_id]
    stations = _stations(seen, station)
    if station:
        seen = [one for one in seen if _station_key(one) == station]
    counts = Counter(one.pace for one in seen)
    shown = [one for one in seen if not wanted or one.pace.value == wanted]
    pages = pages_of(
        page_number(request.args.get("page")), len(shown), PAGE, lambda each: _address(page=each)
    )
    rows = shown[(pages.number - 1) * PAGE : pages.number * PAGE]
    return render(
        CampaignsPage(
            title=ngettext(
                "%(num)s campaign on the way", "%(num)s campaigns on the way", len(lines)
            ),
            lead=gettext("Late ones first need a hand; silent ones need a call."),
            tabs=_tabs(wanted, counts, len(seen)),
            organisations=organisations,
            stations=stations,
            pace=wanted,
            search=search,
            rows=tuple(_row(one) for one in rows),
            pages=pages,
            now=now,
        )
    )


def _small(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None


def _seen(lines: Sequence[CampaignLine], found: Standings, now: datetime) -> list[Seen]:
    order = list(PACES)
    seen = [
        Seen(line=line, standing=standing, pace=_pace(line, standing, found, now))
        for line in lines
        for standing in (found.by_campaign[line.id],)
    ]
    seen.sort(key=lambda one: order.index(one.pace))
    return seen


def _pace(line: CampaignLine, standing: Standing, found: Standings, now: datetime) -> Pace:
    statuses = standing.statuses
    return pace(
        Signs(
            last_step_at=found.last_step_at.get(line.id),
            last_active_at=line.last_active_at,
            is_overdue=Status.OVERDUE in statuses,
            has_open_step=any(status.is_workable for status in statuses),
            has_steps_left=standing.done < standing.total,
            waits_for_us=Status.WAITING in statuses,
        ),
        now,
    )


def _station_key(one: Seen) -> str:
    return one.standing.now.step.key if one.standing.now else ""


def _station_title(one: Seen) -> str:
    if one.standing.now is None:
        left = one.standing.done < one.standing.total
        return gettext("waits for a day to come") if left else gettext("nothing left to do")
    key = one.standing.now.step.key
    return part(PackLibrary).step_title(one.line.pack_id, key, current_language())


def _row(one: Seen) -> CampaignView:
    line = one.line
    _, word, tone = PACES[one.pace]
    place = f"{line.council}, {line.district_number or line.district_name}".strip(", ")
    return CampaignView(
        name=line.name,
        href=url_for("route.show", campaign_id=line.id),
        place=place,
        organisation=line.organisation or "",
        station=_station_title(one),
        done=one.standing.done,
        total=one.standing.total,
        pace=one.pace.value,
        pace_word=gettext(word),
        pace_tone=tone,
        slack=slack_words(one.standing.slack_days, is_legal=one.standing.slack_is_legal),
        last_active_at=line.last_active_at,
    )


def _address(**changes: object) -> str:
    kept = {key: value for key, value in request.args.items() if key != "page" and value}
    kept.update({key: str(value) for key, value in changes.items()})
    query = urlencode({key: value for key, value in kept.items() if value})
    return url_for("dispatch.campaigns") + (f"?{query}" if query else "")


def _tabs(wanted: str, counts: Counter[Pace], total: int) -> tuple[tuple[str, str, bool, int], ...]:
    found = [(gettext("All"), _address(pace=""), not wanted, total)]
    for one, (word, _, _) in PACES.items():
        if counts[one] or wanted == one.value:
            href = _address(pace=one.value)
            found.append((gettext(word), href, wanted == one.value, counts[one]))
    return tuple(found)


def _organisations(lines: Sequence[CampaignLine], chosen: int | None) -> tuple[Choice, ...]:
    names = {line.organisation_id: line.organisation or "" for line in lines}
    found = [Choice(value="", label=gettext("all organisations"), chosen=chosen is None)]
    found += [
        Choice(value=str(key), label=name, chosen=key == chosen)
        for key, name in sorted(names.items(), key=lambda item: item[1])
        if key is not None
    ]
    return tuple(found)


def _stations(seen: Sequence[Seen], chosen: str) -> tuple[Choice, ...]:
    counts: Counter[str] = Counter()
    titles: dict[str, str] = {}
    for one in seen:
        key = _station_key(one)
        if key:
            counts[key] += 1
            titles.setdefault(key, _station_title(one))
    found = [Choice(value="", label=gettext("any station"), chosen=not chosen)]
    found += [
        Choice(value=key, label=f"{title} · {counts[key]}", chosen=key == chosen)
        for key, title in titles.items()
    ]
    return tuple(found)

"""The coordinator's list of campaigns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from flask import request, url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission
from app.accounts.queries import NamedCampaign, named_campaigns, named_organisations
from app.texts import N_
from app.ui.paging import page_number, pages_of
from app.web.access import viewer
from app.web.database import reading
from app.web.kernel import part
from app.web.language import current_language, gettext, ngettext
from app.web.pages import render
from app.web.routing import Section
from quests.dispatch import census
from quests.dispatch.filters import (
    LONGEST,
    NOWHERE,
    SILENT,
    STUCK,
    Wanted,
    changed,
    lines_of,
    wanted,
)
from quests.dispatch.pages import CampaignsPage, CampaignView, Choice
from quests.dispatch.rules import Pace
from quests.dispatch.rules.counting import Seen
from quests.route.library import PackLibrary
from quests.route.saying import slack_words

__all__ = ["LONGEST_SEARCH", "section"]

PAGE = 50
LONGEST_SEARCH = LONGEST
HOME = "dispatch.campaigns"
PACES = {
    # For each pace: the word over many campaigns, the word about one, the tone.
    Pace.LATE: (N_("Late"), N_("late"), "danger"),
    Pace.STUCK: (N_("Stuck"), N_("stuck"), "warn"),
    Pace.SILENT: (N_("Silent"), N_("silent"), "plain"),
    Pace.MOVING: (N_("Moving"), N_("moving"), "done"),
    Pace.FINISHED: (N_("All done"), N_("all done"), "done"),
}
ORDER = {pace: place for place, pace in enumerate(PACES)}

section = Section("dispatch", __name__)


@section.get("/desk/campaigns", access=Holds(Permission.CAMPAIGNS_READ))
def campaigns() -> Response:
    """List campaigns with filters; every filter is in the address."""
    now, asked, library = clock.now(), wanted(), part(PackLibrary)
    with reading() as session:
        found = census.take_census(
            session, viewer(), library, now=now, search=asked.search, by_name=True
        )
        councils = census.councils(session, found.elections) if asked.sieve.council else {}
        organisations = named_organisations(session, (one.organisation_id for one in found.seen))
        passed = asked.sieve.of(found.seen, councils, lines_of(library))
        stations = _stations(passed, asked)
        here = [one for one in passed if _fits(one, asked, now)]
        paces = {one.id: one.pace(now) for one in here}
        here.sort(key=lambda one: ORDER[paces[one.id]])
        shown = [one for one in here if not asked.pace or paces[one.id].value == asked.pace]
        pages = pages_of(
            page_number(request.args.get("page")), len(shown), PAGE, lambda n: changed(HOME, page=n)
        )
        rows = shown[(pages.number - 1) * PAGE : pages.number * PAGE]
        names = named_campaigns(session, (one.id for one in rows))
    return render(
        CampaignsPage(
            title=_title(len(found.seen)),
            lead=gettext("Late ones first need a hand; silent ones need a call."),
            tabs=_tabs(asked.pace, Counter(paces.values())),
            organisations=_organisations(organisations, asked.sieve.organisation_id),
            stations=stations,
            narrowed=_narrowed(asked, {one.pack_id for one in found.elections.values()}),
            kept=tuple((key, request.args[key]) for key in KEPT if request.args.get(key)),
            search=asked.search,
            rows=tuple(_row(one, names[one.id], paces[one.id]) for one in rows),
            pages=pages,
            now=now,
        )
    )


KEPT = ("pace", "pack", "council", "line", "only", "due")
"""What the form carries on without showing a control for it."""


def _title(count: int) -> str:
    return ngettext("%(num)s campaign on the way", "%(num)s campaigns on the way", count)


def _fits(one: Seen, asked: Wanted, now: datetime) -> bool:
    if asked.station and (one.kept.station or NOWHERE) != asked.station:
        return False
    if asked.due and not one.awaits(asked.due):
        return False
    if asked.only == STUCK:
        return one.is_stuck(now)
    return asked.only != SILENT or one.is_silent(now)


def _station_title(one: Seen) -> str:
    if one.kept.station is None:
        left = one.kept.done < one.kept.total
        return gettext("waits for a day to come") if left else gettext("nothing left to do")
    return part(PackLibrary).step_title(one.pack_id, one.kept.station, current_language())


def _row(one: Seen, named: NamedCampaign, pace: Pace) -> CampaignView:
    _, word, tone = PACES[pace]
    kept = one.kept
    return CampaignView(
        name=named.name,
        href=url_for("route.show", campaign_id=one.id),
        place=named.place,
        organisation=named.organisation or "",
        station=_station_title(one),
        done=kept.done,
        total=kept.total,
        pace=pace.value,
        pace_word=gettext(word),
        pace_tone=tone,
        slack=slack_words(
            None if kept.starts_on is None else kept.starts_on - one.today,
            is_legal=kept.is_by_law,
        ),
        last_active_at=one.last_active_at,
    )


def _tabs(chosen: str, counts: Counter[Pace]) -> tuple[tuple[str, str, bool, int], ...]:
    found = [(gettext("All"), changed(HOME, pace=""), not chosen, counts.total())]
    for one, (word, _, _) in PACES.items():
        if counts[one] or chosen == one.value:
            href = changed(HOME, pace=one.value)
            found.append((gettext(word), href, chosen == one.value, counts[one]))
    return tuple(found)


def _organisations(names: Mapping[int, str], chosen: int | None) -> tuple[Choice, ...]:
    found = [Choice(value="", label=gettext("all organisations"), chosen=chosen is None)]
    found += [
        Choice(value=str(key), label=name, chosen=key == chosen) for key, name in names.items()
    ]
    return tuple(found)


def _stations(seen: Sequence[Seen], asked: Wanted) -> tuple[Choice, ...]:
    chosen = asked.station
    counts: Counter[str] = Counter()
    titles: dict[str, str] = {}
    for one in seen:
        key = one.kept.station or NOWHERE
        counts[key] += 1
        if key not in titles:
            titles[key] = _station_title(one)
    if chosen and chosen not in titles:
        titles[chosen] = _title_of_step(chosen, asked.sieve.pack_id)
    found = [Choice(value="", label=gettext("any station"), chosen=not chosen)]
    found += [
        Choice(value=key, label=f"{title} · {counts[key]}", chosen=key == chosen)
        for key, title in titles.items()
    ]
    return tuple(found)


def _narrowed(asked: Wanted, packs: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Say what a link has narrowed the list to, with the address that undoes it.

    ``packs`` are those that somebody stands in; a single one narrows nothing.
    """
    library, language = part(PackLibrary), current_language()
    found: list[tuple[str, str]] = []
    if asked.only == STUCK:
        found.append((gettext("over a week at one station, or late by law"), "only"))
    if asked.only == SILENT:
        found.append((gettext("silent for two weeks"), "only"))
    if asked.due:
        title = _title_of_step(asked.due, asked.sieve.pack_id)
        found.append((gettext("not there yet: {step}", step=title), "due"))
    if asked.sieve.pack_id in library and len(packs) > 1:
        name = library[asked.sieve.pack_id].words_in(language).pack.short
        found.append((name, "pack"))
    if asked.sieve.council:
        found.append((asked.sieve.council, "council"))
    if asked.sieve.line:
        found.append((_line(asked.sieve.line, packs), "line"))
    return tuple((words, changed(HOME, **{name: ""})) for words, name in found)


def _line(line: str, packs: Collection[str]) -> str:
    """Give what the packs call a line; they agree about it."""
    pack_id = min(packs, default=next(iter(part(PackLibrary).entries)))
    return part(PackLibrary)[pack_id].words_in(current_language()).line[line].title


def _title_of_step(key: str, pack_id: str) -> str:
    library = part(PackLibrary)
    packs = (pack_id, *library.entries) if pack_id in library else tuple(library.entries)
    titles = (library.step_title(each, key, current_language()) for each in packs)
    return next((title for title in titles if title != key), key)

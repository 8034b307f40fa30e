"""The league screens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import request, url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission
from app.errors import Missing
from app.reach import reach_of_coalitions
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import gettext
from app.web.pages import flash_done, render, see_other
from app.web.routing import LARGEST_ID, Section
from app.web.templating import use_zone
from quests.ranking import commands, describing, queries
from quests.ranking.ground import Ground, find_ground, is_candidate_of
from quests.ranking.pack import PointBook
from quests.ranking.pages import (
    CandidatesPage,
    ChoiceView,
    JournalPage,
    OffPage,
    OrganisationsPage,
    OwnView,
    Surround,
    Tab,
)
from quests.ranking.queries import Cursor, League, LeagueRows, OwnStanding, Player
from quests.ranking.rules.awarding import LINES
from quests.ranking.rules.places import FEWEST_SHOWN
from quests.ranking.rules.weeks import ALL_TIME, local_day, monday_of, week_period
from quests.route.library import PackLibrary

ORGANISATION, COALITION, ORGANISATIONS = "organisation", "coalition", "organisations"
SCOPES = (ORGANISATION, COALITION, ORGANISATIONS)
WEEK = "week"
BY_CAPACITY = "capacity"
_CURSOR = re.compile(r"(\d{1,9})-(\d{1,18})", re.ASCII)

section = Section("ranking", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for."""

    scope: str
    period: str
    """week or all."""
    coalition_id: int | None
    organisation_id: int | None
    measure: str
    start: Cursor | None
    end: Cursor | None

    def address(self, **changes: object) -> str:
        """Give the address of the league page with changes; what goes without saying is left out.

        A page in the middle of a league is of that league only, so cursors never go along.
        """
        values: dict[str, object] = {
            "scope": self.scope,
            "period": self.period if self.period != WEEK else None,
            "coalition": self.coalition_id,
            "organisation": self.organisation_id,
            "by": self.measure,
            **changes,
        }
        return f"{url_for('ranking.league')}?" + urlencode(
            {key: str(value) for key, value in values.items() if value}
        )


@section.get("/league", access=Holds(Permission.LEAGUE_READ))
def league() -> Response:
    """A league: of an organisation's candidates, of the coalition's, or of the organisations."""
    with reading(reach=reach_of_coalitions(viewer())) as session:
        asked = _asked()
        ground = find_ground(session, viewer(), asked.coalition_id)
        if ground.off:
            return render(OffPage(home="/"))
        use_zone(ground.zone)
        monday = monday_of(local_day(clock.now(), ground.zone))
        if asked.scope == ORGANISATIONS or not ground.clubs:
            sums = queries.club_sums(session, ground, _period(asked, monday))
            return render(_organisations(asked, ground, monday, sums))
        club = ground.club(asked.organisation_id) if asked.scope == ORGANISATION else None
        wanted = League(
            coalition_id=ground.coalition_id,
            organisation_id=club.id if club else None,
            period=_period(asked, monday),
        )
        rows = queries.league_rows(session, ground, wanted, start=asked.start, end=asked.end)
        own = queries.own_standings(session, ground, wanted)
    return render(_candidates(asked, ground, monday, wanted, rows, own))


@section.get("/league/campaigns/<int:campaign_id>", access=Holds(Permission.LEAGUE_READ))
def journal(campaign_id: int) -> Response:
    """Everything a place is made of."""
    with reading(reach=reach_of_coalitions(viewer())) as session:
        player = queries.get_player(session, viewer(), campaign_id)
        ground = find_ground(session, viewer(), player.scope.coalition_id)
        if ground.off:
            raise Missing
        use_zone(player.timezone)
        monday = monday_of(local_day(clock.now(), player.timezone))
        whole = request.args.get("period") == ALL_TIME
        found = queries.journal_of(
            session, player, monday=None if whole else monday, before=_number("before")
        )
        sums = queries.sums_of(session, player, ALL_TIME if whole else week_period(monday))
    return render(_journal(player, monday, found, sums, whole=whole))


@section.post("/league/campaigns/<int:campaign_id>/choice", access=Holds(Permission.LEAGUE_READ))
def choose(campaign_id: int) -> Response:
    """Be named in leagues, or not."""
    named = request.form.get("named") == "yes"
    with writing() as session:
        commands.choose_to_be_named(session, viewer(), campaign_id, named=named, now=clock.now())
    flash_done(
        N_("You are named in the leagues again.")
        if named
        else N_("Others no longer find you in the leagues. Your points stay.")
    )
    return see_other(url_for("ranking.journal", campaign_id=campaign_id))


def _asked() -> Asked:
    args = request.args
    scope = args.get("scope", ORGANISATION)
    return Asked(
        scope=scope if scope in SCOPES else ORGANISATION,
        period=ALL_TIME if args.get("period") == ALL_TIME else WEEK,
        coalition_id=_number("coalition"),
        organisation_id=_number("organisation"),
        measure=BY_CAPACITY if args.get("by") == BY_CAPACITY else "",
        start=_cursor("from"),
        end=_cursor("before"),
    )


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    known = text.isascii() and text.isdigit() and len(text) < len(str(LARGEST_ID))
    return int(text) if known else None


def _cursor(name: str) -> Cursor | None:
    found = _CURSOR.fullmatch(request.args.get(name, ""))
    return Cursor(points=int(found[1]), campaign_id=int(found[2])) if found else None


def _period(asked: Asked, monday: date) -> str:
    return ALL_TIME if asked.period == ALL_TIME else week_period(monday)


def _around(asked: Asked, ground: Ground, monday: date) -> Surround:
    mine = any(club.mine for club in ground.clubs)
    scopes = (
        (ORGANISATION, N_("Ours") if mine else N_("One by one")),
        (COALITION, N_("Coalition")),
        (ORGANISATIONS, N_("Organisations")),
    )
    return Surround(
        tabs=tuple(
            (
                gettext(title),
                asked.address(scope=scope, organisation=None, by=None),
                scope == asked.scope,
                None,
            )
            for scope, title in scopes
        ),
        periods=_periods(
            asked.address(period=None),
            asked.address(period=ALL_TIME),
            is_whole=asked.period == ALL_TIME,
        ),
        since=None if asked.period == ALL_TIME else monday,
        rules=describing.rule_views(part(PointBook), ground.pack_id),
    )


def _periods(week: str, whole: str, *, is_whole: bool) -> tuple[Tab, ...]:
    return (
        (gettext("This week"), week, not is_whole, None),
        (gettext("All time"), whole, is_whole, None),
    )


def _candidates(
    asked: Asked,
    ground: Ground,
    monday: date,
    wanted: League,
    found: LeagueRows,
    own: tuple[OwnStanding, ...],
) -> CandidatesPage:
    rows, middle = found.rows, asked.start is not None or asked.end is not None
    club = ground.club(wanted.organisation_id) if wanted.organisation_id else None
    return CandidatesPage(
        title=(
            gettext("Candidates of {organisation}", organisation=club.name)
            if club
            else gettext("Candidates of the coalition")
        ),
        around=_around(asked, ground, monday),
        organisations=tuple(
            ChoiceView(value=str(one.id), label=one.name, chosen=one is club)
            for one in (ground.clubs if club and len(ground.clubs) > 1 else ())
        ),
        hidden=(("scope", asked.scope), ("period", asked.period))
        + ((("coalition", str(asked.coalition_id)),) if asked.coalition_id else ()),
        own=tuple(_own_views(asked, own, found.size)),
        rows=describing.candidate_views(found, ground, asked.period),
        by_organisation=club is None,
        first=found.position,
        last=found.position + len(rows) - 1,
        size=found.size,
        head=asked.address() if middle else None,
        earlier=(asked.address(before=rows[0].cursor) if rows and found.position > 1 else None),
        later=asked.address(**{"from": found.later}) if found.later else None,
    )


def _own_views(asked: Asked, own: tuple[OwnStanding, ...], size: int) -> Iterator[OwnView]:
    for one in own:
        cursor = Cursor(points=one.points, campaign_id=one.campaign_id)
        yield describing.own_view(one, size, asked.period, asked.address(**{"from": cursor}))


def _organisations(
    asked: Asked, ground: Ground, monday: date, sums: tuple[queries.ClubSums, ...]
) -> OrganisationsPage:
    by_capacity = asked.measure == BY_CAPACITY
    titles = describing.line_titles(part(PackLibrary), ground.pack_id)
    rows, small = describing.club_views(sums, ground, titles, by_capacity=by_capacity)
    return OrganisationsPage(
        title=(
            gettext("Organisations in all the time")
            if asked.period == ALL_TIME
            else gettext("Organisations this week")
        ),
        around=_around(asked, ground, monday),
        measures=(
            (gettext("Per candidate"), asked.address(by=None), not by_capacity, None),
            (gettext("Per active person"), asked.address(by=BY_CAPACITY), by_capacity, None),
        ),
        by_capacity=by_capacity,
        rows=rows,
        too_small=small,
        fewest=FEWEST_SHOWN,
    )


def _journal(
    player: Player,
    monday: date,
    found: tuple[queries.Entry, ...],
    sums: tuple[int, ...],
    *,
    whole: bool,
) -> JournalPage:
    here = url_for("ranking.journal", campaign_id=player.campaign_id)
    library, book = part(PackLibrary), part(PointBook)
    entries = found[: queries.ENTRIES]
    later = None
    if len(found) > len(entries):
        asked = {"period": ALL_TIME} if whole else {}
        later = f"{here}?{urlencode({**asked, 'before': entries[-1].id})}"
    titles = describing.line_titles(library, player.pack_id)
    return JournalPage(
        campaign_id=player.campaign_id,
        name=player.name,
        organisation=player.organisation,
        league=url_for("ranking.league") + (f"?period={ALL_TIME}" if whole else ""),
        periods=_periods(here, f"{here}?period={ALL_TIME}", is_whole=whole),
        since=None if whole else monday,
        points=sum(sums),
        sums=tuple(zip(LINES, titles, sums, strict=True)),
        written=tuple(
            describing.entry_view(entry, player, viewer(), book.packs[player.pack_id], library)
            for entry in entries
        ),
        later=later,
        may_choose=is_candidate_of(viewer(), player.campaign_id),
        absent=player.absent,
        rules=describing.rule_views(book, player.pack_id),
    )

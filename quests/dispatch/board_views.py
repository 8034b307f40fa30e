"""The board: where everybody stands, and whom to help first. A coordinator's day begins here."""

from __future__ import annotations

from datetime import date, datetime
from itertools import islice

from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission
from app.accounts.queries import named_campaigns, named_organisations
from app.reviews.describing import address as queue_address
from app.reviews.describing import queue_lines
from app.reviews.queries import QueueFilter, queue_counts, queue_page
from app.reviews.subjects import ReviewSubjects
from app.web.access import viewer
from app.web.database import reading
from app.web.kernel import kernel, part
from app.web.language import current_language, gettext, ngettext
from app.web.pages import render
from quests.dispatch import census
from quests.dispatch.audit_views import section
from quests.dispatch.board_pages import BoardPage
from quests.dispatch.board_words import Speaker, choices, is_narrowed
from quests.dispatch.filters import lines_of, narrowed, wanted
from quests.dispatch.rules.counting import AT_RISK_WITHIN, at_risk, at_stations, silent
from quests.dispatch.teasers import Teasers
from quests.route.library import PackLibrary
from quests.route.shape import Line

__all__ = ["section"]

TOP = 5
"""Rows of a card; its link leads to all of them."""
RISKS = 8


@section.get("/desk", access=Holds(Permission.CAMPAIGNS_READ), endpoint="board")
def board() -> Response:
    """Show where everybody stands."""
    return render(board_page(clock.now()))


def board_page(now: datetime) -> BoardPage:
    """Put the board together; every filter is in the address."""
    who, library, sieve = viewer(), part(PackLibrary), wanted().sieve
    speaker = Speaker(library=library, language=current_language(), narrowed=narrowed())
    with reading() as session:
        found = census.take_census(session, who, library, now=now)
        councils = census.councils(session, found.elections)
        organisations = named_organisations(session, (one.organisation_id for one in found.seen))
        here = sieve.of(found.seen, councils, lines_of(library))
        quiet = silent(here, now)
        names = named_campaigns(session, (one.id for one in quiet[:TOP]))
        asked = QueueFilter(organisation_id=sieve.organisation_id)
        waiting = queue_page(session, who, asked, page=1, now=now)
        counts = queue_counts(session, who, asked, now=now)
        league = _teasers().league(session, who, now)
    stations = at_stations(here, now)
    stuck = sum(count.stuck for count in stations)
    packs = sorted({one.pack_id for one in found.seen})
    return BoardPage(
        title=ngettext("%(num)s candidate on the way", "%(num)s candidates on the way", len(here)),
        stuck=ngettext(
            "%(num)s stands over a week at one station or is late by law",
            "%(num)s stand over a week at one station or are late by law",
            stuck,
        )
        if stuck
        else "",
        stuck_href=speaker.stuck_people,
        filtered=is_narrowed(sieve),
        organisations=choices(
            ((str(key), name) for key, name in organisations.items()),
            str(sieve.organisation_id or ""),
            gettext("all organisations"),
        ),
        packs=choices(
            ((each, library[each].words_in(speaker.language).pack.short) for each in packs),
            sieve.pack_id,
            gettext("all elections"),
        ),
        councils=choices(
            (
                (name, name)
                for name in sorted(
                    {councils[one.district_id] for one in found.seen if one.district_id in councils}
                )
            ),
            sieve.council,
            gettext("all councils"),
        ),
        lines=choices(
            ((line.value, speaker.line(packs[0], line.value)) for line in Line) if packs else (),
            sieve.line,
            gettext("all lines"),
        ),
        maps=speaker.maps(stations),
        queue=queue_lines(waiting[:TOP], part(ReviewSubjects).subjects, now),
        waiting=sum(count.waiting for count in counts),
        queue_href=queue_address(asked),
        risks=speaker.risks(
            islice(at_risk(here), RISKS), date.fromordinal(here[0].today) if here else now.date()
        ),
        risk_days=AT_RISK_WITHIN.days,
        silent=speaker.silent(quiet[:TOP], names),
        silent_total=len(quiet),
        silent_href=speaker.silent_people,
        league=league,
        now=now,
    )


def _teasers() -> Teasers:
    """Give the cards of other features; a program without any has none."""
    given = kernel().parts.get(Teasers)
    return given if isinstance(given, Teasers) else Teasers()

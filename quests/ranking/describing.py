"""Leagues and journals in words: from rows to what the screens show."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from flask import url_for

from app.access import Viewer
from app.texts import N_
from app.web.language import current_language, gettext, ngettext
from app.web.wording import number
from quests.ranking.ground import Ground
from quests.ranking.pack import PackPoints, PointBook
from quests.ranking.pages import (
    BarPart,
    CandidateView,
    ClubView,
    EntryView,
    OwnView,
    RuleView,
)
from quests.ranking.queries import ClubSums, Entry, LeagueRows, OwnStanding, Player
from quests.ranking.rules.awarding import LINES
from quests.ranking.rules.places import competition_places, fair_index, is_shown, shares
from quests.ranking.sources import source_href
from quests.route.library import PackLibrary

MINUS = "\u2212"
NO_NAMES = {
    "documents": N_("Documents"),
    "money": N_("Money"),
    "field": N_("Doors"),
    "voice": N_("Voice"),
}
"""Of the lines, for a coalition that has entered no election yet."""


def line_titles(library: PackLibrary, pack_id: str | None) -> tuple[str, ...]:
    """Give the titles of the four lines as the pack calls them, in the order of LINES."""
    if pack_id is None or pack_id not in library:
        return tuple(gettext(NO_NAMES[line]) for line in LINES)
    words = library[pack_id].words_in(current_language()).line
    return tuple(words[line].title if line in words else gettext(NO_NAMES[line]) for line in LINES)


def rule_views(book: PointBook, pack_id: str | None) -> tuple[RuleView, ...]:
    """Give what a pack gives points for."""
    known = book.packs.get(pack_id) if pack_id else None
    if known is None:
        return ()
    return tuple(
        RuleView(title=words.title, text=words.text, points=rule.points, line=rule.line or "")
        for key, rule in known.rules.items()
        for words in (known.words_of(key.value, current_language()),)
        if words is not None
    )


def candidate_views(found: LeagueRows, ground: Ground, period: str) -> tuple[CandidateView, ...]:
    """Give the rows of a league with their places."""
    places = competition_places(
        (row.points for row in found.rows), place=found.place, position=found.position
    )
    own = set(ground.campaign_ids)
    journal = url_for("ranking.journal", campaign_id=0).removesuffix("0")
    asked = _asked(period)
    return tuple(
        CandidateView(
            place=place,
            name=row.name,
            href=f"{journal}{row.campaign_id}{asked}",
            organisation=row.organisation,
            points=row.points,
            mine=row.campaign_id in own,
        )
        for row, place in zip(found.rows, places, strict=True)
    )


def _asked(period: str) -> str:
    return "" if period == "week" else f"?period={period}"


def own_view(own: OwnStanding, size: int, period: str, show_href: str) -> OwnView:
    """Give the reader's own place."""
    return OwnView(
        place=own.place,
        size=size,
        points=own.points,
        name=own.name,
        href=url_for("ranking.journal", campaign_id=own.campaign_id) + _asked(period),
        listed=own.listed,
        show_href=show_href if own.listed else "",
    )


def club_views(
    found: Sequence[ClubSums], ground: Ground, titles: Sequence[str], *, by_capacity: bool
) -> tuple[tuple[ClubView, ...], tuple[ClubView, ...]]:
    """Give the organisations from the highest index down, and those too small to show figures."""
    clubs = {club.id: club for club in ground.clubs}
    ranked: list[tuple[Decimal, ClubSums]] = []
    small: list[ClubSums] = []
    for sums in found:
        divisor = clubs[sums.organisation_id].capacity if by_capacity else sums.candidates
        index = fair_index(sums.points, divisor)
        if index is None or not is_shown(sums.candidates):
            small.append(sums)
        else:
            ranked.append((index, sums))
    ranked.sort(key=lambda pair: (-pair[0], clubs[pair[1].organisation_id].name))
    places = competition_places(index for index, _ in ranked)

    def view(sums: ClubSums, index: Decimal | None, place: int | None) -> ClubView:
        club = clubs[sums.organisation_id]
        percent = shares(sums.lines) if index is not None else ()
        return ClubView(
            place=place,
            name=club.name,
            index=number(float(index), current_language()) if index is not None else "",
            people=ngettext("%(num)s active person", "%(num)s active people", club.capacity)
            if by_capacity and index is not None
            else ngettext("%(num)s candidate", "%(num)s candidates", sums.candidates),
            parts=_bar(percent),
            parts_words=" · ".join(
                f"{title} {share}\u00a0%" for title, share in zip(titles, percent) if share
            ),
            parts_said=", ".join(f"{title} {share}" for title, share in zip(titles, percent)),
            mine=club.mine,
        )

    return (
        tuple(
            view(sums, index, place) for (index, sums), place in zip(ranked, places, strict=True)
        ),
        tuple(view(sums, None, None) for sums in small),
    )


def _bar(percent: Sequence[int]) -> tuple[BarPart, ...]:
    begins = accumulate(percent, initial=0)
    return tuple((at, share, line) for at, share, line in zip(begins, percent, LINES) if share)


def entry_view(
    entry: Entry, player: Player, viewer: Viewer, points: PackPoints, library: PackLibrary
) -> EntryView:
    """Give one line of a journal; whose source the reader may not open, shows only the rule."""
    words = points.words_of(entry.rule, current_language())
    href = source_href(viewer, player, entry)
    about = ""
    if entry.rule == "milestone":
        about = library.step_title(player.pack_id, entry.source, current_language())
    elif href:
        about = gettext("No. {number}", number=entry.source)
    sign = "+" if entry.points > 0 else MINUS
    return EntryView(
        at=entry.at,
        title=words.title if words else entry.rule,
        about=about,
        href=href,
        points=f"{sign}{abs(entry.points)}",
        line=entry.line,
        takes_back=entry.takes_back,
    )

"""The papers of many campaigns: counts by kind first, and from a count to the people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission
from app.accounts.queries import NamedCampaign, named_campaigns, named_organisations
from app.accounts.rules.elections import PackChoices
from app.ui.paging import page_number, pages_of
from app.web.access import viewer
from app.web.database import reading
from app.web.kernel import part
from app.web.language import current_language, gettext
from app.web.pages import render
from app.web.routing import Section
from documents.overview.bulk_queries import RecentBulk, recent_bulks
from documents.overview.desk import OverviewDesk
from documents.overview.filters import (
    Wanted,
    address,
    due_choices,
    kind_choices,
    organisation_choices,
    wanted,
)
from documents.overview.pages import (
    BulkLink,
    CountView,
    GroupView,
    KindView,
    OverviewPage,
    PaperChip,
    PeoplePage,
    PersonLine,
)
from documents.overview.queries import AnySurvey, survey, tally
from documents.overview.rules import (
    STAGE_OF,
    KindCount,
    Place,
    Seen,
    count_kinds,
    of_organisation,
    papers_at,
)
from documents.overview.words import BULKS, PLACES, due_words, late_words

DESK = Holds(Permission.PAPERS_DESK)
PAGE = 50
MOST_CHIPS = 3
RECENT = 5
HOME, PEOPLE, BULK = "papers_desk.index", "papers_desk.people", "papers_desk.bulk"

section = Section("papers_desk", "documents.overview")


@section.get("/desk/papers", access=DESK)
def index() -> Response:
    """Count the papers of everybody the viewer coordinates, kind by kind."""
    now, asked, desk = clock.now(), wanted(), part(OverviewDesk)
    with reading() as session:
        found = tally(session, viewer(), desk, pack_id=asked.pack, now=now)
        names = named_organisations(session, (one.organisation_id for one in found.found))
        bulks = recent_bulks(session, viewer(), limit=RECENT)
        faulty = names_of(session, found.faulty)
    counts = count_kinds(found.kinds, of_organisation(found.found, asked.organisation_id))
    return render(
        OverviewPage(
            title=gettext("Papers of all campaigns"),
            pack=pack_of(found),
            packs=_packs(found),
            organisations=organisation_choices(names, asked.organisation_id),
            dues=due_choices(asked.due),
            headers=(gettext("Paper"), *(gettext(word) for word, _ in PLACES.values())),
            groups=_groups(found, counts, asked),
            filtered=bool(asked.organisation_id or asked.due),
            late=late_words(found),
            faulty=faulty,
            bulks=tuple(_bulk_link(one) for one in bulks),
        )
    )


@section.get("/desk/papers/people", access=DESK)
def people() -> Response:
    """List whose papers are at a place."""
    now, asked, desk = clock.now(), wanted(), part(OverviewDesk)
    with reading() as session:
        found = survey(session, viewer(), desk, pack_id=asked.pack, now=now, by_name=True)
        names = named_organisations(session, (one.organisation_id for one in found.found))
        here = of_organisation(found.found, asked.organisation_id)
        among = asked.kinds(found)
        at = {
            place: [
                (one, papers)
                for one in here
                if (papers := papers_at(one, found.kinds, place, among=among))
            ]
            for place in Place
        }
        shown = at[asked.place]
        pages = pages_of(
            page_number(request.args.get("page")),
            len(shown),
            PAGE,
            lambda n: address(PEOPLE, asked.narrowed(state=asked.place, page=n)),
        )
        rows = shown[(pages.number - 1) * PAGE : pages.number * PAGE]
        who = named_campaigns(session, (one.id for one, _ in rows))
        faulty = names_of(session, found.faulty)
    titles = titles_of(found)
    return render(
        PeoplePage(
            title=titles.get(asked.kind) or gettext("Whose papers"),
            index_href=address(HOME, asked.narrowed(kind="")),
            pack=pack_of(found),
            tabs=tuple(
                (
                    gettext(word),
                    address(PEOPLE, asked.narrowed(state=place)),
                    place is asked.place,
                    len(at[place]),
                )
                for place, (word, _) in PLACES.items()
            ),
            kinds=kind_choices(titles, asked.kind),
            organisations=organisation_choices(names, asked.organisation_id),
            dues=due_choices(asked.due),
            place=asked.place.value,
            rows=tuple(_line(who[one.id], one, papers, titles) for one, papers in rows),
            pages=pages,
            late=late_words(found),
            faulty=faulty,
        )
    )


def pack_of(found: AnySurvey) -> str:
    """Give the pack that a survey shows, empty when there is none with papers."""
    return found.documents.pack.header.id if found.documents else ""


def names_of(session: Session, campaign_ids: Iterable[int]) -> tuple[str, ...]:
    """Give the names of campaigns that the viewer was found to coordinate, in order."""
    return tuple(sorted(who.name for who in named_campaigns(session, campaign_ids).values()))


def titles_of(found: AnySurvey) -> dict[str, str]:
    """Give what each kind of paper is called, in the order they are listed."""
    if found.documents is None:
        return {}
    words = found.documents.words_in(current_language()).kind
    return {key: words[key].title for key in found.kinds}


def _packs(found: AnySurvey) -> tuple[tuple[str, str, bool, int], ...]:
    choices, language = part(PackChoices), current_language()
    return tuple(
        (
            choices.title(pack_id, language),
            address(HOME, {"pack": pack_id}),
            pack_id == pack_of(found),
            count,
        )
        for pack_id, count in sorted(found.packs.items())
    )


def _groups(found: AnySurvey, counts: Sequence[KindCount], asked: Wanted) -> tuple[GroupView, ...]:
    if found.documents is None:
        return ()
    headings = found.documents.words_in(current_language()).group
    among, titles = asked.kinds(found), titles_of(found)
    groups: dict[str, list[KindView]] = {}
    for count in counts:
        # A paper that nobody needs is no line for a coordinator.
        if count.kind in among and count.wanted:
            group = found.documents.listed[count.kind].group
            groups.setdefault(group, []).append(_kind(found, count, asked, titles[count.kind]))
    return tuple(
        GroupView(
            title=headings[group].title if group in headings else "",
            kinds=tuple(members),
        )
        for group, members in groups.items()
    )


def _kind(found: AnySurvey, count: KindCount, asked: Wanted, title: str) -> KindView:
    narrowed = asked.narrowed(kind=count.kind, pack=pack_of(found), due="")

    def leads_to(place: Place) -> str:
        return address(PEOPLE, {**narrowed, "state": place}) if count.at[place] else ""

    return KindView(
        title=title,
        due=due_words(found.days_of(count.kind)),
        counts=tuple(
            CountView(label=gettext(word), count=count.at[place], href=leads_to(place), tone=tone)
            for place, (word, tone) in PLACES.items()
        ),
        issuable=count.issuable,
        bulk_href=address(BULK, narrowed) if count.issuable else "",
    )


def _line(
    who: NamedCampaign, one: Seen, papers: Sequence[tuple[str, str]], titles: Mapping[str, str]
) -> PersonLine:
    return PersonLine(
        name=who.name,
        href=url_for("paperwork.index", campaign_id=one.id),
        place=who.place,
        organisation=who.organisation or "",
        papers=tuple(
            PaperChip(
                title=titles[kind],
                href=url_for("paperwork.show", campaign_id=one.id, kind=kind),
                stage=STAGE_OF[letter.lower()].value,
                stale=letter.isupper(),
            )
            for kind, letter in papers[:MOST_CHIPS]
        ),
        more=max(len(papers) - MOST_CHIPS, 0),
    )


def _bulk_link(one: RecentBulk) -> BulkLink:
    word, tone = BULKS[one.state]
    return BulkLink(
        title=part(OverviewDesk).kind_title(one.pack_id, one.kind, current_language()),
        href=url_for("papers_desk.run", bulk_id=one.id),
        state=gettext(word),
        tone=tone,
        asked_at=one.asked_at,
        by=one.asked_by_name,
    )

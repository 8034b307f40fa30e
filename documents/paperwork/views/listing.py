"""The list of a campaign's papers: by headings, with what is left to answer over all of them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from flask import url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.accounts.queries import CampaignRow, get_campaign
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading
from app.web.kernel import kernel, part
from app.web.language import current_language, gettext
from app.web.pages import render
from app.web.templating import use_zone
from documents.paperwork.desk import PaperworkDesk, is_open, opened_by
from documents.paperwork.neighbours import Link, Neighbours
from documents.paperwork.pack import PackDocuments
from documents.paperwork.pages import CountView, PaperGroup, PaperLine, PapersPage
from documents.paperwork.rules.interview import progress
from documents.paperwork.rules.standing import Stage
from documents.paperwork.standing import Standing, all_as_read, standings_of
from documents.paperwork.views.reading import reader
from documents.paperwork.views.section import PAPERS, READS, section

SINCE: Mapping[Stage, str] = {
    Stage.WAITING: N_("Your answers have changed since you sent it."),
    Stage.ACCEPTED: N_("It was accepted, and your answers have changed since."),
}
SINCE_ISSUED = N_("Your answers have changed since it was issued.")
NEW_FORM = N_("The form has changed since it was issued.")
TAKE_BACK = N_("If that matters, take it back and issue it again.")
ANSWER_FIRST = N_("Answer what is missing, then issue it again.")
ISSUE_AGAIN = N_("See what changed, then issue it again.")


@section.get(PAPERS, access=READS)
def index(campaign_id: int) -> Response:
    """Every kind of paper the campaign needs, and how far each is."""
    now, desk = clock.now(), part(PaperworkDesk)
    with reading() as session:
        campaign = get_campaign(session, viewer(), campaign_id, Permission.PAPER_READ)
        documents = desk.kinds.find(campaign.pack_id)
        found = standings_of(session, desk, campaign, now)
        own = viewer().may(Permission.PAPER_WORK, campaign.scope)
        if documents and not own:
            found = all_as_read(found, documents.answers)
        reachable = desk.gates.reachable_steps(session, campaign, now=now)
        # What the answers say is nobody's but those who work on them.
        asked = reader() if own else None
        counts = asked.counted(session, campaign, found, now=now) if asked else {}
    use_zone(campaign.timezone)
    wanted = [standing for standing in found if standing.is_wanted]
    following = _following(wanted, reachable) if own else None
    answered = progress(standing.interview for standing in wanted)
    lines = _Lines(campaign=campaign, own=own, counts=counts, reachable=reachable)
    return render(
        PapersPage(
            candidate=campaign.candidate_name,
            own=own,
            groups=lines.groups(documents, wanted) if documents else (),
            not_needed=tuple(
                lines.line(documents, standing)
                for standing in found
                if documents and not standing.is_wanted
            ),
            have=answered.have if own else 0,
            needed=answered.needed if own else 0,
            next_href=_page_of(campaign, following) if following else "",
            next_title=_title(documents, following) if documents and following else "",
            links=_links(campaign),
            route_href=f"/campaigns/{campaign.id}",
        )
    )


def _links(campaign: CampaignRow) -> tuple[Link, ...]:
    given = kernel().parts.get(Neighbours)
    return given.links(viewer(), campaign) if isinstance(given, Neighbours) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines:
    """What the lines of the list are written from, beside where each paper stands."""

    campaign: CampaignRow
    own: bool
    counts: Mapping[str, tuple[CountView, ...]]
    """How much was found in each kind of paper."""
    reachable: Container[str]

    def groups(
        self, documents: PackDocuments, standings: Iterable[Standing]
    ) -> tuple[PaperGroup, ...]:
        words = documents.words_in(current_language()).group
        by_group: dict[str, list[Standing]] = {}
        for standing in standings:
            by_group.setdefault(standing.kind.group, []).append(standing)
        return tuple(
            PaperGroup(
                title=words[group].title if group in words else "",
                why=words[group].why if group in words else "",
                papers=tuple(self.line(documents, standing) for standing in members),
            )
            for group, members in by_group.items()
        )

    def line(self, documents: PackDocuments, standing: Standing) -> PaperLine:
        kind = standing.kind
        return PaperLine(
            title=_title(documents, standing),
            href=url_for("paperwork.show", campaign_id=self.campaign.id, kind=kind.key),
            stage=standing.told,
            number=standing.newest.number if standing.newest else "",
            stale=standing.is_stale,
            what_now=what_now(standing) if self.own else "",
            # A number that changes with a sealed answer tells what it says.
            have=standing.interview.have if self.own else 0,
            needed=standing.interview.needed if self.own else 0,
            made_here=kind.is_printed,
            found=self.counts.get(kind.key, ()),
            locked_by="" if is_open(kind, self.reachable) else opened_by(self.campaign.id, kind),
        )


def what_now(standing: Standing) -> str:
    """Say what has changed since a paper was issued and what to do; nothing where nothing has."""
    if not standing.is_stale:
        return ""
    by_answers = standing.changed or standing.rows_changed
    since = SINCE.get(standing.stage, SINCE_ISSUED) if by_answers else NEW_FORM
    if standing.stage is Stage.WAITING:
        todo = TAKE_BACK
    else:
        todo = ANSWER_FIRST if standing.interview.in_the_way else ISSUE_AGAIN
    return f"{gettext(since)} {gettext(todo)}"


def _title(documents: PackDocuments, standing: Standing) -> str:
    return documents.kind_words(standing.kind.key, current_language()).title


def _page_of(campaign: CampaignRow, standing: Standing) -> str:
    page = standing.interview.next_page
    return (
        url_for(
            "paperwork.questions",
            campaign_id=campaign.id,
            kind=standing.kind.key,
            page=page.page.key,
        )
        if page
        else ""
    )


def _following(standings: Iterable[Standing], reachable: Container[str]) -> Standing | None:
    """Give the first paper with something left to answer whose step is open."""
    return next(
        (
            standing
            for standing in standings
            if standing.interview.next_page and is_open(standing.kind, reachable)
        ),
        None,
    )

"""Issuing for many: what it would do, asking for it, how far it is, how it ended."""

from __future__ import annotations

from datetime import datetime

from flask import request, url_for
from werkzeug.wrappers import Response

from app import clock
from app.accounts.queries import NamedCampaign, named_campaigns, named_organisations
from app.errors import Missing, Refused
from app.ids import new_token
from app.texts import N_
from app.ui.paging import page_number, pages_of
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language, gettext, say
from app.web.pages import flash_warn, render, see_other
from documents.overview.bulk_queries import (
    BulkLine,
    bulk_lines,
    bulk_progress,
    get_bulk,
)
from documents.overview.commands import ask_bulk, stop_bulk
from documents.overview.desk import OverviewDesk
from documents.overview.filters import Wanted, address, organisation_choices, wanted
from documents.overview.pages import BulkPage, RunLine, RunPage
from documents.overview.queries import AnySurvey, NotReached, not_reached, survey
from documents.overview.rules import (
    BulkState,
    Issuable,
    LineState,
    Place,
    issuable_at,
    of_organisation,
)
from documents.overview.views import BULK, DESK, HOME, PAGE, PEOPLE, names_of, pack_of, section
from documents.overview.words import FILES, LINES, REASONS, TONES, late_words
from documents.paperwork.rules.standing import IssueState
from documents.paperwork.shape import DocumentKind

__all__ = ["section"]

LONGEST_TOKEN = 43
NO_FILE = N_("no file")


@section.get("/desk/papers/bulk", access=DESK)
def bulk() -> Response:
    """Say what issuing a paper for many would do."""
    return _bulk_page(wanted(), clock.now())


@section.post("/desk/papers/bulk", access=DESK, endpoint="ask")
def ask() -> Response:
    """Have a paper issued for many."""
    now, asked, desk = clock.now(), wanted(), part(OverviewDesk)
    token = request.form.get("token", "")
    if not token or len(token) > LONGEST_TOKEN:
        raise Missing
    try:
        with writing() as session:
            found = survey(session, viewer(), desk, pack_id=asked.pack, now=now)
            kind = _kind(found, asked)
            here = of_organisation(found.found, asked.organisation_id)
            bulk_id = ask_bulk(
                session,
                viewer(),
                kind,
                pack_of(found),
                issuable_at(here, found.kinds, kind.key, Issuable.YES),
                token=token,
                now=now,
            )
    except Refused as refusal:
        return _bulk_page(asked, now, refusal=refusal)
    return see_other(url_for("papers_desk.run", bulk_id=bulk_id))


@section.get("/desk/papers/bulk/<int:bulk_id>", access=DESK)
def run(bulk_id: int) -> Response:
    """Say how far issuing for many is, and how it ended for each campaign."""
    with reading() as session:
        found = get_bulk(session, viewer(), bulk_id)
        so_far = bulk_progress(session, bulk_id)
        pages = pages_of(
            page_number(request.args.get("page")),
            so_far.total,
            PAGE,
            lambda n: url_for("papers_desk.run", bulk_id=bulk_id, page=n),
        )
        lines = bulk_lines(session, bulk_id, limit=PAGE, offset=(pages.number - 1) * PAGE)
        who = named_campaigns(session, (line.campaign_id for line in lines))
    running = found.state is BulkState.RUNNING
    return render(
        RunPage(
            title=part(OverviewDesk).kind_title(found.pack_id, found.kind, current_language()),
            index_href=url_for(HOME, pack=found.pack_id),
            here=url_for("papers_desk.run", bulk_id=bulk_id, page=pages.number),
            running=running,
            stopped=found.state is BulkState.STOPPED,
            moving=running or so_far.files_wanted > 0,
            done=so_far.total - so_far.by_state.get(LineState.WAITING, 0),
            total=so_far.total,
            issued=so_far.by_state.get(LineState.ISSUED, 0),
            files_ready=so_far.files_ready,
            files_failed=so_far.files_failed,
            again_href=address(BULK, {"pack": found.pack_id, "kind": found.kind}),
            reasons=tuple(
                (gettext(REASONS[reason]), count) for reason, count in so_far.by_reason.items()
            ),
            left_out=so_far.by_state.get(LineState.STOPPED, 0),
            stop_action=url_for("papers_desk.stop", bulk_id=bulk_id) if running else "",
            rows=tuple(_line(line, who[line.campaign_id], found.kind) for line in lines),
            pages=pages,
        )
    )


@section.post("/desk/papers/bulk/<int:bulk_id>/stop", access=DESK)
def stop(bulk_id: int) -> Response:
    """Leave out the campaigns that have not had their turn."""
    with writing() as session:
        found = get_bulk(session, viewer(), bulk_id)
        stop_bulk(session, viewer(), found, now=clock.now())
    flash_warn(N_("Stopped. What was issued before stays issued."))
    return see_other(url_for("papers_desk.run", bulk_id=bulk_id))


def _bulk_page(asked: Wanted, now: datetime, refusal: Refused | None = None) -> Response:
    desk = part(OverviewDesk)
    with reading() as session:
        found = survey(session, viewer(), desk, pack_id=asked.pack, now=now)
        names = named_organisations(session, (one.organisation_id for one in found.found))
        kind = _kind(found, asked)
        if found.documents is None or not kind.is_printed:
            raise Missing
        here = of_organisation(found.found, asked.organisation_id)
        able, lacking = (
            issuable_at(here, found.kinds, kind.key, which)
            for which in (Issuable.YES, Issuable.ANSWERS_MISSING)
        )
        left_out = not_reached(session, desk, kind, able, now)
        sure = left_out or NotReached()
        faulty = names_of(session, (*found.faulty, *sure.faulty))
    pack_id = pack_of(found)
    words = found.documents.kind_words(kind.key, current_language())
    narrowed = asked.narrowed(pack=pack_id, due="")
    return render(
        BulkPage(
            title=words.title,
            index_href=address(HOME, {**narrowed, "kind": ""}),
            here=url_for(BULK),
            pack=pack_id,
            kind=kind.key,
            organisation=str(asked.organisation_id or ""),
            organisations=organisation_choices(names, asked.organisation_id),
            token=new_token(),
            draft=words.draft if found.is_draft(kind, {one.election_id for one in here}) else "",
            due=found.days_of(kind.key),
            issuable=len(able) - sure.count,
            is_exact=left_out is not None,
            locked=sure.locked,
            issuable_href=address(PEOPLE, {**narrowed, "state": Place.READY}),
            lacking=len(lacking),
            lacking_href=address(PEOPLE, {**narrowed, "state": Place.MISSING}),
            rest=len(here) - len(able) - len(lacking),
            refused=say(refusal) if refusal else "",
            late=late_words(found),
            faulty=faulty,
        ),
        422 if refusal else 200,
    )


def _kind(found: AnySurvey, asked: Wanted) -> DocumentKind:
    """Give the kind of paper that is asked for. Raises Missing unless it is among those listed."""
    if found.documents is None or asked.kind not in found.documents.listed:
        raise Missing
    return found.documents.listed[asked.kind]


def _line(line: BulkLine, who: NamedCampaign, kind: str) -> RunLine:
    word, tone = LINES[line.state]
    why = gettext(REASONS[line.reason]) if line.reason else ""
    if line.reason is not None:
        tone = TONES.get(line.reason, "plain")
    if line.file is IssueState.FAILED:
        word, tone = NO_FILE, "danger"
    if line.file is not None:
        about = FILES[line.file]
        why = ", ".join(each for each in (line.number, gettext(about) if about else "") if each)
    return RunLine(
        name=who.name,
        href=url_for("paperwork.show", campaign_id=line.campaign_id, kind=kind),
        place=who.place,
        state=gettext(word),
        tone=tone,
        why=why,
    )

"""The clerk's desk: what was found, confirming a warning, and the days on signed papers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.accounts.queries import CampaignRow, get_campaign
from app.accounts.rules.elections import day_there
from app.errors import Conflict, Missing, Refused
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language, gettext, say
from app.web.pages import flash_done, flash_warn, render, see_other
from app.web.templating import use_zone
from documents.clerk import errors
from documents.clerk.arranging import next_view, papers_with, settled
from documents.clerk.commands import confirm_finding, revoke_confirmation, tell_dates
from documents.clerk.describing import Telling
from documents.clerk.desk import ClerkDesk
from documents.clerk.examining import Examined, examine, examine_upto
from documents.clerk.pages import ClerkPage, DateField, DatesView
from documents.clerk.rules.arranging import OPEN_AT_FIRST
from documents.clerk.rules.case import Finding, Seen
from documents.clerk.rules.told import SigningDays, read_told, signing_days
from documents.clerk.shape import Severity
from documents.clerk.views.section import CLERK, WORKS, section
from documents.paperwork.rules.texts import kept
from documents.signatures.rules.days import short_forms, write_day

LONGEST_DAY = 40


@section.get(CLERK, access=WORKS)
def desk(campaign_id: int) -> Response:
    """Everything the clerk has found, and what was looked at."""
    return _show(campaign_id)


@section.post(f"{CLERK}/confirm", access=WORKS)
def confirm(campaign_id: int) -> Response:
    """Note that somebody has compared what the clerk warned of."""
    now, tools = clock.now(), part(ClerkDesk)
    digest, note = request.form.get("digest", ""), request.form.get("note", "")
    try:
        with writing() as session:
            campaign = _campaign(session, campaign_id)
            examined = _examined(session, tools, campaign, now)
            found = next(
                (
                    each
                    for each in examined.judged.findings
                    if examined.digests[each.substance] == digest
                ),
                None,
            )
            if found is None:
                raise Conflict(errors.FOUND_OTHERWISE)
            confirm_finding(session, viewer(), campaign, found, digest, note=note, now=now)
    except Refused as refusal:
        return _show(campaign_id, refused=(digest, say(refusal)))
    flash_done(N_("Noted, with your name and the day. If a value changes, the clerk asks again."))
    return see_other(_here(campaign_id))


@section.post(f"{CLERK}/confirmations/<int:confirmation_id>/revoke", access=WORKS)
def revoke(campaign_id: int, confirmation_id: int) -> Response:
    """Let a warning count again."""
    with writing() as session:
        campaign = _campaign(session, campaign_id)
        revoke_confirmation(session, viewer(), campaign, confirmation_id, now=clock.now())
    flash_warn(N_("The warning counts again."))
    return see_other(_here(campaign_id))


@section.post(f"{CLERK}/dates/<int:scan_id>", access=WORKS)
def dates(campaign_id: int, scan_id: int) -> Response:
    """Keep the days that are written by hand on a scan."""
    now, tools = clock.now(), part(ClerkDesk)
    typed = {name: kept(text, lines=False)[:LONGEST_DAY] for name, text in request.form.items()}
    with writing() as session:
        campaign = _campaign(session, campaign_id)
        examined = _examined(session, tools, campaign, now)
        seen, before = _paper_of(examined, scan_id), examined.dates.get(scan_id, {})
        between = signing_days(
            published_on=campaign.published_on,
            polling_day=campaign.polling_day,
            today=day_there(now, campaign.timezone),
        )
        told = read_told(typed, seen.date_places, between)
        if not told.wrong:
            tell_dates(session, viewer(), campaign, scan_id, told.days, now=now)
    if told.wrong:
        wrong = {place: _wrong(code, between) for place, code in told.wrong.items()}
        return _show(campaign_id, typed=(scan_id, typed, wrong))
    if any(told.days.values()):
        flash_done(N_("The days are kept, and the clerk has looked at them."))
    elif before:
        flash_warn(N_("The days are taken out again: none is kept for this paper."))
    else:
        flash_warn(N_("Nothing is written down: no day was typed."))
    return see_other(f"{_here(campaign_id)}#dates")


def _wrong(code: str, days: SigningDays) -> str:
    _, short = short_forms(days.today)
    return gettext(
        errors.DAY_PROBLEMS[code],
        short=short,
        long=write_day(days.today),
        first=write_day(days.first),
    )


Typed = tuple[int, Mapping[str, str], Mapping[str, str]]
"""A scan, what was typed for it, and what is wrong with that, by place."""
NOTHING: Typed = (0, {}, {})


def _show(
    campaign_id: int, *, refused: tuple[str, str] = ("", ""), typed: Typed = NOTHING
) -> Response:
    now, tools = clock.now(), part(ClerkDesk)
    with reading() as session:
        campaign = _campaign(session, campaign_id)
        examined = examine_upto(
            session, tools, campaign, upto=request.args.get("upto", ""), now=now
        )
    use_zone(campaign.timezone)
    status = 422 if refused[0] or typed[0] else 200
    return render(_page(campaign, examined, refused, typed), status)


def _page(
    campaign: CampaignRow, examined: Examined | None, refused: tuple[str, str], typed: Typed
) -> ClerkPage:
    papers = url_for("paperwork.index", campaign_id=campaign.id)
    if examined is None:
        return ClerkPage(
            has_rules=False,
            looked=0,
            open=0,
            later=0,
            next=None,
            stopping=(),
            warnings=(),
            confirmed=(),
            dates=(),
            scopes=(),
            papers_href=papers,
        )
    telling = Telling(campaign_id=campaign.id, examined=examined, refused=refused)
    at = request.args.get("at", "")
    return ClerkPage(
        has_rules=True,
        looked=examined.judged.looked,
        open=len(examined.stopping) + len(examined.open_warnings),
        later=len(examined.later),
        next=next_view(telling, at=at),
        stopping=papers_with(
            examined.stopping, telling, at=at, later=_later(examined, Severity.STOP)
        ),
        warnings=papers_with(
            examined.open_warnings,
            telling,
            at=at,
            later=_later(examined, Severity.WARN),
            # What stops comes first, also for somebody who has no strength left to scroll.
            most_open=0 if examined.stopping else OPEN_AT_FIRST,
        ),
        confirmed=settled(telling),
        dates=tuple(
            view
            for seen in examined.case.papers.values()
            for view in _dates(campaign, examined, seen, typed)
        ),
        scopes=_scopes(campaign, examined),
        papers_href=papers,
    )


def _later(examined: Examined, severity: Severity) -> tuple[Finding, ...]:
    return tuple(each for each in examined.later if each.severity is severity)


def _scopes(campaign: CampaignRow, examined: Examined) -> tuple[tuple[str, str, bool, None], ...]:
    documents = examined.clerk.documents
    words = documents.words_in(current_language()).group
    return tuple(
        (
            words[group].title if group in words else group,
            url_for("clerk.desk", campaign_id=campaign.id, upto=group),
            group == examined.upto,
            None,
        )
        for group in documents.groups
    )


def _dates(
    campaign: CampaignRow, examined: Examined, seen: Seen, typed: Typed
) -> tuple[DatesView, ...]:
    """Give a form for each scan of a paper on which a hand has written a day."""
    if not seen.date_places or not seen.kind.is_printed:
        return ()
    words = examined.clerk.documents.kind_words(seen.kind.key, current_language())
    rows = {scan.id: scan for each in examined.standings for scan in each.scans}
    found, today = [], day_there(clock.now(), campaign.timezone)
    hint = gettext(
        N_("Day and month are enough: {short}. Or in full: {long}."),
        short=short_forms(today)[1],
        long=write_day(today),
    )
    for number, scan in enumerate(seen.signed):
        told = examined.dates.get(scan.id, {})
        name = f"dates-{seen.kind.key}" if number == 0 else f"dates-{scan.id}"
        mine, wrong = typed[1:] if typed[0] == scan.id else ({}, {})
        found.append(
            DatesView(
                id=name,
                title=words.title,
                hint=hint,
                scan=rows[scan.id].name,
                scan_href=url_for(
                    "paperwork.scan",
                    campaign_id=campaign.id,
                    kind=seen.kind.key,
                    scan_id=scan.id,
                ),
                action=url_for(
                    "clerk.dates",
                    campaign_id=campaign.id,
                    scan_id=scan.id,
                    upto=examined.upto or None,
                    # Without script too, a refused form is where the page opens.
                    _anchor=name,
                ),
                fields=tuple(
                    DateField(
                        name=place,
                        label=words.hand.get(place, place),
                        value=mine.get(place, write_day(told[place]) if place in told else ""),
                        problem=wrong.get(place, ""),
                    )
                    for place in seen.date_places
                ),
            )
        )
    return tuple(found)


def _campaign(session: Session, campaign_id: int) -> CampaignRow:
    return get_campaign(session, viewer(), campaign_id, Permission.PAPER_WORK)


def _examined(session: Session, tools: ClerkDesk, campaign: CampaignRow, now: datetime) -> Examined:
    """Examine all papers, whichever the page looked at. Raises Missing for a pack without rules."""
    found = examine(session, tools, campaign, now=now)
    if found is None:
        raise Missing
    return found


def _paper_of(examined: Examined, scan_id: int) -> Seen:
    for seen in examined.case.papers.values():
        if any(scan.id == scan_id for scan in seen.signed):
            if not seen.date_places:
                raise Conflict(errors.NO_DATE_HERE)
            return seen
    raise Missing


def _here(campaign_id: int) -> str:
    args = request.args
    return url_for(
        "clerk.desk",
        campaign_id=campaign_id,
        upto=args.get("upto") or None,
        at=args.get("at") or None,
    )

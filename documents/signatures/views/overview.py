"""How the collecting stands: the first screen of signatures."""

from __future__ import annotations

from datetime import date

from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.errors import Refused
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.language import gettext, ngettext
from app.web.pages import flash_done, flash_warn, render, see_other
from documents.signatures.commands.forgetting import forget_marks
from documents.signatures.describing import chance_view, hand_views, numbers_view
from documents.signatures.pages import OverviewPage
from documents.signatures.queries import CollectorRow, Shown, collectors_of, count_batches
from documents.signatures.rules.days import may_forget
from documents.signatures.rules.next_step import NextStep, Progress, next_step
from documents.signatures.standing import Collecting, collecting_of
from documents.signatures.views.section import (
    READS,
    SIGNATURES,
    WORKS,
    Work,
    at,
    open_signatures,
    section,
)

NEXT = {
    NextStep.PLAN: (
        N_("How many are needed is not known yet."),
        N_("Enter the numbers and days"),
        "plan",
    ),
    NextStep.ADD_COLLECTOR: (
        N_("Nobody is on the list of collectors yet."),
        N_("Add a collector"),
        "collectors",
    ),
    NextStep.ORDER: (N_("No sheet has been printed yet."), N_("Order sheets"), "batches"),
    NextStep.MAKE_PROTOCOL: (
        N_("The folders hold enough signatures."),
        N_("Make the protocol"),
        "hand_in",
    ),
    NextStep.CHOOSE: (
        N_("There are as many good ones as may be handed in."),
        N_("Choose what to hand in"),
        "hand_in",
    ),
    NextStep.COUNT: (
        N_("Sheets are out: count each as soon as it comes back."),
        N_("Count a sheet"),
        "sheets",
    ),
    NextStep.GIVE_OUT: (
        N_("Sheets lie here: give them to those who collect."),
        N_("Give sheets out"),
        "give",
    ),
    NextStep.LOOK_AT_BATCHES: (
        N_("Sheets are ordered and have no file to print yet."),
        N_("Look at the batches"),
        "batches",
    ),
    NextStep.ORDER_MORE: (
        N_("All sheets are back and more signatures are needed."),
        N_("Order sheets"),
        "batches",
    ),
}


@section.get(SIGNATURES, access=READS)
def index(campaign_id: int) -> Response:
    """How many there are, how many are still needed, and what to do next."""
    with reading() as session:
        work = open_signatures(session, campaign_id, now=clock.now())
        found = collecting_of(session, campaign_id, work.pack, today=work.today)
        collectors = collectors_of(session, campaign_id)
        batches = count_batches(session, campaign_id)
    return render(_page(work, found, collectors, batches))


@section.post(f"{SIGNATURES}/forget", access=WORKS)
def forget(campaign_id: int) -> Response:
    """Erase the marks by which voters are recognised."""
    now = clock.now()
    try:
        with writing() as session:
            open_signatures(session, campaign_id, permission=Permission.SIGNATURES_WORK, now=now)
            gone = forget_marks(session, viewer(), campaign_id, now=now)
    except Refused as refusal:
        flash_warn(refusal.message, **refusal.params)
        return see_other(at("index", campaign_id))
    flash_done(N_("Erased: {count}. It is in the log."), count=gone)
    return see_other(at("index", campaign_id))


def _page(
    work: Work,
    found: Collecting,
    collectors: tuple[CollectorRow, ...],
    batches: int,
) -> OverviewPage:
    campaign, sums, numbers = work.campaign, found.sums, found.numbers
    words, label, href = _next(work, found, collectors)
    over = may_forget(work.today, campaign.polling_day)
    return OverviewPage(
        candidate=campaign.candidate_name,
        own=work.works,
        next_words=words,
        next_label=label if work.works else "",
        next_href=href,
        numbers=numbers_view(found.plan, numbers, work.pack) if numbers else None,
        good=sums.good,
        target=numbers.maximum if numbers else 0,
        missing=_missing(found),
        per_day=_per_day(found, work.today),
        sums=(
            (gettext("Good signatures"), sums.good, ""),
            (gettext("With a defect"), sums.signed - sums.good, ""),
            (gettext("Sheets that are out"), sums.out, ""),
            (gettext("Sheets counted"), sums.back, ""),
        ),
        chance=chance_view(found.choice, work.pack) if found.choice else None,
        hands=hand_views(found, collectors),
        links_to=_links(work, found, collectors, batches),
        forget_action=at("forget", campaign.id) if over and work.works else "",
    )


def _links(
    work: Work,
    found: Collecting,
    collectors: tuple[CollectorRow, ...],
    batches: int,
) -> tuple[tuple[str, str, str | None], ...]:
    number, sums = work.campaign.id, found.sums
    return (
        (gettext("Plan: numbers and days"), at("plan", number), None),
        (
            gettext("Who collects"),
            at("collectors", number),
            ngettext("%(num)s person", "%(num)s people", _active(collectors)),
        ),
        (
            gettext("Order and print sheets"),
            at("batches", number),
            ngettext("%(num)s batch", "%(num)s batches", batches),
        ),
        (
            gettext("All sheets"),
            at("sheets", number),
            ngettext("%(num)s sheet", "%(num)s sheets", sums.sheets),
        ),
        (gettext("Hand in: choice, folders, protocol"), at("hand_in", number), None),
    )


def _missing(found: Collecting) -> str:
    """Say how many are still to be collected."""
    if found.pace is None:
        return ""
    if found.pace.is_enough:
        return gettext("There are as many good ones as may be handed in.")
    return ngettext(
        "%(num)s signature still to be collected, those with defects reckoned in",
        "%(num)s signatures still to be collected, those with defects reckoned in",
        found.pace.to_collect,
    )


def _per_day(found: Collecting, today: date) -> str:
    pace, last = found.pace, found.plan.last_day
    if pace is None or pace.is_enough:
        return ""
    if pace.days_left is None or last is None:
        return gettext("The last day is not known: enter it in the plan.")
    if pace.per_day is None:
        return gettext("The last day is over.")
    if found.plan.first_day is not None and found.plan.first_day > today:
        return gettext("The collecting has not begun.")
    needed = ngettext(
        "%(num)s signature needed today", "%(num)s signatures needed today", pace.per_day
    )
    left = ngettext("%(num)s day left", "%(num)s days left", pace.days_left)
    return f"{needed}, {left}"


def _active(collectors: tuple[CollectorRow, ...]) -> int:
    return sum(one.ended_at is None for one in collectors)


def _next(
    work: Work, found: Collecting, collectors: tuple[CollectorRow, ...]
) -> tuple[str, str, str]:
    """Give what to do next: (why, the button, where)."""
    step = next_step(
        found.numbers,
        Progress(
            collectors=_active(collectors),
            sheets=found.sums.sheets,
            here=found.sums.printed,
            out=found.sums.out,
            unmade=found.sums.unmade,
            good=found.sums.good,
            packed=found.packed,
        ),
    )
    words, label, endpoint = NEXT[step]
    shown = {"shown": Shown.OUT.value} if step is NextStep.COUNT else {}
    return gettext(words), gettext(label), at(endpoint, work.campaign.id, **shown)

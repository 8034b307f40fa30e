"""The list of sheets, and giving them to those who collect."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.errors import Refused
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.language import gettext
from app.web.pages import flash_done, render, see_other
from documents.signatures import errors
from documents.signatures.commands.counting import give_out
from documents.signatures.describing import STATES
from documents.signatures.forms import GiveForm
from documents.signatures.pages import GivePage, SheetLine, SheetsPage
from documents.signatures.queries import (
    CollectorRow,
    SheetRow,
    Shown,
    collectors_of,
    count_shown,
    find_batch,
    numbers_here,
    sheets_shown,
)
from documents.signatures.rules.numbers import read_numbers, write_numbers
from documents.signatures.views.section import (
    READS,
    SIGNATURES,
    WORKS,
    at,
    count_of,
    open_signatures,
    section,
    version_of,
)

SHEETS = f"{SIGNATURES}/sheets"
GIVE = f"{SIGNATURES}/give"
A_PAGE = 50
TABS = {
    Shown.ALL: N_("All"),
    Shown.OUT: N_("Out"),
    Shown.HERE: N_("Here"),
    Shown.BACK: N_("Counted"),
    Shown.DEFECTS: N_("With defects"),
    Shown.PACKED: N_("In folders"),
    Shown.SPOILT: N_("Spoilt"),
}


@section.get(SHEETS, access=READS)
def sheets(campaign_id: int) -> Response:
    """The sheets of one list, some at a time."""
    shown = next((one for one in Shown if one.value == request.args.get("shown")), Shown.ALL)
    skip = max(0, version_of(request.args.get("from", "0")))
    with reading() as session:
        work = open_signatures(session, campaign_id, now=clock.now())
        counts = count_shown(session, campaign_id)
        found = sheets_shown(session, campaign_id, shown, skip=skip, most=A_PAGE)
        names = {one.id: one.name for one in collectors_of(session, campaign_id)}
    return render(
        SheetsPage(
            tabs=tuple(
                (
                    gettext(words),
                    at("sheets", campaign_id, shown=which.value),
                    which is shown,
                    counts[which],
                )
                for which, words in TABS.items()
                if counts[which] or which in (Shown.ALL, shown)
            ),
            sheets=tuple(_line(campaign_id, one, names) for one in found[:A_PAGE]),
            earlier_href=_list(campaign_id, shown, max(0, skip - A_PAGE)) if skip else "",
            later_href=_list(campaign_id, shown, skip + A_PAGE) if len(found) > A_PAGE else "",
            give_href=at("give", campaign_id) if work.works and counts[Shown.HERE] else "",
            batches_href=at("batches", campaign_id),
            overview_href=at("index", campaign_id),
        )
    )


def _list(campaign_id: int, shown: Shown, skip: int) -> str:
    # "from" is a word that Python keeps for itself.
    return at("sheets", campaign_id, shown=shown.value, **{"from": skip})


def _line(campaign_id: int, one: SheetRow, names: dict[int, str]) -> SheetLine:
    words, tone = STATES[one.where]
    return SheetLine(
        number=one.number,
        href=at("sheet", campaign_id, number=one.number),
        state=gettext(words),
        tone=tone,
        collector=names.get(one.collector_id or 0, ""),
        signed=one.signed,
        good=one.good,
        counted=one.is_counted,
        folder=one.folder,
    )


@section.get(GIVE, access=WORKS)
def give(campaign_id: int) -> Response:
    """Which sheets lie here, and the form to give some out."""
    with reading() as session:
        open_signatures(session, campaign_id, now=clock.now())
        here = numbers_here(session, campaign_id)
        batch = find_batch(session, campaign_id, max(0, version_of(request.args.get("batch", "0"))))
        hands = collectors_of(session, campaign_id)
    offered = [number for number, batch_id in here if batch is None or batch_id == batch.id]
    collector = str(batch.collector_id or "") if batch else ""
    form = GiveForm(data={"numbers": write_numbers(offered), "collector": collector})
    return _give_page(campaign_id, form, here, hands)


@section.post(GIVE, access=WORKS)
def give_sheets(campaign_id: int) -> Response:
    """Give sheets that lie here to a collector."""
    now, form = clock.now(), GiveForm()
    try:
        numbers = read_numbers(form.numbers.data or "")
        if numbers is None:
            raise Refused("numbers", errors.UNREADABLE_NUMBERS)
        collector = count_of("collector", str(form.collector.data or ""))
        if collector is None:
            raise Refused("collector", errors.NO_SUCH_COLLECTOR)
        with writing() as session:
            work = open_signatures(
                session, campaign_id, permission=Permission.SIGNATURES_WORK, now=now
            )
            give_out(session, viewer(), campaign_id, numbers, collector, today=work.today, now=now)
    except Refused as refusal:
        form.refuse(refusal)
        return _show_give(campaign_id, form, 422)
    flash_done(N_("Given out: {count}."), count=len(numbers))
    return see_other(at("sheets", campaign_id, shown="out"))


def _show_give(campaign_id: int, form: GiveForm, status: int) -> Response:
    with reading() as session:
        open_signatures(session, campaign_id, now=clock.now())
        here = numbers_here(session, campaign_id)
        hands = collectors_of(session, campaign_id)
    return _give_page(campaign_id, form, here, hands, status)


def _give_page(
    campaign_id: int,
    form: GiveForm,
    here: tuple[tuple[int, int], ...],
    hands: tuple[CollectorRow, ...],
    status: int = 200,
) -> Response:
    form.collector.choices = [
        ("", gettext("choose…")),
        *((str(one.id), one.name) for one in hands if one.ended_at is None),
    ]
    page = GivePage(
        form=form,
        action=at("give_sheets", campaign_id),
        here=write_numbers([number for number, _ in here]),
        sheets_href=at("sheets", campaign_id),
        overview_href=at("index", campaign_id),
    )
    return render(page, status)

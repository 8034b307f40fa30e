"""Counting a sheet row by row, and taking one out of use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.errors import Conflict, Missing, Refused
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language, gettext, say
from app.web.pages import flash_done, flash_warn, render, see_other
from documents.signatures.commands.counting import count_sheet, spoil
from documents.signatures.describing import STATES
from documents.signatures.desk import SignaturesDesk
from documents.signatures.pages import RowView, SheetPage
from documents.signatures.planned import period_of, rulebook_of, season_of
from documents.signatures.queries import (
    CollectorRow,
    PlanRow,
    SheetRow,
    Shown,
    collectors_of,
    filled,
    find_sheet,
    plan_of,
    rows_of,
    sheets_shown,
    sheets_with_marks,
)
from documents.signatures.reading_count import TypedRow, TypedSheet, read_entry, typed_sheet
from documents.signatures.rules.days import example_day, short_forms
from documents.signatures.rules.sheets import Counted, Row, RowState, count_sheets
from documents.signatures.views.section import (
    READS,
    SIGNATURES,
    WORKS,
    Work,
    at,
    open_signatures,
    section,
    version_of,
    written,
)

SHEET = f"{SIGNATURES}/sheets/<int:number>"
IN_ROWS = {"day": N_("day"), "passport": N_("passport"), "defects": N_("defects")}
FIELDS = {
    "collector": N_("Who brought it"),
    "certified_on": N_("Day beside the collector’s signature"),
    "candidate_on": N_("Day beside the candidate’s signature"),
    "defects": N_("Below the rows"),
}
NO_CODES: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A sheet with everything that its page speaks of."""

    work: Work
    sheet: SheetRow
    rows: Mapping[int, Row]
    counted: Counted
    collectors: tuple[CollectorRow, ...]
    plan: PlanRow
    next_number: int


@section.get(SHEET, access=READS)
def sheet(campaign_id: int, number: int) -> Response:
    """One sheet, to be counted or looked at."""
    return _show(campaign_id, number)


@section.post(SHEET, access=WORKS)
def count(campaign_id: int, number: int) -> Response:
    """Keep the whole sheet as it was typed and count it."""
    now = clock.now()
    with reading() as session:
        work = open_signatures(session, campaign_id, permission=Permission.SIGNATURES_WORK, now=now)
        rows = _sheet(session, campaign_id, number).rows_per_sheet
        season = season_of(plan_of(session, campaign_id), work.campaign.polling_day)
    typed = typed_sheet(request.form.to_dict(flat=False), rows)
    entry = read_entry(
        typed,
        season=season,
        example=example_day(season, work.today),
        version=version_of(typed.version),
    )
    if isinstance(entry, tuple):
        return _show(campaign_id, number, 422, typed=typed, refusals=entry)
    try:
        with writing() as session:
            counted = count_sheet(
                session,
                viewer(),
                campaign_id,
                number,
                entry,
                pack=work.pack,
                seal=part(SignaturesDesk).seal,
                now=now,
            )
    except Refused as refusal:
        return _show(campaign_id, number, 422, typed=typed, refusals=(refusal,))
    except Conflict as conflict:
        return _show(campaign_id, number, 409, typed=typed, conflict=say(conflict))
    if counted.defective:
        flash_warn(
            N_("Sheet {number}: {good} good, {bad} with a defect. Look at the marked rows."),
            number=number,
            good=counted.good,
            bad=counted.defective,
        )
    else:
        flash_done(N_("Sheet {number}: {good} good."), number=number, good=counted.good)
    return see_other(at("sheet", campaign_id, number=number))


@section.post(f"{SHEET}/spoil", access=WORKS)
def spoil_sheet(campaign_id: int, number: int) -> Response:
    """Take a sheet out of use."""
    now = clock.now()
    try:
        with writing() as session:
            work = open_signatures(
                session, campaign_id, permission=Permission.SIGNATURES_WORK, now=now
            )
            spoil(
                session,
                viewer(),
                campaign_id,
                number,
                version=version_of(request.form.get("version", "")),
                pack=work.pack,
                now=now,
            )
    except Refused as refusal:
        return _show(campaign_id, number, 422, refusals=(refusal,))
    except Conflict as conflict:
        return _show(campaign_id, number, 409, conflict=say(conflict))
    flash_warn(N_("Sheet {number} is out of use. Keep the paper."), number=number)
    return see_other(at("sheets", campaign_id))


def _sheet(session: Session, campaign_id: int, number: int) -> SheetRow:
    found = find_sheet(session, campaign_id, number)
    if found is None:
        raise Missing
    return found


def _find(session: Session, campaign_id: int, number: int) -> _Found:
    work = open_signatures(session, campaign_id, now=clock.now())
    found = _sheet(session, campaign_id, number)
    plan = plan_of(session, campaign_id)
    rules = rulebook_of(work.pack, plan)
    rows = rows_of(session, campaign_id, [found.id]).get(found.id, ())
    beside = sheets_with_marks(session, campaign_id, [row.mark for row in rows if row.mark])
    others = [one for one in beside if one.is_counted and one.id != found.id]
    counted = count_sheets(
        filled(session, campaign_id, [found, *others]), period=rules.period, codes=rules.found
    )
    out = sheets_shown(session, campaign_id, Shown.OUT, skip=0, most=1)
    following = next((one.number for one in out if one.number != number), 0)
    return _Found(
        work=work,
        sheet=found,
        rows={row.number: row for row in rows},
        counted=counted[0],
        collectors=collectors_of(session, campaign_id),
        plan=plan,
        next_number=following,
    )


def _show(
    campaign_id: int,
    number: int,
    status: int = 200,
    *,
    typed: TypedSheet | None = None,
    refusals: Sequence[Refused] = (),
    conflict: str = "",
) -> Response:
    with reading() as session:
        found = _find(session, campaign_id, number)
    answer = render(_page(found, typed, refusals, conflict), status)
    if typed is not None:
        # A passport that was typed and not accepted goes back to whoever typed it, and nowhere.
        answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _page(
    found: _Found, typed: TypedSheet | None, refusals: Sequence[Refused], conflict: str
) -> SheetPage:
    work, sheet = found.work, found.sheet
    number, campaign = sheet.number, work.campaign.id
    words, tone = STATES[sheet.where]
    names = work.pack.words_in(current_language()).defect
    problems = {one.field: say(one) for one in refusals if one.field}
    whole = [say(one) for one in refusals if not one.field]
    season = season_of(found.plan, work.campaign.polling_day)
    digits, dotted = short_forms(example_day(season, work.today))
    collector = typed.collector if typed else str(sheet.collector_id or "")
    byself = set(work.pack.codes.values())
    return SheetPage(
        number=number,
        state=gettext(words),
        tone=tone,
        summary=_summary(found),
        editable=work.works and not sheet.folder,
        action=at("count", campaign, number=number),
        spoil_action=at("spoil_sheet", campaign, number=number)
        if work.works and not sheet.folder and sheet.state != "spoilt"
        else "",
        version=sheet.version,
        collectors=tuple(
            (str(one.id), one.name, str(one.id) == collector)
            for one in found.collectors
            if one.ended_at is None or one.id == sheet.collector_id or str(one.id) == collector
        ),
        collector_problem=problems.get("collector", ""),
        rows=tuple(_row(found, row, typed, problems) for row in range(1, sheet.rows_per_sheet + 1)),
        row_codes=tuple(
            (one.code, names[one.code]) for one in work.pack.shape.defect if one.scope == "row"
        ),
        sheet_codes=tuple(
            (one.code, names[one.code]) for one in work.pack.shape.defect if one.scope == "sheet"
        ),
        noted=typed.noted if typed else sheet.defects,
        found=tuple((code, names[code]) for code in sorted(found.counted.whole) if code in byself)
        if sheet.is_counted
        else (),
        certified_on=typed.certified_on if typed else written(sheet.certified_on),
        certified_problem=problems.get("certified_on", ""),
        candidate_on=typed.candidate_on if typed else written(sheet.candidate_on),
        candidate_problem=problems.get("candidate_on", ""),
        defects_problem=problems.get("defects", ""),
        problem=" ".join(filter(None, (conflict, *whole))),
        refused=tuple((_place(name), _label(name), words) for name, words in problems.items()),
        period=_period(found.plan),
        digits=digits,
        dotted=dotted,
        folder=sheet.folder,
        next_href=at("sheet", campaign, number=found.next_number) if found.next_number else "",
        sheets_href=at("sheets", campaign),
        overview_href=at("index", campaign),
    )


def _place(name: str) -> str:
    """Give the id of the field, or of the group of boxes, that a refusal stands beside."""
    kind, _, number = name.partition("-")
    if kind == "defects":
        return f"row-{number}" if number else "below"
    return name


def _label(name: str) -> str:
    kind, _, number = name.partition("-")
    if number:
        return f"{gettext('Row %(number)s', number=number)}, {gettext(IN_ROWS[kind])}"
    return gettext(FIELDS[name])


def _summary(found: _Found) -> str:
    if not found.sheet.is_counted:
        return ""
    return gettext(
        "signed: %(signed)s, good: %(good)s, struck: %(struck)s",
        signed=found.sheet.signed,
        good=found.sheet.good,
        struck=found.sheet.struck,
    )


def _period(plan: PlanRow) -> str:
    begins = period_of(plan).begins
    if begins is None and plan.last_day is None:
        return gettext("The days of the collecting are not known: dates are not checked by them.")
    return gettext(
        "A signature counts from %(first)s to %(last)s.",
        first=written(begins) or "…",
        last=written(plan.last_day) or "…",
    )


def _row(
    found: _Found, number: int, typed: TypedSheet | None, problems: Mapping[str, str]
) -> RowView:
    saved = found.rows.get(number)
    was = typed.rows[number - 1] if typed else None
    state = saved.state.value if saved else RowState.EMPTY.value
    day = written(saved.signed_on) if saved else ""
    codes = found.counted.rows.get(number, NO_CODES) if found.sheet.is_counted else NO_CODES
    noted = tuple(sorted(saved.noted)) if saved else ()
    names = found.work.pack.words_in(current_language()).defect
    return RowView(
        number=number,
        state=(was.state if was else state) or RowState.EMPTY.value,
        day=was.day if was else day,
        marked=bool(saved and saved.mark),
        passport=was.passport if was else "",
        noted=was.noted if was else noted,
        found=tuple((code, names[code]) for code in sorted(codes - set(noted))),
        day_problem=problems.get(f"day-{number}", ""),
        passport_problem=problems.get(f"passport-{number}", ""),
        defects_problem=problems.get(f"defects-{number}", ""),
        meanwhile=_meanwhile(was, state, day) if was and found.sheet.is_counted else "",
    )


def _meanwhile(typed: TypedRow, state: str, day: str) -> str:
    """Say what is saved of a row when it is not what was typed."""
    if typed.state == state and typed.day == day:
        return ""
    words = {
        RowState.EMPTY.value: gettext("empty"),
        RowState.SIGNED.value: gettext("signed"),
        RowState.STRUCK.value: gettext("struck out"),
    }
    return ", ".join(filter(None, (words[state], day)))

"""The plan: the numbers of the district and the days of the collecting."""

from __future__ import annotations

from datetime import date

from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.errors import Conflict, Refused
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language, say
from app.web.pages import flash_done, render, see_other
from documents.paperwork.rules.texts import kept
from documents.signatures.commands.planning import save_plan
from documents.signatures.describing import source_view
from documents.signatures.desk import SignaturesDesk
from documents.signatures.forms import PlanForm
from documents.signatures.pages import PlanPage
from documents.signatures.queries import PlanRow, district_numbers, plan_of
from documents.signatures.rules.days import Season, example_day, read_day, short_forms
from documents.signatures.rules.plan import COUNTS, DAYS, TEXTS, PlanEntry, plan_problems
from documents.signatures.views.section import (
    READS,
    SIGNATURES,
    WORKS,
    Work,
    at,
    count_of,
    day_of,
    open_signatures,
    section,
    version_of,
    written,
)

PLAN = f"{SIGNATURES}/plan"


@section.get(PLAN, access=READS)
def plan(campaign_id: int) -> Response:
    """The plan as it is saved, with what is known offered where nothing is."""
    with reading() as session:
        work = open_signatures(session, campaign_id, now=clock.now())
        found = plan_of(session, campaign_id)
        values = _values(found)
        if not found.version:
            voters, seats = district_numbers(session, work.campaign.district_id)
            days = part(SignaturesDesk).days.days_of(session, work.campaign, now=work.now)
            period = work.pack.shape.period
            values |= {
                "voters": str(voters or ""),
                "mandates": str(seats or ""),
                "first_day": written(days.get(period.first)),
                "last_day": written(days.get(period.last)),
            }
    return _show(work, PlanForm(data=values))


@section.post(PLAN, access=WORKS)
def save(campaign_id: int) -> Response:
    """Keep the plan; the sheets are counted by it."""
    now, form = clock.now(), PlanForm()
    with reading() as session:
        work = open_signatures(session, campaign_id, permission=Permission.SIGNATURES_WORK, now=now)
    entry = _entry(form, work)
    if entry is None:
        return _show(work, form, 422)
    try:
        with writing() as session:
            save_plan(
                session,
                viewer(),
                campaign_id,
                entry,
                version=version_of(form.version.data or "0"),
                pack=work.pack,
                now=now,
            )
    except Refused as refusal:
        form.refuse(refusal)
        return _show(work, form, 422)
    except Conflict as conflict:
        with reading() as session:
            saved = plan_of(session, campaign_id)
        form.form_errors.append(say(conflict))
        form.version.data = str(saved.version)
        return _show(work, form, 409, meanwhile=saved)
    flash_done(N_("Saved. All sheets are counted by it."))
    return see_other(at("index", campaign_id))


def _entry(form: PlanForm, work: Work) -> PlanEntry | None:
    """Give what was typed; None when something is wrong, all of which the form then says."""
    form.validate()
    values, unread = _read(form, work)
    for refusal in unread:
        form.refuse(refusal)
    entry = PlanEntry(**values)  # type: ignore[arg-type]
    silent = [name for name, said in form.errors.items() if name and said]
    for refusal in plan_problems(entry, polling_day=work.campaign.polling_day, unread=silent):
        form.refuse(refusal)
    return None if form.errors else entry


def _read(form: PlanForm, work: Work) -> tuple[dict[str, int | date | str | None], list[Refused]]:
    """Give the numbers, days and texts of the form, and what can't be read as such."""
    season = _season(work)
    example = example_day(season, work.today)
    values: dict[str, int | date | str | None] = {
        name: kept(_typed(form, name), lines=False) for name in TEXTS
    }
    unread = []
    for name in (*COUNTS, *DAYS):
        typed = _typed(form, name)
        try:
            values[name] = (
                count_of(name, typed)
                if name in COUNTS
                else day_of(name, typed, season=season, example=example)
            )
        except Refused as refusal:
            values[name] = None
            unread.append(refusal)
    return values, unread


def _season(work: Work) -> Season:
    """Give no days to look among but those before the vote: the period is what is being typed."""
    return Season(first=None, last=None, latest=work.campaign.polling_day)


def _example(form: PlanForm, work: Work) -> tuple[str, str, str]:
    first, last = (
        read_day(_typed(form, name), season=_season(work)) for name in ("first_day", "last_day")
    )
    period = Season(first=first, last=last, latest=work.campaign.polling_day)
    day = example_day(period, work.today)
    return (written(day), *short_forms(day))


def _typed(form: PlanForm, name: str) -> str:
    return str(form[name].data or "")


def _values(found: PlanRow) -> dict[str, str]:
    values = {name: str(getattr(found, name) or "") for name in COUNTS}
    values |= {name: written(getattr(found, name)) for name in DAYS}
    values |= {name: getattr(found, name) for name in TEXTS}
    return {**values, "version": str(found.version)}


def _show(
    work: Work, form: PlanForm, status: int = 200, *, meanwhile: PlanRow | None = None
) -> Response:
    words, shape = work.pack.words_in(current_language()), work.pack.shape
    theirs = _values(meanwhile) if meanwhile else {}
    rules = [
        (words.rate, source_view(shape.rate, work.pack)),
        (words.surplus, source_view(shape.surplus, work.pack)),
        (words.period, source_view(shape.period, work.pack)),
    ]
    if shape.refusal is not None:
        rules.append((words.refusal, source_view(shape.refusal, work.pack)))
    page = PlanPage(
        form=form,
        action=at("save", work.campaign.id),
        own=work.works,
        shown=tuple(
            (str(form[name].label.text), _typed(form, name) or "—")
            for name in (*COUNTS, *DAYS, *TEXTS)
        ),
        meanwhile=tuple(
            (str(form[name].label.text), text)
            for name, text in theirs.items()
            if name != "version" and text != _typed(form, name)
        ),
        rules=tuple(rules),
        example=_example(form, work),
        overview_href=at("index", work.campaign.id),
    )
    return render(page, status)

"""Many districts at once: a table is handed in, looked through, and only then taken in."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission
from app.accounts.commands.districts import import_table, plan_table
from app.accounts.forms.elections import ConfirmTableForm, DistrictTableForm, beside, packed
from app.accounts.pages.elections import (
    DistrictTablePage,
    EntriesView,
    TablePreviewPage,
    WrongView,
)
from app.accounts.queries.elections import ManagedElection, get_election
from app.accounts.rules.district_table import DistrictTable, read_table
from app.accounts.rules.districts import ImportPlan
from app.accounts.views.section import section
from app.errors import Refused
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.language import gettext, say
from app.web.pages import flash_done, render, see_other

SETS_UP = Holds(Permission.ORGANISATION_MANAGE)
COLUMN_NAMES = {
    "council": N_("Council"),
    "number": N_("Number"),
    "name": N_("Name of the district"),
    "seats": N_("Seats"),
    "electors": N_("Electors"),
    "places": N_("Streets and houses"),
}
MOST_SHOWN = 50
"""Districts of one kind; more would make the page too heavy for a phone."""
MOST_WRONG_SHOWN = 100


@section.get("/desk/elections/<int:election_id>/districts/table", access=SETS_UP)
def district_table(election_id: int) -> Response:
    """Show where the table is handed in."""
    return render(DistrictTablePage(form=DistrictTableForm(), election=_election(election_id)))


@section.post("/desk/elections/<int:election_id>/districts/table", access=SETS_UP)
def district_table_preview(election_id: int) -> Response:
    """Show what the table would change; nothing is stored yet."""
    known, form = _election(election_id), DistrictTableForm()
    if not form.validate_on_submit():
        return render(DistrictTablePage(form=form, election=known), 422)
    try:
        text = form.to_text()
        table, carried = _read(text, form.source)
    except Refused as error:
        form.refuse(error)
        return render(DistrictTablePage(form=form, election=known), 422)
    with reading() as session:
        plan = plan_table(session, viewer(), election_id, table)
    return render(_preview(known, table, plan, carried))


@section.post("/desk/elections/<int:election_id>/districts/table/confirm", access=SETS_UP)
def district_table_confirm(election_id: int) -> Response:
    """Take in the good lines of the table that was looked through."""
    known, form = _election(election_id), ConfirmTableForm()
    try:
        table = read_table(form.to_text())
        with writing() as session:
            plan = import_table(session, viewer(), election_id, table, now=clock.now())
    except Refused as error:
        again = DistrictTableForm(None)
        again.refuse(error)
        return render(DistrictTablePage(form=again, election=known), 422)
    flash_done(
        N_("Districts added: {added}; changed: {changed}; as they were: {unchanged}."),
        added=len(plan.new),
        changed=len(plan.changed),
        unchanged=len(plan.unchanged),
    )
    return see_other(url_for("accounts.district_list", election_id=election_id))


def _election(election_id: int) -> ManagedElection:
    with reading() as session:
        return get_election(session, viewer(), election_id)


def _read(text: str, field: str) -> tuple[DistrictTable, str]:
    try:
        return read_table(text), packed(text)
    except Refused as error:
        raise beside(error, field) from None


def _preview(
    known: ManagedElection, table: DistrictTable, plan: ImportPlan, carried: str
) -> TablePreviewPage:
    parts = (
        EntriesView(
            title=gettext("New districts"), total=len(plan.new), shown=plan.new[:MOST_SHOWN]
        ),
        EntriesView(
            title=gettext("Districts that change"),
            total=len(plan.changed),
            shown=plan.changed[:MOST_SHOWN],
        ),
    )
    form = ConfirmTableForm(None)
    form.packed.data = carried.encode("ascii")
    return TablePreviewPage(
        election=known,
        form=form,
        parts=tuple(one for one in parts if one.total),
        unchanged=len(plan.unchanged),
        to_save=len(plan.new) + len(plan.changed),
        wrong=tuple(
            WrongView(line=one.line, reasons=tuple(_reason(reason) for reason in one.reasons))
            for one in table.wrong[:MOST_WRONG_SHOWN]
        ),
        wrong_total=len(table.wrong),
        ignored=table.ignored,
    )


def _reason(reason: Refused) -> str:
    column = COLUMN_NAMES.get(reason.field or "")
    return f"{gettext(column)}: {say(reason)}" if column else say(reason)

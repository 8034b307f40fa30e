"""The organisations of a coalition; its chief adds and edits them."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission, Scope
from app.accounts.commands.organisations import add_organisation, edit_organisation
from app.accounts.forms.people import OrganisationForm
from app.accounts.pages.people import OrganisationPage, OrganisationsPage
from app.accounts.queries import OrganisationRow, get_organisation, organisations
from app.accounts.queries.coalitions import managed_coalitions
from app.accounts.views.section import section
from app.errors import Missing, Refused
from app.reach import reach_of_coalitions
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.pages import flash_done, render, see_other

READS = Holds(Permission.PEOPLE_MANAGE)
EDITS = Holds(Permission.ORGANISATION_MANAGE)


@section.get("/desk/organisations", access=READS)
def organisation_list() -> Response:
    """List them by coalition."""
    who = viewer()
    # The number of campaigns beside each organisation is known to all who coordinate.
    with reading(reach=reach_of_coalitions(who)) as session:
        coalitions = tuple(
            (
                coalition_id,
                name,
                _edits(coalition_id),
                organisations(session, coalition_id),
            )
            for coalition_id, name in managed_coalitions(session, who)
        )
    return render(OrganisationsPage(coalitions=coalitions))


@section.get("/desk/coalitions/<int:coalition_id>/organisations/add", access=EDITS)
def organisation_new(coalition_id: int) -> Response:
    """Show an empty form."""
    _require(coalition_id)
    return render(_new_page(OrganisationForm(), coalition_id))


@section.post("/desk/coalitions/<int:coalition_id>/organisations/add", access=EDITS)
def organisation_add(coalition_id: int) -> Response:
    """Add an organisation."""
    _require(coalition_id)
    form = OrganisationForm()
    if not form.validate_on_submit():
        return render(_new_page(form, coalition_id), 422)
    try:
        with writing() as session:
            add_organisation(session, viewer(), coalition_id, form.to_entry(), now=clock.now())
    except Refused as error:
        form.refuse(error)
        return render(_new_page(form, coalition_id), 422)
    return _done(N_("The organisation is added."))


@section.get("/desk/organisations/<int:organisation_id>", access=EDITS)
def organisation(organisation_id: int) -> Response:
    """Show the form with what is stored."""
    known = _known(organisation_id)
    form = OrganisationForm(
        None,
        name=known.name,
        short_name=known.short_name,
        capacity=known.capacity,
        game_on=known.game_on,
    )
    return render(_edit_page(form, known))


@section.post("/desk/organisations/<int:organisation_id>", access=EDITS)
def organisation_edit(organisation_id: int) -> Response:
    """Change an organisation."""
    known = _known(organisation_id)
    form = OrganisationForm()
    if not form.validate_on_submit():
        return render(_edit_page(form, known), 422)
    try:
        with writing() as session:
            edit_organisation(session, viewer(), organisation_id, form.to_entry(), now=clock.now())
    except Refused as error:
        form.refuse(error)
        return render(_edit_page(form, known), 422)
    return _done(N_("Saved."))


def _edits(coalition_id: int) -> bool:
    return viewer().may(Permission.ORGANISATION_MANAGE, Scope(coalition_id=coalition_id))


def _require(coalition_id: int) -> None:
    if not _edits(coalition_id):
        raise Missing


def _known(organisation_id: int) -> OrganisationRow:
    with reading() as session:
        return get_organisation(session, viewer(), organisation_id)


def _done(message: str) -> Response:
    flash_done(message)
    return see_other(url_for("accounts.organisation_list"))


def _new_page(form: OrganisationForm, coalition_id: int) -> OrganisationPage:
    action = url_for("accounts.organisation_add", coalition_id=coalition_id)
    return OrganisationPage(form=form, name="", action=action)


def _edit_page(form: OrganisationForm, known: OrganisationRow) -> OrganisationPage:
    action = url_for("accounts.organisation_edit", organisation_id=known.id)
    return OrganisationPage(form=form, name=known.name, action=action)

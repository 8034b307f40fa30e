"""The elections of a coalition; its chief adds and edits them."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission, Scope
from app.accounts.commands.elections import add_election, edit_election
from app.accounts.forms.elections import ElectionForm
from app.accounts.pages.elections import ElectionPage, ElectionsPage
from app.accounts.queries.elections import ManagedElection, get_election, managed_elections
from app.accounts.rules.elections import PackChoices
from app.accounts.views.section import section
from app.errors import Missing, Refused
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language
from app.web.pages import flash_done, render, see_other

SETS_UP = Holds(Permission.ORGANISATION_MANAGE)


@section.get("/desk/elections", access=SETS_UP)
def election_list() -> Response:
    """List them by coalition."""
    with reading() as session:
        coalitions = managed_elections(session, viewer())
    return render(
        ElectionsPage(coalitions=coalitions, packs=part(PackChoices), language=current_language())
    )


@section.get("/desk/coalitions/<int:coalition_id>/elections/add", access=SETS_UP)
def election_new(coalition_id: int) -> Response:
    """Show an empty form."""
    _require(coalition_id)
    form = ElectionForm()
    form.offer(part(PackChoices))
    return render(_new_page(form, coalition_id))


@section.post("/desk/coalitions/<int:coalition_id>/elections/add", access=SETS_UP)
def election_add(coalition_id: int) -> Response:
    """Add an election; its districts come next."""
    _require(coalition_id)
    packs, form = part(PackChoices), ElectionForm()
    form.offer(packs)
    if not form.validate_on_submit():
        return render(_new_page(form, coalition_id), 422)
    try:
        entry = form.to_entry()
        with writing() as session:
            added = add_election(
                session, viewer(), coalition_id, entry, packs=packs, now=clock.now()
            )
    except Refused as error:
        form.refuse(error)
        return render(_new_page(form, coalition_id), 422)
    flash_done(N_("The election is added. Now add its districts."))
    return see_other(url_for("accounts.district_list", election_id=added))


@section.get("/desk/elections/<int:election_id>", access=SETS_UP)
def election(election_id: int) -> Response:
    """Show the form with what is stored."""
    known = _known(election_id)
    form = ElectionForm(
        None,
        name=known.name,
        pack_id=known.pack_id,
        polling_day=known.polling_day,
        first_polling_day=known.first_polling_day,
        published_on=known.published_on,
        sign_up_open=known.sign_up_open,
    )
    form.offer(part(PackChoices), known.pack_id)
    return render(_edit_page(form, known))


@section.post("/desk/elections/<int:election_id>", access=SETS_UP)
def election_edit(election_id: int) -> Response:
    """Change an election; say how many campaigns' deadlines move."""
    known = _known(election_id)
    packs, form = part(PackChoices), ElectionForm()
    form.offer(packs, known.pack_id)
    if not form.validate_on_submit():
        return render(_edit_page(form, known), 422)
    try:
        entry = form.to_entry()
        with writing() as session:
            moved = edit_election(
                session, viewer(), election_id, entry, packs=packs, now=clock.now()
            )
    except Refused as error:
        form.refuse(error)
        return render(_edit_page(form, known), 422)
    if moved:
        flash_done(N_("Saved. Campaigns whose deadlines moved: {campaigns}."), campaigns=moved)
    else:
        flash_done(N_("Saved."))
    return see_other(url_for("accounts.election_list"))


def _require(coalition_id: int) -> None:
    if not viewer().may(Permission.ORGANISATION_MANAGE, Scope(coalition_id=coalition_id)):
        raise Missing


def _known(election_id: int) -> ManagedElection:
    with reading() as session:
        return get_election(session, viewer(), election_id)


def _new_page(form: ElectionForm, coalition_id: int) -> ElectionPage:
    action = url_for("accounts.election_add", coalition_id=coalition_id)
    return ElectionPage(form=form, election=None, action=action)


def _edit_page(form: ElectionForm, known: ManagedElection) -> ElectionPage:
    action = url_for("accounts.election_edit", election_id=known.id)
    return ElectionPage(form=form, election=known, action=action)

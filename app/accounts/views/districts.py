"""The districts of an election, found, added, edited and deleted one at a time."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission
from app.accounts.commands.districts import add_district, delete_district, edit_district
from app.accounts.forms.elections import DistrictForm
from app.accounts.pages.elections import DistrictPage, DistrictsPage
from app.accounts.queries.elections import (
    DISTRICTS_PER_PAGE,
    ManagedDistrict,
    ManagedElection,
    count_districts,
    get_election,
    get_managed_district,
    managed_districts,
)
from app.accounts.views.section import section
from app.errors import Refused
from app.texts import N_
from app.ui.paging import page_number, pages_of
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.pages import flash_done, render, see_other

SETS_UP = Holds(Permission.ORGANISATION_MANAGE)
LONGEST_QUERY = 120


@section.get("/desk/elections/<int:election_id>/districts", access=SETS_UP)
def district_list(election_id: int) -> Response:
    """List the districts found, a page at a time."""
    query = request.args.get("q", "").strip()[:LONGEST_QUERY]

    def page_address(number: int) -> str:
        return url_for(
            "accounts.district_list", election_id=election_id, q=query or None, page=number
        )

    with reading() as session:
        known = get_election(session, viewer(), election_id)
        found = count_districts(session, election_id, query)
        number = page_number(request.args.get("page"))
        pages = pages_of(number, found, DISTRICTS_PER_PAGE, page_address)
        districts = managed_districts(session, election_id, query, page=pages.number)
    return render(
        DistrictsPage(election=known, districts=districts, found=found, query=query, pages=pages)
    )


@section.get("/desk/elections/<int:election_id>/districts/add", access=SETS_UP)
def district_new(election_id: int) -> Response:
    """Show an empty form."""
    return render(_page(DistrictForm(), _election(election_id)))


@section.post("/desk/elections/<int:election_id>/districts/add", access=SETS_UP)
def district_add(election_id: int) -> Response:
    """Add a district."""
    known, form = _election(election_id), DistrictForm()
    if not form.validate_on_submit():
        return render(_page(form, known), 422)
    try:
        with writing() as session:
            add_district(session, viewer(), election_id, form.to_entry(), now=clock.now())
    except Refused as error:
        form.refuse(error)
        return render(_page(form, known), 422)
    return _done(election_id, N_("The district is added."))


@section.get("/desk/elections/<int:election_id>/districts/<int:district_id>", access=SETS_UP)
def district(election_id: int, district_id: int) -> Response:
    """Show the form with what is stored."""
    known, found = _district(election_id, district_id)
    return render(_page(_filled(found), known, found))


@section.post("/desk/elections/<int:election_id>/districts/<int:district_id>", access=SETS_UP)
def district_edit(election_id: int, district_id: int) -> Response:
    """Change a district."""
    known, found = _district(election_id, district_id)
    form = DistrictForm()
    if not form.validate_on_submit():
        return render(_page(form, known, found), 422)
    entry = form.to_entry()
    try:
        with writing() as session:
            edit_district(session, viewer(), election_id, district_id, entry, now=clock.now())
    except Refused as error:
        form.refuse(error)
        return render(_page(form, known, found), 422)
    return _done(election_id, N_("Saved."))


@section.post(
    "/desk/elections/<int:election_id>/districts/<int:district_id>/delete", access=SETS_UP
)
def district_delete(election_id: int, district_id: int) -> Response:
    """Delete a district that has no campaigns."""
    known, found = _district(election_id, district_id)
    try:
        with writing() as session:
            delete_district(session, viewer(), election_id, district_id, now=clock.now())
    except Refused as error:
        form = _filled(found)
        form.refuse(error)
        return render(_page(form, known, found), 422)
    return _done(election_id, N_("The district is deleted."))


def _election(election_id: int) -> ManagedElection:
    with reading() as session:
        return get_election(session, viewer(), election_id)


def _district(election_id: int, district_id: int) -> tuple[ManagedElection, ManagedDistrict]:
    with reading() as session:
        return (
            get_election(session, viewer(), election_id),
            get_managed_district(session, viewer(), election_id, district_id),
        )


def _filled(found: ManagedDistrict) -> DistrictForm:
    entry = found.entry
    return DistrictForm(
        None,
        council=entry.council,
        number=entry.number,
        name=entry.name,
        seats=entry.seats,
        electors=entry.electors,
        places=entry.places,
    )


def _page(
    form: DistrictForm, known: ManagedElection, found: ManagedDistrict | None = None
) -> DistrictPage:
    if found is None:
        action = url_for("accounts.district_add", election_id=known.id)
    else:
        action = url_for("accounts.district_edit", election_id=known.id, district_id=found.id)
    return DistrictPage(form=form, election=known, district=found, action=action)


def _done(election_id: int, message: str) -> Response:
    flash_done(message)
    return see_other(url_for("accounts.district_list", election_id=election_id))

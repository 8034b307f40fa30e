"""The desk's people: applicants to decide about, and staff."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import HELPER_ROLES, Holds, Permission, Scope
from app.accounts.commands.candidates import admit, decline
from app.accounts.commands.organisations import end_staff_role, suspend, unsuspend
from app.accounts.forms.candidates import AdmitForm, DeclineForm
from app.accounts.pages.people import ApplicantPage, PeoplePage, PersonLine
from app.accounts.queries import (
    Applicant,
    OrganisationRow,
    PersonRow,
    applicants,
    organisations,
    staff_people,
)
from app.accounts.queries.people import get_applicant
from app.accounts.rules.roles import ROLE_NAMES
from app.accounts.views.section import section
from app.errors import Refused
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.language import gettext
from app.web.pages import flash_done, render, see_other

PEOPLE = Holds(Permission.PEOPLE_MANAGE)
DECIDES = Holds(Permission.INTERVIEW_DECIDE)
CHIEF = Holds(Permission.ORGANISATION_MANAGE)


@section.get("/desk/people", access=PEOPLE)
def people() -> Response:
    """List applicants and staff."""
    with reading() as session:
        waiting = applicants(session, viewer())
        staff = staff_people(session, viewer())
    return render(
        PeoplePage(applicants=waiting, staff=tuple(_line(row) for row in staff), now=clock.now())
    )


@section.get("/desk/people/<int:campaign_id>", access=DECIDES)
def applicant(campaign_id: int) -> Response:
    """Show one applicant with the two decisions."""
    return render(_page(campaign_id, None, None))


@section.post("/desk/people/<int:campaign_id>/admit", access=DECIDES)
def applicant_admit(campaign_id: int) -> Response:
    """Let the candidate in."""
    form = _admit_form(_waiting(campaign_id), sent=True)
    if not form.validate_on_submit():
        return render(_page(campaign_id, form, None), 422)
    try:
        with writing() as session:
            admit(session, viewer(), campaign_id, int(form.organisation.data), now=clock.now())
    except Refused as error:
        form.refuse(error)
        return render(_page(campaign_id, form, None), 422)
    return _done(N_("The candidate is in; a letter is on its way."))


@section.post("/desk/people/<int:campaign_id>/decline", access=DECIDES)
def applicant_decline(campaign_id: int) -> Response:
    """Refuse the candidate with a reason."""
    form = DeclineForm()
    _waiting(campaign_id)
    if not form.validate_on_submit():
        return render(_page(campaign_id, None, form), 422)
    try:
        with writing() as session:
            decline(session, viewer(), campaign_id, form.reason.data, now=clock.now())
    except Refused as error:
        form.refuse(error)
        return render(_page(campaign_id, None, form), 422)
    return _done(N_("The application is declined; a letter with the reason is on its way."))


@section.post("/desk/people/<int:person_id>/suspend", access=CHIEF)
def person_suspend(person_id: int) -> Response:
    """Stop a person at once."""
    with writing() as session:
        suspend(session, viewer(), person_id, now=clock.now())
    return _done(N_("This person is suspended; nothing works for them any more."))


@section.post("/desk/people/<int:person_id>/unsuspend", access=CHIEF)
def person_unsuspend(person_id: int) -> Response:
    """Let a person in again."""
    with writing() as session:
        unsuspend(session, viewer(), person_id, now=clock.now())
    return _done(N_("This person can sign in again."))


@section.post("/desk/staff/<int:staff_id>/end", access=PEOPLE)
def staff_end(staff_id: int) -> Response:
    """Take a staff role away."""
    with writing() as session:
        end_staff_role(session, viewer(), staff_id, now=clock.now())
    return _done(N_("The role is taken away."))


def _done(message: str) -> Response:
    flash_done(message)
    return see_other(url_for("accounts.people"))


def _line(row: PersonRow) -> PersonLine:
    who = viewer()
    other = row.person_id != who.person_id
    chief = who.holds(Permission.ORGANISATION_MANAGE)
    return PersonLine(
        row=row,
        role_name=gettext(ROLE_NAMES[row.role]),
        may_suspend=other and chief,
        may_end=other and (chief or row.role in HELPER_ROLES),
    )


def _waiting(campaign_id: int) -> Applicant:
    with reading() as session:
        return get_applicant(session, viewer(), campaign_id)


def _admit_form(found: Applicant, *, sent: bool) -> AdmitForm:
    chosen = str(found.organisation_id or "")
    form = AdmitForm() if sent else AdmitForm(None, organisation=chosen)
    form.offer(_places(found))
    return form


def _places(found: Applicant) -> tuple[OrganisationRow, ...]:
    with reading() as session:
        rows = organisations(session, found.coalition_id)
    return tuple(
        row
        for row in rows
        if viewer().may(
            Permission.INTERVIEW_DECIDE,
            Scope(coalition_id=row.coalition_id, organisation_id=row.id),
        )
    )


def _page(
    campaign_id: int, admitting: AdmitForm | None, declining: DeclineForm | None
) -> ApplicantPage:
    found = _waiting(campaign_id)
    return ApplicantPage(
        applicant=found,
        admit=admitting or _admit_form(found, sent=False),
        decline=declining or DeclineForm(None),
        now=clock.now(),
    )

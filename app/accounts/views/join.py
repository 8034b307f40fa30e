"""Signing up as a candidate: district first, then the person."""

from __future__ import annotations

from datetime import date

from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock
from app.access import Public, Role
from app.accounts.commands.candidates import apply_again, sign_up
from app.accounts.commands.sessions import start_session
from app.accounts.consents import SIGN_UP_VERSION, SIGN_UP_WORDS
from app.accounts.errors import link_over
from app.accounts.forms.candidates import ApplicationForm, NewCandidateForm
from app.accounts.pages.people import ApplyPage, JoinPage
from app.accounts.queries import (
    DistrictRow,
    ElectionRow,
    OrganisationRow,
    find_districts,
    get_district,
    open_elections,
    organisations,
)
from app.accounts.queries.coalitions import MOST_DISTRICTS
from app.accounts.queries.invitations import InvitationRow, find_invitation
from app.accounts.views.section import device, second_factor_first, section
from app.errors import Missing, Refused
from app.reach import everything
from app.texts import N_
from app.web import session as cookie
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.language import current_language, gettext
from app.web.pages import flash_done, render, see_other

FOR_ALL = Public(because="anybody may apply as a candidate")
APPLYING = everything("before the application nobody here is anything to a campaign")
LONGEST_PLACE = 120


@section.get("/join", access=FOR_ALL)
def join() -> Response:
    """Choose the election when there are several, then look for the district."""
    place = request.args.get("place", "").replace("\x00", "").strip()[:LONGEST_PLACE]
    token = request.args.get("invitation") or None
    invitation = _invitation(token)
    with reading() as session:
        offered = _offered(_open(session), invitation)
        election = _chosen(offered, request.args.get("election", type=int))
        found = find_districts(session, election.id, place) if election else ()
    return render(
        JoinPage(
            elections=offered,
            election=election,
            place=place,
            searched=bool(place),
            districts=found,
            more=len(found) == MOST_DISTRICTS,
            invitation=token,
        )
    )


@section.get("/join/<int:district_id>", access=FOR_ALL)
def apply_form(district_id: int) -> Response:
    """Show the application for a district."""
    return render(_apply_page(_form(), district_id))


@section.post("/join/<int:district_id>", access=FOR_ALL)
def apply_now(district_id: int) -> Response:
    """Take the application; a new person is signed in at once."""
    if (way := second_factor_first()) is not None:
        return way
    form = _form()
    page = _apply_page(form, district_id)
    if not form.validate_on_submit():
        return render(page, 422)
    try:
        token = _take(form, page)
    except Refused as error:
        form.refuse(error)
        return render(page, 422)
    if token is not None:
        cookie.begin(token)
    flash_done(N_("Your application is with the coordinator. We also sent you a letter."))
    return see_other(url_for("accounts.campaigns"))


def _take(form: ApplicationForm, page: ApplyPage) -> str | None:
    application = form.to_application(page.district, page.invitation)
    now = clock.now()
    if not isinstance(form, NewCandidateForm):
        with writing(reach=APPLYING) as session:
            apply_again(session, viewer(), application, now=now)
        return None
    new = form.to_new_person()
    with writing(reach=APPLYING) as session:
        person_id, _ = sign_up(session, new, application, now=now)
        return start_session(session, person_id, device=device(), now=now)


def _form() -> ApplicationForm:
    return ApplicationForm() if viewer().signed_in else NewCandidateForm()


def _apply_page(form: ApplicationForm, district_id: int) -> ApplyPage:
    invitation = _invitation(request.args.get("invitation"))
    district, election, offered = _district(district_id)
    settled = invitation is not None and invitation.organisation_id is not None
    form.offer(() if settled else offered)
    if invitation is not None and isinstance(form, NewCandidateForm) and not form.is_submitted():
        form.name.data, form.email.data = invitation.name, invitation.email
    return ApplyPage(
        form=form,
        new=isinstance(form, NewCandidateForm),
        election=election,
        district=district,
        organisation_name=invitation.place if invitation is not None and settled else None,
        consent_words=gettext(SIGN_UP_WORDS),
        consent_version=date.fromisoformat(SIGN_UP_VERSION),
        action=url_for(
            "accounts.apply_now",
            district_id=district_id,
            invitation=request.args.get("invitation") or None,
        ),
        invitation=request.args.get("invitation") or None,
    )


def _district(
    district_id: int,
) -> tuple[DistrictRow, ElectionRow, tuple[OrganisationRow, ...]]:
    with reading() as session:
        district = get_district(session, district_id)
        elections = _open(session)
        election = next((row for row in elections if row.id == district.election_id), None)
        if election is None:
            raise Missing
        return district, election, organisations(session, election.coalition_id)


def _open(session: Session) -> tuple[ElectionRow, ...]:
    return open_elections(session, now=clock.now(), language=current_language())


def _invitation(token: str | None) -> InvitationRow | None:
    if not token:
        return None
    with reading(reach=APPLYING) as session:
        found = find_invitation(session, token, clock.now())
    if found is None or found.role is not Role.CANDIDATE:
        raise link_over()
    return found


def _offered(
    elections: tuple[ElectionRow, ...], invitation: InvitationRow | None
) -> tuple[ElectionRow, ...]:
    if invitation is None:
        return elections
    return tuple(row for row in elections if row.coalition_id == invitation.coalition_id)


def _chosen(elections: tuple[ElectionRow, ...], wanted: int | None) -> ElectionRow | None:
    if len(elections) == 1:
        return elections[0]
    return next((row for row in elections if row.id == wanted), None)

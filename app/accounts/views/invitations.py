"""Invitations: accepting one, and those the desk has sent."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from flask import url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission, Public, Role, Scope, Viewer
from app.accounts.commands.accounts import NewPerson
from app.accounts.commands.invitations import (
    Accepted,
    accept_invitation,
    invite_by_staff,
    revoke_invitation,
)
from app.accounts.errors import link_over
from app.accounts.forms.accounts import NewPersonForm
from app.accounts.forms.people import StaffInvitationForm
from app.accounts.pages.people import InvitationLine, InvitationPage, InvitationsPage
from app.accounts.queries import organisations
from app.accounts.queries.coalitions import managed_coalitions
from app.accounts.queries.invitations import InvitationRow, find_invitation, staff_invitations
from app.accounts.rules.roles import INVITED_BY_STAFF, ROLE_NAMES
from app.accounts.views.section import device, second_factor_first, section
from app.errors import Refused
from app.reach import everything
from app.texts import N_
from app.web import session as cookie
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import kernel
from app.web.language import gettext
from app.web.pages import flash_done, render, see_other

WITH_LINK = everything("whoever holds the link may be nobody here yet")
BY_LINK = Public(because="the invited person has no account yet")
INVITES = Holds(Permission.PEOPLE_MANAGE)
STANDINGS = {
    "accepted": N_("accepted"),
    "revoked": N_("taken back"),
    "expired": N_("too old"),
    "open": N_("waiting"),
}


def invitation_lines(rows: tuple[InvitationRow, ...], now: datetime) -> tuple[InvitationLine, ...]:
    """Give invitations with their roles and standings in words."""
    return tuple(
        InvitationLine(
            row=row,
            role_name=gettext(ROLE_NAMES[row.role]),
            standing=gettext(STANDINGS[row.standing(now)]),
        )
        for row in rows
    )


def link_to(token: str) -> str:
    """Give the full address of an invitation, to be passed on by hand."""
    return kernel().settings.base_url + url_for("accounts.invitation", token=token)


@section.get("/invitations/<token>", access=BY_LINK)
def invitation(token: str) -> Response:
    """Show the invitation; a candidate goes on to the application."""
    found = _invitation(token)
    if found.role is Role.CANDIDATE:
        return see_other(url_for("accounts.join", invitation=token))
    form = NewPersonForm(None, name=found.name, email=found.email)
    return render(_invitation_page(form, found, token))


@section.post("/invitations/<token>", access=BY_LINK)
def invitation_accept(token: str) -> Response:
    """Give the role to the viewer or to a new person, and begin their session."""
    if (way := second_factor_first()) is not None:
        return way
    found = _invitation(token)
    form = NewPersonForm()
    if not viewer().signed_in and not form.validate_on_submit():
        return render(_invitation_page(form, found, token), 422)
    try:
        accepted = _accept(token, None if viewer().signed_in else form.to_new_person())
    except Refused as error:
        form.refuse(error)
        return render(_invitation_page(form, found, token), 422)
    cookie.begin(accepted.token)
    flash_done(N_("You are in."))
    return see_other("/")


@section.get("/desk/invitations", access=INVITES)
def invitations() -> Response:
    """List what was sent."""
    return render(_invitations_page(_staff_form(filled=False)))


@section.post("/desk/invitations", access=INVITES)
def invitations_send() -> Response:
    """Invite somebody; the link is shown once, for passing on by hand."""
    form = _staff_form(filled=True)
    if not form.validate_on_submit():
        return render(_invitations_page(form), 422)
    coalition_id, organisation_id = form.chosen_place
    try:
        with writing() as session:
            token = invite_by_staff(
                session,
                viewer(),
                form.to_guest(),
                coalition_id=coalition_id,
                organisation_id=organisation_id,
                now=clock.now(),
            )
    except Refused as error:
        form.refuse(error)
        return render(_invitations_page(form), 422)
    page = _invitations_page(_staff_form(filled=False), link=link_to(token), guest=form.name.data)
    return render(page)


@section.post("/desk/invitations/<int:invitation_id>/revoke", access=INVITES)
def invitations_revoke(invitation_id: int) -> Response:
    """Take an invitation back."""
    with writing() as session:
        revoke_invitation(session, viewer(), invitation_id, now=clock.now())
    flash_done(N_("The invitation is taken back."))
    return see_other(url_for("accounts.invitations"))


def _accept(token: str, new: NewPerson | None) -> Accepted:
    with writing(reach=WITH_LINK) as session:
        return accept_invitation(
            session,
            viewer(),
            token,
            new=new,
            session_token=cookie.token(),
            device=device(),
            now=clock.now(),
        )


def _invitation(token: str) -> InvitationRow:
    with reading(reach=WITH_LINK) as session:
        found = find_invitation(session, token, clock.now())
    if found is None:
        raise link_over()
    return found


def _invitation_page(form: NewPersonForm, found: InvitationRow, token: str) -> InvitationPage:
    here = url_for("accounts.invitation", token=token)
    return InvitationPage(
        invitation=found,
        role_name=gettext(ROLE_NAMES[found.role]),
        form=form,
        new=not viewer().signed_in,
        viewer_name=viewer().name,
        action=url_for("accounts.invitation_accept", token=token),
        sign_in=f"{url_for('accounts.sign_in')}?{urlencode({'next': here})}",
    )


def _staff_form(*, filled: bool) -> StaffInvitationForm:
    form = StaffInvitationForm() if filled else StaffInvitationForm(None)
    form.offer(INVITED_BY_STAFF)
    form.offer_places(_places(viewer()))
    return form


def _places(who: Viewer) -> tuple[tuple[str, str], ...]:
    places: list[tuple[str, str]] = []
    with reading() as session:
        for coalition_id, name in managed_coalitions(session, who):
            if who.may(Permission.PEOPLE_MANAGE, Scope(coalition_id=coalition_id)):
                places.append(
                    (f"{coalition_id}:", gettext("{coalition}, the whole", coalition=name))
                )
            places.extend(
                (f"{coalition_id}:{row.id}", row.name)
                for row in organisations(session, coalition_id)
                if who.may(
                    Permission.PEOPLE_MANAGE,
                    Scope(coalition_id=coalition_id, organisation_id=row.id),
                )
            )
    return tuple(places)


def _invitations_page(
    form: StaffInvitationForm, *, link: str | None = None, guest: str = ""
) -> InvitationsPage:
    with reading() as session:
        rows = staff_invitations(session, viewer())
    return InvitationsPage(
        form=form, invitations=invitation_lines(rows, clock.now()), link=link, guest=guest
    )

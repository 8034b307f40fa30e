"""The team of a campaign and its helpers."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission, Role, Viewer
from app.accounts.commands.invitations import invite_to_team, revoke_invitation
from app.accounts.commands.teams import (
    assign_helper,
    change_role,
    end_assignment,
    remove_member,
)
from app.accounts.forms.people import HelperForm, InvitationForm, RoleForm
from app.accounts.pages.people import HelperLine, MemberLine, TeamPage
from app.accounts.queries import (
    CampaignRow,
    HelperRow,
    Member,
    assignable_helpers,
    get_campaign,
    helpers_of,
    team,
)
from app.accounts.queries.invitations import team_invitations
from app.accounts.rules.roles import INVITED_TO_TEAM, ROLE_NAMES
from app.accounts.views.invitations import invitation_lines, link_to
from app.accounts.views.section import section
from app.errors import Refused
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.forms import Form
from app.web.language import gettext
from app.web.pages import flash_done, render, see_other

READS = Holds(Permission.TEAM_READ)
MANAGES = Holds(Permission.TEAM_MANAGE)
ASSIGNS = Holds(Permission.PEOPLE_MANAGE)


@section.get("/campaigns/<int:campaign_id>/team", access=READS)
def team_page(campaign_id: int) -> Response:
    """Show members, helpers and open invitations."""
    return render(_page(campaign_id))


@section.post("/campaigns/<int:campaign_id>/team/invitations", access=MANAGES)
def team_invite(campaign_id: int) -> Response:
    """Invite somebody; the link is shown once, for passing on by hand."""
    form = InvitationForm(prefix="guest-")
    form.offer(INVITED_TO_TEAM)
    if not form.validate_on_submit():
        return render(_page(campaign_id, form), 422)
    try:
        with writing() as session:
            token = invite_to_team(session, viewer(), campaign_id, form.to_guest(), now=clock.now())
    except Refused as error:
        form.refuse(error)
        return render(_page(campaign_id, form), 422)
    return render(_page(campaign_id, link=link_to(token), guest=form.name.data))


@section.post(
    "/campaigns/<int:campaign_id>/team/invitations/<int:invitation_id>/revoke", access=MANAGES
)
def team_invitation_revoke(campaign_id: int, invitation_id: int) -> Response:
    """Take an invitation back."""
    with writing() as session:
        get_campaign(session, viewer(), campaign_id, Permission.TEAM_MANAGE)
        revoke_invitation(session, viewer(), invitation_id, now=clock.now())
    return _done(campaign_id, N_("The invitation is taken back."))


@section.post("/campaigns/<int:campaign_id>/team/<int:member_id>/role", access=MANAGES)
def team_role(campaign_id: int, member_id: int) -> Response:
    """Give a member another role."""
    form = _role_form(member_id)
    if not form.validate_on_submit():
        return render(_page(campaign_id, form), 422)
    try:
        with writing() as session:
            role = Role(form.role.data)
            change_role(session, viewer(), campaign_id, member_id, role, now=clock.now())
    except Refused as error:
        form.refuse(error)
        return render(_page(campaign_id, form), 422)
    return _done(campaign_id, N_("The role is changed."))


@section.post("/campaigns/<int:campaign_id>/team/<int:member_id>/remove", access=MANAGES)
def team_remove(campaign_id: int, member_id: int) -> Response:
    """Take somebody out of the team."""
    with writing() as session:
        remove_member(session, viewer(), campaign_id, member_id, now=clock.now())
    return _done(campaign_id, N_("This person is no longer in the team."))


@section.post("/campaigns/<int:campaign_id>/team/helpers", access=ASSIGNS)
def team_helper(campaign_id: int) -> Response:
    """Assign a lawyer or designer."""
    form = HelperForm(prefix="helper-")
    with reading() as session:
        campaign = get_campaign(session, viewer(), campaign_id, Permission.PEOPLE_MANAGE)
        form.offer(assignable_helpers(session, viewer(), campaign))
    if not form.validate_on_submit():
        return render(_page(campaign_id, form), 422)
    role, person_id = form.chosen
    try:
        with writing() as session:
            assign_helper(session, viewer(), campaign_id, person_id, role, now=clock.now())
    except Refused as error:
        form.refuse(error)
        return render(_page(campaign_id, form), 422)
    return _done(campaign_id, N_("The helper is assigned."))


@section.post("/campaigns/<int:campaign_id>/team/helpers/<int:assignment_id>/end", access=ASSIGNS)
def team_helper_end(campaign_id: int, assignment_id: int) -> Response:
    """Take a helper off the campaign."""
    with writing() as session:
        end_assignment(session, viewer(), campaign_id, assignment_id, now=clock.now())
    return _done(campaign_id, N_("The helper is no longer assigned."))


def _done(campaign_id: int, message: str) -> Response:
    flash_done(message)
    return see_other(url_for("accounts.team_page", campaign_id=campaign_id))


def _role_form(member_id: int) -> RoleForm:
    form = RoleForm(prefix=f"m{member_id}-")
    form.offer(INVITED_TO_TEAM)
    return form


def _page(
    campaign_id: int, sent: Form | None = None, *, link: str | None = None, guest: str = ""
) -> TeamPage:
    who, now = viewer(), clock.now()
    with reading() as session:
        campaign = get_campaign(session, who, campaign_id, Permission.TEAM_READ)
        members = team(session, who, campaign_id)
        helpers = helpers_of(session, campaign)
        offered = assignable_helpers(session, who, campaign)
        manages = who.may(Permission.TEAM_MANAGE, campaign.scope)
        invitations = team_invitations(session, who, campaign_id) if manages else ()
    assigns = who.may(Permission.PEOPLE_MANAGE, campaign.scope)
    return TeamPage(
        campaign=campaign,
        members=tuple(_line(member, sent, manages=manages) for member in members),
        helpers=tuple(
            HelperLine(row=row, role_name=gettext(ROLE_NAMES[row.role])) for row in helpers
        ),
        invitations=invitation_lines(invitations, now),
        invite=_invite_form(who, campaign, sent),
        assigns=assigns,
        assign=_assign_form(sent, offered) if assigns else None,
        link=link,
        guest=guest,
    )


def _line(member: Member, sent: Form | None, *, manages: bool) -> MemberLine:
    form: RoleForm | None = None
    if manages and member.role is not Role.CANDIDATE:
        form = RoleForm(None, prefix=f"m{member.id}-", role=member.role.value)
        form.offer(INVITED_TO_TEAM)
        if isinstance(sent, RoleForm) and sent.role.name == form.role.name:
            form = sent
    return MemberLine(member=member, role_name=gettext(ROLE_NAMES[member.role]), form=form)


def _invite_form(who: Viewer, campaign: CampaignRow, sent: Form | None) -> InvitationForm | None:
    if not who.may(Permission.TEAM_MANAGE, campaign.scope):
        return None
    if isinstance(sent, InvitationForm):
        return sent
    form = InvitationForm(None, prefix="guest-")
    form.offer(INVITED_TO_TEAM)
    return form


def _assign_form(sent: Form | None, offered: tuple[HelperRow, ...]) -> HelperForm | None:
    if isinstance(sent, HelperForm):
        return sent
    if not offered:
        return None
    form = HelperForm(None, prefix="helper-")
    form.offer(offered)
    return form

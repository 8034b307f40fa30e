"""What the audit log keeps of accounts: who was let in, given a role, or changed a key."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts import events
from app.accounts.models import Campaign
from app.accounts.queries.people import coalitions_of
from app.audit.following import PERSON, Audited, Note, Whose, note_of
from app.audit.rules import Detail

_NOTHING: Detail = {}


def _campaign(
    action: str,
    event: events.CandidateAdmitted | events.CandidateDeclined,
    detail: Detail = _NOTHING,
) -> Note:
    return note_of(event, action, "campaign", event.campaign_id, detail)


def _signed_up(event: events.CandidateSignedUp) -> Note:
    return Note(
        action="campaign.applied",
        subject_kind="campaign",
        subject_id=event.campaign_id,
        campaign_id=event.campaign_id,
        by=event.person_id,
        at=event.at,
    )


def _admitted(event: events.CandidateAdmitted) -> Note:
    return _campaign("campaign.admitted", event, {"organisation": event.organisation_id})


def _team(event: events.TeamChanged) -> Note:
    if event.role is None:
        action = "team.left"
    else:
        action = "team.joined" if event.before is None else "team.role_changed"
    roles = {"role": event.role, "before": event.before}
    return note_of(
        event,
        action,
        PERSON,
        event.person_id,
        {key: role for key, role in roles.items() if role is not None},
    )


def _staff(event: events.StaffChanged) -> Note:
    detail: dict[str, str | int] = {"role": event.role}
    if event.organisation_id is not None:
        detail["organisation"] = event.organisation_id
    return note_of(
        event, "staff.left" if event.ended else "staff.joined", PERSON, event.person_id, detail
    )


def _helper(event: events.HelperAssigned) -> Note:
    return note_of(
        event,
        "helper.ended" if event.ended else "helper.assigned",
        PERSON,
        event.person_id,
        {"role": event.role},
    )


def _invitation(action: str, event: events.InvitationAct) -> Note:
    return note_of(event, action, "invitation", event.invitation_id, {"role": event.role})


def _organisation(event: events.OrganisationChanged) -> Note:
    return note_of(
        event,
        "organisation.added" if event.added else "organisation.changed",
        "organisation",
        event.organisation_id,
    )


def _election(event: events.ElectionChanged) -> Note:
    if event.added:
        action = "election.added"
    else:
        action = "election.days_moved" if event.days_moved else "election.changed"
    return note_of(
        event,
        action,
        "election",
        event.election_id,
        {"campaigns": event.campaigns} if event.days_moved else _NOTHING,
    )


def _districts(event: events.DistrictsChanged) -> Note:
    counts = {"added": event.added, "changed": event.changed, "deleted": event.deleted}
    return note_of(
        event,
        "districts.changed",
        "election",
        event.election_id,
        {key: count for key, count in counts.items() if count},
    )


def _own(
    action: str,
    event: events.OwnAct,
) -> Note:
    return Note(
        action=action,
        subject_kind=PERSON,
        subject_id=event.person_id,
        by=event.person_id,
        at=event.at,
    )


def _signed_in(event: events.SignedIn) -> Note | None:
    # Every other sign-in is in the list of the person's own sessions; here it would only bury.
    return _own("account.new_device", event) if event.new_device else None


def _second_factor(event: events.SecondFactorChanged) -> Note:
    return _own("account.second_factor_on" if event.on else "account.second_factor_off", event)


def _suspended(event: events.PersonSuspended) -> Note:
    return note_of(
        event,
        "account.suspended" if event.suspended else "account.unsuspended",
        PERSON,
        event.person_id,
    )


def _merged(event: events.AccountsMerged) -> Note:
    return note_of(event, "account.merged", PERSON, event.person_id, {"merged": event.merged_id})


def _password_link(event: events.PasswordLinkMade) -> Note:
    return Note(
        action="account.password_link",
        subject_kind=PERSON,
        subject_id=event.person_id,
        by=None,
        at=event.at,
    )


AUDITED: Audited = {
    events.CandidateSignedUp: _signed_up,
    events.CandidateAdmitted: _admitted,
    events.CandidateDeclined: lambda event: _campaign("campaign.declined", event),
    events.TeamChanged: _team,
    events.StaffChanged: _staff,
    events.HelperAssigned: _helper,
    events.InvitationMade: lambda event: _invitation("invitation.made", event),
    events.InvitationAccepted: lambda event: _invitation("invitation.accepted", event),
    events.InvitationRevoked: lambda event: _invitation("invitation.revoked", event),
    events.OrganisationChanged: _organisation,
    events.ElectionChanged: _election,
    events.DistrictsChanged: _districts,
    events.SignedIn: _signed_in,
    events.PasswordChanged: lambda event: _own("account.password_changed", event),
    events.AddressChanged: lambda event: _own("account.address_changed", event),
    events.SecondFactorChanged: _second_factor,
    events.RecoveryCodeUsed: lambda event: _own("account.recovery_code_used", event),
    events.PersonSuspended: _suspended,
    events.AccountsMerged: _merged,
    events.PasswordLinkMade: _password_link,
}


def _coalition_of_campaign(session: Session, campaign_id: int) -> int | None:
    return session.scalar(select(Campaign.coalition_id).where(Campaign.id == campaign_id))


WHOSE = Whose(of_campaign=_coalition_of_campaign, of_person=coalitions_of)

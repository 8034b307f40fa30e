"""What happened to people and campaigns, in the past tense; the audit log listens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.audit.events import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAct:
    """The base of what a person did to their own account."""

    person_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationAct(Act):
    """The base of what happened to an invitation: where to, and to which role."""

    invitation_id: int
    coalition_id: int
    campaign_id: int | None
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateSignedUp:
    """A visitor applied as a candidate."""

    campaign_id: int
    person_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateAdmitted(Act):
    """The interview went well: the campaign's route is open."""

    campaign_id: int
    organisation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateDeclined(Act):
    """The coalition will not run this candidate."""

    campaign_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamChanged(Act):
    """Somebody joined or left a campaign's team, or changed role."""

    campaign_id: int
    person_id: int
    role: str | None
    """None: left."""
    before: str | None
    """None: joined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffChanged(Act):
    """Somebody joined or left the staff of an organisation or of the coalition."""

    coalition_id: int
    organisation_id: int | None
    person_id: int
    role: str
    ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperAssigned(Act):
    """A lawyer or designer was assigned to a campaign, or no longer is."""

    campaign_id: int
    person_id: int
    role: str
    ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(OwnAct):
    """A person signed in by password."""

    new_device: bool
    """No session of theirs has begun on such a device before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged(OwnAct):
    """A person chose a new password; other sessions ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRenamed:
    """A person writes their name otherwise; papers of their campaigns bear it."""

    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorChanged(OwnAct):
    """A second factor was set up or taken away."""

    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSuspended(Act):
    """A person was suspended, or let in again."""

    person_id: int
    suspended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationMade(InvitationAct):
    """Somebody was invited to a role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationAccepted(InvitationAct):
    """An invitation led to its role, or to the application of a candidate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRevoked(InvitationAct):
    """An open invitation was taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationChanged(Act):
    """An organisation was added or edited."""

    coalition_id: int
    organisation_id: int
    added: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionChanged(Act):
    """An election was added or edited."""

    coalition_id: int
    election_id: int
    added: bool
    days_moved: bool
    """The days that all deadlines follow from are others than before."""
    campaigns: int
    """Running campaigns of the election, whose deadlines moved when the days did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictsChanged(Act):
    """Districts of an election were added, edited or deleted; each part is a number of them."""

    coalition_id: int
    election_id: int
    added: int = 0
    changed: int = 0
    deleted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressChanged(OwnAct):
    """A person proved a new mail address, which is the login from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsMerged(Act):
    """What an unproved account had applied for moved to the account that owns its address."""

    person_id: int
    merged_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodeUsed(OwnAct):
    """A recovery code stood in for the second factor; it is used up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordLinkMade:
    """The machine's operator made a link with which a person can set a new password."""

    person_id: int
    at: datetime

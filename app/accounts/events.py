"""What happened to people and campaigns, in the past tense; the audit log listens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateSignedUp:
    """A visitor applied as a candidate."""

    campaign_id: int
    person_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateAdmitted:
    """The interview went well: the campaign's route is open."""

    campaign_id: int
    organisation_id: int
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateDeclined:
    """The coalition will not run this candidate."""

    campaign_id: int
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamChanged:
    """Somebody joined or left a campaign's team, or changed role."""

    campaign_id: int
    person_id: int
    role: str | None
    """None: left."""
    before: str | None
    """None: joined."""
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffChanged:
    """Somebody joined or left the staff of an organisation or of the coalition."""

    coalition_id: int
    organisation_id: int | None
    person_id: int
    role: str
    ended: bool
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperAssigned:
    """A lawyer or designer was assigned to a campaign, or no longer is."""

    campaign_id: int
    person_id: int
    role: str
    ended: bool
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A person signed in by password."""

    person_id: int
    new_device: bool
    """No session of theirs has begun on such a device before."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged:
    """A person chose a new password; other sessions ended."""

    person_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorChanged:
    """A second factor was set up or taken away."""

    person_id: int
    on: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSuspended:
    """A person was suspended, or let in again."""

    person_id: int
    suspended: bool
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationMade:
    """Somebody was invited to a role."""

    invitation_id: int
    coalition_id: int
    campaign_id: int | None
    role: str
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationAccepted:
    """An invitation led to its role, or to the application of a candidate."""

    invitation_id: int
    coalition_id: int
    campaign_id: int | None
    role: str
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRevoked:
    """An open invitation was taken back."""

    invitation_id: int
    coalition_id: int
    campaign_id: int | None
    role: str
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationChanged:
    """An organisation was added or edited."""

    coalition_id: int
    organisation_id: int
    added: bool
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionChanged:
    """An election was added or edited."""

    coalition_id: int
    election_id: int
    added: bool
    days_moved: bool
    """The days that all deadlines follow from are others than before."""
    campaigns: int
    """Running campaigns of the election, whose deadlines moved when the days did."""
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictsChanged:
    """Districts of an election were added, edited or deleted; each part is a number of them."""

    coalition_id: int
    election_id: int
    added: int = 0
    changed: int = 0
    deleted: int = 0
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressChanged:
    """A person proved a new mail address, which is the login from now on."""

    person_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsMerged:
    """What an unproved account had applied for moved to the account that owns its address."""

    person_id: int
    merged_id: int
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodeUsed:
    """A recovery code stood in for the second factor; it is used up."""

    person_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordLinkMade:
    """The machine's operator made a link with which a person can set a new password."""

    person_id: int
    at: datetime

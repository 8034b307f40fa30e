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
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffChanged:
    """Somebody joined the staff of an organisation or of the coalition."""

    coalition_id: int
    organisation_id: int | None
    person_id: int
    role: str
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
    """A person signed in."""

    person_id: int
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

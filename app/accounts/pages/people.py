"""Pages about candidates, teams, staff, invitations and organisations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.accounts.forms.accounts import NewPersonForm
from app.accounts.forms.candidates import AdmitForm, ApplicationForm, DeclineForm
from app.accounts.forms.people import (
    HelperForm,
    InvitationForm,
    OrganisationForm,
    RoleForm,
    StaffInvitationForm,
)
from app.accounts.queries import (
    Applicant,
    CampaignRow,
    DistrictRow,
    ElectionRow,
    HelperRow,
    Member,
    OrganisationRow,
    PersonRow,
)
from app.accounts.queries.invitations import InvitationRow
from app.web.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinPage(Page):
    """Choosing election and district; ``searched`` when a place was typed."""

    template: ClassVar[str] = "accounts/join.html"
    elections: tuple[ElectionRow, ...]
    election: ElectionRow | None
    place: str
    searched: bool
    districts: tuple[DistrictRow, ...]
    more: bool
    invitation: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyPage(Page):
    """The application for one district."""

    template: ClassVar[str] = "accounts/apply.html"
    form: ApplicationForm
    new: bool
    election: ElectionRow
    district: DistrictRow
    organisation_name: str | None
    consent_words: str
    consent_version: date
    action: str
    invitation: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLine:
    """A member of the team with the form for another role, for those who may give it."""

    member: Member
    role_name: str
    form: RoleForm | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationLine:
    """An invitation with its role and standing in words."""

    row: InvitationRow
    role_name: str
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperLine:
    """A helper with the role in words."""

    row: HelperRow
    role_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPage(Page):
    """The team of a campaign."""

    template: ClassVar[str] = "accounts/team.html"
    campaign: CampaignRow
    members: tuple[MemberLine, ...]
    helpers: tuple[HelperLine, ...]
    invitations: tuple[InvitationLine, ...]
    invite: InvitationForm | None
    assigns: bool
    assign: HelperForm | None
    link: str | None
    guest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationPage(Page):
    """An invitation as the invited person sees it."""

    template: ClassVar[str] = "accounts/invitation.html"
    invitation: InvitationRow
    role_name: str
    form: NewPersonForm
    new: bool
    viewer_name: str
    action: str
    sign_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A person of the staff with the role in words."""

    row: PersonRow
    role_name: str
    may_suspend: bool
    may_end: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage(Page):
    """Applicants and staff."""

    template: ClassVar[str] = "accounts/people.html"
    applicants: tuple[Applicant, ...]
    staff: tuple[PersonLine, ...]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantPage(Page):
    """One applicant and the two decisions."""

    template: ClassVar[str] = "accounts/applicant.html"
    applicant: Applicant
    admit: AdmitForm
    decline: DeclineForm
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationsPage(Page):
    """Invitations of candidates, coordinators and helpers."""

    template: ClassVar[str] = "accounts/invitations.html"
    form: StaffInvitationForm
    invitations: tuple[InvitationLine, ...]
    link: str | None
    guest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationsPage(Page):
    """The organisations of the viewer's coalitions."""

    template: ClassVar[str] = "accounts/organisations.html"
    coalitions: tuple[tuple[int, str, bool, tuple[OrganisationRow, ...]], ...]
    """Number, name, whether the viewer may edit, and the organisations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPage(Page):
    """Adding or editing an organisation; ``name`` is empty for a new one."""

    template: ClassVar[str] = "accounts/organisation.html"
    form: OrganisationForm
    name: str
    action: str

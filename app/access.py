"""Who may do what: roles, permissions, the grants of a viewer, and the policies of routes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """What a person is to a campaign, an organisation or the coalition."""

    CANDIDATE = "candidate"
    MANAGER = "manager"
    TREASURER = "treasurer"
    CANVASS_LEAD = "canvass_lead"
    CANVASSER = "canvasser"
    PRESS = "press"
    COORDINATOR = "coordinator"
    CHIEF = "chief"
    AUDITOR = "auditor"
    LAWYER = "lawyer"
    DESIGNER = "designer"


TEAM_ROLES = (
    Role.CANDIDATE,
    Role.MANAGER,
    Role.TREASURER,
    Role.CANVASS_LEAD,
    Role.CANVASSER,
    Role.PRESS,
)
HELPER_ROLES = (Role.LAWYER, Role.DESIGNER)
SECOND_FACTOR_ROLES = frozenset({Role.COORDINATOR, Role.CHIEF, Role.TREASURER})


class Permission(Enum):
    """One thing that may be done; a role is a set of them."""

    AUDIT_READ = "audit_read"
    CALENDAR_READ = "calendar_read"
    CAMPAIGNS_READ = "campaigns_read"
    DOORS_WORK = "doors_work"
    EVIDENCE_READ = "evidence_read"
    FIELD_MANAGE = "field_manage"
    FIELD_READ = "field_read"
    FLYER_READ = "flyer_read"
    FLYER_WORK = "flyer_work"
    FORM_APPROVE = "form_approve"
    FUND_MANAGE = "fund_manage"
    FUND_READ = "fund_read"
    HELP_EDIT = "help_edit"
    INTERVIEW_DECIDE = "interview_decide"
    LEAGUE_READ = "league_read"
    ORGANISATION_MANAGE = "organisation_manage"
    PAGE_WRITE = "page_write"
    PAPERS_DESK = "papers_desk"
    PAPER_READ = "paper_read"
    PAPER_WORK = "paper_work"
    PEOPLE_MANAGE = "people_manage"
    QUESTION_ANSWER = "question_answer"
    QUESTION_ASK = "question_ask"
    QUEUE_READ = "queue_read"
    REVIEW_DECIDE = "review_decide"
    ROUTE_READ = "route_read"
    SEALED_READ = "sealed_read"
    SIGNATURES_READ = "signatures_read"
    SIGNATURES_WORK = "signatures_work"
    STEP_WORK = "step_work"
    TEAM_MANAGE = "team_manage"
    TEAM_READ = "team_read"


P = Permission
_TEAM_BASE = frozenset({P.ROUTE_READ, P.CALENDAR_READ, P.TEAM_READ, P.QUESTION_ASK, P.LEAGUE_READ})
_DOORS = frozenset({P.DOORS_WORK, P.FIELD_READ, P.FIELD_MANAGE})
_LEADS = (
    _TEAM_BASE
    | _DOORS
    | {
        P.STEP_WORK,
        P.EVIDENCE_READ,
        P.TEAM_MANAGE,
        P.PAPER_READ,
        P.PAPER_WORK,
        P.SEALED_READ,
        P.FLYER_READ,
        P.FLYER_WORK,
        P.FUND_READ,
        P.FUND_MANAGE,
        P.SIGNATURES_READ,
        P.SIGNATURES_WORK,
        P.PAGE_WRITE,
    }
)
_COORDINATES = frozenset(
    {
        P.ROUTE_READ,
        P.CALENDAR_READ,
        P.TEAM_READ,
        P.EVIDENCE_READ,
        P.CAMPAIGNS_READ,
        P.QUEUE_READ,
        P.REVIEW_DECIDE,
        P.INTERVIEW_DECIDE,
        P.PEOPLE_MANAGE,
        P.QUESTION_ANSWER,
        P.HELP_EDIT,
        P.PAPER_READ,
        P.PAPERS_DESK,
        P.SIGNATURES_READ,
        P.FLYER_READ,
        P.FUND_READ,
        P.LEAGUE_READ,
    }
)
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CANDIDATE: _LEADS,
    Role.MANAGER: _LEADS,
    Role.TREASURER: _TEAM_BASE | {P.STEP_WORK, P.FUND_READ, P.FUND_MANAGE, P.PAGE_WRITE},
    Role.CANVASS_LEAD: _TEAM_BASE | _DOORS | {P.STEP_WORK, P.SIGNATURES_READ, P.SIGNATURES_WORK},
    Role.CANVASSER: frozenset(
        {P.ROUTE_READ, P.CALENDAR_READ, P.QUESTION_ASK, P.LEAGUE_READ, P.DOORS_WORK}
    ),
    Role.PRESS: _TEAM_BASE | {P.STEP_WORK, P.FLYER_READ, P.FLYER_WORK, P.PAGE_WRITE},
    Role.COORDINATOR: _COORDINATES,
    Role.CHIEF: _COORDINATES | {P.FORM_APPROVE, P.ORGANISATION_MANAGE, P.AUDIT_READ},
    Role.AUDITOR: frozenset({P.AUDIT_READ}),
    Role.LAWYER: frozenset(
        {
            P.ROUTE_READ,
            P.EVIDENCE_READ,
            P.QUEUE_READ,
            P.REVIEW_DECIDE,
            P.QUESTION_ANSWER,
            P.PAPER_READ,
        }
    ),
    Role.DESIGNER: frozenset(
        {P.ROUTE_READ, P.QUEUE_READ, P.REVIEW_DECIDE, P.QUESTION_ANSWER, P.FLYER_READ}
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where a thing belongs: always to a coalition, often to an organisation and a campaign."""

    coalition_id: int
    organisation_id: int | None = None
    campaign_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A role held somewhere: in a campaign, in an organisation, or in the whole coalition."""

    role: Role
    coalition_id: int
    organisation_id: int | None = None
    campaign_id: int | None = None

    def covers(self, scope: Scope) -> bool:
        """Say whether a thing of this scope lies inside this grant."""
        if self.coalition_id != scope.coalition_id:
            return False
        if self.campaign_id is not None:
            return self.campaign_id == scope.campaign_id
        if self.organisation_id is not None:
            return self.organisation_id == scope.organisation_id
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Whoever looks: a person with grants, or a visitor (``person_id`` is None)."""

    person_id: int | None
    name: str = ""
    language: str = "en"
    theme: str = "auto"
    grants: tuple[Grant, ...] = ()
    second_factor: bool = True

    @property
    def signed_in(self) -> bool:
        """Say whether this is a known person."""
        return self.person_id is not None

    @property
    def roles(self) -> frozenset[Role]:
        """Give every role the viewer holds anywhere."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def campaign_ids(self) -> tuple[int, ...]:
        """Give the campaigns in whose team the viewer is, or to which a helper is assigned."""
        return tuple(
            sorted({grant.campaign_id for grant in self.grants if grant.campaign_id is not None})
        )

    def holds(self, permission: Permission) -> bool:
        """Say whether the viewer holds the permission anywhere."""
        return any(permission in PERMISSIONS[grant.role] for grant in self.grants)

    def may(self, permission: Permission, scope: Scope) -> bool:
        """Say whether the viewer holds the permission for a thing of this scope."""
        return any(
            permission in PERMISSIONS[grant.role] and grant.covers(scope) for grant in self.grants
        )

    def roles_in(self, scope: Scope) -> frozenset[Role]:
        """Give the roles that reach a thing of this scope."""
        return frozenset(grant.role for grant in self.grants if grant.covers(scope))

    def campaigns_with(self, permission: Permission) -> tuple[int, ...]:
        """Give the campaigns for which a campaign-bound grant carries the permission, sorted."""
        return tuple(
            sorted(
                {
                    grant.campaign_id
                    for grant in self.grants
                    if grant.campaign_id is not None and permission in PERMISSIONS[grant.role]
                }
            )
        )

    def organisation_ids(self, permission: Permission) -> tuple[int, ...]:
        """Give the organisations for which an organisation-wide grant carries the permission."""
        return tuple(
            sorted(
                {
                    grant.organisation_id
                    for grant in self.grants
                    if grant.organisation_id is not None
                    and grant.campaign_id is None
                    and permission in PERMISSIONS[grant.role]
                }
            )
        )

    def coalition_ids(self, permission: Permission) -> tuple[int, ...]:
        """Give the coalitions for which a coalition-wide grant carries the permission."""
        return tuple(
            sorted(
                {
                    grant.coalition_id
                    for grant in self.grants
                    if grant.organisation_id is None
                    and grant.campaign_id is None
                    and permission in PERMISSIONS[grant.role]
                }
            )
        )


VISITOR = Viewer(person_id=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """Open to everybody, for a stated reason."""

    because: str

    def __str__(self) -> str:
        return f"public: {self.because}"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Open to every person who is signed in; ``half`` lets in those who owe a second factor."""

    half: bool = False

    def __str__(self) -> str:
        return "signed in, second factor owed" if self.half else "signed in"


@dataclass(frozen=True, slots=True)
class Holds:
    """Open to those who hold the permission somewhere; queries narrow it to their own things."""

    permission: Permission

    def __str__(self) -> str:
        return f"holds {self.permission.value}"


Access = Public | SignedIn | Holds

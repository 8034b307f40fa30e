"""Who may be invited by whom, to what, and for how long."""

from __future__ import annotations

from datetime import timedelta

from app.access import HELPER_ROLES, TEAM_ROLES, Permission, Role
from app.texts import N_

INVITATION_LASTS = timedelta(days=7)
INVITED_TO_TEAM = tuple(role for role in TEAM_ROLES if role is not Role.CANDIDATE)
INVITED_BY_STAFF = (Role.CANDIDATE, Role.COORDINATOR, *HELPER_ROLES)
LIVE_STATES = ("active", "withdrawn", "closed")
RUNNING_STATES = ("applied", "active")
ROLE_NAMES: dict[Role, str] = {
    Role.CANDIDATE: N_("Candidate"),
    Role.MANAGER: N_("Campaign manager"),
    Role.TREASURER: N_("Treasurer"),
    Role.CANVASS_LEAD: N_("Canvass lead"),
    Role.CANVASSER: N_("Canvasser"),
    Role.PRESS: N_("Press officer"),
    Role.COORDINATOR: N_("Coordinator"),
    Role.CHIEF: N_("Coalition coordinator"),
    Role.AUDITOR: N_("Auditor"),
    Role.LAWYER: N_("Lawyer"),
    Role.DESIGNER: N_("Designer"),
}
STATE_NAMES: dict[str, str] = {
    "applied": N_("Waiting for the interview"),
    "active": N_("On the route"),
    "declined": N_("Not admitted"),
    "withdrawn": N_("Withdrawn"),
    "closed": N_("Finished"),
}


def inviting_needs(role: Role) -> Permission:
    """Give the permission that inviting to this role takes, in the scope of the invitation."""
    return Permission.TEAM_MANAGE if role in INVITED_TO_TEAM else Permission.PEOPLE_MANAGE

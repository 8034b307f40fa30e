"""The tables of people, coalitions, campaigns, invitations and sign-in."""

from __future__ import annotations

from app.accounts.models.campaigns import Assignment, Campaign, TeamMember
from app.accounts.models.coalitions import Coalition, District, Election, Organisation, Staff
from app.accounts.models.invitations import Invitation
from app.accounts.models.people import ConsentRecord, EmailConfirmation, PasswordReset, Person
from app.accounts.models.sign_ins import RecoveryCode, SignIn, SignInLock

__all__ = [
    "Assignment",
    "Campaign",
    "Coalition",
    "ConsentRecord",
    "District",
    "Election",
    "EmailConfirmation",
    "Invitation",
    "Organisation",
    "PasswordReset",
    "Person",
    "RecoveryCode",
    "SignIn",
    "SignInLock",
    "Staff",
    "TeamMember",
]

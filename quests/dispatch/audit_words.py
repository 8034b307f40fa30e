"""The actions of the audit log in words, and who an action was about."""

from __future__ import annotations

from app.texts import N_

ACTIONS: dict[str, str] = {
    "campaign.applied": N_("Candidate applied"),
    "campaign.admitted": N_("Candidate admitted"),
    "campaign.declined": N_("Candidate not admitted"),
    "review.submitted": N_("Work handed in for checking"),
    "review.accepted": N_("Work accepted"),
    "review.returned": N_("Work returned"),
    "review.withdrawn": N_("Work taken back by the team"),
    "review.undone": N_("Decision taken back"),
    "team.joined": N_("New in the team"),
    "team.role_changed": N_("Role in the team changed"),
    "team.left": N_("Taken out of the team"),
    "helper.assigned": N_("Helper assigned"),
    "helper.ended": N_("Helper taken off"),
    "staff.joined": N_("Role for the coalition given"),
    "staff.left": N_("Role for the coalition taken away"),
    "invitation.made": N_("Invitation made"),
    "invitation.accepted": N_("Invitation accepted"),
    "invitation.revoked": N_("Invitation taken back"),
    "organisation.added": N_("Organisation added"),
    "organisation.changed": N_("Organisation edited"),
    "election.added": N_("Election entered"),
    "election.changed": N_("Election edited"),
    "election.days_moved": N_("Days of the election moved"),
    "districts.changed": N_("Districts changed"),
    "account.new_device": N_("Signed in on a new kind of device"),
    "account.password_changed": N_("Password changed"),
    "account.password_link": N_("Password link made by the operator"),
    "account.address_changed": N_("Mail address changed"),
    "account.second_factor_on": N_("Second factor set up"),
    "account.second_factor_off": N_("Second factor taken away"),
    "account.recovery_code_used": N_("Recovery code used"),
    "account.suspended": N_("Access suspended"),
    "account.unsuspended": N_("Access given back"),
    "account.merged": N_("Application moved to the owner of its address"),
    "question.shown": N_("Question shown to the coalition"),
    "question.hidden": N_("Question kept to the team"),
    "article.published": N_("Article published"),
    "article.withdrawn": N_("Article withdrawn"),
}
"""Every action that is written, in the order of the filter; an unknown one shows as its code."""

"""The menu: what each kind of viewer finds at the top of every page."""

from __future__ import annotations

from flask import request, url_for

from app.access import Permission, Viewer
from app.texts import N_
from app.web.navigation import NavItem

# Pages of an entry that do not lie under its own address, by the endpoint of the entry.
BELONGING = {
    "route.show": ("evidence.papers",),
    "paperwork.index": ("clerk.desk", "packets.index", "signatures.index"),
    "field.walk": ("field.territory",),
}


def campaign_menu(viewer: Viewer) -> tuple[NavItem, ...]:
    """Give the entries of the campaign in the address, or of the viewer's only one."""
    campaign_id = _campaign_of(viewer)
    if campaign_id is None:
        return ()
    entries = (
        (N_("Route"), "route.show", Permission.ROUTE_READ, "route"),
        (N_("Papers"), "paperwork.index", Permission.PAPER_READ, "file-text"),
        (N_("Flyers"), "flyers.index", Permission.FLYER_READ, "image"),
        (N_("Fund"), "fund.show", Permission.FUND_READ, "wallet"),
        (N_("Field"), "field.walk", Permission.DOORS_WORK, "door-open"),
        (N_("Calendar"), "agenda.calendar", Permission.CALENDAR_READ, "calendar-days"),
        (N_("Team"), "accounts.team_page", Permission.TEAM_READ, "users"),
        (N_("Help"), "help.questions", Permission.QUESTION_ASK, "circle-help"),
    )
    return tuple(
        NavItem(
            label=label,
            href=url_for(endpoint, campaign_id=campaign_id),
            order=order,
            icon=icon,
            under=tuple(
                url_for(one, campaign_id=campaign_id) for one in BELONGING.get(endpoint, ())
            ),
        )
        for order, (label, endpoint, permission, icon) in enumerate(entries)
        if campaign_id in viewer.campaigns_with(permission)
    )


def desk_menu(viewer: Viewer) -> tuple[NavItem, ...]:
    """Give the entries of those who coordinate or help; what is seldom needed lies folded away."""
    entries = (
        (N_("Dispatch"), "dispatch.board", Permission.CAMPAIGNS_READ, "train-front"),
        (N_("To check"), "reviews.queue", Permission.QUEUE_READ, "inbox"),
        (N_("Campaigns"), "dispatch.campaigns", Permission.CAMPAIGNS_READ, "flag"),
        (N_("Papers"), "papers_desk.index", Permission.PAPERS_DESK, "file-text"),
        (N_("Questions"), "help.inbox", Permission.QUESTION_ANSWER, "message-circle"),
        (N_("People"), "accounts.people", Permission.PEOPLE_MANAGE, "users"),
        (N_("Rating"), "ranking.league", Permission.LEAGUE_READ, "trophy"),
        (N_("Organisations"), "accounts.organisation_list", Permission.PEOPLE_MANAGE, "building"),
        (N_("Elections"), "accounts.election_list", Permission.ORGANISATION_MANAGE, "vote"),
    )
    folded = (
        (N_("Forms"), "paperwork.forms", Permission.FORM_APPROVE, "file-check"),
        (N_("Log"), "dispatch.audit", Permission.AUDIT_READ, "scroll-text"),
    )
    shown = [(entry, False) for entry in entries] + [(entry, True) for entry in folded]
    return tuple(
        NavItem(
            label=label, href=url_for(endpoint), order=20 + order, icon=icon, personal=is_folded
        )
        for order, ((label, endpoint, permission, icon), is_folded) in enumerate(shown)
        if viewer.holds(permission)
    )


def personal_menu(viewer: Viewer) -> tuple[NavItem, ...]:
    """Give the entries of a person's own menu."""
    if not viewer.signed_in:
        return ()
    entries = [(N_("My campaigns"), "accounts.campaigns", "flag")] if viewer.campaign_ids else []
    entries.append((N_("Settings"), "accounts.settings", "settings"))
    return tuple(
        NavItem(label=label, href=url_for(endpoint), order=order, icon=icon, personal=True)
        for order, (label, endpoint, icon) in enumerate(entries)
    )


def _campaign_of(viewer: Viewer) -> int | None:
    mine = viewer.campaigns_with(Permission.STEP_WORK) or viewer.campaign_ids
    here = (request.view_args or {}).get("campaign_id")
    if isinstance(here, int) and here in viewer.campaign_ids:
        return here
    return mine[0] if len(mine) == 1 else None

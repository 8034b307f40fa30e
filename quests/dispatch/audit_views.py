"""The audit log on the screen, for the coalition's coordinator and its auditor."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import request, url_for
from werkzeug.wrappers import Response

from app.access import Holds, Permission, Role, Scope, Viewer
from app.accounts.rules.roles import ROLE_NAMES
from app.audit.queries import last_check
from app.ui.paging import page_number, pages_of
from app.web.access import viewer
from app.web.database import reading
from app.web.kernel import part
from app.web.language import current_language, gettext
from app.web.pages import render
from quests.dispatch import audit_queries
from quests.dispatch.audit_pages import AuditPage, ChainView, EntryView
from quests.dispatch.audit_queries import LogEntry, Wanted
from quests.dispatch.audit_words import ACTIONS
from quests.dispatch.pages import Choice
from quests.dispatch.views import LONGEST_SEARCH, section
from quests.route.library import PackLibrary

__all__ = ["section"]

PAGE = 100


@section.get("/desk/audit", access=Holds(Permission.AUDIT_READ))
def audit() -> Response:
    """List what was done; every filter is in the address."""
    wanted = _wanted()
    with reading() as session:
        total = audit_queries.count_entries(session, viewer(), wanted)
        pages = pages_of(
            page_number(request.args.get("page")), total, PAGE, lambda each: _address(wanted, each)
        )
        offset = (pages.number - 1) * PAGE
        entries = audit_queries.find_entries(session, viewer(), wanted, limit=PAGE, offset=offset)
        checked = last_check(session)
    return render(
        AuditPage(
            actions=_choices(wanted.action),
            search=wanted.campaign,
            filtered=wanted != Wanted(),
            rows=tuple(_row(entry, viewer()) for entry in entries),
            pages=pages,
            chain=ChainView(at=checked.at, broken_at=checked.broken_at) if checked else None,
        )
    )


def _wanted() -> Wanted:
    action = request.args.get("action", "")
    return Wanted(
        action=action if action in ACTIONS else "",
        campaign=request.args.get("q", "")[:LONGEST_SEARCH].strip(),
    )


def _address(wanted: Wanted, page: int) -> str:
    asked = {"q": wanted.campaign, "action": wanted.action, "page": str(page)}
    query = urlencode({key: value for key, value in asked.items() if value})
    return f"{url_for('dispatch.audit')}?{query}"


def _choices(chosen: str) -> tuple[Choice, ...]:
    return (
        Choice(value="", label=gettext("everything"), chosen=not chosen),
        *(
            Choice(value=action, label=gettext(words), chosen=action == chosen)
            for action, words in ACTIONS.items()
        ),
    )


def _row(entry: LogEntry, reader: Viewer) -> EntryView:
    words = ACTIONS.get(entry.action)
    return EntryView(
        at=entry.at,
        actor=_actor(entry),
        action=gettext(words) if words else entry.action,
        note=_note(entry),
        about=_about(entry),
        campaign=entry.campaign or "",
        href=_href(entry, reader),
    )


def _actor(entry: LogEntry) -> str:
    if entry.actor_id is None:
        return gettext("the program or a visitor")
    return entry.actor or gettext("person No. {number}", number=entry.actor_id)


def _about(entry: LogEntry) -> str:
    if entry.subject_kind == "person" and entry.subject_id != entry.actor_id:
        return entry.person or gettext("person No. {number}", number=entry.subject_id)
    return entry.organisation or ""


def _note(entry: LogEntry) -> str:
    roles = [_role(entry.detail, key) for key in ("before", "role")]
    step = entry.detail.get("step")
    if isinstance(step, str) and entry.pack_id is not None:
        return part(PackLibrary).step_title(entry.pack_id, step, current_language())
    return " → ".join(role for role in roles if role)


def _role(detail: Mapping[str, str | int], key: str) -> str:
    code = detail.get(key)
    known = next((role for role in Role if role.value == code), None)
    return gettext(ROLE_NAMES[known]) if known else ""


def _href(entry: LogEntry, reader: Viewer) -> str:
    scope = Scope(
        coalition_id=entry.coalition_id,
        organisation_id=entry.campaign_organisation_id,
        campaign_id=entry.campaign_id,
    )
    # An auditor reads what was done, not the campaigns themselves.
    if entry.campaign is None or not reader.may(Permission.ROUTE_READ, scope):
        return ""
    return url_for("route.show", campaign_id=entry.campaign_id)

"""Clearing the mark of a draft off the sheet and the protocol for a campaign's election."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission
from app.errors import Missing, Refused
from app.texts import N_
from app.web.access import viewer
from app.web.database import writing
from app.web.language import gettext
from app.web.pages import flash_done, flash_warn, see_other
from documents.paperwork.commands.approving import approve_form, revoke_approval
from documents.paperwork.pages import ApprovalView, ClearingView
from documents.paperwork.queries.approvals import (
    ApprovalRow,
    ElectionRow,
    approvals_of,
    get_election_to_clear,
    may_clear,
)
from documents.signatures.printing import FORM_KEY, PROTOCOL_KEY
from documents.signatures.shape import Drafted
from documents.signatures.views.section import SIGNATURES, Work, at, open_signatures, section

APPROVES = Holds(Permission.FORM_APPROVE)
FORM = f"{SIGNATURES}/forms/<kind>"
TITLES = {FORM_KEY: N_("Signature sheet"), PROTOCOL_KEY: N_("Protocol of the collection")}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    id: str
    official: bool


@section.post(f"{FORM}/approve", access=APPROVES)
def approve(campaign_id: int, kind: str) -> Response:
    """Note that the form was compared: it is printed without the mark from now on."""
    now = clock.now()
    note = request.form.get("note", "")
    try:
        with writing() as session:
            election, version = _form(session, campaign_id, kind)
            approve_form(session, viewer(), election, _Kind(key=kind), version, note=note, now=now)
    except Refused as refusal:
        flash_warn(refusal.message, **refusal.params)
        return see_other(at("batches", campaign_id))
    flash_done(N_("Noted: the form is printed without the mark of a draft from now on."))
    return see_other(at("batches", campaign_id))


@section.post(f"{FORM}/revoke", access=APPROVES)
def revoke(campaign_id: int, kind: str) -> Response:
    """Put the mark of a draft back."""
    now = clock.now()
    with writing() as session:
        election, version = _form(session, campaign_id, kind)
        revoke_approval(session, viewer(), election, _Kind(key=kind), version, now=now)
    flash_warn(N_("The mark of a draft is back on the form."))
    return see_other(at("batches", campaign_id))


def _forms(work: Work) -> dict[str, Drafted]:
    shape = work.pack.shape
    return {FORM_KEY: shape.sheet, PROTOCOL_KEY: shape.protocol}


def _form(session: Session, campaign_id: int, kind: str) -> tuple[ElectionRow, _Version]:
    work = open_signatures(
        session, campaign_id, permission=Permission.FORM_APPROVE, now=clock.now()
    )
    form = _forms(work).get(kind)
    if form is None:
        raise Missing
    election = get_election_to_clear(session, viewer(), work.campaign.election_id)
    return election, _Version(id=form.version, official=form.official)


def clearing_views(session: Session, work: Work) -> tuple[tuple[str, ClearingView], ...]:
    """Say of each form that is not official by itself whether somebody has compared it."""
    drafts = {key: form for key, form in _forms(work).items() if not form.official}
    if not drafts:
        return ()
    found = approvals_of(session, work.campaign.election_id)
    may = may_clear(viewer(), coalition_id=work.campaign.coalition_id)
    return tuple(
        (
            gettext(TITLES[key]),
            _clearing(work, key, form, found.get((key, form.version), ()), may=may),
        )
        for key, form in drafts.items()
    )


def _clearing(
    work: Work, key: str, form: Drafted, rows: tuple[ApprovalRow, ...], *, may: bool
) -> ClearingView:
    standing = next((row for row in rows if row.revoked_at is None), None)
    view = ClearingView(
        election="",
        version=form.version,
        standing=_approval(standing) if standing else None,
        earlier=tuple(_approval(row) for row in rows if row is not standing),
        approve_action="",
        revoke_action="",
    )
    if not may:
        return view
    if standing:
        return replace(view, revoke_action=at("revoke", work.campaign.id, kind=key))
    return replace(view, approve_action=at("approve", work.campaign.id, kind=key))


def _approval(row: ApprovalRow) -> ApprovalView:
    return ApprovalView(
        by=row.approved_by_name, at=row.approved_at, note=row.note, revoked_at=row.revoked_at
    )

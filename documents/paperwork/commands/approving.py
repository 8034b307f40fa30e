"""Clearing the mark of a draft off a form for one election, and putting it back."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Viewer
from app.db import record
from app.errors import Conflict, Forbidden, Missing, Refused
from documents.paperwork import errors
from documents.paperwork.events import FormApprovalRevoked, FormApproved
from documents.paperwork.models import FormApproval
from documents.paperwork.queries.approvals import ElectionRow, may_clear
from documents.paperwork.rules.texts import kept

LONGEST_NOTE = 1000


class ComparedKind(Protocol):
    """Whatever has a form that somebody may compare: a kind of paper, the signature sheet."""

    @property
    def key(self) -> str:
        """What the form is called in the pack."""
        ...


class ComparedVersion(Protocol):
    """The edition of the form that was compared."""

    @property
    def id(self) -> str:
        """What the edition is called."""
        ...

    @property
    def official(self) -> bool:
        """Whether it carries no mark anyway."""
        ...


def approve_form(
    session: Session,
    viewer: Viewer,
    election: ElectionRow,
    kind: ComparedKind,
    version: ComparedVersion,
    *,
    note: str,
    now: datetime,
) -> None:
    """Note that the form was compared with the official one: it is issued without its mark.

    The election was found for the viewer. Raises Forbidden; Refused beside ``note`` without a
    word of what it was compared with; Conflict when the form carries no mark.
    """
    if not may_clear(viewer, coalition_id=election.coalition_id):
        raise Forbidden
    said = kept(note, lines=True)
    if not said:
        raise Refused("note", errors.SAY_COMPARED)
    if len(said) > LONGEST_NOTE:
        raise Refused("note", errors.TOO_LONG, longest=LONGEST_NOTE)
    if version.official:
        raise Conflict(errors.OFFICIAL_ALREADY)
    new = (
        insert(FormApproval)
        .values(
            coalition_id=election.coalition_id,
            election_id=election.id,
            kind=kind.key,
            form_version=version.id,
            note=said,
            approved_at=now,
            approved_by=viewer.person_id,
        )
        .returning(FormApproval.id)
    )
    try:
        with session.begin_nested():
            made = session.execute(new).scalar_one()
    except IntegrityError:
        raise Conflict(errors.APPROVED_ALREADY) from None
    record(
        session,
        FormApproved(
            approval_id=made,
            coalition_id=election.coalition_id,
            election_id=election.id,
            kind=kind.key,
            form_version=version.id,
            by=viewer.person_id,
            at=now,
        ),
    )


def revoke_approval(
    session: Session,
    viewer: Viewer,
    election: ElectionRow,
    kind: ComparedKind,
    version: ComparedVersion,
    *,
    now: datetime,
) -> None:
    """Put the mark of a draft back; papers issued meanwhile stay as they are.

    Twice is once. Raises Forbidden, and Missing when the form was never compared.
    """
    if not may_clear(viewer, coalition_id=election.coalition_id):
        raise Forbidden
    of_form = (
        (FormApproval.election_id == election.id)
        & (FormApproval.kind == kind.key)
        & (FormApproval.form_version == version.id)
    )
    gone = session.execute(
        update(FormApproval)
        .where(of_form, FormApproval.revoked_at.is_(None))
        .values(revoked_at=now, revoked_by=viewer.person_id)
        .returning(FormApproval.id)
    ).scalar_one_or_none()
    if gone is None:
        if session.execute(select(FormApproval.id).where(of_form).limit(1)).first() is None:
            raise Missing
        return
    record(
        session,
        FormApprovalRevoked(
            approval_id=gone,
            coalition_id=election.coalition_id,
            election_id=election.id,
            kind=kind.key,
            form_version=version.id,
            by=viewer.person_id,
            at=now,
        ),
    )

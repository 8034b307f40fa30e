"""The desk of forms: which carry the mark of a draft, and who compared which with what."""

from __future__ import annotations

from dataclasses import replace

from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission
from app.accounts.rules.elections import day_there
from app.errors import Missing, Refused
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language, say
from app.web.pages import flash_done, flash_warn, render, see_other
from documents.paperwork.commands.approving import approve_form, revoke_approval
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.editions import edition_of
from documents.paperwork.pages import FormLine, FormsPage
from documents.paperwork.queries.approvals import (
    ElectionRow,
    approvals_of,
    elections_to_clear,
    get_election_to_clear,
)
from documents.paperwork.shape import DocumentKind, FormVersion
from documents.paperwork.views.clearing import clearing_of
from documents.paperwork.views.section import section

FORMS = "/desk/forms"
FORM = f"{FORMS}/<int:election_id>/<kind>"
APPROVES = Holds(Permission.FORM_APPROVE)


@section.get(FORMS, access=APPROVES)
def forms() -> Response:
    """Every form whose wording has to be compared, election by election."""
    return _forms()


@section.post(f"{FORM}/approve", access=APPROVES)
def approve(election_id: int, kind: str) -> Response:
    """Take the mark of a draft off a form: somebody has compared it."""
    now = clock.now()
    note = request.form.get("note", "")
    try:
        with writing() as session:
            election, found, version = _form(session, election_id, kind)
            approve_form(session, viewer(), election, found, version, note=note, now=now)
    except Refused as refusal:
        return _forms(refusal, (election_id, kind), note)
    flash_done(N_("Noted: the form is issued without the mark of a draft from now on."))
    return see_other(_at(election_id, kind))


@section.post(f"{FORM}/revoke", access=APPROVES)
def revoke(election_id: int, kind: str) -> Response:
    """Put the mark of a draft back."""
    now = clock.now()
    with writing() as session:
        election, found, version = _form(session, election_id, kind)
        revoke_approval(session, viewer(), election, found, version, now=now)
    flash_warn(N_("The mark of a draft is back on the form."))
    return see_other(_at(election_id, kind))


def _at(election_id: int, kind: str) -> str:
    return url_for("paperwork.forms") + f"#form-{election_id}-{kind}"


def _form(
    session: Session, election_id: int, key: str
) -> tuple[ElectionRow, DocumentKind, FormVersion]:
    election = get_election_to_clear(session, viewer(), election_id)
    kind = part(PaperworkDesk).kind(election.pack_id, key)
    version = edition_of(kind, day_there(clock.now(), election.timezone))
    if version is None:
        raise Missing
    return election, kind, version


def _forms(
    refusal: Refused | None = None, refused: tuple[int, str] | None = None, note: str = ""
) -> Response:
    with reading() as session:
        elections = elections_to_clear(session, viewer())
        lines = tuple((one.name, _lines(session, one, refusal, refused, note)) for one in elections)
    page = FormsPage(elections=tuple((name, found) for name, found in lines if found))
    return render(page, 422 if refusal else 200)


def _lines(
    session: Session,
    election: ElectionRow,
    refusal: Refused | None,
    refused: tuple[int, str] | None,
    note: str,
) -> tuple[FormLine, ...]:
    documents = part(PaperworkDesk).kinds.find(election.pack_id)
    if documents is None:
        return ()
    known = approvals_of(session, election.id)
    lines = []
    for kind in documents.kinds.values():
        version = edition_of(kind, day_there(clock.now(), election.timezone))
        if version is None or version.official:
            continue
        words = documents.kind_words(kind.key, current_language())
        clearing = clearing_of(
            election.id,
            kind,
            version,
            known.get((kind.key, version.id), ()),
            election=election.name,
            may=True,
        )
        if refusal is not None and refused == (election.id, kind.key):
            clearing = replace(clearing, problem=say(refusal), note=note)
        lines.append(
            FormLine(
                title=words.title,
                key=f"{election.id}-{kind.key}",
                draft=words.draft,
                clearing=clearing,
            )
        )
    return tuple(lines)

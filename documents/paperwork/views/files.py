"""The files of a paper: previews, issued versions, scans of what was signed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeGuard

from flask import request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.errors import Missing, Refused, Unavailable
from app.files.apart import TooHeavy
from app.reach import everything
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kept import note_handed_out, send_kept
from app.web.kernel import part
from app.web.language import current_language, gettext, say
from app.web.pages import flash_done, flash_warn, render, see_other
from documents.editable import MEDIA_TYPE, editable
from documents.paperwork import errors
from documents.paperwork.commands import issuing, scans
from documents.paperwork.commands.scans import Scanned
from documents.paperwork.describing import code_words
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.editions import form_of
from documents.paperwork.paper_pages import PreviewPage
from documents.paperwork.printing import Copies, Snapshot
from documents.paperwork.queries.answers import given_answers
from documents.paperwork.queries.drawing import PDF
from documents.paperwork.queries.opening import get_issue, get_scan
from documents.paperwork.queries.papers import codes_known, find_paper, scans_of
from documents.paperwork.rules.interview import interview
from documents.paperwork.rules.scans import MOST_SCANS, CodeFound, CodeVerdict, tokens_of
from documents.paperwork.shape import DocumentKind
from documents.paperwork.standing import circumstances_of
from documents.paperwork.views.failing import failure_view
from documents.paperwork.views.papers import show_paper
from documents.paperwork.views.section import (
    PAPER,
    READS,
    WORKS,
    open_paper,
    section,
)
from documents.paperwork.views.telling import Addresses
from documents.sheets import Sheet
from documents.typesetting.queries import Typeset, find_typeset, typeset

ANY_PAPER = everything("a code on a scan may be that of any campaign’s paper; only that is told")
LONGEST_NAME = 60
MOST_NAMED = 4
_DIGEST = re.compile(r"[0-9a-f]{64}")


@section.post(f"{PAPER}/preview", access=WORKS)
def preview(campaign_id: int, kind: str) -> Response:
    """Ask for the paper as it would look now."""
    now, desk = clock.now(), part(PaperworkDesk)
    with writing() as session:
        work = open_paper(session, campaign_id, kind, permission=Permission.PAPER_WORK, now=now)
        digest = issuing.preview(
            session,
            viewer(),
            work.campaign,
            work.form,
            work.interview,
            desk=desk,
            now=now,
        )
    here = Addresses(campaign_id=campaign_id, kind=kind)
    return see_other(here.still("show_preview", digest=digest))


@section.post(f"{PAPER}/certify", access=WORKS)
def certify(campaign_id: int, kind: str) -> Response:
    """Ask for the sheet with the lines that certify each page of a copy."""
    try:
        digest = _certifying_lines(campaign_id, kind)
    except Refused as refusal:
        return show_paper(campaign_id, kind, 422, refusal=refusal)
    here = Addresses(campaign_id=campaign_id, kind=kind)
    return see_other(here.still("show_preview", digest=digest))


def _certifying_lines(campaign_id: int, kind: str) -> str:
    now, desk = clock.now(), part(PaperworkDesk)
    with writing() as session:
        work = open_paper(session, campaign_id, kind, permission=Permission.PAPER_WORK, now=now)
        sheet = work.documents.certifying
        if sheet is None or not work.kind.certify:
            raise Missing
        paper = find_paper(session, campaign_id, kind)
        there = scans_of(session, campaign_id, paper.id) if paper else ()
        given = given_answers(
            session, desk.seal, campaign_id, keys=work.documents.read_by[sheet.key]
        )
        return issuing.certifying_lines(
            session,
            viewer(),
            work.campaign,
            form_of(session, desk, work.campaign, sheet, now=now),
            interview(sheet, work.documents.answers, given, circumstances_of(work.campaign, now)),
            copies=Copies(
                title=work.documents.kind_words(kind, sheet.language).title,
                pages=max(sum(scan.pages for scan in there), 1),
            ),
            desk=desk,
            now=now,
        )


@section.get(f"{PAPER}/preview/<digest>", access=WORKS)
def show_preview(campaign_id: int, kind: str, digest: str) -> Response:
    """The preview, or that it is still being made."""
    with reading() as session:
        work = open_paper(
            session, campaign_id, kind, permission=Permission.PAPER_WORK, now=clock.now()
        )
        found = find_typeset(session, work.campaign.id, _mark(digest))
    if found is None:
        raise Missing(errors.PREVIEW_GONE)
    to = Addresses(campaign_id=campaign_id, kind=kind)
    return render(
        PreviewPage(
            paper=work.documents.kind_words(kind, current_language()).title,
            paper_href=to.still("show"),
            here=to.still("show_preview", digest=digest),
            state=found.state.value,
            pictures=tuple(
                to.to("preview_picture", number=number, digest=digest)
                for number, _ in enumerate(found.rasters, 1)
            ),
            pdf_href=to.to("preview_file", digest=digest),
            issue_action=to.still("issue"),
            complete=work.kind.is_printed and not work.interview.in_the_way,
            made_here=work.kind.is_printed,
            failure=failure_view(found.error, work, to) if found.error else None,
        )
    )


@section.get(f"{PAPER}/preview/<digest>/page-<int:number>.png", access=WORKS)
def preview_picture(campaign_id: int, kind: str, digest: str, number: int) -> Response:
    """A page of the preview as a picture."""
    found = _preview_of(campaign_id, digest)
    if not 1 <= number <= len(found.rasters):
        raise Missing
    note_handed_out("page of a preview shown", campaign_id, found.id)
    data = part(PaperworkDesk).previews.get(found.rasters[number - 1])
    return send_kept(data, "image/png")


@section.get(f"{PAPER}/preview/<digest>/file", access=WORKS)
def preview_file(campaign_id: int, kind: str, digest: str) -> Response:
    """The preview as a document."""
    found = _preview_of(campaign_id, digest)
    note_handed_out("preview handed out", campaign_id, found.id)
    return send_kept(part(PaperworkDesk).previews.get(found.sha256), PDF, f"{kind}-preview.pdf")


def _mark(digest: str) -> str:
    """Give the mark of a sheet from an address. Raises Missing when it can't be one."""
    if not _DIGEST.fullmatch(digest):
        raise Missing
    return digest


def _preview_of(campaign_id: int, digest: str) -> Typeset:
    with reading() as session:
        found = typeset(
            session, viewer(), campaign_id, _mark(digest), permission=Permission.PAPER_WORK
        )
    if not found.ready:
        raise Missing
    return found


@section.get(f"{PAPER}/issued/<int:issue_id>", access=READS)
def issued_file(campaign_id: int, kind: str, issue_id: int) -> Response:
    """An issued version, the very bytes that were issued."""
    with reading() as session:
        found = get_issue(session, viewer(), campaign_id, issue_id)
    if not found.sha256:
        raise Missing
    note_handed_out("issued paper handed out", campaign_id, issue_id)
    return send_kept(part(PaperworkDesk).store.get(found.sha256), PDF, f"{found.number}.pdf")


@section.get(f"{PAPER}/issued/<int:issue_id>/editable", access=READS)
def editable_file(campaign_id: int, kind: str, issue_id: int) -> Response:
    """An issued version as a file that can be edited: the same words, no number and no code."""
    desk = part(PaperworkDesk)
    with reading() as session:
        found = get_issue(session, viewer(), campaign_id, issue_id)
        work = open_paper(
            session, campaign_id, kind, permission=Permission.PAPER_READ, now=clock.now()
        )
        paper = find_paper(session, campaign_id, kind)
    if not work.kind.editable or paper is None or paper.id != found.paper_id:
        raise Missing
    snapshot = Snapshot.from_json(desk.seal.open(found.snapshot))
    if not snapshot.sheet:
        raise Missing
    note_handed_out("editable paper handed out", campaign_id, issue_id)
    try:
        data = editable(Sheet.from_json(snapshot.sheet).html)
    except TooHeavy:
        raise Unavailable(errors.EDITABLE_TOO_HEAVY) from None
    return send_kept(data, MEDIA_TYPE, f"{found.number}.docx")


@section.post(f"{PAPER}/scans", access=WORKS)
def add_scan(campaign_id: int, kind: str) -> Response:
    """Put photos or a PDF of the signed paper there."""
    given = [file for file in request.files.getlist("file") if file.filename]
    # Asked before the costly look at the files, and again when each is put there.
    with reading() as session:
        work = open_paper(
            session, campaign_id, kind, permission=Permission.PAPER_WORK, now=clock.now()
        )
    if not given:
        return show_paper(campaign_id, kind, 422, refusal=Refused("file", errors.FILE_MISSING))
    took = [*_take_all(campaign_id, kind, given[:MOST_SCANS])]
    _say_taken(work.kind, took)
    refused = [f"{name}: {say(found)}" for name, found in took if _is_refused(found)]
    if len(given) > MOST_SCANS:
        # To look at a file costs: no more of them are opened than a paper can have.
        refused.append(gettext(errors.TOO_MANY_SCANS, most=MOST_SCANS))
    if refused:
        said = Refused(None, errors.FILES_REFUSED)
        return show_paper(campaign_id, kind, 422, refusal=said, file_errors=tuple(refused))
    return see_other(Addresses(campaign_id=campaign_id, kind=kind).still("show") + "#signed")


def scanned_of(data: bytes, given_name: str) -> Scanned:
    """Give a file as it can be put to a paper: inspected, kept, its codes read. Raises Refused."""
    desk = part(PaperworkDesk)
    inspected = desk.inspect(data)
    codes = desk.read_codes(inspected.data)
    with reading(reach=ANY_PAPER) as session:
        known = codes_known(session, tokens_of(chain.from_iterable(codes or ())))
    return Scanned(
        file=inspected,
        sha256=desk.store.put(inspected.data),
        given_name=given_name,
        codes=codes,
        known=known,
    )


def _take_all(
    campaign_id: int, kind: str, files: Iterable[FileStorage]
) -> Iterator[tuple[str, CodeFound | Refused]]:
    """Put each file there that can be; give their names with what became of them.

    Once too many people bring files, the rest is not tried: each would wait its time.
    Raises Unavailable when not even the first has had its turn.
    """
    busy: Refused | None = None
    for number, file in enumerate(files):
        found: CodeFound | Refused
        try:
            found = busy or _take(campaign_id, kind, file)
        except Unavailable as refusal:
            if number == 0:
                raise
            found = busy = Refused("file", refusal.message, **refusal.params)
        yield _name_of(file), found


def _take(campaign_id: int, kind: str, file: FileStorage) -> CodeFound | Refused:
    """Put one file there; give what its code says, or why it was refused."""
    now = clock.now()
    try:
        scanned = scanned_of(file.stream.read(), file.filename or "")
        with writing() as session:
            work = open_paper(session, campaign_id, kind, permission=Permission.PAPER_WORK, now=now)
            return scans.add_scan(session, viewer(), work.campaign, work.kind, scanned, now=now)
    except Refused as refusal:
        return refusal


def _is_refused(found: CodeFound | Refused) -> TypeGuard[Refused]:
    """Say whether a file was refused; one that is there already is no mistake of anybody."""
    return isinstance(found, Refused) and found.message != errors.FILE_THERE


def _name_of(file: FileStorage) -> str:
    return (file.filename or "")[:LONGEST_NAME]


def _say_taken(kind: DocumentKind, took: Iterable[tuple[str, CodeFound | Refused]]) -> None:
    """Say on the next page what became of the files, one sentence for all with the same code.

    What is said there travels in a cookie, which holds only so much.
    """
    added: dict[CodeFound, list[str]] = {}
    there = []
    for name, found in took:
        if isinstance(found, CodeFound):
            added.setdefault(found, []).append(name)
        elif not _is_refused(found):
            there.append(name)
    for verdict, names in added.items():
        _say_added(kind, verdict, _named(names))
    if there:
        flash_warn(N_("There already, so not added again: {names}."), names=_named(there))


def _say_added(kind: DocumentKind, found: CodeFound, names: str) -> None:
    if not kind.is_printed:
        flash_done(N_("Added: {names}."), names=names)
        return
    words = code_words(found.verdict, found.number)
    flash = flash_done if found.verdict is CodeVerdict.MATCH else flash_warn
    flash(N_("Added: {names}; {verdict}."), names=names, verdict=words)


def _named(names: Sequence[str]) -> str:
    shown = ", ".join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return gettext(N_("{names} and {count} more"), names=shown, count=more) if more > 0 else shown


@section.post(f"{PAPER}/scans/<int:scan_id>/remove", access=WORKS)
def remove_scan(campaign_id: int, kind: str, scan_id: int) -> Response:
    """Take a scan away."""
    now = clock.now()
    with writing() as session:
        work = open_paper(session, campaign_id, kind, permission=Permission.PAPER_WORK, now=now)
        scans.remove_scan(session, viewer(), work.campaign, work.kind, scan_id, now=now)
    flash_done(N_("The page is removed."))
    return see_other(Addresses(campaign_id=campaign_id, kind=kind).still("show") + "#signed")


@section.get(f"{PAPER}/scans/<int:scan_id>", access=READS)
def scan(campaign_id: int, kind: str, scan_id: int) -> Response:
    """A scan; never shown inside the portal's own pages, and never run."""
    with reading() as session:
        found = get_scan(session, viewer(), campaign_id, scan_id)
    note_handed_out("scan handed out", campaign_id, scan_id)
    return send_kept(part(PaperworkDesk).store.get(found.sha256), found.media_type, found.name)

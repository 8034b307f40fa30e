"""Which sheets to hand in, the folders, and the protocol of the collection."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.errors import Conflict, Missing, Refused
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language, gettext, say
from app.web.pages import flash_done, render, see_other
from documents.paperwork.rules.texts import kept
from documents.signatures import errors
from documents.signatures.commands.folders import pack_folder, take_out
from documents.signatures.commands.protocols import make_protocol, try_protocol_again
from documents.signatures.describing import (
    chance_view,
    chosen_words,
    numbers_view,
    source_view,
    strike_words,
)
from documents.signatures.desk import SignaturesDesk
from documents.signatures.forms import PackForm
from documents.signatures.pages import FolderView, HandInPage, ProtocolView
from documents.signatures.queries import BackSheet, ProtocolRow, find_protocol, protocols_of
from documents.signatures.rules.folders import Sums, sums_of
from documents.signatures.rules.numbers import read_numbers, write_numbers
from documents.signatures.shape import MOST_MISSED
from documents.signatures.standing import Collecting, collecting_of
from documents.signatures.views.section import (
    READS,
    SIGNATURES,
    WORKS,
    Work,
    a_key,
    at,
    hand_out,
    key_of,
    open_signatures,
    questions_of,
    section,
)

HAND_IN = f"{SIGNATURES}/hand-in"
PROTOCOL = f"{SIGNATURES}/protocols"
MOST_MISSED_PERCENT = 100 * MOST_MISSED


@dataclass(frozen=True, slots=True, kw_only=True)
class _Assumed:
    """How many defects stay unseen for each found one, as somebody has typed it."""

    text: str
    share: float | None
    """None: the pack's own, or what was typed can't be read."""
    problem: str = ""


@section.get(HAND_IN, access=READS)
def hand_in(campaign_id: int) -> Response:
    """The choice with its chance, the folders and the protocol."""
    return _show(campaign_id)


@section.post(f"{HAND_IN}/pack", access=WORKS)
def pack(campaign_id: int) -> Response:
    """Put sheets into a folder."""
    now, form = clock.now(), PackForm()
    try:
        folder = kept(form.folder.data or "", lines=False)
        numbers = _numbers(form.numbers.data or "")
        with writing() as session:
            work = open_signatures(
                session, campaign_id, permission=Permission.SIGNATURES_WORK, now=now
            )
            pack_folder(session, viewer(), campaign_id, numbers, folder, pack=work.pack, now=now)
    except Refused as refusal:
        form.refuse(refusal)
        return _show(campaign_id, 422, form=form)
    flash_done(N_("In folder {folder}."), folder=folder)
    return see_other(at("hand_in", campaign_id))


@section.post(f"{HAND_IN}/unpack", access=WORKS)
def unpack(campaign_id: int) -> Response:
    """Take sheets out of their folder."""
    now = clock.now()
    try:
        numbers = _numbers(request.form.get("numbers", ""))
        with writing() as session:
            open_signatures(session, campaign_id, permission=Permission.SIGNATURES_WORK, now=now)
            take_out(session, viewer(), campaign_id, numbers, now=now)
    except Refused as refusal:
        return _show(campaign_id, 422, problem=say(refusal))
    flash_done(N_("Taken out of the folder."))
    return see_other(at("hand_in", campaign_id))


@section.post(PROTOCOL, access=WORKS)
def protocol(campaign_id: int) -> Response:
    """Have the protocol of the folders made."""
    now, desk = clock.now(), part(SignaturesDesk)
    try:
        with writing() as session:
            work = open_signatures(
                session, campaign_id, permission=Permission.SIGNATURES_WORK, now=now
            )
            key = key_of(request.form.get("key", ""))
            make_protocol(
                session,
                viewer(),
                campaign_id,
                key,
                desk=desk,
                questions=questions_of(work),
                now=now,
            )
    except Refused as refusal:
        return _show(campaign_id, 422, problem=say(refusal))
    except Conflict as conflict:
        return _show(campaign_id, 409, problem=say(conflict))
    flash_done(N_("The protocol is being made."))
    return see_other(at("hand_in", campaign_id) + "#protocol")


@section.post(f"{PROTOCOL}/<int:protocol_id>/again", access=WORKS)
def protocol_again(campaign_id: int, protocol_id: int) -> Response:
    """Have the file of a protocol made once more."""
    now, desk = clock.now(), part(SignaturesDesk)
    with writing() as session:
        open_signatures(session, campaign_id, permission=Permission.SIGNATURES_WORK, now=now)
        try_protocol_again(session, viewer(), campaign_id, protocol_id, desk=desk, now=now)
    return see_other(at("hand_in", campaign_id) + "#protocol")


@section.get(f"{PROTOCOL}/<int:protocol_id>/file", access=WORKS)
def protocol_file(campaign_id: int, protocol_id: int) -> Response:
    """The protocol as it was made."""
    with reading() as session:
        open_signatures(
            session, campaign_id, permission=Permission.SIGNATURES_WORK, now=clock.now()
        )
        found = find_protocol(session, campaign_id, protocol_id)
    if found is None or found.state != "ready":
        raise Missing
    return hand_out(campaign_id, protocol_id, found.sha256, f"protocol-{protocol_id}.pdf")


def _numbers(text: str) -> tuple[int, ...]:
    numbers = read_numbers(text)
    if numbers is None:
        raise Refused("numbers", errors.UNREADABLE_NUMBERS)
    return numbers


def _assumed(work: Work) -> _Assumed:
    text = request.args.get("missed", "").strip().removesuffix("%").strip()
    own = f"{100 * work.pack.shape.missed.share:g}"
    if not text:
        return _Assumed(text=own, share=None)
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        return _Assumed(text=text[:12], share=None, problem=gettext(errors.WHOLE_NUMBER))
    if int(text) > MOST_MISSED_PERCENT:
        problem = gettext("At most {most}.", most=MOST_MISSED_PERCENT)
        return _Assumed(text=text, share=None, problem=problem)
    return _Assumed(text=text, share=int(text) / 100)


def _show(
    campaign_id: int, status: int = 200, *, form: PackForm | None = None, problem: str = ""
) -> Response:
    with reading() as session:
        work = open_signatures(session, campaign_id, now=clock.now())
        assumed = _assumed(work)
        found = collecting_of(
            session, campaign_id, work.pack, today=work.today, missed=assumed.share
        )
        made = protocols_of(session, campaign_id)
    return render(_page(work, found, made, assumed, form, problem), status)


def _page(
    work: Work,
    found: Collecting,
    made: tuple[ProtocolRow, ...],
    assumed: _Assumed,
    form: PackForm | None,
    problem: str,
) -> HandInPage:
    number = work.campaign.id
    sums = sums_of((sheet.folder, sheet.signed) for sheet in found.sheets)
    offered = form or PackForm(
        formdata=None,
        data={"numbers": write_numbers(found.to_pack), "folder": str(len(sums.folders) + 1)},
    )
    return HandInPage(
        own=work.works,
        numbers=numbers_view(found.plan, found.numbers, work.pack) if found.numbers else None,
        plan_href=at("plan", number),
        chance=chance_view(found.choice, work.pack) if found.choice else None,
        chosen=chosen_words(found.choice) if found.choice else "",
        left_out=write_numbers(found.left_out),
        strike_first=strike_words(found.to_strike),
        assume_action=at("hand_in", number),
        missed=assumed.text,
        missed_problem=assumed.problem,
        form=offered,
        pack_action=at("pack", number),
        unpack_action=at("unpack", number),
        folders=_folders(sums, found.sheets),
        sheets=sums.sheets,
        signatures=sums.signatures,
        gone_bad=strike_words(found.gone_bad),
        protocols=tuple(_protocol(work, one, sums) for one in made),
        protocol_action=at("protocol", number),
        protocol_key=a_key(),
        protocol_words=work.pack.words_in(current_language()).protocol,
        protocol_source=source_view(work.pack.shape.protocol, work.pack),
        preparing=any(one.state == "wanted" for one in made),
        here=at("hand_in", number),
        problem=problem,
        overview_href=at("index", number),
    )


def _folders(sums: Sums, sheets: tuple[BackSheet, ...]) -> tuple[FolderView, ...]:
    return tuple(
        FolderView(
            number=folder.number,
            sheets=folder.sheets,
            signatures=folder.signatures,
            numbers=write_numbers(
                tuple(sheet.number for sheet in sheets if sheet.folder == folder.number)
            ),
        )
        for folder in sums.folders
    )


def _protocol(work: Work, one: ProtocolRow, sums: Sums) -> ProtocolView:
    number, opens = work.campaign.id, work.works and one.state == "ready"
    return ProtocolView(
        made_at=one.made_at,
        sheets=one.sheets,
        signatures=one.signatures,
        official=one.official,
        stale=one.folders != sums.folders,
        state=one.state,
        href=at("protocol_file", number, protocol_id=one.id) if opens else "",
        again_action=at("protocol_again", number, protocol_id=one.id)
        if one.state == "failed"
        else "",
    )

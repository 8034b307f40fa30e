"""Noting the receipt of the desk."""

from __future__ import annotations

from flask import url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.errors import Refused
from app.files.names import shown_name
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.pages import flash_done, flash_warn, see_other
from documents.packets.commands import filing
from documents.packets.commands.filing import Photo
from documents.packets.desk import PacketsDesk
from documents.packets.forms import ReceiptForm
from documents.packets.views.packets import show_packet
from documents.packets.views.section import PACKET, WORKS, find, section


@section.post(f"{PACKET}/receipt", access=WORKS)
def note_receipt(campaign_id: int, key: str) -> Response:
    """Write down what the desk gave for the papers."""
    form, desk, now = ReceiptForm(), part(PacketsDesk), clock.now()
    with reading() as session:
        # Asked before the costly look at the photo, and again when it is written down.
        find(session, campaign_id, key, Permission.PAPER_WORK)
    if not form.validate():
        return show_packet(campaign_id, key, 422, form=form)
    try:
        photo = _photo(form.photo.data)
        with writing() as session:
            found = find(session, campaign_id, key, Permission.PAPER_WORK)
            desk.papers.gates.require_reachable(session, found.campaign, found.rule.step, now=now)
            filing.note_receipt(
                session,
                viewer(),
                found.campaign,
                found.rule,
                form.to_typed(),
                photo,
                days=desk.days.days_of(session, found.campaign, now=now),
                seal=desk.papers.seal,
                now=now,
            )
    except Refused as refusal:
        form.refuse(refusal)
        return show_packet(campaign_id, key, 422, form=form)
    flash_done(N_("The receipt is written down. Keep the paper itself."))
    return see_other(url_for("packets.show", campaign_id=campaign_id, key=key) + "#receipt")


@section.post(f"{PACKET}/receipt/withdraw", access=WORKS)
def take_receipt_back(campaign_id: int, key: str) -> Response:
    """Say that the papers were not handed in after all."""
    now = clock.now()
    with writing() as session:
        found = find(session, campaign_id, key, Permission.PAPER_WORK)
        filing.take_receipt_back(session, viewer(), found.campaign, found.rule, now=now)
    flash_warn(N_("The receipt is taken back: the papers count as not handed in."))
    return see_other(url_for("packets.show", campaign_id=campaign_id, key=key) + "#receipt")


def _photo(given: FileStorage | None) -> Photo | None:
    if given is None or not given.filename:
        return None
    papers = part(PacketsDesk).papers
    try:
        inspected = papers.inspect(given.stream.read())
    except Refused as refusal:
        raise Refused("photo", refusal.message, **refusal.params) from None
    return Photo(
        sha256=papers.store.put(inspected.data),
        name=shown_name(given.filename, inspected.media_type, fallback="receipt"),
        media_type=inspected.media_type,
    )

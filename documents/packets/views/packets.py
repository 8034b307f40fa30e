"""The packets of a campaign, and one of them: what is in it and having it put together."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.accounts.queries import get_campaign
from app.addresses import step_address
from app.errors import Conflict, Missing
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language, say
from app.web.pages import flash_done, render, see_other
from app.web.templating import use_zone
from documents.packets.commands import assembling
from documents.packets.commands.filing import filing_days
from documents.packets.commands.ticking import CARD, TAKE
from documents.packets.describing import line_views, made_view, packet_words, source_of
from documents.packets.desk import PacketsDesk, Stop
from documents.packets.forms import ReceiptForm
from documents.packets.pages import (
    MadeView,
    PacketLink,
    PacketPage,
    PacketsPage,
    ReceiptView,
    TakeView,
)
from documents.packets.queries.packets import (
    PacketRow,
    ReceiptRow,
    find_packet,
    has_uncounted,
    present_of_all,
    present_packets,
    put_in,
    ready_packets,
    receipts_of,
    ticks_of,
)
from documents.packets.rules.changes import Put
from documents.packets.rules.contents import Purpose, are_counted, sheets_of
from documents.packets.rules.receipts import is_late
from documents.packets.standing import Contents, all_contents, contents_of, standings_told
from documents.packets.views.section import PACKET, PACKETS, READS, WORKS, Found, find, section
from documents.paperwork.rules.answers import read_date


@section.get(PACKETS, access=READS)
def index(campaign_id: int) -> Response:
    """The packets of a campaign, and how far each is."""
    now, desk = clock.now(), part(PacketsDesk)
    with reading() as session:
        campaign = get_campaign(session, viewer(), campaign_id, Permission.PAPER_READ)
        works = viewer().may(Permission.PAPER_WORK, campaign.scope)
        standings = standings_told(session, desk, campaign, now, works=works)
        found = all_contents(session, desk, campaign, now, standings=standings)
        present = present_of_all(session, campaign_id)
        receipts = receipts_of(session, campaign_id)
    use_zone(campaign.timezone)
    return render(
        PacketsPage(
            packets=tuple(
                _link(contents, present.get(contents.rule.key), receipts.get(contents.rule.key))
                for contents in found
            ),
            papers_href=url_for("paperwork.index", campaign_id=campaign_id),
        )
    )


def _link(contents: Contents, present: PacketRow | None, receipt: ReceiptRow | None) -> PacketLink:
    words = contents.pack.words_in(current_language(), contents.rule.key)
    return PacketLink(
        title=words.title,
        why=words.why,
        href=url_for("packets.show", campaign_id=contents.campaign.id, key=contents.rule.key),
        items=len(contents.kinds),
        ready=len(contents.kinds) - len(contents.lacks(Purpose.PRINT)),
        together=present is not None
        and present.state == "ready"
        and contents.is_in(present, part(PacketsDesk)),
        filed_on=receipt.received_on if receipt else None,
    )


@section.get(PACKET, access=READS)
def show(campaign_id: int, key: str) -> Response:
    """One packet: what is in it and what to do now."""
    return show_packet(campaign_id, key, day=request.args.get("day", ""))


@section.post(f"{PACKET}/assemble/<purpose>", access=WORKS)
def assemble(campaign_id: int, key: str, purpose: str) -> Response:
    """Have the packet put together."""
    now, desk = clock.now(), part(PacketsDesk)
    wanted = _purpose(purpose)
    try:
        with writing() as session:
            found = find(session, campaign_id, key, Permission.PAPER_WORK)
            desk.papers.gates.require_reachable(session, found.campaign, found.rule.step, now=now)
            contents = contents_of(session, desk, found.campaign, found.pack, found.rule, now)
            stops = desk.preflight.stops(session, found.campaign, contents.kinds, now=now)
            assembling.assemble(
                session, viewer(), contents, wanted, desk=desk, stopped=bool(stops), now=now
            )
    except Conflict as refusal:
        return show_packet(campaign_id, key, 409, refused=say(refusal))
    flash_done(N_("The packet is being put together. You may leave this page and come back."))
    return see_other(url_for("packets.show", campaign_id=campaign_id, key=key) + "#together")


def _purpose(text: str) -> Purpose:
    try:
        return Purpose(text)
    except ValueError:
        raise Missing from None


def show_packet(
    campaign_id: int,
    key: str,
    status: int = 200,
    *,
    refused: str = "",
    form: ReceiptForm | None = None,
    day: str = "",
) -> Response:
    """Show a packet, with what was refused; ``day``: written on the step, so offered here."""
    now, desk = clock.now(), part(PacketsDesk)
    with reading() as session:
        found = find(session, campaign_id, key, Permission.PAPER_READ)
        standings = standings_told(session, desk, found.campaign, now, works=found.own)
        contents = contents_of(
            session, desk, found.campaign, found.pack, found.rule, now, standings=standings
        )
        # A finding tells what the answers say, and that is nobody's but those who work on them.
        stops = (
            desk.preflight.stops(session, found.campaign, contents.kinds, now=now)
            if found.own
            else ()
        )
        reachable = desk.papers.gates.reachable_steps(session, found.campaign, now=now)
        present = present_packets(session, campaign_id, key)
        put = {
            purpose: put_in(session, campaign_id, packet.id)
            for purpose, packet in present.items()
            if packet.state == "ready"
        }
        ticked = ticks_of(session, campaign_id, key, viewer().person_id or 0)
        receipt = _receipt(session, found, receipts_of(session, campaign_id).get(key), now)
        ready = ready_packets(session, campaign_id, key)
    noting = _noting(receipt, form, day, put_together=bool(ready))
    noting.form.offer([(str(packet.id), packet_words(packet)) for packet in ready])
    return render(
        _page(
            found,
            contents,
            stops,
            _Made(reachable=reachable, present=present, put=put),
            ticked,
            receipt,
            noting,
            refused=refused,
        ),
        status,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """The packets that are there, what those that are ready were made of, and what is open."""

    reachable: Container[str]
    """The steps of the route that are not locked."""
    present: Mapping[Purpose, PacketRow]
    put: Mapping[Purpose, tuple[Put, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noting:
    """The form in which the receipt is noted: what stands in it, and whether it is in sight."""

    form: ReceiptForm
    is_open: bool
    put_together: bool


def _noting(
    receipt: ReceiptView | None, refused: ReceiptForm | None, day: str, *, put_together: bool
) -> _Noting:
    if refused is not None:
        return _Noting(form=refused, is_open=True, put_together=put_together)
    written = read_date(day)
    said: dict[str, object] = {}
    if receipt is not None:
        said = {
            "received_on": receipt.received_on.isoformat(),
            "received_time": receipt.received_time,
            "sheets": str(receipt.sheets or ""),
            "number": receipt.number,
            "received_by": receipt.received_by,
            "without_packet": receipt.without_packet,
            "packet": receipt.packet,
            "late": receipt.late_after is not None,
            "sheets_differ": receipt.sheets_differ,
        }
    elif written is not None:
        said = {"received_on": written.isoformat()}
    form = ReceiptForm(formdata=None, data=said)
    return _Noting(
        form=form, is_open=receipt is None and written is not None, put_together=put_together
    )


def _receipt(
    session: Session, found: Found, row: ReceiptRow | None, now: datetime
) -> ReceiptView | None:
    if row is None:
        return None
    days = part(PacketsDesk).days.days_of(session, found.campaign, now=now)
    closes = filing_days(found.campaign, found.rule, days).closes
    where: dict[str, Any] = {"campaign_id": found.campaign.id, "key": found.rule.key}
    packet = find_packet(session, found.campaign.id, row.packet_id) if row.packet_id else None
    expected = 0
    if packet and not has_uncounted(session, found.campaign.id, packet.id):
        expected = packet.sheets
    seal = part(PacketsDesk).papers.seal
    return ReceiptView(
        received_on=row.received_on,
        received_time=row.received_time,
        sheets=row.sheets,
        expected=expected,
        number=row.number,
        received_by=seal.open(row.received_by) if row.received_by and found.own else "",
        photo_href=url_for("packets.receipt_photo", **where)
        if row.photo_sha256 and found.own
        else "",
        photo_name=row.photo_name,
        by=row.recorded_by_name,
        at=row.recorded_at,
        take_back_action=url_for("packets.take_receipt_back", **where),
        without_packet=row.packet_id is None,
        packet=str(packet.id) if packet else "",
        packet_words=packet_words(packet) if packet else "",
        late_after=closes if is_late(row.received_on, closes) else None,
        sheets_differ=bool(expected and row.sheets and row.sheets != expected),
    )


def _page(
    found: Found,
    contents: Contents,
    stops: Sequence[Stop],
    made: _Made,
    ticked: frozenset[str],
    receipt: ReceiptView | None,
    noting: _Noting,
    *,
    refused: str,
) -> PacketPage:
    rule = found.rule
    where: dict[str, Any] = {"campaign_id": found.campaign.id, "key": rule.key}
    words = found.pack.words_in(current_language(), rule.key)
    photo_there = receipt is not None and bool(receipt.photo_name)
    noting.form.mark_needed(rule.receipt, photo_there=photo_there)
    bound = contents.bound(Purpose.PRINT)
    return PacketPage(
        title=words.title,
        why=words.why,
        own=found.own,
        here=url_for("packets.show", **where),
        index_href=url_for("packets.index", campaign_id=found.campaign.id),
        step_href=step_address(found.campaign.id, rule.step),
        lines=line_views(contents, made.reachable),
        sheets=sheets_of(bound),
        counted=are_counted(bound),
        stops=tuple((stop.what, stop.mend, stop.href, stop.opens_later) for stop in stops),
        printed=_made(contents, Purpose.PRINT, made) if found.own else None,
        archive=_made(contents, Purpose.ARCHIVE, made) if found.own else None,
        refused=refused,
        take=_take(found, ticked),
        tick_action=url_for("packets.tick", **where),
        cards=len(rule.rehearsal),
        cards_known=sum(CARD + told.key in ticked for told in rule.rehearsal),
        rehearsal_href=url_for("packets.rehearse", **where) if rule.rehearsal else "",
        receipt=receipt,
        takes=rule.step in made.reachable,
        form=noting.form,
        filing_action=url_for("packets.note_receipt", **where),
        is_form_open=noting.is_open,
        put_together=noting.put_together,
    )


def _made(contents: Contents, purpose: Purpose, made: _Made) -> MadeView:
    present, put = made.present.get(purpose), made.put.get(purpose, ())
    return made_view(
        contents, purpose, present, part(PacketsDesk), put=put, reachable=made.reachable
    )


def _take(found: Found, ticked: frozenset[str]) -> tuple[TakeView, ...]:
    words = found.pack.words_in(current_language(), found.rule.key).take
    views = []
    for told in found.rule.take:
        status, source, reference = source_of(found.pack, told)
        views.append(
            TakeView(
                thing=TAKE + told.key,
                title=words[told.key].title,
                why=words[told.key].why,
                ticked=TAKE + told.key in ticked,
                status=status,
                source=source,
                reference=reference,
            )
        )
    return tuple(views)

"""The rehearsal of the submission, one card at a time, and the ticks."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.errors import Missing
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.language import current_language
from app.web.pages import render, see_other
from documents.packets.commands import ticking
from documents.packets.commands.ticking import CARD
from documents.packets.describing import source_of
from documents.packets.pages import CardPage
from documents.packets.queries.packets import ticks_of
from documents.packets.views.section import PACKET, READS, find, section


@section.get(f"{PACKET}/rehearsal", access=READS)
def rehearse(campaign_id: int, key: str) -> Response:
    """Go to the first card that is not known yet, or to the first one."""
    with reading() as session:
        found = find(session, campaign_id, key, Permission.PAPER_READ)
        ticked = ticks_of(session, campaign_id, key, viewer().person_id or 0)
    if not found.rule.rehearsal:
        raise Missing
    unknown = (
        number
        for number, told in enumerate(found.rule.rehearsal, 1)
        if CARD + told.key not in ticked
    )
    return see_other(_card(campaign_id, key, next(unknown, 1)))


@section.get(f"{PACKET}/rehearsal/<int:number>", access=READS)
def card(campaign_id: int, key: str, number: int) -> Response:
    """One card: what may be said at the desk, and what to answer."""
    with reading() as session:
        found = find(session, campaign_id, key, Permission.PAPER_READ)
        ticked = ticks_of(session, campaign_id, key, viewer().person_id or 0)
    cards = found.rule.rehearsal
    if not 1 <= number <= len(cards):
        raise Missing
    told = cards[number - 1]
    words = found.pack.words_in(current_language(), key)
    said = words.rehearsal[told.key]
    status, source, reference = source_of(found.pack, told)
    return render(
        CardPage(
            packet=words.title,
            packet_href=url_for("packets.show", campaign_id=campaign_id, key=key),
            number=number,
            count=len(cards),
            known=sum(CARD + other.key in ticked for other in cards),
            says=said.says,
            answer=said.answer,
            status=status,
            source=source,
            reference=reference,
            thing=CARD + told.key,
            is_known=CARD + told.key in ticked,
            tick_action=url_for("packets.tick", campaign_id=campaign_id, key=key),
            next_href=_card(campaign_id, key, number + 1) if number < len(cards) else "",
            before_href=_card(campaign_id, key, number - 1) if number > 1 else "",
        )
    )


@section.post(f"{PACKET}/tick", access=READS)
def tick(campaign_id: int, key: str) -> Response:
    """Tick one thing off for oneself, or take the tick away."""
    thing = request.form.get("thing", "")
    with writing() as session:
        found = find(session, campaign_id, key, Permission.PAPER_READ)
        ticking.tick(
            session,
            viewer(),
            campaign_id,
            found.rule,
            thing,
            done=request.form.get("done") == "1",
            now=clock.now(),
        )
    keys = [CARD + told.key for told in found.rule.rehearsal]
    if thing in keys and keys.index(thing) + 1 < len(keys):
        return see_other(_card(campaign_id, key, keys.index(thing) + 2))
    return see_other(url_for("packets.show", campaign_id=campaign_id, key=key) + "#take")


def _card(campaign_id: int, key: str, number: int) -> str:
    return url_for("packets.card", campaign_id=campaign_id, key=key, number=number)

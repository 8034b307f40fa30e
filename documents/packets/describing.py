"""Packets put into words for the pages."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any

from flask import url_for

from app import clock
from app.texts import N_
from app.web.language import current_language, gettext, ngettext
from app.web.templating import current_zone
from app.web.wording import moment, number
from documents.packets import errors
from documents.packets.binding.client import MOST_BYTES, MOST_PAGES
from documents.packets.desk import PacketsDesk
from documents.packets.pack import PackPackets
from documents.packets.pages import LineView, MadeView
from documents.packets.queries.packets import PacketRow
from documents.packets.rules.changes import Put, Why
from documents.packets.rules.contents import Bound, Lack, Purpose
from documents.packets.shape import HandIn, Told
from documents.packets.standing import Contents
from documents.paperwork.desk import is_open, opened_by
from documents.press.tries import MOST_TRIES

LACKS: Mapping[Lack, str] = {
    Lack.NOT_ISSUED: N_("not issued yet"),
    Lack.STALE: N_("out of date: issue it anew"),
    Lack.BEING_MADE: N_("its file is being made"),
    Lack.FAILED: N_("its file could not be made"),
    Lack.NOT_BROUGHT: N_("no photo of it yet"),
    Lack.NOT_ACCEPTED: N_("the signed paper is not accepted yet"),
}
CHANGES: Mapping[Why, str] = {
    Why.NEEDED: N_("is needed now and is not in it"),
    Why.NOT_NEEDED: N_("is in it and is no longer needed"),
    Why.ANSWERS: N_("has other answers by now: issue it anew"),
    Why.ISSUED: N_("was issued anew"),
    Why.PHOTOS: N_("has other pages by now"),
}
HAND_IN: Mapping[HandIn, str] = {
    HandIn.SIGNED: N_("signed by hand"),
    HandIn.PRINTED: N_("printed"),
    HandIn.COPY: N_("copy"),
    HandIn.ORIGINAL: N_("original"),
}
MEGABYTE, KILOBYTE = 1024 * 1024, 1024


def paper_href(contents: Contents, kind: str, reachable: Container[str]) -> tuple[str, bool]:
    """Give the way to a paper of a packet, and whether it opens later: then to what opens it."""
    campaign_id = contents.campaign.id
    found = contents.pack.documents.kinds[kind]
    if not is_open(found, reachable):
        return opened_by(campaign_id, found), True
    return url_for("paperwork.show", campaign_id=campaign_id, kind=kind), False


def line_views(contents: Contents, reachable: Container[str]) -> tuple[LineView, ...]:
    """Put the lines of a packet into words, as they would be printed now.

    ``reachable``: the steps that are not locked; a paper is open when one of its own is.
    """
    lacks = contents.lacks(Purpose.PRINT)
    titles = contents.titles(current_language())
    return tuple(
        _line(contents, each, title, lacks.get(each.line.name), reachable)
        for each, title in zip(contents.bound(Purpose.PRINT), titles)
    )


def _line(
    contents: Contents,
    bound: Bound,
    title: str,
    lack: Lack | None,
    reachable: Container[str],
) -> LineView:
    line = bound.line
    href, later = paper_href(contents, line.name, reachable) if line.paper else ("", False)
    return LineView(
        title=title,
        how=gettext(HAND_IN[HandIn(line.hand_in)]),
        number=line.paper.number if line.paper else "",
        copies=line.copies,
        sheets=bound.places,
        lack=gettext(LACKS[lack]) if lack else "",
        href=href,
        opens_later=later,
    )


def made_view(
    contents: Contents,
    purpose: Purpose,
    present: PacketRow | None,
    desk: PacketsDesk,
    *,
    put: Sequence[Put],
    reachable: Container[str],
) -> MadeView:
    """Say how far the packet of a purpose is; ``put``: what the present one was made of."""
    where: dict[str, Any] = {"campaign_id": contents.campaign.id, "key": contents.rule.key}
    files: dict[str, Any] = {**where, "packet_id": present.id if present else 0}
    there = present is not None and present.state == "ready"
    stale = present is not None and not contents.is_in(present, desk)
    return MadeView(
        state=present.state if present else "",
        done=present.done if present else 0,
        steps=present.steps if present else 0,
        stale=stale,
        changes=_changes(contents, put, purpose, reachable) if stale else (),
        error=problem_words(present.error) if present and present.error else "",
        pages=present.pages if present else 0,
        pdf_href=url_for("packets.document", **files) if there else "",
        pdf_size=size_words(present.pdf_bytes) if present else "",
        zip_href=url_for("packets.archive", **files) if there else "",
        zip_size=size_words(present.zip_bytes) if present else "",
        sha256=present.pdf_sha256 if present else "",
        by=present.asked_by_name if present else "",
        at=present.asked_at if present else None,
        action=url_for("packets.assemble", purpose=purpose.value, **where),
        lacking=len(contents.lacks(purpose)),
    )


def _changes(
    contents: Contents, put: Sequence[Put], purpose: Purpose, reachable: Container[str]
) -> tuple[tuple[str, str, str], ...]:
    language = current_language()
    return tuple(
        (
            contents.pack.item_title(contents.rule.key, change.name, language),
            gettext(CHANGES[change.why]),
            paper_href(contents, change.name, reachable)[0]
            if change.name in contents.kinds
            else "",
        )
        for change in contents.changes(put, purpose)
    )


def packet_words(packet: PacketRow) -> str:
    """Say which packet it is to somebody who has several."""
    asked = moment(packet.asked_at, current_language(), current_zone(), this_year=clock.now().year)
    return ngettext("{moment}, {num} sheet", "{moment}, {num} sheets", packet.sheets, moment=asked)


def problem_words(code: str) -> str:
    """Say why a packet could not be put together."""
    found = errors.BINDING_PROBLEMS.get(code, errors.OTHER_PROBLEM)
    return gettext(found, megabytes=MOST_BYTES // MEGABYTE, pages=MOST_PAGES, tries=MOST_TRIES)


def size_words(size: int) -> str:
    """Give a size as people say it."""
    if size >= MEGABYTE:
        return gettext(N_("{size} MB"), size=number(round(size / MEGABYTE, 1), current_language()))
    return gettext(N_("{size} KB"), size=max(size // KILOBYTE, 1))


def source_of(pack: PackPackets, told: Told) -> tuple[str, str, str]:
    """Give status, source in words, and where it can be read."""
    language = current_language()
    documents = pack.documents
    return (
        told.status,
        documents.sources_in(language).say(told.source),
        documents.reference(told.source_keys, language),
    )

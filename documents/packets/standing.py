"""What a packet would be made of now, and whether the present one still is that."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.accounts.queries import CampaignRow
from documents.packets.desk import PacketsDesk
from documents.packets.ordering import PDF, Order, order_of
from documents.packets.pack import PackPackets
from documents.packets.queries.packets import PacketRow, has_signature_sheets, present_of_all
from documents.packets.rules.changes import Change, Put, changes
from documents.packets.rules.contents import (
    Bound,
    Lack,
    Line,
    Paper,
    Piece,
    Purpose,
    belongs,
    bind,
    lack_of,
)
from documents.packets.shape import PacketItem, PacketRule
from documents.paperwork.heading import Heading, heading_of
from documents.paperwork.queries.papers import ScanRow
from documents.paperwork.rules.standing import State
from documents.paperwork.standing import Standing, all_as_read, standings_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A packet of a campaign as it would be put together now."""

    campaign: CampaignRow
    pack: PackPackets
    rule: PacketRule
    lines: tuple[Line, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of paper in it."""
        return tuple(line.name for line in self.lines if line.paper is not None)

    def lacks(self, purpose: Purpose) -> Mapping[str, Lack]:
        """Give what is in the way, by the name of the line."""
        found = ((line.name, lack_of(line, purpose)) for line in self.lines)
        return {name: lack for name, lack in found if lack is not None}

    def bound(self, purpose: Purpose) -> tuple[Bound, ...]:
        """Give the lines with their sheets counted."""
        return bind(self.lines, purpose)

    def order(self, purpose: Purpose) -> Order:
        """Give what has to be put together."""
        language = self.pack.shape.language
        return order_of(
            self.bound(purpose),
            self.titles(language),
            self.pack.shape.inventory,
            self.heading,
            purpose=purpose,
            language=language,
        )

    @property
    def heading(self) -> Heading:
        """What stands above the inventory, without marks that nobody sees."""
        return heading_of(self.campaign)

    def is_in(self, packet: PacketRow, desk: PacketsDesk) -> bool:
        """Say whether a packet holds the papers as they stand."""
        if self.lacks(packet.purpose):
            return False
        return packet.digest == digest_of(desk, self.order(packet.purpose))

    def changes(self, put: Sequence[Put], purpose: Purpose) -> tuple[Change, ...]:
        """Give what has changed since a packet was put together of these lines."""
        return changes(put, self.bound(purpose), self.lacks(purpose), purpose)

    def titles(self, language: str) -> tuple[str, ...]:
        """Give what the lines are called, in their order."""
        return tuple(
            self.pack.item_title(self.rule.key, line.name, language) for line in self.lines
        )


def contents_of(
    session: Session,
    desk: PacketsDesk,
    campaign: CampaignRow,
    pack: PackPackets,
    rule: PacketRule,
    now: datetime,
    *,
    standings: Sequence[Standing] | None = None,
) -> Contents:
    """Give what a packet would be made of now; the caller has looked at the viewer."""
    found = (
        standings if standings is not None else standings_of(session, desk.papers, campaign, now)
    )
    by_kind = {standing.kind.key: standing for standing in found}
    sheets = any(item.signatures for item in rule.item) and has_signature_sheets(
        session, campaign.id
    )
    items = [item for item in rule.item if sheets or not item.signatures]
    lines = [line for item in items if (line := _line(item, by_kind)) is not None]
    return Contents(campaign=campaign, pack=pack, rule=rule, lines=tuple(lines))


def standings_told(
    session: Session, desk: PacketsDesk, campaign: CampaignRow, now: datetime, *, works: bool
) -> tuple[Standing, ...]:
    """Give where the papers stand, as far as it is told.

    ``works``: to somebody who works on them; everybody else learns nothing that sealed answers
    decide, here as in the list of papers.
    """
    found = standings_of(session, desk.papers, campaign, now)
    documents = desk.papers.kinds.find(campaign.pack_id)
    return found if works or documents is None else all_as_read(found, documents.answers)


def all_contents(
    session: Session,
    desk: PacketsDesk,
    campaign: CampaignRow,
    now: datetime,
    *,
    standings: Sequence[Standing],
) -> tuple[Contents, ...]:
    """Give what every packet of the pack would be made of now; none for a pack without packets."""
    pack = desk.packs.find(campaign.pack_id)
    if pack is None:
        return ()
    return tuple(
        contents_of(session, desk, campaign, pack, rule, now, standings=standings)
        for rule in pack.shape.packet
    )


def packets_held(
    session: Session,
    desk: PacketsDesk,
    campaign: CampaignRow,
    now: datetime,
    *,
    keys: Collection[str],
    works: bool,
) -> dict[str, bool]:
    """Give those of ``keys`` whose packets are put together to be printed, and if each still holds.

    ``works``: as in ``standings_told``.
    """
    ready = {
        key: packet
        for key, packet in present_of_all(session, campaign.id).items()
        if key in keys and packet.state == "ready"
    }
    if not ready:
        return {}
    standings = standings_told(session, desk, campaign, now, works=works)
    late = outdated(session, desk, campaign, ready, now, standings=standings)
    return {key: key not in late for key in ready}


def outdated(
    session: Session,
    desk: PacketsDesk,
    campaign: CampaignRow,
    packets: Mapping[str, PacketRow],
    now: datetime,
    *,
    standings: Sequence[Standing] | None = None,
) -> frozenset[str]:
    """Give the keys of those packets, given by key, that do not hold the papers as they stand."""
    pack = desk.packs.find(campaign.pack_id)
    if pack is None or not packets:
        return frozenset()
    if standings is None:
        standings = standings_of(session, desk.papers, campaign, now)
    found = (
        contents_of(session, desk, campaign, pack, rule, now, standings=standings)
        for rule in pack.shape.packet
        if rule.key in packets
    )
    return frozenset(
        contents.rule.key
        for contents in found
        if not contents.is_in(packets[contents.rule.key], desk)
    )


def digest_of(desk: PacketsDesk, order: Order) -> str:
    """Give what a packet is recognised by: keyed, because it is made of few things."""
    return desk.papers.seal.mark("packet", order.as_json())


def _line(item: PacketItem, standings: Mapping[str, Standing]) -> Line | None:
    if not item.kind:
        return Line(name=item.name, hand_in=item.hand_in.value, copies=item.copies, paper=None)
    standing = standings.get(item.kind)
    if standing is None:
        return None
    paper = _paper(standing)
    if not belongs(paper):
        return None
    return Line(name=item.name, hand_in=item.hand_in.value, copies=item.copies, paper=paper)


def _paper(standing: Standing) -> Paper:
    newest, kind = standing.newest, standing.kind
    ready = newest is not None and bool(newest.sha256)
    return Paper(
        name=kind.key,
        made_here=kind.is_printed,
        needed=standing.is_needed,
        optional=kind.optional,
        begun=newest is not None or bool(standing.scans),
        issue=newest.state.value if newest else "",
        number=newest.number if newest else "",
        stale=standing.is_stale,
        accepted=standing.state is State.ACCEPTED,
        issued=Piece(sha256=newest.sha256, media_type=PDF, pages=newest.pages)
        if newest and ready
        else None,
        scans=tuple(_piece(scan) for scan in standing.signed),
    )


def _piece(scan: ScanRow) -> Piece:
    return Piece(sha256=scan.sha256, media_type=scan.media_type, pages=scan.pages)

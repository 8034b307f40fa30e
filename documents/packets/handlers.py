"""The job that puts a packet together; killed in the middle it begins anew and leaves no half."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select, update

from app.accounts.models import Campaign
from app.config import Settings, secret_key
from app.db import record
from app.errors import Missing
from app.files.storage import FileStore
from app.jobs.rules import Payload
from app.jobs.worker import Handlers, JobContext
from app.sealing import Seal
from documents.packets.binding.client import (
    MOST_BYTES,
    BindingFailed,
    BoundFiles,
    Leaf,
    bind,
    pages_of_pictures,
)
from documents.packets.commands.assembling import ASSEMBLE
from documents.packets.events import PacketTurned
from documents.packets.holding import hold_campaigns
from documents.packets.models import Packet
from documents.packets.ordering import PDF, Order, OrderFile, OrderLine
from documents.packets.queries.packets import find_waiting_order
from documents.press.client import Press
from documents.press.errors import DIED, FILE_MISSING, SEAL_CHANGED, TOO_HEAVY, TOO_LARGE
from documents.press.tries import make
from documents.sheets import Sheet

PASSING = frozenset({DIED, TOO_HEAVY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bindery:
    """The worker's tools: the press for the inventory, the files, the seal."""

    press: Press
    files: FileStore
    seal: Seal

    def assemble(self, context: JobContext, payload: Payload) -> None:
        """Put one packet together; doing it again after a crash gives the same bytes."""
        packet_id = int(payload["packet"] or 0)
        with context.database.reading() as session:
            order = find_waiting_order(session, packet_id)
        if order is None:
            return

        def attempt() -> None:
            self._assemble(context, packet_id, order)

        def tell(code: str) -> None:
            _settle(context, packet_id, state="failed", error=code)

        make(context, attempt, tell, passing=PASSING)

    def _assemble(self, context: JobContext, packet_id: int, sealed: str) -> None:
        bound = self._bound(context, packet_id, sealed)
        # Both files are on the disk before the row says that they are.
        _settle(
            context,
            packet_id,
            state="ready",
            pages=bound.pages,
            pdf_sha256=self.files.put(bound.pdf),
            pdf_bytes=len(bound.pdf),
            zip_sha256=self.files.put(bound.archive),
            zip_bytes=len(bound.archive),
            ready_at=context.now,
        )

    def _bound(self, context: JobContext, packet_id: int, sealed: str) -> BoundFiles:
        text = self.seal.open(sealed)
        if not text:
            raise BindingFailed(SEAL_CHANGED)

        def tell(done: int) -> None:
            _progress(context, packet_id, done)

        return self.put_together(Order.from_json(text), tell)

    def put_together(self, order: Order, tell: Callable[[int], None]) -> BoundFiles:
        """Give the files of an order; ``tell`` is called with the steps that are done.

        Raises NotMade.
        """
        inventory = self.press.typeset(Sheet.from_json(order.inventory)).pdf
        stamps = self.press.typeset(Sheet.from_json(order.stamps)).pdf if order.stamps else b""
        tell(1)
        return bind(
            title=order.title,
            language=order.language,
            inventory=inventory,
            inventory_name=order.inventory_name,
            stamps=stamps,
            leaves=self._leaves(order, tell),
        )

    def _leaves(self, order: Order, tell: Callable[[int], None]) -> Iterator[Leaf]:
        size = 0
        for number, line in enumerate(order.lines, 2):
            leaf = self._leaf(line)
            size += sum(map(len, leaf.parts))
            # Said before everything lies in memory, not after.
            if size > MOST_BYTES:
                raise BindingFailed(TOO_LARGE)
            yield leaf
            tell(number)

    def _leaf(self, line: OrderLine) -> Leaf:
        return Leaf(
            title=line.title,
            name=line.name,
            parts=tuple(self._parts(line.files)),
            copies=line.copies,
            stamped=line.stamped,
        )

    def _parts(self, files: Sequence[OrderFile]) -> Iterator[bytes]:
        """Give each file as a document; photos that lie one after another are turned together."""
        for is_document, some in groupby(files, key=lambda file: file.media_type == PDF):
            found = (self._kept(file) for file in some)
            yield from found if is_document else pages_of_pictures(found)

    def _kept(self, file: OrderFile) -> bytes:
        try:
            return self.files.get(file.sha256)
        except Missing:
            raise BindingFailed(FILE_MISSING) from None


def _progress(context: JobContext, packet_id: int, done: int) -> None:
    with context.database.writing() as session:
        session.execute(
            update(Packet).where(Packet.id == packet_id, Packet.state == "wanted").values(done=done)
        )


def _settle(context: JobContext, packet_id: int, **values: object) -> None:
    """Write what came of it; nothing when another run of the same job was faster."""
    with context.database.writing() as session:
        whose = session.scalar(select(Packet.campaign_id).where(Packet.id == packet_id))
        if whose is None:
            return
        hold_campaigns(session, Campaign.id == whose)
        settled = session.execute(
            update(Packet)
            .where(Packet.id == packet_id, Packet.state == "wanted")
            .values(done=Packet.steps, **values)
            .returning(Packet.id)
        ).scalar_one_or_none()
        if settled is not None:
            record(session, PacketTurned(campaign_id=whose))


def packet_handlers(settings: Settings, press: Press | None = None) -> Handlers:
    """Give the handler of packets; hand over the press of the typesetting jobs to share it."""
    bindery = Bindery(
        press=press or Press(),
        files=FileStore(folder=settings.files),
        seal=Seal.from_secret(secret_key(settings)),
    )
    return {ASSEMBLE: bindery.assemble}

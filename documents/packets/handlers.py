"""The job that puts a packet together; killed in the middle it begins anew and leaves no half."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import update

from app.config import Settings, secret_key
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
from documents.packets.models import Packet
from documents.packets.ordering import PDF, Order, OrderFile, OrderLine
from documents.packets.queries.packets import find_waiting
from documents.press.client import Press
from documents.press.errors import PressFailed
from documents.sheets import Sheet

log = logging.getLogger("mandat.packets")
PASSING = frozenset({"died", "too_heavy"})
MOST_TRIES = 3


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
            waiting = find_waiting(session, packet_id)
        if waiting is None:
            return
        try:
            bound = self._bound(context, packet_id, waiting.order)
        except (BindingFailed, PressFailed) as error:
            if error.code in PASSING and context.attempt < MOST_TRIES:
                raise
            log.warning("packet failed", extra={"packet": packet_id, "code": error.code})
            _settle(context, packet_id, state="failed", error=error.code[:40])
            return
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
            raise BindingFailed("seal_changed")

        def tell(done: int) -> None:
            _progress(context, packet_id, done)

        return self.put_together(Order.from_json(text), tell)

    def put_together(self, order: Order, tell: Callable[[int], None]) -> BoundFiles:
        """Give the files of an order; ``tell`` is called with the steps that are done.

        Raises BindingFailed, PressFailed.
        """
        inventory = self.press.typeset(Sheet.from_json(order.inventory)).pdf
        stamps = self.press.typeset(Sheet.from_json(order.stamps)).pdf if order.stamps else b""
        tell(1)
        leaves, size = [], 0
        for number, line in enumerate(order.lines, 2):
            leaf = self._leaf(line)
            size += sum(map(len, leaf.parts))
            # Said before everything lies in memory, not after.
            if size > MOST_BYTES:
                raise BindingFailed("too_large")
            leaves.append(leaf)
            tell(number)
        return bind(
            title=order.title,
            language=order.language,
            inventory=inventory,
            inventory_name=order.inventory_name,
            stamps=stamps,
            leaves=leaves,
        )

    def _leaf(self, line: OrderLine) -> Leaf:
        return Leaf(
            title=line.title,
            name=line.name,
            parts=tuple(part for file in line.files for part in self._part(file)),
            copies=line.copies,
            stamped=line.stamped,
        )

    def _part(self, file: OrderFile) -> Iterator[bytes]:
        try:
            data = self.files.get(file.sha256)
        except Missing:
            raise BindingFailed("file_missing") from None
        if file.media_type == PDF:
            yield data
        else:
            yield from pages_of_pictures([data])


def _progress(context: JobContext, packet_id: int, done: int) -> None:
    with context.database.writing() as session:
        session.execute(
            update(Packet).where(Packet.id == packet_id, Packet.state == "wanted").values(done=done)
        )


def _settle(context: JobContext, packet_id: int, **values: object) -> None:
    """Write what came of it; nothing when another run of the same job was faster."""
    with context.database.writing() as session:
        session.execute(
            update(Packet)
            .where(Packet.id == packet_id, Packet.state == "wanted")
            .values(done=Packet.steps, **values)
        )


def packet_handlers(settings: Settings, press: Press | None = None) -> Handlers:
    """Give the handler of packets; hand over the press of the typesetting jobs to share it."""
    bindery = Bindery(
        press=press or Press(),
        files=FileStore(folder=settings.files),
        seal=Seal.from_secret(secret_key(settings)),
    )
    return {ASSEMBLE: bindery.assemble}

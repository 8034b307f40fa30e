"""A packet of photos that was asked for and lies in the queue."""

from __future__ import annotations

import io

from PIL import Image
from sqlalchemy import insert

from app.config import Settings, secret_key
from app.db import Database
from app.files.storage import FileStore
from app.jobs.commands import enqueue
from app.sealing import Seal
from documents.packets.commands.assembling import ASSEMBLE
from documents.packets.models import Packet
from documents.packets.ordering import Order, OrderFile, OrderLine
from documents.sheets import Sheet
from tests import builders
from tests.conftest import NOW


def a_photo(number: int) -> bytes:
    """Give a photo, each number another one."""
    out = io.BytesIO()
    Image.effect_noise((1600, 2200), 40 + number).save(out, "JPEG")
    return out.getvalue()


def plant(database: Database, settings: Settings, *, lines: int) -> None:
    """Ask for a packet of so many photos, and put it into the queue."""
    store, seal = FileStore(folder=settings.files), Seal.from_secret(secret_key(settings))
    files = [
        OrderFile(sha256=store.put(a_photo(number)), media_type="image/jpeg", pages=1)
        for number in range(lines)
    ]
    sheet = Sheet(html="<p style='font-family: Tinos'>Опись</p>", language="ru").as_json()
    order = Order(
        title="Опись",
        language="ru",
        inventory=sheet,
        inventory_name="00.pdf",
        stamps="",
        lines=tuple(
            OrderLine(
                title=f"Бумага {number}",
                name=f"{number:02d}.pdf",
                files=(file,),
                copies=1,
                first=number,
                stamped=False,
            )
            for number, file in enumerate(files, 1)
        ),
    )
    with database.writing() as session:
        campaign = builders.a_campaign(session)
        packet = session.execute(
            insert(Packet)
            .values(
                campaign_id=campaign.id,
                key="nomination",
                purpose="print",
                digest="0" * 64,
                state="wanted",
                order_sealed=seal.close(order.as_json()),
                steps=order.steps,
                sheets=lines,
                asked_at=NOW,
            )
            .returning(Packet.id)
        ).scalar_one()
        enqueue(session, ASSEMBLE, {"packet": packet}, run_at=NOW)

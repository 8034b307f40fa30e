"""What ``mandat bench`` measures of packets: one of twelve papers."""

from __future__ import annotations

import io
import resource
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image

from app.cli.work_figures import press_used_s
from app.files.storage import FileStore
from app.sealing import Seal
from documents.packets.handlers import Bindery
from documents.packets.ordering import PDF, Order, OrderFile, OrderLine
from documents.press.client import Press
from documents.sheets import Sheet

FORMS, COPIES = 8, 4
PHOTO_SIZE = (2400, 3200)
TIMES = 5


def packet_s(sheet: Sheet, folder: Path) -> Sequence[float]:
    """Give the seconds of CPU of packets of twelve papers, every form of them typeset anew."""
    bindery, taken = _bindery(folder), []
    photos = photo_files(bindery.files)
    bindery.press.warm()
    try:
        for number in range(TIMES + 1):
            began = _used_s(bindery.press)
            _packet(bindery, sheet, photos, number)
            taken.append(_used_s(bindery.press) - began)
    finally:
        bindery.press.close()
    return taken[1:]


def _packet(bindery: Bindery, sheet: Sheet, photos: Sequence[OrderFile], number: int) -> None:
    forms = []
    for place in range(FORMS):
        # Another identifier every time, so that nothing can be taken from memory.
        each = replace(sheet, identifier=f"{sheet.identifier}-{number}-{place}", raster_width_px=0)
        made = bindery.press.typeset(each)
        forms.append(
            OrderFile(sha256=bindery.files.put(made.pdf), media_type=PDF, pages=made.pages)
        )
    files = (*forms, *photos)
    done = bindery.put_together(packet_order(files, number), lambda done: None)
    bindery.files.put(done.pdf)
    bindery.files.put(done.archive)


def packet_order(files: Sequence[OrderFile], number: int) -> Order:
    """Give the order of a packet of these papers behind their inventory."""
    words = " ".join(f"<p>Заявление о согласии № {line}</p>" for line in range(len(files)))
    inventory = Sheet(html=words, identifier=f"inventory-{number}", language="ru")
    return Order(
        title="Опись",
        language="ru",
        inventory=inventory.as_json(),
        inventory_name="00-opis.pdf",
        stamps="",
        lines=tuple(
            OrderLine(
                title=f"Бумага {place}",
                name=f"{place:02d}.pdf",
                files=(file,),
                copies=1,
                first=place,
                stamped=False,
            )
            for place, file in enumerate(files, 1)
        ),
    )


def _bindery(folder: Path) -> Bindery:
    return Bindery(
        press=Press(), files=FileStore(folder=folder), seal=Seal.from_secret("measured " * 8)
    )


def photo_files(store: FileStore) -> tuple[OrderFile, ...]:
    """Keep photos of papers that are hard to compress; give them as files of a packet."""
    found = []
    for number in range(COPIES):
        out = io.BytesIO()
        Image.effect_noise(PHOTO_SIZE, 20 + number).save(out, "JPEG")
        sha256 = store.put(out.getvalue())
        found.append(OrderFile(sha256=sha256, media_type="image/jpeg", pages=1))
    return tuple(found)


def _used_s(press: Press) -> float:
    """Give the seconds of CPU of this process, of those it began and of the press."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime + press_used_s(press)

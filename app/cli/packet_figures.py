"""What ``mandat bench`` measures of packets: one of twelve papers, and many after each other."""

from __future__ import annotations

import io
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from app.files.storage import FileStore
from app.sealing import Seal
from documents.packets.handlers import Bindery
from documents.packets.ordering import PDF, Order, OrderFile, OrderLine
from documents.press.client import Press
from documents.sheets import Sheet

FORMS, COPIES = 8, 4
PHOTO_SIZE = (2400, 3200)
TIMES = 5
MEGABYTE_KB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyPackets:
    """What a worker needs for packet after packet."""

    seconds_each: float
    """By the clock on the wall."""
    first_mb: float
    """The largest memory of the worker and its processes together after the first tenth."""
    last_mb: float
    """The same at the end: flat when both are alike."""


def packet_s(sheet: Sheet, folder: Path) -> Sequence[float]:
    """Give the seconds of CPU of packets of twelve papers, every form of them typeset anew."""
    bindery, taken = _bindery(folder), []
    photos = _photos(bindery.files)
    bindery.press.warm()
    try:
        for number in range(TIMES + 1):
            began = _used_s(bindery.press)
            _packet(bindery, sheet, photos, number)
            taken.append(_used_s(bindery.press) - began)
    finally:
        bindery.press.close()
    return taken[1:]


def many_packets(sheet: Sheet, folder: Path, *, count: int) -> ManyPackets:
    """Make so many packets of twelve papers with one worker."""
    bindery = _bindery(folder)
    photos = _photos(bindery.files)
    bindery.press.warm()
    memory: list[float] = []
    began = time.monotonic()
    try:
        for number in range(count):
            _packet(bindery, sheet, photos, number)
            memory.append(_memory_mb(bindery.press))
    finally:
        bindery.press.close()
    return ManyPackets(
        seconds_each=(time.monotonic() - began) / count,
        first_mb=max(memory[: max(count // 10, 1)]),
        last_mb=max(memory[-max(count // 10, 1) :]),
    )


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
    done = bindery.put_together(_order(files, number), lambda done: None)
    bindery.files.put(done.pdf)
    bindery.files.put(done.archive)


def _order(files: Sequence[OrderFile], number: int) -> Order:
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


def _photos(store: FileStore) -> tuple[OrderFile, ...]:
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
    of_press = int(Path(f"/proc/{press.pid}/schedstat").read_text().split()[0]) / 1e9
    return time.process_time() + children.ru_utime + children.ru_stime + of_press


def _memory_mb(press: Press) -> float:
    """Give the memory of this process and of the press, and the largest of the others so far."""
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MEGABYTE_KB
    return _resident_mb("self") + _resident_mb(str(press.pid)) + largest


def _resident_mb(process: str) -> float:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / MEGABYTE_KB

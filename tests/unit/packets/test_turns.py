"""A worker's threads turn photos and bind one after another: memory for one process is enough."""

from __future__ import annotations

import io
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pikepdf
from PIL import Image

from documents.packets.binding.client import BINDER, PAGING, Leaf, bind, pages_of_pictures

PHOTOS, TIMES = 4, 3


def test_two_threads_never_have_two_of_these_processes_at_once() -> None:
    photo, page = a_photo(), a_page()
    with ThreadPoolExecutor(2) as threads:
        work = [threads.submit(a_packet, photo, page) for _ in range(2)]
        most = max(seen_at_once(work))
    assert most == 1
    made = [each.result() for each in work]
    assert made[0] == made[1]


def a_photo() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((1600, 2000), 40).save(out, "JPEG")
    return out.getvalue()


def a_packet(photo: bytes, page: bytes) -> list[bytes]:
    made = []
    for _ in range(TIMES):
        pages = pages_of_pictures([photo] * PHOTOS)
        leaf = Leaf(title="Ё", name="01.pdf", parts=tuple(pages), copies=1, stamped=False)
        bound = bind(
            title="Опись",
            language="ru",
            inventory=page,
            inventory_name="00.pdf",
            stamps=b"",
            leaves=[leaf],
        )
        made.append(bound.pdf + bound.archive)
    return made


def a_page() -> bytes:
    document, out = pikepdf.new(), io.BytesIO()
    document.add_blank_page(page_size=(595, 842))
    document.save(out)
    return out.getvalue()


def seen_at_once(work: list[Future[list[bytes]]]) -> list[int]:
    """Give how many of the processes ran, look by look, until all is done."""
    pause, found = threading.Event(), []
    while not all(each.done() for each in work):
        found.append(sum(is_heavy(child) for child in children()))
        pause.wait(0.01)
    return found


def children() -> list[int]:
    lists = [path.read_text() for path in Path("/proc/self/task").glob("*/children")]
    return [int(child) for text in lists for child in text.split()]


def is_heavy(pid: int) -> bool:
    try:
        said = Path(f"/proc/{pid}/cmdline").read_bytes().decode()
    except OSError:
        return False
    return PAGING in said or BINDER in said

"""The job that draws pages of scans, and of what was issued, before anybody looks at them.

One thread of a worker draws, a few pages at a time, so that every other job has the other thread
and a turn in between.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from threading import Lock

from app.config import Settings
from app.errors import Missing
from app.files.apart import ALONE, TooHeavy
from app.files.storage import FileStore, relative_path
from app.jobs.commands import enqueue
from app.jobs.rules import Payload, Periodic
from app.jobs.worker import Handlers, JobContext
from documents.paperwork.commands.scans import DRAW
from documents.paperwork.queries.drawing import documents_looked_at
from documents.paperwork.reshaping.client import draw_page
from documents.paperwork.reshaping.drawings import Drawings, Page

log = logging.getLogger("mandat.files")
DRAWING_PERIODICS = (Periodic(kind=DRAW, every=timedelta(minutes=5)),)
"""For versions issued beside scans that are there already, and for what a restore has not."""
AT_ONCE = 4
"""Pages of one job."""
MOST_BYTES = 32 * 1024 * 1024
"""Of the pictures of one document: about as much as the largest file that is taken."""
HEAVY_AS_BYTES = 4 * 1024 * 1024
"""What a page that took too much counts for, so that a document is not tried page by page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawingRoom:
    """Draws what is there to be looked at, and throws away the pictures of what is gone."""

    store: FileStore
    drawings: Drawings
    one: Lock = field(default_factory=Lock, repr=False)
    """Held by the thread that draws."""

    def draw(self, context: JobContext, payload: Payload) -> None:
        """Handle DRAW: draw a few pages and ask for the rest; killed in the middle, it goes on."""
        if not self.one.acquire(blocking=False):
            # Whoever draws at this moment looks once more before it ends.
            return
        try:
            self._draw_some(context)
        finally:
            self.one.release()

    def _draw_some(self, context: JobContext) -> None:
        spent: Counter[str] = Counter()
        for page, size in self.drawings.sizes().items():
            spent[page.sha256] += size or HEAVY_AS_BYTES
        for page in islice(self._missing(context), AT_ONCE):
            self._draw(page, spent[page.sha256])
        if next(self._missing(context), None) is not None:
            with context.database.writing() as session:
                key = f"{DRAW}:{context.job_id}"
                enqueue(session, DRAW, {}, run_at=context.now, unique_key=key)

    def _missing(self, context: JobContext) -> Iterator[Page]:
        """Give the pages that are yet to be drawn, those of the newest document first."""
        there = self.drawings.sizes()
        with context.database.reading() as session:
            documents = documents_looked_at(session)
        self.drawings.sweep({each.sha256 for each in documents}, now=context.now)
        for each in documents:
            pages = (Page(each.sha256, number) for number in range(1, each.pages + 1))
            missing = [page for page in pages if page not in there]
            # A file that got lost is told of by ``mandat verify``; nothing can be drawn of it.
            if missing and (self.store.folder / relative_path(each.sha256)).is_file():
                yield from missing

    def _draw(self, page: Page, spent: int) -> None:
        drawn = b""
        try:
            if spent < MOST_BYTES:
                with ALONE.place():
                    drawn = draw_page(self.store.get(page.sha256), page.number)
        except Missing:
            return
        except TooHeavy:
            log.warning("page too heavy", extra={"page": page.number})
        self.drawings.keep(page, drawn)


def drawing_handlers(settings: Settings) -> Handlers:
    """Give the handler of the job that draws pages."""
    room = DrawingRoom(store=FileStore(folder=settings.files), drawings=Drawings.of(settings))
    return {DRAW: room.draw}

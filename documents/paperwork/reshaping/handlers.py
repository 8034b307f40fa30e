"""The job that draws pages of scans, and of what was issued, before anybody looks at them.

One thread of a worker draws, a few pages at a time, so that every other job has the other thread
and a turn in between.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Container, Iterable, Iterator
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
from documents.paperwork.queries.drawing import LookedAt, documents_looked_at
from documents.paperwork.reshaping.client import draw_page
from documents.paperwork.reshaping.drawings import Drawings, Page

log = logging.getLogger("mandat.files")
SWEEP = "paper.sweep_pictures"
DRAWING_PERIODICS = (
    # For versions issued beside scans that are there already, and for what a restore has not.
    Periodic(kind=DRAW, every=timedelta(minutes=5)),
    Periodic(kind=SWEEP, every=timedelta(minutes=10)),
)
AT_ONCE = 4
"""Pages of one job."""
LEAST_BYTES, TIMES_AS_LARGE, MOST_BYTES = 8 * 1024 * 1024, 4, 32 * 1024 * 1024
"""Of the pictures of one document: a few times as much as its file, so that a small file that is
made for it does not fill the disk."""
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
            has_drawn = self._draw_some(context)
        finally:
            self.one.release()
        if has_drawn:
            with context.database.writing() as session:
                key = f"{DRAW}:{context.job_id}"
                enqueue(session, DRAW, {}, run_at=context.now, unique_key=key)

    def sweep(self, context: JobContext, payload: Payload) -> None:
        """Handle SWEEP: throw away the pictures of documents that nobody can look at any more."""
        with context.database.reading() as session:
            named = {each.sha256 for each in documents_looked_at(session)}
        self.drawings.sweep(named, now=context.now)

    def _draw_some(self, context: JobContext) -> bool:
        """Draw a few of the pages that are missing; say whether there were any."""
        there = self.drawings.sizes()
        with context.database.reading() as session:
            documents = documents_looked_at(session)
        spent: Counter[str] = Counter()
        for page, size in there.items():
            spent[page.sha256] += size or HEAVY_AS_BYTES
        missing = list(islice(self._missing(documents, there), AT_ONCE))
        for page in missing:
            self._draw(page, spent[page.sha256])
        return bool(missing)

    def _missing(self, documents: Iterable[LookedAt], there: Container[Page]) -> Iterator[Page]:
        """Give the pages that are yet to be drawn, those of the newest document first."""
        for each in documents:
            pages = (Page(each.sha256, number) for number in range(1, each.pages + 1))
            missing = [page for page in pages if page not in there]
            # A file that got lost is told of by ``mandat verify``; nothing can be drawn of it.
            if missing and (self.store.folder / relative_path(each.sha256)).is_file():
                yield from missing

    def _draw(self, page: Page, spent: int) -> None:
        drawn = b""
        try:
            data = self.store.get(page.sha256)
            if spent < min(MOST_BYTES, LEAST_BYTES + TIMES_AS_LARGE * len(data)):
                with ALONE.place():
                    drawn = draw_page(data, page.number)
        except Missing:
            return
        except TooHeavy:
            log.warning("page too heavy", extra={"page": page.number})
        self.drawings.keep(page, drawn)


def drawing_handlers(settings: Settings) -> Handlers:
    """Give the handlers of the jobs that draw pages and sweep their pictures away."""
    room = DrawingRoom(store=FileStore(folder=settings.files), drawings=Drawings.of(settings))
    return {DRAW: room.draw, SWEEP: room.sweep}

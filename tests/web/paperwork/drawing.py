"""Documents whose pages are drawn, and the worker that draws them."""

from __future__ import annotations

import io

import pikepdf

from app import clock
from app.config import Settings
from app.jobs.worker import Handlers, Worker
from app.web.kernel import EXTENSION
from documents.paperwork.reshaping.handlers import DRAWING_PERIODICS, drawing_handlers
from tests.web.portal import Portal

CROSSING = 200


def a_slow_pdf(pages: int = 1) -> bytes:
    """Give small pages that cross themselves so often that drawing each takes very long."""
    lines = b"".join(b"%d 842 l %d 0 l " % (i * 7 % 595, i * 13 % 595) for i in range(2 * CROSSING))
    with pikepdf.new() as document:
        for _ in range(pages):
            page = document.add_blank_page(page_size=(595, 842))
            see_through = pikepdf.Dictionary(ca=0.5, BM=pikepdf.Name("/Luminosity"))
            page.obj.Resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(G=see_through))
            page.obj.Contents = document.make_stream(
                b"/G gs 0.3 0.2 0.9 rg\n" + (b"0 0 m " + lines + b"f*\n") * CROSSING
            )
        out = io.BytesIO()
        document.save(out, compress_streams=True)
    return out.getvalue()


def a_worker(portal: Portal, handlers: Handlers) -> Worker:
    """Give a worker that draws, and makes up for what nobody asked for."""
    return Worker(
        database=portal.app.extensions[EXTENSION].database,
        handlers={**handlers, "mail.deliver": lambda context, payload: None},
        periodics=DRAWING_PERIODICS,
        clock=clock.now,
    )


def draw_pages(portal: Portal, settings: Settings) -> None:
    """Let the worker draw everything that is yet to be drawn."""
    worker = a_worker(portal, drawing_handlers(settings))
    worker.keep_house()
    worker.run_due()

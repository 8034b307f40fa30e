"""The job that has a sheet typeset, and the one that throws old previews away."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.config import Settings, secret_key
from app.db import record
from app.errors import Missing
from app.files.storage import FileStore
from app.jobs.rules import Payload, Periodic
from app.jobs.worker import Handlers, JobContext
from app.sealing import Seal
from documents.press.client import Press
from documents.press.errors import DIED, PICTURE_MISSING, SEAL_CHANGED, PressFailed
from documents.press.tries import make
from documents.sheets import Rendered, Sheet
from documents.typesetting.commands import TYPESET, forget_previews
from documents.typesetting.events import SheetFailed, SheetTypeset
from documents.typesetting.models import TypesetSheet
from documents.typesetting.previews import Previews
from documents.typesetting.queries import WaitingSheet, find_waiting, preview_files
from documents.typesetting.rules import KEEP_PREVIEWS, UNNAMED_FOR, Purpose, State

log = logging.getLogger("mandat.press")
FORGET = "documents.forget_previews"
TYPESETTING_PERIODICS = (Periodic(kind=FORGET, every=timedelta(hours=1)),)
PASSING = frozenset({DIED})


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintShop:
    """The press with the stores it takes pictures from and puts its files into."""

    press: Press
    files: FileStore
    previews: Previews
    seal: Seal

    def typeset(self, context: JobContext, payload: Payload) -> None:
        """Have one sheet typeset; doing it again after a crash gives the same bytes."""
        sheet_id = int(payload["sheet"] or 0)
        with context.database.reading() as session:
            waiting = find_waiting(session, sheet_id)
        if waiting is None:
            return

        def attempt() -> None:
            self._make(context, sheet_id, waiting)

        def tell(code: str) -> None:
            with context.database.writing() as session:
                _fail(session, sheet_id, waiting, code, context)

        make(context, attempt, tell, passing=PASSING)

    def _make(self, context: JobContext, sheet_id: int, waiting: WaitingSheet) -> None:
        done = self._typeset(waiting)
        # The files are on the disk before the row says that they are.
        sha256, rasters = self._keep(waiting.purpose, done)
        with context.database.writing() as session:
            _finish(session, sheet_id, waiting, done, sha256, rasters, context)

    def _typeset(self, waiting: WaitingSheet) -> Rendered:
        text = self.seal.open(waiting.sealed)
        if not text:
            raise PressFailed(SEAL_CHANGED)
        sheet = Sheet.from_json(text)
        try:
            pictures = {name: self.files.get(name) for name in sheet.pictures}
        except Missing:
            raise PressFailed(PICTURE_MISSING) from None
        done = self.press.typeset(sheet, pictures)
        if done.warnings:
            # The complaint may quote the sheet, so only how many there are is written down.
            log.warning("the press complained", extra={"complaints": len(done.warnings)})
        return done

    def _keep(self, purpose: Purpose, done: Rendered) -> tuple[str, list[str]]:
        put = self.files.put if purpose is Purpose.ISSUE else self.previews.put
        return put(done.pdf), [put(raster) for raster in done.rasters]

    def forget(self, context: JobContext, payload: Payload) -> None:
        """Throw away the previews that nobody has wanted for a day."""
        with context.database.writing() as session:
            files = forget_previews(session, before=context.now - KEEP_PREVIEWS)
        for name in files:
            self.previews.forget(name)
        # A run that was killed has deleted rows and not their files: nobody else knows of these.
        with context.database.reading() as session:
            named = preview_files(session)
        self.previews.sweep(named, before=context.now - UNNAMED_FOR)


def _finish(
    session: Session,
    sheet_id: int,
    waiting: WaitingSheet,
    done: Rendered,
    sha256: str,
    rasters: list[str],
    context: JobContext,
) -> None:
    settled = _settle(
        session,
        sheet_id,
        state=State.READY.value,
        sha256=sha256,
        rasters=rasters,
        fitted=[asdict(place) for place in done.fitted],
        pages=done.pages,
        ready_at=context.now,
    )
    if settled:
        record(
            session,
            SheetTypeset(
                campaign_id=waiting.campaign_id,
                digest=waiting.digest,
                purpose=waiting.purpose,
                sha256=sha256,
                pages=done.pages,
                at=context.now,
            ),
        )


def _fail(
    session: Session, sheet_id: int, waiting: WaitingSheet, code: str, context: JobContext
) -> None:
    if _settle(session, sheet_id, state=State.FAILED.value, error=code):
        record(
            session,
            SheetFailed(
                campaign_id=waiting.campaign_id,
                digest=waiting.digest,
                purpose=waiting.purpose,
                code=code,
                at=context.now,
            ),
        )


def _settle(session: Session, sheet_id: int, **values: object) -> bool:
    """Write what came of it and forget the sheet; False when another run was faster."""
    changed = session.execute(
        update(TypesetSheet)
        .where(TypesetSheet.id == sheet_id, TypesetSheet.state == State.WANTED.value)
        .values(sheet=None, **values)
        .returning(TypesetSheet.id)
    )
    return changed.first() is not None


def typesetting_handlers(settings: Settings, press: Press | None = None) -> Handlers:
    """Give the handlers of the press's jobs; the press begins with the first sheet."""
    profile = settings_profiles(settings)
    shop = PrintShop(
        press=press or Press(profiles=profile),
        files=FileStore(folder=settings.files),
        previews=Previews.of(settings),
        seal=Seal.from_secret(secret_key(settings)),
    )
    return {TYPESET: shop.typeset, FORGET: shop.forget}


def settings_profiles(settings: Settings) -> str:
    """Give the folder with the printers' ICC profiles; empty when there is none."""
    folder: Path = settings.data / "profiles"
    return str(folder.resolve()) if folder.is_dir() else ""

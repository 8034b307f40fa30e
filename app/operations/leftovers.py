"""Sweeping away files that no row speaks of: uploads that broke off, pages that were replaced.

They may show a passport, and nobody can find them to take them away, so they must not lie there
for ever. What some row speaks of must never go, so every doubt ends with nothing being deleted.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.config import Settings
from app.db import Database
from app.files.storage import FileStore
from app.jobs.errors import GiveUp
from app.jobs.rules import Payload, Periodic
from app.jobs.worker import Handlers, JobContext
from app.operations.verify import StoredFiles
from app.reach import everything

log = logging.getLogger("mandat.files")
SWEEP = "files.sweep"
SWEEP_PERIODICS = (Periodic(kind=SWEEP, every=timedelta(hours=3)),)
LEFT_FOR = timedelta(hours=12)
"""How long no row must have spoken of a file, at two looks and by the day it was put there.

A file comes before its row, by seconds for an upload and by minutes for a job. And a backup copies
the files after the rows, for hours when there are many: what a row of the copy speaks of has to
be there still. Half a day is longer than all of these, and with a look every three hours a
leftover is gone before ``mandat verify`` speaks of it after a day.
"""
FEW = 20
"""So many leftovers are believed even where hardly any file has a row."""
SEEN = "leftover-files.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweeper:
    """Looks for leftovers, remembers since when they are, and deletes them."""

    store: FileStore
    seen: Path
    """Where it is written since when no row speaks of which file."""
    listed: Sequence[StoredFiles]
    """Every package's list of the files its rows speak of."""

    def sweep(self, context: JobContext, payload: Payload) -> None:
        """Handle SWEEP; killed in the middle it has deleted less.

        A list that can't be read ends the job before anything is deleted. Raises GiveUp when
        there is reason to think that these are not the rows of these files.
        """
        # The files come first: a row that is committed between the two looks is seen.
        there = set(self.store.paths())
        named = self._named(context.database)
        left = there - named
        self._doubt(left, there & named)
        before = context.now - LEFT_FOR
        since = self._since()
        gone = {
            path
            for path in left
            if since.get(path, context.now) <= before and self.store.forget_old(path, before=before)
        }
        self._remember({path: since.get(path, context.now) for path in left - gone})
        # Counts only: a name in a log would outlive the file.
        log.info("leftover files", extra={"removed": len(gone), "left": len(left - gone)})

    def _named(self, database: Database) -> set[str]:
        """Give the files that rows speak of. Raises whatever a list raises."""
        if not self.listed:
            raise GiveUp("no package says which files its rows speak of")
        whole = database.reaching(everything("a sweep that sees half of the rows deletes the rest"))
        with whole.reading() as session:
            return {stored.path for stored_files in self.listed for stored in stored_files(session)}

    def _doubt(self, left: Collection[str], named: Collection[str]) -> None:
        """Refuse to delete most of the files: the program may look at another database."""
        if len(left) > max(FEW, len(named)):
            counts = f"{len(left)} files without a row, {len(named)} with one"
            raise GiveUp(f"{counts}: is this their database?")

    def _since(self) -> Mapping[str, datetime]:
        """Give since when no row speaks of files; nothing when that can't be read any more."""
        try:
            known = json.loads(self.seen.read_text())
            return {path: datetime.fromisoformat(moment) for path, moment in known.items()}
        except (FileNotFoundError, ValueError, AttributeError, TypeError):
            return {}

    def _remember(self, since: Mapping[str, datetime]) -> None:
        part = self.seen.with_name(f".{self.seen.name}.{secrets.token_hex(8)}")
        part.write_text(json.dumps({path: at.isoformat() for path, at in sorted(since.items())}))
        part.replace(self.seen)


def sweep_handlers(settings: Settings, listed: Sequence[StoredFiles]) -> Handlers:
    """Give the handler of the job that sweeps; ``listed`` has to be of every package."""
    sweeper = Sweeper(
        store=FileStore(folder=settings.files), seen=settings.data / SEEN, listed=tuple(listed)
    )
    return {SWEEP: sweeper.sweep}

"""The jobs of imports: reading maps, and throwing away what nobody decided about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.errors import Missing
from app.files.storage import FileStore, relative_path
from app.jobs.rules import Payload, Periodic
from app.jobs.worker import Handlers, JobContext
from app.operations.verify import StoredFile
from canvassing.imports.commands import READ_MAP, end_map, fail_map
from canvassing.imports.models import FieldImport
from canvassing.territory.extract import ExtractProblem, read_extract

FORGET = "canvassing.forget_staged"
KEPT_STAGED = timedelta(days=7)
FIELD_PERIODICS = (Periodic(kind=FORGET),)


def field_handlers(store: FileStore) -> Handlers:
    """Give the handlers of the field's jobs."""

    def read_map(context: JobContext, payload: Payload) -> None:
        import_id = int(payload["import"] or 0)
        with context.database.reading() as session:
            sha256 = session.scalar(
                select(FieldImport.sha256).where(
                    FieldImport.id == import_id, FieldImport.state == "reading"
                )
            )
        if not sha256:
            return
        try:
            read = read_extract(store.get(sha256))
        except ExtractProblem as problem:
            with context.database.writing() as session:
                fail_map(session, import_id, problem.code, now=context.now)
            return
        except Missing:
            with context.database.writing() as session:
                fail_map(session, import_id, "broken", now=context.now)
            return
        with context.database.writing() as session:
            end_map(session, import_id, read)

    return {READ_MAP: read_map, FORGET: forget_staged}


def forget_staged(context: JobContext, payload: Payload) -> None:
    """Throw away staged rows that nobody decided about for a week."""
    with context.database.writing() as session:
        session.execute(
            update(FieldImport)
            .where(
                FieldImport.state.in_(("staged", "reading")),
                FieldImport.handed_in_at < context.now - KEPT_STAGED,
            )
            .values(state="dropped", staged=None, ended_at=context.now)
        )


def stored_extracts(session: Session) -> Iterable[StoredFile]:
    """Give every map's file the rows speak of."""
    found = session.scalars(
        select(FieldImport.sha256)
        .where(FieldImport.sha256 != "")
        .distinct()
        .order_by(FieldImport.sha256)
    )
    for name in found:
        yield StoredFile(path=relative_path(name).as_posix(), sha256=name)

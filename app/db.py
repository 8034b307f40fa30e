"""The database: base class of tables, types, and the two ways in, reading and writing.

What differs between SQLite and PostgreSQL lives here and nowhere else.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

import pysqlite3
from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Executable,
    Integer,
    MetaData,
    Result,
    Select,
    bindparam,
    create_engine,
    event,
    text,
    union_all,
)
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction, mapped_column
from sqlalchemy.types import TypeDecorator

from app.reach import NOTHING, Reach, everything

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_TIMEOUT_MS = 10_000
EVENTS = "mandat.events"
REACH = "mandat.reach"
READS = "mandat.reads"
HOOKS = everything("what follows from a change is the program's own: log, milestones, letters")

Hook = Callable[[Session], None]


class Base(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(naming_convention=NAMING)


BigId = BigInteger().with_variant(Integer, "sqlite")
IdKey = Annotated[int, mapped_column(BigId, primary_key=True, autoincrement=True)]


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python, stored in UTC, refused when naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC; SQLite stores it without the offset."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone can't be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the stored moment back, aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def record(session: Session, happened: object) -> None:
    """Note a past-tense event of this transaction, for the hooks that run before its commit."""
    session.info.setdefault(EVENTS, []).append(happened)


def recorded(session: Session) -> list[object]:
    """Give the events noted in this transaction so far, oldest first."""
    return session.info.setdefault(EVENTS, [])  # type: ignore[no-any-return]


def only_reads(session: Session) -> bool:
    """Say whether a session can't write: what it was told once holds as long as it is open."""
    return READS in session.info


class BoundSession(Session):
    """A session that tells PostgreSQL at the start of each transaction how far it reaches."""

    def widen(self, reach: Reach) -> None:
        """Go on with another reach, in this transaction and in those that follow."""
        self.info[REACH] = reach
        if self.in_transaction():
            _tell(self.connection(), reach)


@event.listens_for(BoundSession, "after_begin")
def _tell_at_begin(
    session: Session, transaction: SessionTransaction, connection: Connection
) -> None:
    if not transaction.nested:
        _tell(connection, session.info[REACH])


def _tell(connection: Connection, reach: Reach) -> None:
    # Of the transaction only: the next user of a pooled connection begins with nothing. Straight
    # to the driver: this is said in every transaction of every request.
    if connection.dialect.name == "postgresql" and reach != NOTHING:
        driver: Any = connection.connection.dbapi_connection
        driver.execute(_TELL, tuple(reach.settings.values()))


_TELL = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in NOTHING.settings)


def hold_writers(session: Session, table: str) -> None:
    """Wait until everybody who is adding rows to a table has ended, and let nobody begin.

    Held until this transaction ends. SQLite has one writer at a time: a writing session is that.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"LOCK TABLE {table} IN SHARE MODE"))


Part = tuple[Select[*tuple[Any, ...]], ColumnElement[int]]
"""A statement, and its column that holds the campaign."""


class Narrowed:
    """A statement asked of one campaign, of some, or of all; each form is built only once.

    ``more``: further ones with columns alike, whose rows follow in the same query.
    """

    def __init__(
        self, statement: Select[*tuple[Any, ...]], column: ColumnElement[int], *more: Part
    ) -> None:
        parts = ((statement, column), *more)
        only: BindParameter[int] = bindparam("only")
        among: BindParameter[int] = bindparam("among", expanding=True)
        self.all = _together([each for each, _ in parts])
        self.one = _together([each.where(whose == only) for each, whose in parts])
        self.some = _together([each.where(whose.in_(among)) for each, whose in parts])

    def rows(
        self,
        session: Session,
        ids: Sequence[int] | None,
        **asked: Any,  # noqa: ANN401 - what else the statement asks for.
    ) -> Result[*tuple[Any, ...]]:
        """Give the rows of these campaigns, of all when None."""
        if ids is None:
            return session.execute(self.all, asked)
        if len(ids) == 1:
            return session.execute(self.one, {"only": ids[0], **asked})
        return session.execute(self.some, {"among": ids, **asked})


def _together(parts: Sequence[Select[*tuple[Any, ...]]]) -> Executable:
    return union_all(*parts) if len(parts) > 1 else parts[0]


class Database:
    """One database, entered by ``reading()`` or ``writing()`` and by nothing else.

    On PostgreSQL a session sees of campaigns, organisations and coalitions what ``reaching()`` has
    named, and without that nothing.
    ``before_commit`` hooks see the session with all its events and may add rows;
    ``after_commit`` hooks see the events once they are durable.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.reach = NOTHING
        self.before_commit: list[Hook] = []
        self.after_commit: list[Callable[[list[object]], None]] = []
        if self.is_sqlite:
            self.write_engine = _sqlite_engine(url, begin="BEGIN IMMEDIATE", query_only=False)
            self.read_engine = _sqlite_engine(url, begin="BEGIN", query_only=True)
        else:
            self.write_engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
            self.read_engine = self.write_engine.execution_options(postgresql_readonly=True)

    @property
    def is_sqlite(self) -> bool:
        """Say whether this is the embedded database."""
        return self.url.get_backend_name() == "sqlite"

    def reaching(self, reach: Reach) -> Database:
        """Give the same database, connections and hooks included, entered with this reach."""
        same = copy.copy(self)
        same.reach = reach
        return same

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that can't write: the database itself refuses."""
        session = BoundSession(
            self.read_engine,
            expire_on_commit=False,
            autoflush=False,
            info={REACH: self.reach, READS: True},
        )
        try:
            yield session
        finally:
            session.close()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open the one kind of session that commits; on any exception nothing is kept."""
        session = BoundSession(self.write_engine, expire_on_commit=False, info={REACH: self.reach})
        try:
            yield session
            session.flush()
            if self.before_commit and not self.reach.because:
                session.widen(HOOKS)
            for hook in self.before_commit:
                hook(session)
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.close()
        events = recorded(session)
        for after in self.after_commit:
            after(events)

    def dispose(self) -> None:
        """Close pooled connections."""
        self.write_engine.dispose()
        self.read_engine.dispose()


def _sqlite_engine(url: str, *, begin: str, query_only: bool) -> Engine:
    engine = create_engine(
        url,
        module=pysqlite3,
        connect_args={"timeout": BUSY_TIMEOUT_MS / 1000},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver's own type.
        # SQLAlchemy, not the driver, says BEGIN: the driver's own default begins too late.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA foreign_keys=ON")
        if query_only:
            cursor.execute("PRAGMA query_only=ON")
        else:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA cache_size=-32768")
        cursor.execute("PRAGMA temp_store=MEMORY")
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:  # noqa: ANN401 - the driver's own type.
        # Straight to the driver: this is said in every transaction of every request.
        connection.connection.dbapi_connection.execute(begin)

    return engine

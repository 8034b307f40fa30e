"""What ``mandat bench`` measures of packets one after another: a worker of its own, and its memory.

The worker is ``mandat work`` as ``app.operations`` runs it: one process with two threads, their
warm press, and the short-lived processes that turn photos into pages and bind.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace

import click
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app import clock
from app.cli.family_figures import cpu_s, looks
from app.cli.packet_figures import FORMS, packet_order, photo_files
from app.config import Settings, secret_key
from app.db import Database
from app.files.storage import FileStore
from app.jobs.commands import enqueue
from app.jobs.models import Job
from app.operations.serving import WORK, WORKER_THREADS, environment_of
from app.sealing import Seal
from documents.packets.commands.assembling import ASSEMBLE
from documents.packets.models import Packet
from documents.packets.ordering import PDF, OrderFile
from documents.packets.rules.contents import Purpose as PacketPurpose
from documents.sheets import Sheet
from documents.typesetting.commands import want
from documents.typesetting.models import TypesetSheet
from documents.typesetting.rules import Purpose

PATIENCE_S = 30.0
UNDER_WAY = 4
"""Packets asked for and not ready: there is always work for every thread, and no crowd."""
MINUTE_S = 60
KEY = "bench"


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyPackets:
    """What the worker needed for packet after packet."""

    seconds_each: float
    """By the clock on the wall, both threads at work."""
    cpu_seconds_each: float
    """Of all its processes together."""
    first_mb: float
    """The most memory that all its processes had together while the first tenth was made.

    The sum of their proportional set sizes (PSS, ``/proc/PID/smaps_rollup``), which counts once
    what they share; looked at ten times a second, so that a shorter peak may go unseen.
    """
    last_mb: float
    """The same of the last tenth: the memory is flat when both are alike."""
    most_mb: float
    """The same of the whole run: the most that ever came together by chance."""

    def minutes(self, count: int) -> float:
        """Reckon how long so many would take at the measured rate."""
        return count * self.seconds_each / MINUTE_S

    def least_minutes(self, count: int) -> float:
        """Reckon it from the CPU alone: each thread has a core that nobody else wants."""
        return count * self.cpu_seconds_each / WORKER_THREADS / MINUTE_S


def many_packets(
    database: Database, settings: Settings, campaign_id: int, sheet: Sheet, *, count: int
) -> ManyPackets:
    """Have so many packets of twelve papers made by a worker, every form of them typeset anew.

    Raises ClickException when one is not made, or the worker stops.
    """
    run = _Run(
        database=database,
        seal=Seal.from_secret(secret_key(settings)),
        campaign_id=campaign_id,
        sheet=sheet,
        photos=photo_files(FileStore(folder=settings.files)),
    )
    with _worker(settings) as pid:
        # What the planting has left to do, and one packet that warms the worker, do not count.
        run.finish_all_else(pid)
        run.make(range(1), pid)
        used, began = cpu_s(pid), time.monotonic()
        found = run.make(range(1, count + 1), pid)
        seconds, used = time.monotonic() - began, cpu_s(pid) - used
    tenth = max(count // 10, 1)
    return ManyPackets(
        seconds_each=seconds / count,
        cpu_seconds_each=used / count,
        first_mb=max(memory for done, memory in found if done < tenth),
        last_mb=max(memory for done, memory in found if done >= count - tenth),
        most_mb=max(memory for _, memory in found),
    )


@dataclass(slots=True, kw_only=True)
class _Run:
    database: Database
    seal: Seal
    campaign_id: int
    sheet: Sheet
    photos: Sequence[OrderFile]
    digests: dict[int, Sequence[str]] = field(default_factory=dict)
    """Of the forms of each packet that are not all typeset."""
    binding: set[int] = field(default_factory=set)
    """Packets whose forms are bound."""

    def finish_all_else(self, pid: int) -> None:
        """Wait until no job is due."""
        for _ in looks(pid):
            with self.database.reading() as session:
                due = Job.done_at.is_(None) & Job.failed_at.is_(None) & (Job.run_at <= clock.now())
                if not session.scalar(select(func.count()).where(due)):
                    return

    def make(self, numbers: Sequence[int], pid: int) -> list[tuple[int, float]]:
        """Ask for packets, a few at a time, until all are made.

        Gives how many were made and the worker's memory in MB, look by look.
        """
        left, found = list(reversed(numbers)), []
        for memory in looks(pid):
            under_way = len(self.digests) + len(self.binding)
            found.append((len(numbers) - len(left) - under_way, memory))
            if not left and not under_way:
                break
            with self.database.writing() as session:
                self._take_bound(session)
                self._take_typeset(session)
                while left and len(self.digests) + len(self.binding) < UNDER_WAY:
                    number = left.pop()
                    self.digests[number] = self._want_forms(session, number)
        return found

    def _want_forms(self, session: Session, number: int) -> Sequence[str]:
        # Another identifier every time, so that nothing can be taken from memory.
        sheets = [
            replace(self.sheet, identifier=f"{self.sheet.identifier}-{number}-{place}")
            for place in range(FORMS)
        ]
        return [
            want(
                session,
                self.seal,
                self.campaign_id,
                replace(sheet, raster_width_px=0),
                purpose=Purpose.ISSUE,
                now=clock.now(),
            )
            for sheet in sheets
        ]

    def _take_typeset(self, session: Session) -> None:
        """Have the packets bound whose forms are all typeset."""
        wanted = [digest for digests in self.digests.values() for digest in digests]
        rows = session.execute(
            select(
                TypesetSheet.digest, TypesetSheet.state, TypesetSheet.sha256, TypesetSheet.pages
            ).where(TypesetSheet.digest.in_(wanted), TypesetSheet.state != "wanted")
        ).all()
        _expect_ready(row.state for row in rows)
        forms = {
            row.digest: OrderFile(sha256=row.sha256, media_type=PDF, pages=row.pages)
            for row in rows
        }
        for number, digests in list(self.digests.items()):
            if forms.keys() >= set(digests):
                del self.digests[number]
                self._bind(session, number, [forms[digest] for digest in digests])

    def _bind(self, session: Session, number: int, forms: Sequence[OrderFile]) -> None:
        order, now = packet_order((*forms, *self.photos), number), clock.now()
        values = {
            "campaign_id": self.campaign_id,
            "key": KEY,
            "purpose": PacketPurpose.PRINT.value,
            "digest": str(number),
            "order_sealed": self.seal.close(order.as_json()),
            "steps": order.steps,
            "sheets": len(order.lines),
            "asked_at": now,
        }
        packet_id = session.execute(insert(Packet).values(values).returning(Packet.id)).scalar_one()
        enqueue(session, ASSEMBLE, {"packet": packet_id}, run_at=now)
        self.binding.add(packet_id)

    def _take_bound(self, session: Session) -> None:
        rows = session.execute(
            select(Packet.id, Packet.state).where(
                Packet.id.in_(self.binding), Packet.state != "wanted"
            )
        ).all()
        _expect_ready(row.state for row in rows)
        self.binding -= {row.id for row in rows}


def _expect_ready(states: Iterable[str]) -> None:
    if any(state != "ready" for state in states):
        raise click.ClickException("the worker could not make a packet")


@contextmanager
def _worker(settings: Settings) -> Iterator[int]:
    """Run a worker; gives the number of its process."""
    quiet = settings.model_copy(update={"log_level": "error"})
    # Our own program with fixed arguments.
    process = subprocess.Popen(WORK, env=environment_of(quiet, os.environ))  # noqa: S603
    try:
        yield process.pid
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE_S)
        process.kill()
        process.wait()

"""The points at which processes die: chosen beforehand by chance, and carried out one by one."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from sqlalchemy import func, select

from canvassing.doors.models import Visit
from documents.paperwork.models import PaperAnswer
from fundraising.models import DemoPayment, Donation
from tests.db.killed.flows import DOORS, GIFT, PAPER
from tests.db.killed.ground import Ground

UP_WITHIN_S = 60.0
LOOK_EVERY_S = 0.02
WAIT_FOR_WORK_S = 2.0
LONGEST_JOB_S = 0.6
JOBS = {PAPER: ("documents.",), GIFT: ("fund.", "mail."), DOORS: ("",)}
WRITTEN = {
    PAPER: select(func.sum(PaperAnswer.version)),
    GIFT: select(
        select(func.count()).select_from(Donation).scalar_subquery()
        + select(func.count(DemoPayment.decided_at)).scalar_subquery()
    ),
    DOORS: select(func.count()).select_from(Visit),
}
"""What grows with every request of a flow that changes something."""
AT_COMMIT = 0.5
TARGETS = ("web", "answering", "worker", "worker with helpers")
WEIGHTS = (3, 1, 3, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Who dies, in the middle of whose work, and how long after it began."""

    target: str
    flow: str
    after: float
    """From 0 to 1: how far into the request or the job."""
    at_commit: bool = False
    """Whether to wait until something has just been written, which nobody has been told yet."""


def chosen(seed: int, count: int) -> list[Point]:
    """Give as many points; the same seed gives the same."""
    rnd = Random(seed)
    points = []
    for _ in range(count):
        (target,) = rnd.choices(TARGETS, WEIGHTS)
        # Doors need no worker: what they follow is written with them.
        flows = (PAPER, GIFT, DOORS) if target in ("web", "answering") else (PAPER, GIFT)
        points.append(
            Point(
                target=target,
                flow=rnd.choice(flows),
                after=rnd.random(),
                at_commit=rnd.random() < AT_COMMIT,
            )
        )
    return points


@dataclass(slots=True, kw_only=True)
class Killer:
    """Waits for the moment of each point, and kills."""

    ground: Ground
    killed: Counter[str] = field(default_factory=Counter)
    jobs_cut_off: int = 0
    after_a_commit: int = 0
    """How often the web process died when something had just been written."""

    def carry_out(self, point: Point) -> None:
        """Kill at one point; whoever died is started again at once, and not waited for."""
        if point.target in ("web", "answering"):
            self._kill_web(point)
        else:
            self._kill_worker(point)
        self.killed[point.target] += 1

    def wait_until_up(self) -> None:
        """Wait until both processes are at work again."""
        until(self._web_is_up)
        until(self._worker_is_up)

    def _kill_web(self, point: Point) -> None:
        until(self._web_is_up)
        answering = self.ground.web.who_answers()
        if point.at_commit:
            before = self._written(point.flow)
            self.after_a_commit += until(
                lambda: self._written(point.flow) != before, WAIT_FOR_WORK_S, 0.0, must=False
            )
        else:
            takes_s = self.ground.watch.wait_for_a_change(point.flow, WAIT_FOR_WORK_S)
            time.sleep(point.after * takes_s)
        if point.target == "answering":
            for number in answering:
                os.kill(number, signal.SIGKILL)
            return
        self.ground.web.kill_with_helpers()
        self.ground.web.start()

    def _written(self, flow: str) -> int | None:
        with self.ground.database.reading() as session:
            return session.scalar(WRITTEN[flow])

    def _kill_worker(self, point: Point) -> None:
        until(self._worker_is_up)
        kinds = JOBS[point.flow]
        until(lambda: self.ground.jobs_in_hand(kinds) > 0, WAIT_FOR_WORK_S, must=False)
        time.sleep(point.after * LONGEST_JOB_S)
        worker = self.ground.work
        if point.target == "worker":
            worker.kill()
        else:
            worker.kill_with_helpers()
        # What it held when it died is held by the dead until the lease ends.
        self.jobs_cut_off += self.ground.jobs_in_hand()
        worker.start()

    def _web_is_up(self) -> bool:
        self.ground.web.keep()
        return self.ground.web.is_up()

    def _worker_is_up(self) -> bool:
        self.ground.work.keep()
        return self.ground.worker_is_up()


def until(
    true: Callable[[], bool],
    seconds: float = UP_WITHIN_S,
    pause_s: float = LOOK_EVERY_S,
    *,
    must: bool = True,
) -> bool:
    """Wait until something holds; False when it did not in that time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            assert not must, "waited too long"
            return False
        time.sleep(pause_s)
    return True

"""What must hold when everybody has been answered and nothing is left to do."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from app import clock
from app.files.storage import relative_path
from app.jobs.models import Job
from app.mail.models import StoredLetter
from app.operations.serving import environment_of, without_owner
from app.operations.verify import verify
from app.upkeep import stored_files, verifications
from canvassing.doors.models import FieldDevice, LoggedDoor, QuarantinedVisit, Visit
from documents.paperwork.models import Paper, PaperAnswer, PaperIssue, PaperScan
from documents.paperwork.printing import Snapshot
from documents.typesetting.models import TypesetSheet
from fundraising.models import (
    DemoPayment,
    DemoRefund,
    Donation,
    GatewayEvent,
    LedgerAccount,
    LedgerEntry,
    Refund,
)
from quests.ranking.models import PointEntry
from tests.db.killed.flows import Giver, Walker, Writer
from tests.db.killed.ground import Ground
from tests.db.killed.processes import ROOT
from tests.fund_world import LIMIT

DONE_WITHIN_S = 240
SOON = timedelta(minutes=30)
"""What is put off for less than this was put off by an accident, not planned for later."""


def wait_until_nothing_is_left(ground: Ground) -> None:
    """Let the worker end everything; what an accident has put off is called early."""
    end = time.monotonic() + DONE_WITHIN_S
    while _left(ground):
        assert time.monotonic() < end, f"still to be done: {_left(ground)}"
        with ground.database.writing() as session:
            session.execute(
                update(Job)
                .where(Job.run_at > clock.now(), Job.attempts > 0, Job.leased_by.is_(None))
                .where(Job.done_at.is_(None), Job.failed_at.is_(None))
                .values(run_at=clock.now())
            )
        time.sleep(0.5)


def _left(ground: Ground) -> list[Any]:
    held = or_(Job.run_at < clock.now() + SOON, Job.leased_by.is_not(None))
    with ground.database.reading() as session:
        rows = session.execute(
            select(Job.kind, Job.attempts, Job.error).where(
                held, Job.done_at.is_(None), Job.failed_at.is_(None)
            )
        ).all()
    return [tuple(row) for row in rows]


def prove_the_whole(ground: Ground) -> None:
    """What ``mandat verify`` and ``mandat ledger check`` say, and the queue."""
    report = verify(
        ground.database,
        ground.settings,
        now=clock.now(),
        verifications=verifications(ground.settings, ground.portal.library),
        stored_files=stored_files(),
    )
    # The tables of tests are made at once and not by migrations.
    found = [str(finding) for finding in report.findings if finding.check != "schema"]
    assert not found, found
    environ = environment_of(without_owner(ground.settings), os.environ)
    said = subprocess.run(
        [sys.executable, "-m", "app.cli", "ledger", "check"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.returncode, said.stdout) == (0, "The ledger is sound.\n"), said
    with ground.database.reading() as session:
        assert session.scalars(select(Job.kind).where(Job.failed_at.is_not(None))).all() == []
        assert session.scalars(select(Job.kind).where(Job.leased_by.is_not(None))).all() == []
        once = select(
            PointEntry.campaign_id, PointEntry.rule, PointEntry.source, PointEntry.turn,
            PointEntry.is_claw_back, func.count(),
        ).group_by(
            PointEntry.campaign_id, PointEntry.rule, PointEntry.source, PointEntry.turn,
            PointEntry.is_claw_back,
        ).having(func.count() > 1)  # fmt: skip
        assert session.execute(once).all() == []


def prove_papers(ground: Ground, who: str, writer: Writer) -> None:
    """Every acknowledged answer, version and scan is there, and is there once."""
    campaign_id = ground.portal.campaigns[who]
    with ground.database.reading() as session:
        answer = session.get_one(PaperAnswer, (campaign_id, "occupation"))
        # One version a saving: a saving sent twice has been written once.
        assert (answer.value, answer.version) == (writer.occupation, writer.saved)
        mine = PaperIssue.campaign_id == campaign_id
        issues = session.scalars(select(PaperIssue).where(mine).order_by(PaperIssue.version)).all()
        papers = session.scalars(select(Paper).where(Paper.campaign_id == campaign_id)).all()
        scans = session.scalars(
            select(PaperScan).where(PaperScan.campaign_id == campaign_id).order_by(PaperScan.id)
        ).all()
    assert len(papers) == 1
    assert [issue.version for issue in issues] == list(range(1, len(writer.issues) + 1))
    assert len({issue.number for issue in issues}) == len(issues) == len(writer.issued_hrefs)
    for issue, occupation in zip(issues, writer.issues, strict=True):
        _prove_file(ground, issue.sha256)
        frozen = Snapshot.from_json(ground.seal.open(issue.snapshot))
        assert frozen.answers["occupation"] == occupation
    assert [scan.name for scan in scans] == writer.scans
    assert sum(scan.removed_at is not None for scan in scans) == writer.removed
    for scan in scans:
        _prove_file(ground, scan.sha256)


def _prove_file(ground: Ground, sha256: str) -> None:
    data = (ground.settings.files / relative_path(sha256)).read_bytes()
    assert hashlib.sha256(data).hexdigest() == sha256


def prove_gifts(ground: Ground, givers: Sequence[Giver]) -> None:
    """Every acknowledged gift and payment is there once, and the sums are the provider's."""
    begun = [amount for giver in givers for _, amount in giver.begun]
    paid = {token: amount for giver in givers for token, amount in giver.paid.items()}
    with ground.database.reading() as session:
        donations = session.scalars(select(Donation).order_by(Donation.id)).all()
        payments = session.scalars(select(DemoPayment)).all()
        events = session.scalars(select(GatewayEvent)).all()
        assert sorted(each.amount_minor for each in donations) == sorted(begun)
        assert len({each.session_ref for each in donations}) == len(payments) == len(begun)
        by_token = {each.token: each for each in payments}
        assert {t for t, each in by_token.items() if each.state == "paid"} == set(paid)
        assert all(by_token[token].amount_minor == amount for token, amount in paid.items())
        # One message for each decision, however often it came.
        assert len(events) == len(begun) and all(each.handled_at for each in events)
        for donation in donations:
            _prove_gift(donation, paid.get(donation.session_ref or "", 0))
        _prove_sums(session, sum(paid.values()))
        _prove_letters(ground, session, donations)


def _prove_gift(donation: Donation, paid_minor: int) -> None:
    cleared = min(paid_minor, LIMIT)
    state = "cleared" if cleared == paid_minor else "part_refunded"
    assert donation.state == (state if paid_minor else "failed"), donation.id
    assert donation.captured_minor == paid_minor
    assert (donation.cleared_minor, donation.refunded_minor) == (cleared, paid_minor - cleared)


def _prove_sums(session: Session, paid_minor: int) -> None:
    back = sum(session.scalars(select(DemoRefund.amount_minor)))
    assert back == sum(session.scalars(select(Refund.amount_minor)))
    assert set(session.scalars(select(Refund.state))) <= {"done"}
    provider = session.scalar(
        select(func.sum(LedgerEntry.amount_minor))
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerAccount.code == "provider")
    )
    assert provider == paid_minor - back


def _prove_letters(ground: Ground, session: Session, donations: Sequence[Donation]) -> None:
    """One letter says that a gift counts, one that the rest goes back, and both are sent."""
    written = session.scalars(
        select(StoredLetter).where(StoredLetter.to_address.startswith("giver-"))
    ).all()
    expected = sum((each.cleared_minor > 0) + (each.refunded_minor > 0) for each in donations)
    assert len(written) == expected and all(letter.sent_at for letter in written)
    once = Counter((letter.to_address, letter.subject) for letter in written)
    assert set(once.values()) <= {1}
    for donation in donations:
        if donation.cleared_minor:
            sheet = session.scalars(
                select(TypesetSheet).where(TypesetSheet.digest == donation.receipt_digest)
            ).one()
            _prove_file(ground, sheet.sha256 or "")


def prove_visits(ground: Ground, walkers: Sequence[Walker]) -> None:
    """Every acknowledged visit is there once, and nothing else is."""
    acknowledged = {
        number: seq for walker in walkers for number, seq in walker.acknowledged.items()
    }
    with ground.database.reading() as session:
        visits = session.scalars(select(Visit)).all()
        devices = session.scalars(select(FieldDevice.device)).all()
        logged = session.scalars(select(LoggedDoor.door_id)).all()
        aside = session.scalar(select(func.count()).select_from(QuarantinedVisit))
    assert {str(visit.observation): visit.device_seq for visit in visits} == acknowledged
    assert len(visits) == len(acknowledged) == sum(walker.sent for walker in walkers)
    assert sorted(map(str, devices)) == sorted(str(walker.device) for walker in walkers)
    assert set(logged) == {visit.door_id for visit in visits} and len(set(logged)) == len(logged)
    assert aside == 0

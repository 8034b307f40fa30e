"""Rows by which steps are proved: on their own pages, and by what the other packages hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from canvassing.doors.models import LoggedDoor, Visit
from canvassing.territory.models import Building, Door, Entrance
from documents.flyers.models import Flyer
from documents.packets.models import PacketReceipt
from documents.paperwork.models import Paper
from documents.signatures.models import SignatureBatch, SignaturePlan, SignatureSheet
from fundraising.models import Donation, Donor, SupportPage
from quests.evidence.models import Evidence
from quests.route.features import DOORS, FILED, FLYER, GIFTS, PAPER, SIGNATURES, SUPPORT_PAGE
from quests.route.shape import EvidenceKind, Step


def make_true(session: Session, campaign_id: int, steps: Iterable[Step], *, now: datetime) -> None:
    """Prove these steps as far as other packages do; what is proved already stays as it is."""
    for step in steps:
        for evidence in step.evidence:
            if evidence.kind is EvidenceKind.FACT:
                _prove(session, campaign_id, evidence.fact or "", evidence.at_least, now)
    session.flush()


def put_on_its_page(
    session: Session,
    campaign_id: int,
    step: Step,
    *,
    now: datetime,
    state: str = "accepted",
    note: str | None = None,
) -> None:
    """Put into a state what is given on a step's own page; there is nothing of it yet."""
    for evidence in step.evidence:
        if evidence.kind is EvidenceKind.FACT:
            continue
        session.add(
            Evidence(
                campaign_id=campaign_id,
                step_key=step.key,
                evidence_key=evidence.key,
                kind=evidence.kind.value,
                state=state,
                note=note,
                count=step.need(evidence),
                proved_day=now.date().toordinal() if state == "accepted" else None,
                changed_at=now,
            )
        )


def _prove(session: Session, campaign_id: int, fact: str, count: int, now: datetime) -> None:
    if fact.startswith(PAPER):
        _paper(session, campaign_id, fact.removeprefix(PAPER), now)
    elif fact.startswith(FILED):
        _receipt(session, campaign_id, fact.removeprefix(FILED), now)
    elif fact == SIGNATURES:
        _signatures(session, campaign_id, now)
    elif fact == FLYER:
        _flyer(session, campaign_id, now)
    elif fact == SUPPORT_PAGE:
        _page(session, campaign_id, now)
    elif fact == GIFTS:
        _gift(session, campaign_id, now)
    elif fact == DOORS:
        _doors(session, campaign_id, count, now)


def _paper(session: Session, campaign_id: int, kind: str, now: datetime) -> None:
    known = session.query(Paper).filter_by(campaign_id=campaign_id, kind=kind)
    if not known.count():
        session.add(
            Paper(
                campaign_id=campaign_id,
                kind=kind,
                state="accepted",
                accepted_day=now.date().toordinal(),
                changed_at=now,
            )
        )


def _receipt(session: Session, campaign_id: int, key: str, now: datetime) -> None:
    known = session.query(PacketReceipt).filter_by(campaign_id=campaign_id, key=key)
    if not known.filter(PacketReceipt.replaced_at.is_(None)).count():
        session.add(
            PacketReceipt(campaign_id=campaign_id, key=key, received_on=now.date(), recorded_at=now)
        )


def _signatures(session: Session, campaign_id: int, now: datetime) -> None:
    if session.query(SignatureSheet).filter_by(campaign_id=campaign_id).count():
        return
    session.merge(
        SignaturePlan(campaign_id=campaign_id, required=1, paid_by="", version=1, saved_at=now)
    )
    batch = SignatureBatch(
        campaign_id=campaign_id,
        key=str(uuid4()),
        first_number=1,
        last_number=1,
        sides=1,
        rows_per_sheet=5,
        form_version="1",
        official=False,
        snapshot="",
        digest="",
        state="ready",
        ordered_at=now,
    )
    session.add(batch)
    session.flush()
    session.add(
        SignatureSheet(
            campaign_id=campaign_id,
            batch_id=batch.id,
            number=1,
            state="returned",
            defects=[],
            signed=1,
            good=1,
        )
    )


def _flyer(session: Session, campaign_id: int, now: datetime) -> None:
    if not session.query(Flyer).filter_by(campaign_id=campaign_id).count():
        session.add(
            Flyer(
                campaign_id=campaign_id,
                template="a5",
                state="approved",
                colour="voice",
                slots={},
                imprint={},
                version=1,
                approved_day=now.date().toordinal(),
                saved_at=now,
            )
        )


def _page(session: Session, campaign_id: int, now: datetime) -> None:
    if not session.query(SupportPage).filter_by(campaign_id=campaign_id).count():
        session.add(
            SupportPage(
                campaign_id=campaign_id,
                slug=f"proved-{campaign_id}",
                title="Benches",
                words="Benches and trees.",
                goal_minor=1,
                marks=[],
                amounts=[],
                state="accepted",
                shown={},
                changed_at=now,
            )
        )


def _gift(session: Session, campaign_id: int, now: datetime) -> None:
    if session.query(Donation).filter_by(campaign_id=campaign_id).count():
        return
    donor = Donor(campaign_id=campaign_id, mark="m", email_mark="m", created_at=now)
    session.add(donor)
    session.flush()
    session.add(
        Donation(
            campaign_id=campaign_id,
            donor_id=donor.id,
            once_key=uuid4().hex,
            sealed="",
            language="ru",
            currency="RUB",
            amount_minor=1,
            gateway="demo",
            payment="paid",
            captured_minor=1,
            cleared_minor=1,
            received_on=now.date(),
            reasons=[],
            state="cleared",
            created_at=now,
            changed_at=now,
        )
    )


def _doors(session: Session, campaign_id: int, count: int, now: datetime) -> None:
    if session.query(LoggedDoor).filter_by(campaign_id=campaign_id).count():
        return
    house = Building(
        campaign_id=campaign_id,
        street="Proved Street",
        house="1",
        address_key="proved street 1",
        sort_key="proved street 1",
        origin="table",
    )
    session.add(house)
    session.flush()
    entrance = Entrance(campaign_id=campaign_id, building_id=house.id, label="1", position=1)
    session.add(entrance)
    session.flush()
    doors = [
        Door(campaign_id=campaign_id, entrance_id=entrance.id, label=str(place), position=place)
        for place in range(1, count + 1)
    ]
    session.add_all(doors)
    session.flush()
    device = uuid4()
    visits = [
        Visit(
            campaign_id=campaign_id,
            door_id=door.id,
            observation=uuid4(),
            device=device,
            device_seq=place,
            digest="0" * 64,
            kind="visit",
            outcome="out",
            marks=[],
            noted_at=now,
            skew_ms=0,
            received_at=now,
            plausible=True,
        )
        for place, door in enumerate(doors, start=1)
    ]
    session.add_all(visits)
    session.flush()
    session.add_all(
        LoggedDoor(
            campaign_id=campaign_id, door_id=door.id, visit_id=visit.id, verified=True, at=now
        )
        for door, visit in zip(doors, visits, strict=True)
    )

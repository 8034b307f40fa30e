"""The list of collectors: what the law wants on each sheet, sealed and shown on request only."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import get_campaign
from app.accounts.rules.elections import day_there
from app.db import record
from app.errors import Missing, Refused
from app.sealing import Seal
from documents.paperwork.rules.answers import age_on
from documents.paperwork.rules.texts import unprintable
from documents.signatures import errors
from documents.signatures.desk import SignaturesDesk
from documents.signatures.events import CollectorAdded, CollectorEnded, CollectorShown
from documents.signatures.models import SignatureCollector
from documents.signatures.queries import find_collector

OLDEST = 120
LONGEST_NAME = 160
LONGEST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectorEntry:
    """What is entered of a collector, as it has to stand on each sheet."""

    key: str
    """Made by the page, so that pressing twice adds one."""
    name: str
    born_on: date
    address: str
    passport: str
    passport_issued: str
    """Day and issuer, or its code."""


def add_collector(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    entry: CollectorEntry,
    *,
    desk: SignaturesDesk,
    now: datetime,
) -> int:
    """Put somebody on the list; give the number. Raises Missing, Refused."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.SIGNATURES_WORK)
    least = desk.signatures(campaign.pack_id).shape.collector.at_least
    _check(entry, today=day_there(now, campaign.timezone), least=least)
    details = {
        "born_on": entry.born_on.isoformat(),
        "address": entry.address,
        "passport": entry.passport,
        "passport_issued": entry.passport_issued,
    }
    new = insert(SignatureCollector).values(
        campaign_id=campaign.id,
        key=entry.key,
        name=entry.name,
        sealed=desk.seal.close(json.dumps(details, ensure_ascii=False)),
        added_at=now,
        added_by=viewer.person_id,
    )
    try:
        with session.begin_nested():
            added = session.execute(new.returning(SignatureCollector.id)).scalar_one()
    except IntegrityError:
        # The same page was sent twice: the first one counts.
        return session.execute(
            select(SignatureCollector.id).where(
                SignatureCollector.campaign_id == campaign.id, SignatureCollector.key == entry.key
            )
        ).scalar_one()
    record(
        session,
        CollectorAdded(campaign_id=campaign.id, collector_id=added, by=viewer.person_id, at=now),
    )
    return added


def end_collector(
    session: Session, viewer: Viewer, campaign_id: int, collector_id: int, *, now: datetime
) -> None:
    """Say that somebody collects no more; sheets that are out may still come back."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.SIGNATURES_WORK)
    ended = session.execute(
        update(SignatureCollector)
        .where(
            SignatureCollector.campaign_id == campaign.id,
            SignatureCollector.id == collector_id,
            SignatureCollector.ended_at.is_(None),
        )
        .values(ended_at=now)
        .returning(SignatureCollector.id)
    ).all()
    if not ended:
        raise Missing
    record(
        session,
        CollectorEnded(
            campaign_id=campaign.id, collector_id=collector_id, by=viewer.person_id, at=now
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """A collector's details opened."""

    born_on: date
    address: str
    passport: str
    passport_issued: str


def show_collector(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    collector_id: int,
    *,
    seal: Seal,
    now: datetime,
) -> Details:
    """Give a collector's details; that they were looked at is written down. Raises Missing."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.SIGNATURES_WORK)
    found = find_collector(session, campaign.id, collector_id)
    text = seal.open(found.sealed) if found else ""
    if not text:
        raise Missing
    record(
        session,
        CollectorShown(
            campaign_id=campaign.id, collector_id=collector_id, by=viewer.person_id, at=now
        ),
    )
    opened = json.loads(text)
    return Details(**{**opened, "born_on": date.fromisoformat(opened["born_on"])})


def _check(entry: CollectorEntry, *, today: date, least: int) -> None:
    if not entry.name:
        raise Refused("name", errors.NAME_MISSING)
    if unprintable(entry.name):
        raise Refused("name", errors.UNPRINTABLE, sign=unprintable(entry.name))
    if len(entry.name) > LONGEST_NAME:
        raise Refused("name", errors.TOO_LONG, longest=LONGEST_NAME)
    for name, text in asdict(entry).items():
        if name in ("address", "passport", "passport_issued") and len(text) > LONGEST:
            raise Refused(name, errors.TOO_LONG, longest=LONGEST)
    born = entry.born_on
    if born > today or age_on(born, today) > OLDEST:
        raise Refused("born_on", errors.BIRTH_DATE)
    if age_on(born, today) < least:
        raise Refused("born_on", errors.TOO_YOUNG, least=least)

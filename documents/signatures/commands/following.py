"""Batches and protocols follow the press: they get their files, or learn that there is none."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.db import recorded
from documents.signatures.models import SignatureBatch, SignatureProtocol
from documents.typesetting.events import SheetFailed, SheetTypeset
from documents.typesetting.rules import Purpose


def follow_signature_press(session: Session) -> None:
    """The hook for ``database.before_commit``."""
    for event in recorded(session):
        match event:
            case SheetTypeset(purpose=Purpose.ISSUE):
                _made(session, event)
            case SheetFailed(purpose=Purpose.ISSUE):
                _failed(session, event)


def _made(session: Session, event: SheetTypeset) -> None:
    batch, protocol = SignatureBatch, SignatureProtocol
    of_sheet = (batch.campaign_id == event.campaign_id) & (batch.digest == event.digest)
    of_cover = (batch.campaign_id == event.campaign_id) & (batch.cover_digest == event.digest)
    waiting = batch.state == "wanted"
    # A sheet that runs over onto another page must never be handed out.
    session.execute(
        update(batch).where(of_sheet, waiting, batch.sides != event.pages).values(state="failed")
    )
    session.execute(update(batch).where(of_sheet, waiting).values(sha256=event.sha256))
    session.execute(update(batch).where(of_cover, waiting).values(cover_sha256=event.sha256))
    session.execute(
        update(batch)
        .where(of_sheet | of_cover, waiting, batch.sha256 != "", batch.cover_sha256 != "")
        .values(state="ready")
    )
    session.execute(
        update(protocol)
        .where(
            protocol.campaign_id == event.campaign_id,
            protocol.digest == event.digest,
            protocol.state == "wanted",
        )
        .values(sha256=event.sha256, state="ready")
    )


def _failed(session: Session, event: SheetFailed) -> None:
    batch, protocol = SignatureBatch, SignatureProtocol
    session.execute(
        update(batch)
        .where(
            batch.campaign_id == event.campaign_id,
            (batch.digest == event.digest) | (batch.cover_digest == event.digest),
            batch.state == "wanted",
        )
        .values(state="failed")
    )
    session.execute(
        update(protocol)
        .where(
            protocol.campaign_id == event.campaign_id,
            protocol.digest == event.digest,
            protocol.state == "wanted",
        )
        .values(state="failed")
    )

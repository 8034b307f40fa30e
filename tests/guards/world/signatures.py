"""Signatures of a place: plan, collector, a batch with its files, a counted sheet, a protocol."""

from __future__ import annotations

import json
from datetime import timedelta

from documents.signatures.models import (
    SignatureBatch,
    SignatureCollector,
    SignaturePlan,
    SignatureProtocol,
    SignatureRow,
    SignatureSheet,
)
from documents.signatures.printing import FORM_KEY
from tests.guards.world.shape import Ground, Sown


def plant_signatures(ground: Ground) -> Sown:
    """Plant a row of each table; the first sheet is counted, the second lies here."""
    campaign_id, say, now = ground.campaign.id, ground.say, ground.now
    ground.added(
        SignaturePlan(
            campaign_id=campaign_id,
            voters=9000,
            mandates=5,
            published_where=say("signature_plan"),
            required=10,
            last_day=now.date() + timedelta(days=9),
            version=1,
            saved_at=now,
        )
    )
    details = {
        "born_on": "1980-01-02",
        "address": say("collector_address"),
        "passport": say("collector_passport"),
        "passport_issued": "",
    }
    collector = ground.added(
        SignatureCollector(
            campaign_id=campaign_id,
            key=f"{campaign_id:036}",
            name=say("collector_name"),
            sealed=ground.seal.close(json.dumps(details)),
            added_at=now,
        )
    )
    batch = _batch(ground)
    sheet = _sheet(ground, batch.id, 1, "returned", collector.id)
    _sheet(ground, batch.id, 2, "printed", None)
    ground.added(
        SignatureRow(
            campaign_id=campaign_id,
            sheet_id=sheet.id,
            number=1,
            state="signed",
            signed_on=now.date(),
            defects=[],
            mark=ground.seal.mark("voter", campaign_id, "4005123456"),
        )
    )
    protocol = ground.added(
        SignatureProtocol(
            campaign_id=campaign_id,
            key=f"{campaign_id:036}",
            folders=[{"number": "1", "sheets": 1, "signatures": 1}],
            sheets=1,
            signatures=1,
            form_version="2026",
            official=False,
            snapshot=ground.seal.close("{}"),
            digest=ground.seal.mark("sheet", "protocol", campaign_id),
            state="ready",
            sha256=ground.store.put(f"%PDF-1.4 {say('protocol_bytes')}".encode()),
            made_at=now,
        )
    )
    return Sown(
        ids={
            "batch_id": batch.id,
            "collector_id": collector.id,
            "protocol_id": protocol.id,
        },
        names={"signatures.kind": FORM_KEY},
    )


def _batch(ground: Ground) -> SignatureBatch:
    frozen = {
        "name": ground.say("signature_head"),
        "gender": "female",
        "full_name": "Anna",
        "sheet": "{}",
        "cover": "{}",
    }
    return ground.added(
        SignatureBatch(
            campaign_id=ground.campaign.id,
            key=f"{ground.campaign.id:036}",
            first_number=1,
            last_number=2,
            sides=1,
            rows_per_sheet=4,
            form_version="2026",
            official=False,
            snapshot=ground.seal.close(json.dumps(frozen)),
            digest=ground.seal.mark("sheet", "batch", ground.campaign.id),
            state="ready",
            sha256=ground.store.put(f"%PDF-1.4 {ground.say('sheet_bytes')}".encode()),
            cover_digest=ground.seal.mark("sheet", "cover", ground.campaign.id),
            cover_sha256=ground.store.put(f"%PDF-1.4 {ground.say('cover_bytes')}".encode()),
            ordered_at=ground.now,
        )
    )


def _sheet(
    ground: Ground, batch_id: int, number: int, state: str, collector_id: int | None
) -> SignatureSheet:
    counted = state == "returned"
    return ground.added(
        SignatureSheet(
            campaign_id=ground.campaign.id,
            batch_id=batch_id,
            number=number,
            collector_id=collector_id,
            state=state,
            defects=[],
            signed=int(counted),
            struck=0,
            good=int(counted),
            folder="1" if counted else "",
            counted_at=ground.now if counted else None,
        )
    )

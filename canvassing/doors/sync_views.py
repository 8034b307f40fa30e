"""The door for phones: a batch of observations in, a verdict for each out. JSON both ways."""

from __future__ import annotations

import json
from typing import Any

from flask import request
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.accounts.queries import get_campaign
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import say
from canvassing.doors.commands.storing import Receipt, store_batch
from canvassing.doors.observations import Unreadable, read_batch
from canvassing.pack import DoorPacks
from canvassing.sections import WALKS, doors

LARGEST_BODY = 512 * 1024
SYNC = "/campaigns/<int:campaign_id>/doors/sync"


@doors.get(SYNC, access=WALKS, endpoint="sync_greeting")
def greet(campaign_id: int) -> Response:
    """Tell a page that has been open for long who is signed in, and its new token."""
    with reading() as session:
        campaign = get_campaign(session, viewer(), campaign_id, Permission.DOORS_WORK)
    return _json({"owner": f"{campaign.id}:{viewer().person_id}", "token": generate_csrf()})


@doors.post(SYNC, access=WALKS)
def sync(campaign_id: int) -> Response:
    """Take a batch in. What is no batch is refused whole; every item of one is kept."""
    now, who = clock.now(), viewer()
    with reading() as session:
        campaign = get_campaign(session, who, campaign_id, Permission.DOORS_WORK)
    rules = part(DoorPacks)[campaign.pack_id]
    if (request.content_length or 0) > LARGEST_BODY:
        return _json({"error": "too_large"}, 413)
    try:
        batch = read_batch(_body(), rules)
    except Unreadable as error:
        return _json({"error": "not_a_batch", "field": error.field, "says": say(error)}, 422)
    except (ValueError, RecursionError):
        return _json({"error": "not_json"}, 400)
    with writing() as session:
        receipt = store_batch(session, who, campaign, batch, rules, now=now)
    return _json(_told(receipt))


def _body() -> object:
    """Give the decoded body. Raises ValueError (UnicodeDecodeError too) for what is no JSON."""
    sent = request.get_data(cache=False)
    if len(sent) > LARGEST_BODY:
        raise ValueError("too large")
    return json.loads(sent.decode("utf-8"), parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _told(receipt: Receipt) -> dict[str, Any]:
    return {
        "epoch": receipt.epoch,
        "durable_seq": receipt.durable_seq,
        "verdicts": [
            {
                "id": str(one.observation) if one.observation else None,
                "seq": one.seq,
                "verdict": one.verdict.value,
                "reason": one.reason,
            }
            for one in receipt.verdicts
        ],
        "have": [list(run) for run in receipt.have],
        "missing": list(receipt.missing),
    }


def _json(value: dict[str, Any], status: int = 200) -> Response:
    return Response(
        json.dumps(value, ensure_ascii=True, separators=(",", ":")),
        status,
        mimetype="application/json",
    )

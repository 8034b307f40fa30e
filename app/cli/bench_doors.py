"""The figure of the doors: what a push of a hundred visits costs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median
from uuid import uuid4

from flask.testing import FlaskClient

PUSHED = 100
ROUNDS = 10


def push_of_100_visits_ms(
    client: FlaskClient, campaign_id: int, door_ids: Sequence[int], *, now: datetime
) -> float:
    """Give the CPU milliseconds of one push; the client is signed in as who walks the doors.

    Raises RuntimeError when the server did not store all of them.
    """
    url = f"/campaigns/{campaign_id}/doors/sync"
    headers = {"X-CSRFToken": client.get(url).get_json()["token"]}
    device, took = str(uuid4()), []
    for turn in range(ROUNDS):
        items = [
            {
                "id": str(uuid4()),
                "seq": turn * PUSHED + place + 1,
                "door": door_ids[(turn * PUSHED + place) % len(door_ids)],
                "at": int((now - timedelta(minutes=turn * PUSHED + place)).timestamp() * 1000),
                "outcome": "out",
            }
            for place in range(PUSHED)
        ]
        body = {"device": device, "sent_at": int(now.timestamp() * 1000), "items": items}
        began = time.process_time()
        answer = client.post(url, json=body, headers=headers)
        took.append((time.process_time() - began) * 1000)
        if {one["verdict"] for one in answer.get_json()["verdicts"]} != {"stored"}:
            raise RuntimeError("the push was not stored whole")
    return median(took)

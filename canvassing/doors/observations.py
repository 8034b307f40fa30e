"""Reading what a phone sends: every item becomes an observation, or says why it can't."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from app.errors import Refused
from app.texts import N_
from canvassing.doors.rules import ObservationKind
from canvassing.pack import DoorRules

MOST_ITEMS = 100
MOST_MARKS = 20
LARGEST_SEQ = 2**53 - 1
LARGEST_ID = 2**63 - 1
LONGEST_KEPT = 4_000
CHANCE = 4
"""The version of a UUID that was made by chance, as ``crypto.randomUUID`` makes them."""
EARLIEST_MS = 1_577_836_800_000
LATEST_MS = 4_102_444_800_000
"""2020 to 2100: outside of it a clock is not wrong but nonsense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A well-formed observation that has not been stored yet."""

    observation: UUID
    seq: int
    door_id: int
    turf_id: int | None
    kind: ObservationKind
    of: UUID | None
    outcome: str
    support: int | None
    agreed: bool
    marks: tuple[str, ...]
    noted_at: datetime
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Malformed:
    """An item that can't be an observation, with as much of it as can be kept."""

    reason: str
    sent: str
    digest: str
    observation: UUID | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What a phone sends at once."""

    device: UUID
    sent_at: datetime
    items: tuple[Noted | Malformed, ...]


class Unreadable(Refused):
    """A body that is no batch at all; nothing of it was taken."""


def read_batch(body: object, rules: DoorRules) -> Batch:
    """Give the batch in a decoded JSON body. Raises Unreadable."""
    if not isinstance(body, Mapping):
        raise Unreadable(None, N_("A batch is a JSON object."))
    device, sent_at = _uuid(body.get("device")), _moment(body.get("sent_at"))
    # Phones make theirs by chance; one reckoned from numbers is a desk's, and may be anybody's.
    if device is None or device.version != CHANCE:
        raise Unreadable("device", N_("The device must be a UUID."))
    if sent_at is None:
        raise Unreadable("sent_at", N_("The phone’s clock must be milliseconds since 1970."))
    items = body.get("items")
    if not isinstance(items, list):
        raise Unreadable("items", N_("The observations must be a list."))
    if len(items) > MOST_ITEMS:
        raise Unreadable("items", N_("At most {most} observations at once."), most=MOST_ITEMS)
    return Batch(
        device=device, sent_at=sent_at, items=tuple(read_item(item, rules) for item in items)
    )


def read_item(item: object, rules: DoorRules) -> Noted | Malformed:
    """Give one observation, or what is wrong with it."""
    sent = json.dumps(item, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(sent.encode("ascii")).hexdigest()

    def malformed(reason: str) -> Malformed:
        known = item if isinstance(item, Mapping) else {}
        return Malformed(
            reason=reason,
            sent=sent[:LONGEST_KEPT],
            digest=digest,
            observation=_uuid(known.get("id")),
            seq=_whole(known.get("seq"), LARGEST_SEQ),
        )

    if not isinstance(item, Mapping):
        return malformed("not_an_object")
    observation, seq = _uuid(item.get("id")), _whole(item.get("seq"), LARGEST_SEQ)
    door_id, noted_at = _whole(item.get("door"), LARGEST_ID), _moment(item.get("at"))
    if observation is None or seq is None or door_id is None or noted_at is None:
        return malformed("wrong_shape")
    kind = _kind(item.get("kind", "visit"))
    of = _uuid(item.get("of"))
    # A visit refers to nothing; the others always refer to another observation.
    if kind is None or (of is None) != (kind is ObservationKind.VISIT) or of == observation:
        return malformed("wrong_kind")
    seen = _seen(item, kind, rules)
    if isinstance(seen, str):
        return malformed(seen)
    outcome, support, marks = seen
    return Noted(
        observation=observation,
        seq=seq,
        door_id=door_id,
        turf_id=_whole(item.get("turf"), LARGEST_ID),
        kind=kind,
        of=of,
        outcome=outcome,
        support=support,
        agreed=item.get("agreed") is True,
        marks=marks,
        noted_at=noted_at,
        digest=digest,
    )


def _seen(
    item: Mapping[str, object], kind: ObservationKind, rules: DoorRules
) -> tuple[str, int | None, tuple[str, ...]] | str:
    """Give outcome, support and marks, or the code of what is wrong with them."""
    if kind is ObservationKind.RETRACTION:
        return "", None, ()
    outcome = item.get("outcome")
    if not isinstance(outcome, str) or rules.find_outcome(outcome) is None:
        return "unknown_outcome"
    support = item.get("support")
    if support is not None and (
        not isinstance(support, int)
        or isinstance(support, bool)
        or rules.find_level(support) is None
    ):
        return "unknown_level"
    marks = item.get("marks", [])
    known = {mark.key for mark in rules.mark}
    if not isinstance(marks, list) or len(marks) > MOST_MARKS:
        return "unknown_mark"
    if not all(isinstance(mark, str) and mark in known for mark in marks):
        return "unknown_mark"
    return outcome, support, tuple(dict.fromkeys(marks))


def _kind(value: object) -> ObservationKind | None:
    return next((kind for kind in ObservationKind if kind.value == value), None)


def _uuid(value: object) -> UUID | None:
    # Only the usual way of writing: braces and missing dashes would make one id look like two.
    if not isinstance(value, str) or len(value) != len("01234567-89ab-cdef-0123-456789abcdef"):
        return None
    try:
        found = UUID(value)
    except ValueError:
        return None
    return found if str(found) == value.lower() else None


def _whole(value: object, largest: int) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 1 <= value <= largest else None


def _moment(value: object) -> datetime | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    if not EARLIEST_MS <= value <= LATEST_MS:
        return None
    return datetime.fromtimestamp(int(value) / 1000, UTC)

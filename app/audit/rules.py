"""What an entry may hold, and the hash that ties it to the one before."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

FIRST_PREVIOUS = "0" * 64
Detail = Mapping[str, str | int]
# Codes, versions, dates and keys fit; a name, a sentence or an address of mail does not.
_CODE = re.compile(r"[A-Za-z0-9_.:/-]{1,80}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the log; ``number`` counts from 1 without a gap."""

    number: int
    at: datetime
    actor_id: int | None
    """The person who acted; None for the program itself and for visitors."""
    action: str
    subject_kind: str
    subject_id: int
    campaign_id: int | None
    coalition_id: int | None
    """Whose log it is part of; None when the thing belongs to no coalition."""
    detail: Detail


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainedEntry:
    """An entry with the hashes stored beside it."""

    entry: Entry
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The end of the chain: enough to notice later that entries behind it vanished."""

    number: int
    hash: str


EMPTY = Head(number=0, hash=FIRST_PREVIOUS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A place where the chain does not hold."""

    number: int
    reason: str
    """gap | prev-hash | hash | missing-head | other-head."""


def check_detail(detail: Detail) -> None:
    """Raise ValueError for anything that is not a number or a code."""
    for key, value in detail.items():
        if not _CODE.fullmatch(key):
            raise ValueError(f"an audit detail's key is a code: {key!r}")
        if isinstance(value, str) and value and not _CODE.fullmatch(value):
            raise ValueError(f"an audit detail holds codes and numbers only: {key}")


def entry_hash(entry: Entry, prev_hash: str) -> str:
    """Give the hash of an entry and of all entries before it."""
    written = json.dumps(
        [
            prev_hash,
            entry.number,
            entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            entry.actor_id,
            entry.action,
            entry.subject_kind,
            entry.subject_id,
            entry.campaign_id,
            entry.coalition_id,
            dict(entry.detail),
        ],
        ensure_ascii=True,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(written.encode("ascii")).hexdigest()


def first_break(chain: Iterable[ChainedEntry], *, known: Head | None = None) -> Break | None:
    """Give the first place where the chain does not hold, or None when it is whole.

    ``known`` is a head written down elsewhere (in a backup): the chain must still contain it.
    """
    previous = EMPTY
    known_met = known is None or known.number == 0
    for link in chain:
        number = link.entry.number
        if number != previous.number + 1:
            return Break(number=previous.number + 1, reason="gap")
        if link.prev_hash != previous.hash:
            return Break(number=number, reason="prev-hash")
        if link.hash != entry_hash(link.entry, link.prev_hash):
            return Break(number=number, reason="hash")
        previous = Head(number=number, hash=link.hash)
        if known is not None and number == known.number:
            if link.hash != known.hash:
                return Break(number=number, reason="other-head")
            known_met = True
    if not known_met:
        return Break(number=previous.number + 1, reason="missing-head")
    return None

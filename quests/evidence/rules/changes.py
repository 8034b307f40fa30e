"""What changed between two rounds of the same evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypedDict


class FileNote(TypedDict):
    """One file in a snapshot."""

    id: int
    item: str
    name: str
    sha256: str


class Snapshot(TypedDict, total=False):
    """What was handed in with one round; kept as it was then."""

    answers: dict[str, str]
    files: list[FileNote]
    ticks: list[str]
    meeting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueChange:
    """One answer now and before; ``kind`` is new, changed, removed or same."""

    key: str
    before: str
    after: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """One file; ``kind`` is new, removed or same."""

    file: FileNote
    kind: str


def value_changes(
    keys: Sequence[str], before: Mapping[str, str] | None, after: Mapping[str, str]
) -> tuple[ValueChange, ...]:
    """Compare answers in the order of ``keys``; ``before`` is None in the first round."""
    return tuple(
        _value_change(key, None if before is None else before.get(key, ""), after.get(key, ""))
        for key in keys
        if after.get(key) or (before or {}).get(key)
    )


def _value_change(key: str, before: str | None, after: str) -> ValueChange:
    if before is None or before == after:
        kind = "same"
    elif not before:
        kind = "new"
    else:
        kind = "changed" if after else "removed"
    return ValueChange(key=key, before=before or "", after=after, kind=kind)


def file_changes(
    before: Sequence[FileNote] | None, after: Sequence[FileNote]
) -> tuple[FileChange, ...]:
    """Compare files by their content: those of now first, then those that are gone."""
    known = None if before is None else {note["sha256"] for note in before}
    here = {note["sha256"] for note in after}
    now = tuple(
        FileChange(file=note, kind="same" if known is None or note["sha256"] in known else "new")
        for note in after
    )
    gone = tuple(
        FileChange(file=note, kind="removed") for note in before or () if note["sha256"] not in here
    )
    return now + gone


MOST_WORDS = 2_000
_WORDS = re.compile(r"\s+|[^\s]+")


def word_changes(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Give a text's change word by word as (same, gone or new; words); all same when equal.

    Very long texts are told as one piece gone and one new: comparing them would take too long.
    """
    if before == after:
        return (("same", after),)
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) > MOST_WORDS or len(new) > MOST_WORDS:
        return _pieces(("gone", before), ("new", after))
    pieces: list[tuple[str, str]] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("same", "".join(new[k:m])))
        else:
            pieces += _pieces(("gone", "".join(old[i:j])), ("new", "".join(new[k:m])))
    return tuple(pieces)


def _pieces(*pieces: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(piece for piece in pieces if piece[1])

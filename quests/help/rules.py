"""Searching help: what is found and in which order, on plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quests.help.stemming import stem_line


class HitKind(StrEnum):
    """Where a hit comes from."""

    ARTICLE = "article"
    SEEDED = "seeded"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that can be found. ``title_stems`` weigh more than ``stems``."""

    kind: HitKind
    step_key: str
    title: str
    text: str
    title_stems: str
    stems: str
    question_id: int | None = None


TITLE_WEIGHT = 3


def entry(
    kind: HitKind, step_key: str, title: str, text: str, question_id: int | None = None
) -> Entry:
    """Make something findable."""
    return Entry(
        kind=kind,
        step_key=step_key,
        title=title,
        text=text,
        title_stems=stem_line(title),
        stems=stem_line(title, text),
        question_id=question_id,
    )


def search(entries: Iterable[Entry], wanted: Sequence[str], limit: int = 20) -> tuple[Entry, ...]:
    """Give the entries that have all wanted stems, best first; then those with most of them.

    An entry that has fewer than half of the stems is no answer and is left out.
    """
    if not wanted:
        return ()
    scored = [(_score(found, wanted), order, found) for order, found in enumerate(entries)]
    best = sorted((one for one in scored if one[0] > 0), key=lambda one: (-one[0], one[1]))
    return tuple(found for _, _, found in best[:limit])


def _score(found: Entry, wanted: Sequence[str]) -> int:
    here = sum(f" {stem} " in found.stems for stem in wanted)
    if here * 2 < len(wanted):
        return 0
    titled = sum(f" {stem} " in found.title_stems for stem in wanted)
    whole = 100 if here == len(wanted) else 0
    return whole + here + TITLE_WEIGHT * titled


def shortened(text: str, longest: int = 160) -> str:
    """Give a text that fits a line of a list."""
    return text if len(text) <= longest else text[: longest - 3].rstrip() + "…"

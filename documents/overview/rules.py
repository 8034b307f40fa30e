"""Where the papers of many campaigns stand: a letter a paper, and what is counted of letters.

A campaign's papers are kept as one text, a letter for each kind of its pack in the order they are
listed, so that hundreds of campaigns are counted without a row for every paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from documents.paperwork.rules.standing import IssueState, Stage, State

NOT_WANTED = "-"
LETTERS: Mapping[Stage, str] = {
    Stage.INCOMPLETE: "n",
    Stage.WANTED: "m",
    Stage.READY: "r",
    Stage.PREPARING: "p",
    Stage.ISSUED: "i",
    Stage.SCANNED: "s",
    Stage.WAITING: "w",
    Stage.RETURNED: "b",
    Stage.ACCEPTED: "a",
}
"""A capital letter: the newest version no longer says what the answers say."""


class Place(StrEnum):
    """Where a paper is as a coordinator asks for it."""

    MISSING = "missing"
    """Answers are missing, or the paper has still to be brought."""
    READY = "ready"
    """Everything is answered, nothing is issued."""
    OUT = "out"
    """Issued: to be signed and sent back."""
    WAITING = "waiting"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    STALE = "stale"
    """Issued, and the answers have changed since; beside one of the others."""


_STAGES: Mapping[Place, tuple[Stage, ...]] = {
    Place.MISSING: (Stage.INCOMPLETE, Stage.WANTED),
    Place.READY: (Stage.READY,),
    Place.OUT: (Stage.PREPARING, Stage.ISSUED, Stage.SCANNED),
    Place.WAITING: (Stage.WAITING,),
    Place.RETURNED: (Stage.RETURNED,),
    Place.ACCEPTED: (Stage.ACCEPTED,),
}
_BOTH = {
    place: frozenset(
        letter for stage in stages for letter in (LETTERS[stage], LETTERS[stage].upper())
    )
    for place, stages in _STAGES.items()
}
LETTERS_OF: Mapping[Place, frozenset[str]] = {
    **_BOTH,
    Place.STALE: frozenset(letter.upper() for letter in LETTERS.values()),
}
"""The letters that a paper at a place may have."""
STAGE_OF: Mapping[str, Stage] = {letter: stage for stage, letter in LETTERS.items()}


class Issuable(StrEnum):
    """Whether a paper could be issued for its campaign now; a letter beside that of the place."""

    YES = "+"
    ANSWERS_MISSING = "-"
    NO = "="
    """Nothing to do: issued and unchanged, being checked, accepted, not needed, made elsewhere."""


def letter_of(stage: Stage, *, wanted: bool, stale: bool) -> str:
    """Give the letter of one paper."""
    if not wanted:
        return NOT_WANTED
    letter = LETTERS[stage]
    return letter.upper() if stale else letter


def issuable(
    state: State, issue: IssueState | None, *, wanted: bool, complete: bool, stale: bool
) -> Issuable:
    """Say whether many may have this paper issued at once.

    What a reviewer has accepted or is looking at is left alone: whether a change is worth doing
    it all anew is for the campaign to say.
    """
    if not wanted or state in (State.WAITING, State.ACCEPTED) or issue is IssueState.WANTED:
        return Issuable.NO
    if issue is IssueState.READY and not stale:
        return Issuable.NO
    return Issuable.YES if complete else Issuable.ANSWERS_MISSING


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The papers of one campaign as they are kept."""

    id: int
    organisation_id: int | None
    election_id: int
    letters: str
    issuable: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """So many campaigns of an organisation, all with the same letters."""

    organisation_id: int | None
    letters: str
    issuable: str
    campaigns: int = 1


Papers = TypeVar("Papers", Seen, Alike)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """One kind of paper over many campaigns."""

    kind: str
    at: Mapping[Place, int]
    issuable: int

    @property
    def wanted(self) -> int:
        """How many campaigns need it, or have begun it."""
        return sum(count for place, count in self.at.items() if place is not Place.STALE)


def count_kinds(kinds: Sequence[str], found: Sequence[Alike]) -> tuple[KindCount, ...]:
    """Count where each kind of paper is; the letters are in the order of ``kinds``."""
    counts = []
    for at, kind in enumerate(kinds):
        letters: Counter[str] = Counter()
        issuable: Counter[str] = Counter()
        for alike in found:
            letters[alike.letters[at]] += alike.campaigns
            issuable[alike.issuable[at]] += alike.campaigns
        counts.append(KindCount(kind=kind, at=_by_place(letters), issuable=issuable[Issuable.YES]))
    return tuple(counts)


def papers_at(
    one: Seen, kinds: Sequence[str], place: Place, *, among: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """Give the papers of a campaign at a place, with their letters; only kinds ``among`` these."""
    letters = LETTERS_OF[place]
    return tuple(
        (kind, letter)
        for kind, letter in zip(kinds, one.letters, strict=True)
        if letter in letters and kind in among
    )


def issuable_at(
    seen: Iterable[Seen], kinds: Sequence[str], kind: str, which: Issuable
) -> tuple[Seen, ...]:
    """Give the campaigns for which issuing a kind of paper would end so."""
    place = kinds.index(kind)
    return tuple(one for one in seen if one.issuable[place] == which)


def of_organisation(found: Iterable[Papers], organisation_id: int | None) -> tuple[Papers, ...]:
    """Give the campaigns of an organisation, or all of them."""
    if organisation_id is None:
        return tuple(found)
    return tuple(one for one in found if one.organisation_id == organisation_id)


def _by_place(counts: Mapping[str, int]) -> dict[Place, int]:
    return {
        place: sum(counts.get(letter, 0) for letter in letters)
        for place, letters in LETTERS_OF.items()
    }


class LineState(StrEnum):
    """How far one campaign of a bulk issue is."""

    WAITING = "waiting"
    ISSUED = "issued"
    REFUSED = "refused"
    STOPPED = "stopped"


class BulkState(StrEnum):
    """How far a bulk issue is."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


class Reason(StrEnum):
    """Why a campaign's paper was not issued; never with anything that its people have answered."""

    ANSWERS = "answers"
    TOO_LONG = "too_long"
    NOTHING_NEW = "nothing_new"
    LOCKED = "locked"
    GONE = "gone"
    BROKEN = "broken"

"""What the sheets of a campaign come to: by collector, by folder, and what could be handed in.

The caller has asked for the campaign with the viewer and SIGNATURES_READ.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from documents.signatures.models import SignatureBatch, SignatureSheet
from documents.signatures.rules.choosing import Pile
from documents.signatures.rules.folders import Sums, sums_of
from documents.signatures.rules.quality import Tally

_sheet, _batch = SignatureSheet.__table__, SignatureBatch.__table__
_OF = _sheet.c.campaign_id == bindparam("campaign")
_BY_COLLECTOR = (
    select(
        _sheet.c.collector_id,
        _sheet.c.state,
        _batch.c.state,
        func.count(),
        func.sum(_sheet.c.signed),
        func.sum(_sheet.c.struck),
        func.sum(_sheet.c.good),
    )
    .join_from(_sheet, _batch, _batch.c.id == _sheet.c.batch_id)
    .where(_OF)
    .group_by(_sheet.c.collector_id, _sheet.c.state, _batch.c.state)
)
_BACK = (
    select(_sheet.c.number, _sheet.c.collector_id, _sheet.c.signed, _sheet.c.good, _sheet.c.folder)
    .where(_OF, _sheet.c.state == "returned")
    .order_by(_sheet.c.number)
)
_FOLDERS = select(_sheet.c.folder, _sheet.c.signed).where(_OF, _sheet.c.folder != "")
_SPOILED = (
    select(_sheet.c.number)
    .where(_OF, _sheet.c.folder != "", _sheet.c.good < _sheet.c.signed)
    .order_by(_sheet.c.number)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandSum:
    """What one collector has had and brought."""

    out: int
    """Sheets that are with them."""
    back: int
    """Sheets that were counted."""
    good: int
    tally: Tally
    """Struck signatures are among the defective: they tell how careful the hand is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllSums:
    """What all sheets of a campaign come to."""

    printed: int
    """Sheets that lie here."""
    unmade: int
    """Sheets whose batch has no file yet."""
    out: int
    back: int
    spoilt: int
    signed: int
    """Signatures on counted sheets that are not struck."""
    good: int
    hands: dict[int, HandSum]
    """By collector."""

    @property
    def sheets(self) -> int:
        """How many sheets were numbered."""
        return self.printed + self.unmade + self.out + self.back + self.spoilt


@dataclass(frozen=True, slots=True, kw_only=True)
class BackSheet:
    """A sheet that came back, as much of it as choosing looks at."""

    number: int
    collector_id: int
    signed: int
    good: int
    folder: str

    @property
    def has_defect(self) -> bool:
        """Say whether a signature stands on it that would not pass."""
        return self.good < self.signed

    @property
    def pile(self) -> Pile:
        """The sheet for the rules of choosing; its number stands for it."""
        return Pile(sheet_id=self.number, rows=self.good, collector_id=self.collector_id)


def all_sums(session: Session, campaign_id: int) -> AllSums:
    """Add up the sheets of a campaign; one query."""
    states = dict.fromkeys(("printed", "unmade", "out", "returned", "spoilt"), 0)
    signed = good = 0
    hands: dict[int, HandSum] = {}
    empty = HandSum(out=0, back=0, good=0, tally=Tally(signed=0, defective=0))
    for hand, state, batch, count, on, struck, fine in session.execute(
        _BY_COLLECTOR, {"campaign": campaign_id}
    ):
        unmade = state == "printed" and batch != "ready"
        states["unmade" if unmade else state] += count
        back = state == "returned"
        signed, good = (signed + on, good + fine) if back else (signed, good)
        if hand is None:
            continue
        was = hands.get(hand, empty)
        brought = Tally(signed=on + struck, defective=on + struck - fine) if back else empty.tally
        hands[hand] = HandSum(
            out=was.out + (count if state == "out" else 0),
            back=was.back + (count if back else 0),
            good=was.good + (fine if back else 0),
            tally=was.tally + brought,
        )
    return AllSums(
        printed=states["printed"],
        unmade=states["unmade"],
        out=states["out"],
        back=states["returned"],
        spoilt=states["spoilt"],
        signed=signed,
        good=good,
        hands=hands,
    )


def back_sheets(session: Session, campaign_id: int) -> tuple[BackSheet, ...]:
    """Give the counted sheets by their number."""
    return tuple(
        BackSheet(number=number, collector_id=hand or 0, signed=signed, good=good, folder=folder)
        for number, hand, signed, good, folder in session.execute(_BACK, {"campaign": campaign_id})
    )


def folder_sums(session: Session, campaign_id: int) -> Sums:
    """Add up what is in folders: every signature on the paper, for that is what is handed in."""
    rows = session.execute(_FOLDERS, {"campaign": campaign_id})
    return sums_of((folder, signed) for folder, signed in rows)


def spoiled_in_folders(session: Session, campaign_id: int) -> tuple[int, ...]:
    """Give the numbers of the sheets in folders on which a signature has gone bad since.

    Another sheet of the same voter was counted, or the days of the plan were changed.
    """
    return tuple(session.scalars(_SPOILED, {"campaign": campaign_id}))

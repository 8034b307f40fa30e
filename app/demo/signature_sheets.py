"""The sheets of a planted campaign: brought by good and bad hands, and in every other state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from app.demo.rows import Rows
from app.sealing import Seal
from documents.signatures.models import SignatureRow, SignatureSheet
from documents.signatures.pack import PackSignatures
from documents.signatures.rules.sheets import (
    Counted,
    Period,
    Row,
    RowState,
    Sheet,
    count_sheets,
)

BAD, BAD_OF_THE_LAST = 0.05, 0.35
"""Shares of rows with a defect: the last hand is careless, so that the first screen says so."""
STRUCK = 0.4
GIVEN_OUT = 5
"""How many days ago sheets were given out, unless nobody collected yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedSheets:
    """One batch of a campaign, given in turn to its collectors."""

    rows: Rows
    pack: PackSignatures
    seal: Seal
    campaign_id: int
    person_id: int
    batch_id: int
    rows_each: int
    hands: Sequence[int]
    now: datetime
    today: date
    first_day: date

    def plant_back(
        self, count: int, period: Period, random: Random, *, twice: bool, least: int = 0
    ) -> int:
        """Plant the first sheets as counted, and give how many there are.

        ``twice``: one voter stands on two of them. More than ``count`` are brought until there are
        ``least`` good signatures.
        """
        sheets = [self._brought(number, random) for number in range(1, count + 1)]
        if twice and len(sheets) > 1:
            sheets[:2] = self._same_voter(sheets[:2])
        counted = count_sheets(sheets, period=period, codes=self.pack.codes)
        while sum(one.good for one in counted) < least:
            sheets.append(self._brought(len(sheets) + 1, random))
            counted = count_sheets(sheets, period=period, codes=self.pack.codes)
        for one in counted:
            self._keep(one)
        return len(sheets)

    def plant_waiting(self, first: int, last: int, *, out: int) -> None:
        """Plant the others: so many are with collectors, the very last is spoilt."""
        for number in range(first, last + 1):
            sheet_id = self.rows.number(SignatureSheet)
            if number == last:
                self._add(sheet_id, number, "spoilt")
            elif number < first + out:
                self._add(sheet_id, number, "out", hand=self._hand(number))
            else:
                self._add(sheet_id, number, "printed")

    def _since_first(self, day: date, earlier: int) -> date:
        """Give the day so many days earlier, but none before the first of collecting."""
        return max(self.first_day, day - timedelta(days=earlier))

    def _hand(self, number: int) -> int:
        return self.hands[(number - 1) % len(self.hands)]

    def _brought(self, number: int, random: Random) -> Sheet:
        hand = self._hand(number)
        share = BAD_OF_THE_LAST if hand == self.hands[-1] else BAD
        certified = self._since_first(self.today, random.randint(0, 2))
        return Sheet(
            id=self.rows.number(SignatureSheet),
            number=number,
            collector_id=hand,
            rows=tuple(
                self._row(row, certified, random, bad=random.random() < share)
                for row in range(1, self.rows_each + 1)
            ),
            certified_on=certified,
            candidate_on=self.today,
        )

    def _row(self, number: int, certified: date, random: Random, *, bad: bool) -> Row:
        if bad and random.random() < STRUCK:
            return Row(number=number, state=RowState.STRUCK)
        # What dates and marks show by themselves is left to them; a person notes the rest.
        seen = sorted(self.pack.row_codes - set(self.pack.codes.values()))
        return Row(
            number=number,
            state=RowState.SIGNED,
            signed_on=self._since_first(certified, random.randint(0, 4)),
            noted=frozenset({random.choice(seen)} if bad else ()),
        )

    def _same_voter(self, sheets: Sequence[Sheet]) -> list[Sheet]:
        mark = self.seal.mark("voter", self.campaign_id, "demo")
        return [
            replace(
                sheet,
                rows=(
                    Row(number=1, state=RowState.SIGNED, signed_on=sheet.certified_on, mark=mark),
                    *sheet.rows[1:],
                ),
            )
            for sheet in sheets
        ]

    def _keep(self, one: Counted) -> None:
        sheet = one.sheet
        self._add(sheet.id, sheet.number, "returned", hand=sheet.collector_id, counted=one)
        for row in sheet.rows:
            self.rows.add(
                SignatureRow,
                campaign_id=self.campaign_id,
                sheet_id=sheet.id,
                number=row.number,
                state=row.state.value,
                signed_on=row.signed_on,
                defects=sorted(row.noted),
                mark=row.mark,
            )

    def _add(
        self,
        sheet_id: int,
        number: int,
        state: str,
        *,
        hand: int | None = None,
        counted: Counted | None = None,
    ) -> None:
        self.rows.add(
            SignatureSheet,
            id=sheet_id,
            campaign_id=self.campaign_id,
            batch_id=self.batch_id,
            number=number,
            collector_id=hand,
            state=state,
            out_on=self._since_first(self.today, GIVEN_OUT) if hand else None,
            certified_on=counted.sheet.certified_on if counted else None,
            candidate_on=counted.sheet.candidate_on if counted else None,
            defects=[],
            signed=counted.signed if counted else 0,
            struck=counted.struck if counted else 0,
            good=counted.good if counted else 0,
            folder="",
            version=1,
            counted_at=self.now if counted else None,
            counted_by=self.person_id if counted else None,
        )

"""What ``mandat bench`` measures of signatures: the sheet on the press, and the choice."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date

from documents.sheets import Sheet
from documents.signatures.pack import PackSignatures
from documents.signatures.printing import head_of, signature_sheet
from documents.signatures.rules.choosing import Pile, choose
from documents.signatures.rules.heading import Gender, Wording
from documents.signatures.rules.quality import Tally, beliefs
from documents.signatures.rules.requirement import requirement

ROUNDS = 6
HANDS = 12
ROWS = 4
FEW_SHEETS, MANY_SHEETS = 40, 9_000
FEW_VOTERS, MANY_VOTERS = 25_000, 7_216_076
GIVEN = {
    "council": "Муниципального совета муниципального округа Тихая Гавань",
    "district_kind": "multi",
    "district_no": "3",
    "nominator": "self",
    "surname": "Ёлкина",
    "first_name": "Анна",
    "patronymic": "Петровна",
    "birth_date": "1970-06-17",
    "reg_subject": "город Санкт-Петербург",
    "work_kind": "occupation",
    "occupation": "пенсионер",
    "conviction": "none",
    "foreign_agent": "no",
}


def bench_sheet(pack: PackSignatures, sides: int) -> Sheet:
    """Give a signature sheet of a pack, for ``work_figures.render_s``."""
    wording = Wording(name="Ёлкиной Анны Петровны", gender=Gender.FEMALE)
    head = head_of(pack.shape.sheet, GIVEN, wording, polling_day=date(2026, 9, 20))
    return signature_sheet(pack.shape.sheet, head, sides=sides, official=False)


def choice_ms(pack: PackSignatures, sheets: int) -> Sequence[float]:
    """Give the CPU milliseconds of choosing what to hand in of so many sheets."""
    voters, mandates = (FEW_VOTERS, 5) if sheets <= FEW_SHEETS else (MANY_VOTERS, 1)
    numbers = requirement(rate=pack.rate, surplus=pack.surplus, voters=voters, mandates=mandates)
    assert numbers is not None
    tallies = {hand: Tally(signed=40 + hand, defective=hand) for hand in range(HANDS)}
    believed = beliefs(tallies, missed=pack.shape.missed.share)
    taken = []
    for round_number in range(ROUNDS):
        piles = [
            Pile(
                sheet_id=number,
                rows=1 + (number + round_number) % ROWS,
                collector_id=number % HANDS,
            )
            for number in range(sheets)
        ]
        began = time.process_time()
        choose(piles, requirement=numbers, beliefs=believed, refusal=pack.refusal)
        taken.append((time.process_time() - began) * 1000)
    return taken[1:]

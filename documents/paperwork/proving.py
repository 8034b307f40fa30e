"""Papers from the machine's side: proving that what was issued can be made again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from app.db import Database
from app.sealing import Seal
from documents.paperwork.models import PaperIssue
from documents.paperwork.printing import Snapshot
from documents.press.client import Press
from documents.press.errors import PressFailed
from documents.sheets import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What came of making one issued paper again; ``problem`` is empty when the bytes agree."""

    number: str
    problem: str


def prove_issued(
    database: Database, seal: Seal, press: Press, *, number: str | None = None
) -> Iterator[Proof]:
    """Typeset every issued paper again, or the one of this number, and compare the bytes.

    Raises FontsNotBuilt.
    """
    wanted = select(PaperIssue.number, PaperIssue.snapshot, PaperIssue.sha256).where(
        PaperIssue.sha256 != ""
    )
    if number is not None:
        wanted = wanted.where(PaperIssue.number == number)
    with database.reading() as session:
        rows = session.execute(wanted.order_by(PaperIssue.id)).all()
    for row in rows:
        yield Proof(number=row.number, problem=_problem(row.snapshot, row.sha256, seal, press))


def _problem(sealed: str, sha256: str, seal: Seal, press: Press) -> str:
    text = seal.open(sealed)
    if not text:
        return "the snapshot can’t be opened: the secret has changed"
    try:
        made = press.typeset(Sheet.from_json(Snapshot.from_json(text).sheet))
    except PressFailed as error:
        return f"the press failed: {error.code}"
    same = hashlib.sha256(made.pdf).hexdigest() == sha256
    return "" if same else "the bytes differ from what was issued"

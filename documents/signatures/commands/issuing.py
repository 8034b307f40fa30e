"""Asking the press for a paper of signatures, which may be there already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.sealing import Seal
from documents.sheets import Sheet
from documents.typesetting.commands import want
from documents.typesetting.queries import find_typeset
from documents.typesetting.rules import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A paper that was asked for."""

    digest: str
    sha256: str
    """Of the PDF; empty until it is made."""
    pages: int

    @property
    def state(self) -> str:
        """The state of whatever waits for this paper alone."""
        return "ready" if self.sha256 else "wanted"


def issue(session: Session, seal: Seal, campaign_id: int, sheet: Sheet, *, now: datetime) -> Issued:
    """Ask for a paper. The press tells only of what it makes, so what is there is given at once."""
    digest = want(session, seal, campaign_id, sheet, purpose=Purpose.ISSUE, now=now)
    made = find_typeset(session, campaign_id, digest, purpose=Purpose.ISSUE)
    if made is None or not made.ready:
        return Issued(digest=digest, sha256="", pages=0)
    return Issued(digest=digest, sha256=made.sha256, pages=made.pages)

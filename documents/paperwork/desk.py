"""What paperwork is given when the program is put together."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from sqlalchemy.orm import Session

from app.access import Viewer
from app.accounts.queries import CampaignRow
from app.addresses import step_address
from app.errors import Missing
from app.files.inspection import Inspector
from app.files.storage import FileStore
from app.sealing import Seal
from documents.paperwork import errors
from documents.paperwork.codes.client import CodeReader
from documents.paperwork.pack import DocumentKinds, PackDocuments, version_on
from documents.paperwork.printing import Form
from documents.paperwork.reshaping.drawings import Drawings
from documents.paperwork.shape import DocumentKind


class StepGates(Protocol):
    """What the route says about a step; documents do not know the route themselves."""

    def require_reachable(
        self, session: Session, campaign: CampaignRow, step_key: str, *, now: datetime
    ) -> None:
        """Let through unless the step is locked. Raises Missing, Locked."""
        ...

    def reachable_steps(
        self, session: Session, campaign: CampaignRow, *, now: datetime
    ) -> Container[str]:
        """Give the keys of the steps that are not locked."""
        ...

    def require_takes_papers(
        self,
        session: Session,
        viewer: Viewer,
        campaign: CampaignRow,
        step_key: str,
        *,
        now: datetime,
    ) -> None:
        """Let through whoever may hand in a paper of the step, done or not.

        Raises Missing, Locked, Conflict, Forbidden.
        """
        ...

    def openers(
        self, session: Session, campaign: CampaignRow, step_key: str, *, now: datetime
    ) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Give what opens a locked step: words before the list, and (name, address) of each.

        Nothing for a step that is not locked; no address for what can't be reached itself.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperworkDesk:
    """The tools of paperwork: a part of the program."""

    kinds: DocumentKinds
    seal: Seal = field(repr=False)
    store: FileStore
    previews: FileStore
    drawings: Drawings
    inspect: Inspector
    read_codes: CodeReader
    gates: StepGates
    base_url: str

    def documents(self, pack_id: str) -> PackDocuments:
        """Give the documents of a pack. Raises Missing when it has none."""
        found = self.kinds.find(pack_id)
        if found is None:
            raise Missing
        return found

    def kind(self, pack_id: str, key: str) -> DocumentKind:
        """Give a kind of paper. Raises Missing."""
        found = self.documents(pack_id).kinds.get(key)
        if found is None:
            raise Missing
        return found

    def form(
        self, pack_id: str, kind: DocumentKind, today: date, *, approved: bool = False
    ) -> Form:
        """Give the edition of the form that applies today. Raises Missing when none is printed.

        ``today`` is the day it is where the election is held.
        ``approved``: whether somebody has compared it for the election at hand.
        """
        if not kind.version:
            raise Missing(errors.NOTHING_TO_PRINT)
        documents = self.documents(pack_id)
        version = version_on(kind, today)
        return Form(
            kind=kind,
            version=version,
            layout=documents.layouts[version.layout],
            answers=documents.answers,
            currency=documents.pack.header.currency,
            approved=approved,
        )

    def require_open(
        self, session: Session, campaign: CampaignRow, kind: DocumentKind, *, now: datetime
    ) -> None:
        """Let through when a step that needs this paper is open. Raises Missing, Locked."""
        if is_open(kind, self.gates.reachable_steps(session, campaign, now=now)):
            return
        self.gates.require_reachable(session, campaign, steps_of(kind)[0], now=now)


def steps_of(kind: DocumentKind) -> tuple[str, ...]:
    """Give the steps that need a kind of paper: never none."""
    return kind.needed_by or (kind.step,)


def is_open(kind: DocumentKind, reachable: Container[str]) -> bool:
    """Say whether a step that needs this paper is among those that can be reached."""
    return any(step in reachable for step in steps_of(kind))


def opened_by(campaign_id: int, kind: DocumentKind) -> str:
    """Give the page of the step that has to open before a paper does; it says what opens it."""
    return step_address(campaign_id, steps_of(kind)[0])

"""Papers of a planted coalition: accepted where the step was reached, half answered where not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign, Election, Person
from app.accounts.rules.elections import day_there
from app.demo.rows import Rows
from app.demo.samples import Sample
from app.sealing import Seal
from documents.paperwork.models import Paper, PaperAnswer, PaperScan
from documents.paperwork.pack import DocumentKinds
from documents.paperwork.rules.scans import CodeVerdict
from documents.paperwork.rules.standing import State
from documents.paperwork.shape import DocumentKind
from quests.route.models import Milestone

WITH_FILES = ("consent", "nomination_paper")
"""The papers that are planted with real files where there are any."""
DRAFT_ONE_OF = 3
"""So many campaigns before the step to one that has begun to answer."""


TO_BE_CHECKED = timedelta(hours=9)
"""From the scan of a paper to its acceptance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedPaper:
    """A planted paper that was accepted; for points and lists of others."""

    campaign_id: int
    document_id: int
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planted:
    campaign_id: int
    person_id: int
    name: str
    pack_id: str
    zone: str
    reached: dict[str, datetime]


def plant_papers(
    session: Session,
    rows: Rows,
    kinds: DocumentKinds,
    seal: Seal,
    *,
    now: datetime,
    pages: Sequence[Sample] = (),
    apart: Mapping[int, Collection[str]] = {},
) -> tuple[AcceptedPaper, ...]:
    """Plant papers and answers for all planted campaigns and give the papers that were accepted.

    Milestones are read from the database, so write those rows before. Nothing is typeset: these
    papers were made elsewhere and came back as one of the ``pages``, on which no name is to be
    read, so many may share it. The kinds named ``apart`` for a campaign are planted with real
    files by others, answers and all.
    """
    accepted: list[AcceptedPaper] = []
    said_no = seal.close("no")
    for number, planted in enumerate(_campaigns(session)):
        documents = kinds.find(planted.pack_id)
        if documents is None:
            continue
        signed_apart = apart.get(planted.campaign_id, ())
        begun: list[datetime] = []
        for kind in documents.listed.values():
            at = planted.reached.get(kind.step)
            if at is None or kind.optional or kind.needed_when or kind.key in signed_apart:
                continue
            begun.append(at)
            paper = _accepted(rows, planted, kind, at)
            if pages:
                _scan(rows, planted, paper, pages[len(accepted) % len(pages)])
            accepted.append(paper)
        if not signed_apart and (begun or number % DRAFT_ONE_OF == 0):
            _answers(rows, planted, said_no, min(begun, default=now))
    rows.write_when_many()
    return tuple(accepted)


def _accepted(rows: Rows, planted: _Planted, kind: DocumentKind, at: datetime) -> AcceptedPaper:
    day = day_there(at, planted.zone)
    paper_id = rows.add_numbered(
        Paper,
        campaign_id=planted.campaign_id,
        kind=kind.key,
        state=State.ACCEPTED.value,
        accepted_day=day.toordinal(),
        review_id=None,
        note="",
        changed_at=at,
        changed_by=planted.person_id,
    )
    return AcceptedPaper(
        campaign_id=planted.campaign_id, document_id=paper_id, kind=kind.key, at=at
    )


def _scan(rows: Rows, planted: _Planted, paper: AcceptedPaper, page: Sample) -> None:
    """Put the signed page there that was accepted."""
    rows.add_numbered(
        PaperScan,
        campaign_id=paper.campaign_id,
        paper_id=paper.document_id,
        issue_id=None,
        name=page.name,
        sha256=page.sha256,
        media_type=page.media_type,
        size_bytes=page.size_bytes,
        pages=1,
        code=CodeVerdict.NONE.value,
        code_number="",
        position=1,
        original_sha256="",
        turn=0,
        crop=[0, 0, 0, 0],
        uploaded_at=paper.at - TO_BE_CHECKED,
        uploaded_by=planted.person_id,
        removed_at=None,
    )


def _answers(rows: Rows, planted: _Planted, said_no: str, at: datetime) -> None:
    """Answer what a name says; the rest is the visitor's to fill in."""
    known = names_of(planted.name, planted.pack_id)
    for key, text in known.items():
        rows.add(
            PaperAnswer,
            campaign_id=planted.campaign_id,
            key=key,
            value=text,
            sealed="",
            unknown=False,
            version=1,
            saved_at=at,
            saved_by=planted.person_id,
        )
    if planted.pack_id.startswith("ru"):
        rows.add(
            PaperAnswer,
            campaign_id=planted.campaign_id,
            key="foreign_agent",
            value="",
            sealed=said_no,
            unknown=False,
            version=1,
            saved_at=at,
            saved_by=planted.person_id,
        )


def names_of(name: str, pack_id: str) -> dict[str, str]:
    """Give the parts of a name as the forms of a pack ask for them: Russian surnames come first."""
    parts = name.split()
    if pack_id.startswith("ru"):
        return dict(zip(("surname", "first_name", "patronymic"), parts))
    return {"forenames": " ".join(parts[:-1]), "surname": parts[-1]}


def _campaigns(session: Session) -> Iterator[_Planted]:
    reached: dict[int, dict[str, datetime]] = {}
    for campaign_id, step, at in session.execute(
        select(Milestone.campaign_id, Milestone.step_key, Milestone.reached_at)
    ):
        reached.setdefault(campaign_id, {})[step] = at
    found = session.execute(
        select(Campaign.id, Person.id, Person.name, Election.pack_id, Election.timezone)
        .join(Person, Person.id == Campaign.candidate_id)
        .join(Election, Election.id == Campaign.election_id)
        .order_by(Campaign.id)
    )
    for row in found:
        yield _Planted(
            campaign_id=row[0],
            person_id=row[1],
            name=row[2],
            pack_id=row[3],
            zone=row[4],
            reached=reached.get(row[0], {}),
        )

"""Papers of a campaign: how far they are, what was issued, what came back signed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.reviews.models import Review
from app.reviews.rules import State as ReviewState
from documents.paperwork.models import Paper, PaperIssue, PaperRound, PaperScan
from documents.paperwork.rules.scans import CodeVerdict, KnownCode
from documents.paperwork.rules.standing import IssueState, State
from documents.typesetting.models import TypesetSheet
from documents.typesetting.rules import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """How far one paper is."""

    id: int
    kind: str
    state: State
    accepted_day: int | None
    review_id: int | None
    note: str
    handed_issue_id: int | None = None
    """The version that was handed in last; None: nothing was, or it was made elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRow:
    """One issued version; ``snapshot`` is sealed."""

    id: int
    campaign_id: int
    paper_id: int
    version: int
    number: str
    check_token: str
    form_version: str
    official: bool
    snapshot: str
    state: IssueState
    sha256: str
    pages: int
    issued_at: datetime
    issued_by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRow:
    """One file of the signed paper."""

    id: int
    issue_id: int | None
    """None: a paper made elsewhere."""
    name: str
    sha256: str
    media_type: str
    size_bytes: int
    pages: int
    code: CodeVerdict
    code_number: str
    uploaded_at: datetime
    original_sha256: str = ""
    """As it came, while it is turned or cropped."""
    turn: int = 0
    crop: Sequence[int] = (0, 0, 0, 0)
    page_numbers: Sequence[Sequence[int]] | None = None
    """Of the version it is a scan of, for each page of the file; None: none was read."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all pages that were read in the file."""
        return tuple(number for page in self.page_numbers or () for number in page)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRow:
    """What was handed in with one review."""

    campaign_id: int
    paper_id: int
    kind: str
    issue_id: int | None
    round: int
    scans: tuple[int, ...]
    handed_in_at: datetime


_PAPERS = select(
    Paper.id,
    Paper.kind,
    Paper.state,
    Paper.accepted_day,
    Paper.review_id,
    Paper.note,
    PaperRound.issue_id,
).outerjoin(
    PaperRound,
    (PaperRound.campaign_id == Paper.campaign_id) & (PaperRound.review_id == Paper.review_id),
)
_ISSUES = select(
    PaperIssue.id,
    PaperIssue.campaign_id,
    PaperIssue.paper_id,
    PaperIssue.version,
    PaperIssue.number,
    PaperIssue.check_token,
    PaperIssue.form_version,
    PaperIssue.official,
    PaperIssue.snapshot,
    PaperIssue.state,
    PaperIssue.sha256,
    PaperIssue.pages,
    PaperIssue.issued_at,
    Person.name.label("issued_by_name"),
).outerjoin(Person, Person.id == PaperIssue.issued_by)
_SCANS = select(
    PaperScan.id,
    PaperScan.issue_id,
    PaperScan.name,
    PaperScan.sha256,
    PaperScan.media_type,
    PaperScan.size_bytes,
    PaperScan.pages,
    PaperScan.code,
    PaperScan.code_number,
    PaperScan.uploaded_at,
    PaperScan.original_sha256,
    PaperScan.turn,
    PaperScan.crop,
    PaperScan.page_numbers,
)
_ROUNDS = select(
    PaperRound.campaign_id,
    PaperRound.paper_id,
    Paper.kind,
    PaperRound.issue_id,
    PaperRound.round,
    PaperRound.scans,
    PaperRound.handed_in_at,
).join(Paper, Paper.id == PaperRound.paper_id)


def papers_of(session: Session, campaign_id: int) -> dict[str, PaperRow]:
    """Give the papers of a campaign by kind; the caller has looked at the viewer."""
    rows = session.execute(_PAPERS.where(Paper.campaign_id == campaign_id)).all()
    return {row.kind: _paper(*row) for row in rows}


def find_paper(session: Session, campaign_id: int, kind: str) -> PaperRow | None:
    """Give one paper, None when nothing of it was issued yet."""
    row = session.execute(
        _PAPERS.where(Paper.campaign_id == campaign_id, Paper.kind == kind)
    ).first()
    return _paper(*row) if row else None


def issues_of(session: Session, campaign_id: int, paper_id: int) -> tuple[IssueRow, ...]:
    """Give the issued versions of a paper, newest first."""
    rows = session.execute(
        _ISSUES.where(
            PaperIssue.campaign_id == campaign_id, PaperIssue.paper_id == paper_id
        ).order_by(PaperIssue.version.desc())
    )
    return tuple(_issue(row) for row in rows)


def find_issue(session: Session, campaign_id: int, issue_id: int) -> IssueRow | None:
    """Give one issued version of a campaign."""
    row = session.execute(
        _ISSUES.where(PaperIssue.campaign_id == campaign_id, PaperIssue.id == issue_id)
    ).first()
    return _issue(row) if row else None


def press_errors(session: Session, campaign_id: int, paper_id: int) -> dict[int, str]:
    """Give the codes of the press for the versions whose file could not be made."""
    rows = session.execute(
        select(PaperIssue.id, TypesetSheet.error)
        .join(
            TypesetSheet,
            (TypesetSheet.campaign_id == PaperIssue.campaign_id)
            & (TypesetSheet.digest == PaperIssue.digest),
        )
        .where(
            PaperIssue.campaign_id == campaign_id,
            PaperIssue.paper_id == paper_id,
            PaperIssue.state == IssueState.FAILED.value,
            TypesetSheet.purpose == Purpose.ISSUE.value,
        )
    )
    return {row.id: row.error for row in rows}


def newest_issues(session: Session, campaign_id: int) -> dict[int, IssueRow]:
    """Give the newest version of each paper of a campaign, by paper."""
    rows = session.execute(
        _ISSUES.where(PaperIssue.campaign_id == campaign_id).order_by(PaperIssue.version)
    )
    return {issue.paper_id: issue for issue in map(_issue, rows)}


def scans_of(session: Session, campaign_id: int, paper_id: int) -> tuple[ScanRow, ...]:
    """Give the scans of a paper that are there now, in the order of its pages."""
    rows = session.execute(
        _SCANS.where(
            PaperScan.campaign_id == campaign_id,
            PaperScan.paper_id == paper_id,
            PaperScan.removed_at.is_(None),
        ).order_by(PaperScan.position, PaperScan.id)
    )
    return tuple(_scan(row) for row in rows)


def scans_by_paper(session: Session, campaign_id: int) -> dict[int, tuple[ScanRow, ...]]:
    """Give the scans of a campaign that are there now, by paper, in the order of pages."""
    rows = session.execute(
        _SCANS.add_columns(PaperScan.paper_id)
        .where(PaperScan.campaign_id == campaign_id, PaperScan.removed_at.is_(None))
        .order_by(PaperScan.paper_id, PaperScan.position, PaperScan.id)
    )
    found: dict[int, tuple[ScanRow, ...]] = {}
    for *values, paper_id in rows:
        found[paper_id] = (*found.get(paper_id, ()), _scan(values))
    return found


def scans_by_id(session: Session, campaign_id: int, ids: Collection[int]) -> dict[int, ScanRow]:
    """Give scans by number, also those taken away after they were handed in."""
    rows = session.execute(
        _SCANS.where(PaperScan.campaign_id == campaign_id, PaperScan.id.in_(ids))
    )
    return {row.id: _scan(row) for row in rows}


def codes_known(session: Session, tokens: Collection[str]) -> tuple[KnownCode, ...]:
    """Give the issued versions that the tokens on a scan belong to, whosesoever they are.

    The session has to reach everything: to the reach of one campaign, another one's paper would
    be no paper of this portal.
    """
    if not tokens:
        return ()
    rows = session.execute(
        select(PaperIssue.campaign_id, PaperIssue.paper_id, PaperIssue.id, PaperIssue.number).where(
            PaperIssue.check_token.in_(tokens)
        )
    )
    return tuple(
        KnownCode(campaign_id=row[0], paper_id=row[1], issue_id=row[2], number=row[3])
        for row in rows
    )


def find_round(session: Session, review_id: int) -> RoundRow | None:
    """Give the round of a review; the caller has asked for the review with the viewer."""
    row = session.execute(_ROUNDS.where(PaperRound.review_id == review_id)).first()
    return _round(*row) if row else None


def find_round_before(session: Session, this: RoundRow) -> RoundRow | None:
    """Give the round handed in before this one, leaving out what was taken back."""
    row = session.execute(
        _ROUNDS.join(
            Review,
            (Review.campaign_id == PaperRound.campaign_id) & (Review.id == PaperRound.review_id),
        )
        .where(
            PaperRound.campaign_id == this.campaign_id,
            PaperRound.paper_id == this.paper_id,
            PaperRound.round < this.round,
            Review.state != ReviewState.WITHDRAWN.value,
        )
        .order_by(PaperRound.round.desc())
        .limit(1)
    ).first()
    return _round(*row) if row else None


def _paper(
    paper_id: int,
    kind: str,
    state: str,
    day: int | None,
    review_id: int | None,
    note: str,
    handed_issue_id: int | None,
) -> PaperRow:
    return PaperRow(
        id=paper_id,
        kind=kind,
        state=State(state),
        accepted_day=day,
        review_id=review_id,
        note=note,
        handed_issue_id=handed_issue_id,
    )


def _issue(row: Row[*tuple[Any, ...]]) -> IssueRow:
    values = row._asdict()
    values["state"] = IssueState(row.state)
    values["issued_by_name"] = row.issued_by_name or ""
    return IssueRow(**values)


def _scan(row: Sequence[Any]) -> ScanRow:
    """Put a row of _SCANS into its class; its fields are in the same order."""
    names = (field.name for field in fields(ScanRow))
    values = dict(zip(names, row, strict=True))
    return ScanRow(**{**values, "code": CodeVerdict(values["code"])})


def _round(
    campaign_id: int,
    paper_id: int,
    kind: str,
    issue_id: int | None,
    number: int,
    scans: list[int],
    at: datetime,
) -> RoundRow:
    return RoundRow(
        campaign_id=campaign_id,
        paper_id=paper_id,
        kind=kind,
        issue_id=issue_id,
        round=number,
        scans=tuple(scans),
        handed_in_at=at,
    )

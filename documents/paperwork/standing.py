"""Where the papers of a campaign stand: rows and rules put together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.accounts.queries import CampaignRow
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.pack import version_on
from documents.paperwork.printing import Snapshot
from documents.paperwork.queries.answers import given_answers
from documents.paperwork.queries.papers import (
    IssueRow,
    PaperRow,
    ScanRow,
    find_paper,
    issues_of,
    newest_issues,
    papers_of,
    scans_of,
)
from documents.paperwork.rules.interview import Circumstances, Interview, interview
from documents.paperwork.rules.scans import pages_missing
from documents.paperwork.rules.standing import (
    Difference,
    Stage,
    State,
    differences,
    stage_of,
)
from documents.paperwork.shape import DocumentKind, FormVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One paper as it stands: rows, stage, and what the answers say otherwise by now."""

    kind: DocumentKind
    stage: Stage
    interview: Interview
    paper: PaperRow | None = None
    issues: tuple[IssueRow, ...] = ()
    scans: tuple[ScanRow, ...] = ()
    changed: tuple[Difference, ...] = ()
    form_changed: bool = False

    @property
    def newest(self) -> IssueRow | None:
        """The newest issued version."""
        return self.issues[0] if self.issues else None

    @property
    def is_stale(self) -> bool:
        """Whether the newest version no longer says what the answers say."""
        return bool(self.changed) or self.form_changed

    @property
    def pages_missing(self) -> int:
        """How many pages fewer came back than were issued."""
        if self.newest is None or not self.scans:
            return 0
        return pages_missing(
            issued=self.newest.pages, scanned=sum(scan.pages for scan in self.scans)
        )


def standing_of(
    session: Session,
    desk: PaperworkDesk,
    campaign: CampaignRow,
    kind: DocumentKind,
    found: Interview,
    now: datetime,
) -> Standing:
    """Give where one paper stands; the caller has looked at the viewer."""
    paper = find_paper(session, campaign.id, kind.key)
    if paper is None:
        return _standing(desk, kind, found, version_on(kind, now.date()))
    return _standing(
        desk,
        kind,
        found,
        version_on(kind, now.date()),
        paper=paper,
        issues=issues_of(session, campaign.id, paper.id),
        scans=scans_of(session, campaign.id, paper.id),
    )


def standings_of(
    session: Session, desk: PaperworkDesk, campaign: CampaignRow, now: datetime
) -> tuple[Standing, ...]:
    """Give where every kind of paper of a campaign stands, in the pack's order."""
    documents = desk.kinds.find(campaign.pack_id)
    if documents is None:
        return ()
    given = given_answers(session, desk.seal, campaign.id)
    papers = papers_of(session, campaign.id)
    newest = newest_issues(session, campaign.id) if papers else {}
    today = now.astimezone(ZoneInfo(campaign.timezone)).date()
    days = Circumstances(today=today, polling_day=campaign.polling_day)
    standings = []
    for kind in documents.kinds.values():
        paper = papers.get(kind.key)
        issue = newest.get(paper.id) if paper else None
        standings.append(
            _standing(
                desk,
                kind,
                interview(kind, documents.answers, given, days),
                version_on(kind, now.date()),
                paper=paper,
                issues=(issue,) if issue else (),
                scans=scans_of(session, campaign.id, paper.id) if paper else (),
            )
        )
    return tuple(standings)


def _standing(
    desk: PaperworkDesk,
    kind: DocumentKind,
    found: Interview,
    version: FormVersion,
    *,
    paper: PaperRow | None = None,
    issues: tuple[IssueRow, ...] = (),
    scans: tuple[ScanRow, ...] = (),
) -> Standing:
    newest = issues[0] if issues else None
    snapshot = Snapshot.from_json(desk.seal.open(newest.snapshot)) if newest else None
    return Standing(
        kind=kind,
        stage=stage_of(
            paper.state if paper else State.DRAFT,
            complete=not found.in_the_way,
            issue=newest.state if newest else None,
            scans_of_newest=sum(scan.issue_id == newest.id for scan in scans) if newest else 0,
        ),
        interview=found,
        paper=paper,
        issues=issues,
        scans=scans,
        changed=differences(snapshot.answers, found.printed()) if snapshot else (),
        form_changed=newest is not None and newest.form_version != version.id,
    )

"""Where the papers of a campaign stand: rows and rules put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.accounts.queries import CampaignRow
from app.accounts.rules.elections import day_there
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.editions import edition_of, is_official
from documents.paperwork.printing import Snapshot
from documents.paperwork.queries.answers import given_answers
from documents.paperwork.queries.approvals import FormKey, approved_forms
from documents.paperwork.queries.opening import Opening
from documents.paperwork.queries.papers import (
    IssueRow,
    PaperRow,
    ScanRow,
    find_paper,
    issues_of,
    newest_issues,
    papers_of,
    scans_by_paper,
    scans_of,
)
from documents.paperwork.rules.interview import Circumstances, Interview, interview, is_needed
from documents.paperwork.rules.scans import Arrived, is_doubtful, is_wrong, pages_arrived
from documents.paperwork.rules.standing import (
    Difference,
    RowChange,
    Stage,
    State,
    differences,
    none_changes,
    row_changes,
    stage_elsewhere,
    stage_of,
)
from documents.paperwork.rules.veiling import is_need_telling, telling_keys
from documents.paperwork.shape import Answer, DocumentKind

DRAFT = "draft"
"""What a paper is called that is not issued yet, where it is not told what is missing."""
_BY_ANSWERS = frozenset({Stage.INCOMPLETE, Stage.READY})


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
    rows_changed: tuple[RowChange, ...] = ()
    form_changed: bool = False
    is_needed: bool = True
    """Whether the answers given so far make somebody need it."""
    is_changed: bool = False
    """Whether answers have changed since, where it is not told which."""
    is_veiled: bool = False
    """Whether how far its answers are is kept from the viewer, because sealed ones decide it."""
    untold: frozenset[str] = frozenset()
    """The answers of which the viewer is not told whether they are there."""
    snapshot: Snapshot | None = None
    """What the newest version says, opened."""

    @property
    def newest(self) -> IssueRow | None:
        """The newest issued version."""
        return self.issues[0] if self.issues else None

    @property
    def is_begun(self) -> bool:
        """Whether something was issued, brought or handed in."""
        handed = self.paper is not None and self.paper.state is not State.DRAFT
        return handed or bool(self.issues or self.scans)

    @property
    def is_wanted(self) -> bool:
        """Whether it is among the papers to get done; what was begun or handed in always is."""
        return self.is_begun or (self.is_needed and not self.kind.optional)

    @property
    def is_stale(self) -> bool:
        """Whether the newest version no longer says what the answers say."""
        changed = self.is_changed or bool(self.changed or self.rows_changed)
        return changed or self.form_changed

    @property
    def lacks_answers(self) -> bool:
        """Whether answers are missing or wrong, of those of which that is told."""
        return any(asked.answer.key not in self.untold for asked in self.interview.in_the_way)

    @property
    def told(self) -> str:
        """The stage in the word by which it is called on the screen."""
        return DRAFT if self.is_veiled else self.stage.value

    @property
    def arrived(self) -> Arrived:
        """Which pages of the newest version came back; nothing is missing before one has come."""
        signed = self.signed
        if self.newest is None or not signed:
            return Arrived(missing=0)
        return pages_arrived(issued=self.newest.pages, came=signed)

    @property
    def wrong_scans(self) -> tuple[ScanRow, ...]:
        """The scans of the newest version whose code says that they are of something else."""
        if self.newest is None:
            return ()
        return tuple(scan for scan in self.signed if is_wrong(scan.code))

    @property
    def is_doubtful(self) -> bool:
        """Whether it is asked once more before these scans are sent."""
        if self.newest is None:
            return False
        return is_doubtful(issued=self.newest.pages, came=self.signed)

    @property
    def signed(self) -> tuple[ScanRow, ...]:
        """The scans of the newest version; of a paper made elsewhere all."""
        if self.newest is None:
            return self.scans
        return tuple(scan for scan in self.scans if scan.issue_id == self.newest.id)

    @property
    def state(self) -> State:
        """How far the check of the newest version is, and not of one before it."""
        return _state_of(self.paper, self.newest)


def as_open_to(standing: Standing, opened: Opening) -> Standing:
    """Leave out of a standing what is not open to a viewer; its stage stays what it is.

    What the answers say by now is nobody's but those who work on them.
    """
    if opened.everything:
        return standing
    return replace(
        standing,
        issues=tuple(each for each in standing.issues if opened.has_issue(each.id)),
        scans=tuple(each for each in standing.scans if opened.has_scan(each.id)),
        changed=(),
        rows_changed=(),
        snapshot=None,
    )


def as_read(standing: Standing, answers: Mapping[str, Answer]) -> Standing:
    """Leave out of a standing what sealed answers decide, for who may only read papers.

    Whether such a paper could be issued is not told, nor that it is out of date by a sealed answer
    alone; that something was issued, sent or accepted is, whatever was answered.
    """
    telling = telling_keys(standing.kind, answers)
    veiled = bool(telling) and standing.stage in _BY_ANSWERS
    since = {each.key for each in standing.changed} | {each.key for each in standing.rows_changed}
    return replace(
        standing,
        stage=Stage.INCOMPLETE if veiled else standing.stage,
        is_veiled=veiled,
        changed=(),
        rows_changed=(),
        is_changed=bool(since - telling),
        is_needed=standing.is_needed or is_need_telling(standing.kind, answers),
        untold=telling,
    )


def all_as_read(
    standings: Iterable[Standing], answers: Mapping[str, Answer]
) -> tuple[Standing, ...]:
    """Give the papers of a campaign as they are told to who may only read them.

    A paper that sealed answers ask for is told of once it was begun: before that its place in
    the list would say what they are.
    """
    return tuple(
        as_read(standing, answers)
        for standing in standings
        if standing.is_begun or not is_need_telling(standing.kind, answers)
    )


def circumstances_of(campaign: CampaignRow, now: datetime) -> Circumstances:
    """Give the days that the rules look at."""
    return Circumstances(today=day_there(now, campaign.timezone), polling_day=campaign.polling_day)


def standing_of(
    session: Session,
    desk: PaperworkDesk,
    campaign: CampaignRow,
    kind: DocumentKind,
    found: Interview,
    now: datetime,
    *,
    is_needed: bool = True,
) -> Standing:
    """Give where one paper stands; the caller has looked at the viewer."""
    paper = find_paper(session, campaign.id, kind.key)
    printed = _Printed.by(session, campaign, kind, day_there(now, campaign.timezone))
    if paper is None:
        return _standing(desk, kind, found, printed, is_needed=is_needed)
    return _standing(
        desk,
        kind,
        found,
        printed,
        is_needed=is_needed,
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
    scans = scans_by_paper(session, campaign.id) if papers else {}
    approved = approved_forms(session, campaign.election_id)
    days = circumstances_of(campaign, now)
    standings = []
    for kind in documents.listed.values():
        paper = papers.get(kind.key)
        issue = newest.get(paper.id) if paper else None
        standings.append(
            _standing(
                desk,
                kind,
                interview(kind, documents.answers, given, days),
                _Printed.of(kind, approved, days.today),
                is_needed=is_needed(kind, given),
                paper=paper,
                issues=(issue,) if issue else (),
                scans=scans.get(paper.id, ()) if paper else (),
            )
        )
    return tuple(standings)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Printed:
    """The edition that would be printed today; nothing for a paper made elsewhere."""

    version: str = ""
    official: bool = False

    @classmethod
    def of(cls, kind: DocumentKind, approved: frozenset[FormKey], today: date) -> _Printed:
        version = edition_of(kind, today)
        if version is None:
            return cls()
        return cls(version=version.id, official=is_official(kind, version, approved))

    @classmethod
    def by(
        cls, session: Session, campaign: CampaignRow, kind: DocumentKind, today: date
    ) -> _Printed:
        drafts = any(not version.official for version in kind.version)
        known = approved_forms(session, campaign.election_id) if drafts else frozenset()
        return cls.of(kind, known, today)


def _standing(
    desk: PaperworkDesk,
    kind: DocumentKind,
    found: Interview,
    printed: _Printed,
    *,
    is_needed: bool,
    paper: PaperRow | None = None,
    issues: tuple[IssueRow, ...] = (),
    scans: tuple[ScanRow, ...] = (),
) -> Standing:
    newest = issues[0] if issues else None
    snapshot = Snapshot.from_json(desk.seal.open(newest.snapshot)) if newest else None
    state = _state_of(paper, newest)
    said, tables = found.printed(), found.printed_tables()
    return Standing(
        kind=kind,
        stage=stage_of(
            state,
            complete=not found.in_the_way,
            issue=newest.state if newest else None,
            scans_of_newest=sum(scan.issue_id == newest.id for scan in scans) if newest else 0,
        )
        if kind.is_printed
        else stage_elsewhere(state, scans=len(scans)),
        interview=found,
        paper=paper,
        issues=issues,
        scans=scans,
        changed=(
            *differences(snapshot.answers, said),
            *none_changes(snapshot.tables, tables),
        )
        if snapshot
        else (),
        rows_changed=row_changes(snapshot.tables, tables) if snapshot else (),
        form_changed=newest is not None and _differs(newest, printed),
        is_needed=is_needed,
        snapshot=snapshot,
    )


def _state_of(paper: PaperRow | None, newest: IssueRow | None) -> State:
    """Give how far the check of the newest version is: what was accepted may be an earlier one."""
    if paper is None:
        return State.DRAFT
    handed = paper.handed_issue_id
    superseded = newest is not None and handed is not None and handed != newest.id
    return State.DRAFT if paper.state is State.ACCEPTED and superseded else paper.state


def _differs(newest: IssueRow, printed: _Printed) -> bool:
    """Say whether the form has a newer edition, or has lost its mark since it was issued."""
    return newest.form_version != printed.version or (printed.official and not newest.official)

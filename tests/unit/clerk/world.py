"""A case on the clerk's desk from what somebody typed, without database or web."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from documents.clerk.examining import text_of
from documents.clerk.pack import PackClerk, load_clerk
from documents.clerk.rules.case import Case, Finding, Seen, SeenScan, case_of
from documents.clerk.rules.judging import judge
from documents.clerk.shape import Severity
from documents.paperwork.printing import Snapshot
from documents.paperwork.rules.answers import Given
from documents.paperwork.rules.interview import interview, is_needed
from documents.paperwork.rules.scans import CodeVerdict
from documents.paperwork.rules.standing import IssueState
from documents.paperwork.shape import DocumentKind
from tests.paperwork_world import (
    DAYS,
    EN,
    RU,
    Typed,
    composed,
    documents_of,
    given_of,
    interview_of,
)

PAPERS = {
    RU: ("consent", "income", "work_certificate"),
    EN: ("nomination_paper", "consent_to_nomination", "home_address"),
}
ISSUED_ON = date(2026, 6, 24)


@cache
def clerk_of(pack_id: str) -> PackClerk:
    """Give the rules of a pack of the program."""
    return load_clerk(documents_of(pack_id))


@dataclass(kw_only=True)
class Desk:
    """What lies on the desk; a test changes what it is about."""

    pack_id: str
    answers: dict[str, object]
    kinds: Collection[str] = ()
    days: dict[str, date | None] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    seen: dict[str, Seen] = field(default_factory=dict)
    today: date = DAYS.today

    @property
    def typed(self) -> Typed:
        return self.answers  # type: ignore[return-value]

    def issue(self, kind: str, *, html: str | None = None, **changes: object) -> Seen:
        """Put an issued version of a paper on the desk, signed and complete unless said."""
        documents = documents_of(self.pack_id)
        found = interview_of(documents, kind, self.typed)
        sheet = composed(documents, kind, self.typed).sheet
        if html is not None:
            sheet = replace(sheet, html=html)
        snapshot = Snapshot(answers=found.printed(), sheet=sheet.as_json())
        seen = Seen(
            kind=documents.kinds[kind],
            interview=found,
            wanted=True,
            issue=IssueState.READY,
            number=f"{documents.kinds[kind].code}-000001-1",
            issued_on=ISSUED_ON,
            pages=1,
            said=snapshot.answers,
            tables=found.printed_tables(),
            sheet=text_of(snapshot, worded=kind in clerk_of(self.pack_id).worded),
            scans=(a_scan(),),
        )
        self.seen[kind] = replace(seen, **changes)  # type: ignore[arg-type]
        return self.seen[kind]

    def case(self) -> Case:
        """Give the case as it lies there."""
        documents = documents_of(self.pack_id)
        given = given_of(documents, self.typed)
        wanted = self.kinds or PAPERS[self.pack_id]
        papers = {
            key: self.seen.get(key) or self._draft(kind, given, wanted)
            for key, kind in documents.listed.items()
        }
        return case_of(
            papers,
            documents.answers,
            today=self.today,
            days={"polling_day": DAYS.polling_day, **self.days},
            known=self.known,
        )

    def findings(self, rule: str | None = None) -> tuple[Finding, ...]:
        """Give what the clerk finds, by one rule or by all."""
        rules = clerk_of(self.pack_id).rules
        return judge([rules[rule]] if rule else rules.values(), self.case()).findings

    def _draft(
        self, kind: DocumentKind, given: Mapping[str, Given], wanted: Collection[str]
    ) -> Seen:
        found = interview(kind, documents_of(self.pack_id).answers, given, DAYS)
        needed = kind.key in wanted and is_needed(kind, given)
        return Seen(kind=kind, interview=found, wanted=needed)


def a_scan(scan_id: int = 1, *, code: CodeVerdict = CodeVerdict.MATCH, page: int = 0) -> SeenScan:
    """Give a photo of the newest version; ``page`` is what its code says, 0: nothing."""
    read = ((page,),) if page else None
    return SeenScan(id=scan_id, pages=1, of_newest=True, code=code, page_numbers=read)


def stop(findings: Collection[Finding]) -> bool:
    """Say whether there is a finding and all of them stop."""
    return bool(findings) and all(each.severity is Severity.STOP for each in findings)


def warning(findings: Collection[Finding]) -> bool:
    """Say whether there is a finding and all of them only warn."""
    return bool(findings) and all(each.severity is Severity.WARN for each in findings)

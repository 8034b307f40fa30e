"""What a reviewer sees of a signed paper: scans, the issued version, differences, the code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from app.access import Viewer
from app.errors import Missing
from app.reviews.queries import get_review
from app.reviews.rules import State
from app.reviews.subjects import Change, HandedFile, HandedIn
from app.sealing import Seal
from app.texts import N_
from app.web.language import translate, translate_plural
from documents.paperwork.describing import CODE_WORDS, code_words_in, pages_told
from documents.paperwork.pack import DocumentKinds, PackDocuments
from documents.paperwork.printing import Snapshot, spoken
from documents.paperwork.queries.papers import (
    IssueRow,
    RoundRow,
    ScanRow,
    find_issue,
    find_round,
    find_round_before,
    scans_by_id,
)
from documents.paperwork.rules.interview import Table
from documents.paperwork.rules.scans import Arrived, CodeVerdict, is_wrong, pages_arrived
from documents.paperwork.shape import DocumentKind

ISSUED = N_("Issued paper")
CODE = N_("Code on the scans")
PAGES = N_("Pages")
FORM = N_("Form")
SIDE_BY_SIDE = N_("All pages, side by side")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSubjects:
    """The reviews' view of papers."""

    kinds: DocumentKinds
    seal: Seal

    def handed_in(
        self, session: Session, viewer: Viewer, *, review_id: int, language: str
    ) -> HandedIn:
        """Give the signed paper as it was handed in, compared with the round before.

        Raises Missing.
        """
        found = get_review(session, viewer, review_id)
        this = find_round(session, review_id)
        if this is None:
            raise Missing
        documents = self.kinds.find(found.campaign.pack_id)
        kind = documents.kinds.get(this.kind) if documents else None
        if documents is None or kind is None:
            raise Missing
        issue = _issue_of(session, this)
        if issue is None and kind.is_printed:
            raise Missing
        before = find_round_before(session, this)
        former = _issue_of(session, before) if before else None
        ids = {*this.scans, *(before.scans if before else ())}
        scans = scans_by_id(session, this.campaign_id, ids)
        teller = _Teller(
            documents=documents, kind=kind, language=language, seal=self.seal, scans=scans
        )
        taken_back = found.review.state is State.WITHDRAWN
        return HandedIn(
            title=documents.kind_words(kind.key, language).title,
            evidence_kind="document",
            changes=teller.changes(this, before, issue, former),
            # Taken back, it is its people's again: the desk keeps the words, not the files.
            files=() if taken_back else teller.files(this, before, issue),
            compared_with_round=before.round if before else None,
        )


def _issue_of(session: Session, handed: RoundRow) -> IssueRow | None:
    """Give what was handed in as it was issued; nothing of a paper made elsewhere."""
    if handed.issue_id is None:
        return None
    return find_issue(session, handed.campaign_id, handed.issue_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Teller:
    documents: PackDocuments
    kind: DocumentKind
    language: str
    seal: Seal
    scans: dict[int, ScanRow]

    def changes(
        self,
        this: RoundRow,
        before: RoundRow | None,
        issue: IssueRow | None,
        former: IssueRow | None,
    ) -> tuple[Change, ...]:
        """Give what the paper says and what was found about the scans, then and now."""
        now = self._told(this, issue)
        known = before is not None and (former is not None or issue is None)
        then = self._told(before, former) if before and known else None
        return tuple(self._change(label, value, then) for label, value in now.items())

    def _told(self, handed: RoundRow, issue: IssueRow | None) -> dict[str, str]:
        if issue is None:
            pages = sum(scan.pages for scan in self._scans(handed))
            words = translate_plural(self.language, "%(num)s page", "%(num)s pages", pages)
            return {self._say(PAGES): words}
        return {**self._findings(handed, issue), **self._answers(issue)}

    def _scans(self, handed: RoundRow) -> list[ScanRow]:
        return [self.scans[number] for number in handed.scans if number in self.scans]

    def _change(self, label: str, after: str, then: dict[str, str] | None) -> Change:
        before = after if then is None else then.get(label, "")
        kind = "same" if before == after else ("changed" if before else "new")
        pieces = (("gone", before), ("new", after)) if before else (("new", after),)
        return Change(
            label=label,
            before=before,
            after=after,
            kind=kind,
            pieces=pieces if kind != "same" else (("same", after),),
        )

    def _findings(self, this: RoundRow, issue: IssueRow) -> dict[str, str]:
        scans = self._scans(this)
        form = N_("official wording") if issue.official else N_("draft: wording not verified")
        arrived = pages_arrived(issued=issue.pages, came=scans)
        return {
            self._say(ISSUED): self._say(
                N_("{number}, version {version}"), number=issue.number, version=issue.version
            ),
            self._say(CODE): self._codes(scans),
            self._say(PAGES): self._pages(arrived, issue.pages),
            self._say(FORM): self._say(form),
        }

    def _pages(self, arrived: Arrived, issued: int) -> str:
        if arrived.absent or arrived.twice:
            return " ".join(pages_told(self.language, arrived, issued=issued))
        if not arrived.missing:
            return self._say(N_("as many as were issued"))
        return translate_plural(
            self.language,
            "%(num)s page fewer than was issued",
            "%(num)s pages fewer than were issued",
            arrived.missing,
        )

    def _codes(self, scans: Sequence[ScanRow]) -> str:
        wrong = [
            f"{scan.name}: {self._say(CODE_WORDS[scan.code], number=scan.code_number)}"
            for scan in scans
            if is_wrong(scan.code)
        ]
        said = dict.fromkeys(
            self._say(CODE_WORDS[scan.code], number=scan.code_number)
            for scan in scans
            # One page with a good code is enough; the others are told when none is.
            if scan.code is CodeVerdict.MATCH
            or not (is_wrong(scan.code) or any(one.code is CodeVerdict.MATCH for one in scans))
        )
        # What is of something else comes first, and by name: a reviewer looks at those pages.
        return "; ".join((*wrong, *said))

    def _answers(self, issue: IssueRow) -> dict[str, str]:
        """Give what the paper says; sealed answers are read on the paper itself."""
        snapshot = Snapshot.from_json(self.seal.open(issue.snapshot))
        printed, words = snapshot.answers, self.documents.words_in(self.language)
        told = {
            words.answer[place.answer].label: spoken(
                self.documents.answers[place.answer],
                printed.get(place.answer, ""),
                kind=self.kind,
            )
            for place in self.kind.field
            if printed.get(place.answer) and not self.documents.answers[place.answer].seal
        }
        open_tables = {
            key: table
            for key, table in snapshot.tables.items()
            if key in self.documents.answers and not self.documents.answers[key].seal
        }
        return told | {
            words.answer[key].label: self._table(key, table)
            for key, table in open_tables.items()
            if table.rows or table.none
        }

    def _table(self, key: str, table: Table) -> str:
        answer = self.documents.answers[key]
        if table.none:
            return self.kind.none.get(key, "")
        said = (
            "; ".join(
                filter(
                    None,
                    (
                        spoken(
                            column,
                            row.values.get(column.key, ""),
                            kind=self.kind,
                            name=f"{key}.{column.key}",
                        )
                        for column in answer.column
                    ),
                )
            )
            for row in table.rows
        )
        return "\n".join(f"{number}. {text}" for number, text in enumerate(said, 1))

    def files(
        self, this: RoundRow, before: RoundRow | None, issue: IssueRow | None
    ) -> tuple[HandedFile, ...]:
        """Give the scans, those that went, and the issued file to compare them with."""
        known = before.scans if before else this.scans
        gone = [number for number in known if number not in this.scans]
        found = [self._file(this, number, known) for number in (*this.scans, *gone)]
        there = tuple(file for file in found if file is not None)
        if there:
            there = (*there, self._side_by_side(this))
        if issue is None:
            return there
        issued = HandedFile(
            name=f"{issue.number}.pdf",
            label=self._say(ISSUED),
            about="",
            address=url_for(
                "paperwork.issued_file",
                campaign_id=this.campaign_id,
                kind=this.kind,
                issue_id=issue.id,
            ),
            kind="same",
        )
        return (*there, issued)

    def _side_by_side(self, this: RoundRow) -> HandedFile:
        return HandedFile(
            name=self._say(SIDE_BY_SIDE),
            label="",
            about="",
            address=url_for("paperwork.compare", campaign_id=this.campaign_id, kind=this.kind),
            kind="same",
        )

    def _file(self, this: RoundRow, number: int, known: Sequence[int]) -> HandedFile | None:
        scan = self.scans.get(number)
        if scan is None:
            return None
        state = "same" if number in known else "new"
        return HandedFile(
            name=scan.name,
            label=code_words_in(self.language, scan.code, scan.code_number, scan.numbers)
            if scan.issue_id is not None
            else "",
            about="",
            address=url_for(
                "paperwork.scan",
                campaign_id=this.campaign_id,
                kind=this.kind,
                scan_id=scan.id,
            ),
            kind=state if number in this.scans else "removed",
        )

    def _say(self, message: str, **params: object) -> str:
        return translate(self.language, message, **params)

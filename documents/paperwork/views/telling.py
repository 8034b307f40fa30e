"""What is said on the page of one paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from app.errors import MandatError, Refused
from app.texts import N_
from app.web.kernel import part
from app.web.language import current_language, gettext, say
from documents.paperwork.checking import SLOT
from documents.paperwork.describing import CODE_TONES, code_words, pages_told, readable
from documents.paperwork.describing_tables import cell_text
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.paper_pages import (
    DifferenceView,
    DoubtView,
    FailureView,
    IssueView,
    ScanView,
)
from documents.paperwork.printing import Snapshot, spoken
from documents.paperwork.queries.papers import IssueRow, ScanRow
from documents.paperwork.rules.interview import Asked
from documents.paperwork.rules.scans import CHECK_PATH
from documents.paperwork.rules.standing import Difference, IssueState, RowChange, Stage
from documents.paperwork.shape import Phrase
from documents.paperwork.standing import Standing
from documents.paperwork.views.reading import mark
from documents.paperwork.views.section import Work

ORDER: tuple[tuple[str, str], ...] = (
    ("answer", N_("Answer the questions")),
    ("issue", N_("Issue and print")),
    ("sign", N_("Sign by hand and photograph")),
    ("check", N_("Checked")),
)
REACHED: Mapping[Stage, int] = {
    Stage.INCOMPLETE: 0,
    Stage.READY: 1,
    Stage.WANTED: 2,
    Stage.PREPARING: 1,
    Stage.ISSUED: 2,
    Stage.SCANNED: 2,
    Stage.RETURNED: 2,
    Stage.WAITING: 3,
    Stage.ACCEPTED: 4,
}
ORDER_ELSEWHERE: tuple[tuple[str, str], ...] = (
    ("sign", N_("Get it and photograph it")),
    ("check", N_("Checked")),
)
REACHED_ELSEWHERE: Mapping[Stage, int] = {Stage.WAITING: 1, Stage.ACCEPTED: 2}
SIZE_STEP = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The addresses of one paper."""

    campaign_id: int
    kind: str

    def to(self, endpoint: str, **values: Any) -> str:  # noqa: ANN401 - as url_for has it.
        """Give the address of a screen of this paper."""
        return url_for(
            f"paperwork.{endpoint}", campaign_id=self.campaign_id, kind=self.kind, **values
        )

    def still(self, endpoint: str, **values: Any) -> str:  # noqa: ANN401 - as url_for has it.
        """Give it for what somebody has come for, so that the way back stays in sight."""
        return self.to(endpoint, finding=mark(), **values)

    def questions(self, work: Work) -> str:
        """Give the page of questions to go on with."""
        following = work.interview.next_page
        return self.to("questions", page=following.page.key) if following else self.first_page(work)

    def first_page(self, work: Work) -> str:
        """Give the first page of questions; empty for a paper that asks none."""
        return self.to("questions", page=work.kind.page[0].key) if work.kind.page else ""


def steps(standing: Standing) -> tuple[tuple[str, str, bool, bool], ...]:
    """Give the way of a paper: (key, words, done, now)."""
    here = standing.kind.is_printed
    order = ORDER if here else ORDER_ELSEWHERE
    reached = REACHED[standing.stage] if here else REACHED_ELSEWHERE.get(standing.stage, 0)
    if standing.is_stale and standing.stage is not Stage.WAITING:
        # What was signed is not what would be issued now: the way begins anew there.
        reached = min(reached, 0 if standing.lacks_answers else 1)
    return tuple(
        (key, gettext(words), number < reached, number == reached)
        for number, (key, words) in enumerate(order)
    )


def in_the_way(work: Work, here: Addresses) -> tuple[tuple[str, str, str], ...]:
    """Give what has to be answered or mended: (label, problem, address)."""
    found = []
    for page in work.interview.pages:
        for question in page.questions:
            problem = question.verdict.problem
            if not question.is_in_the_way or problem is None:
                continue
            words = work.documents.answer_words(question.answer.key, current_language())
            address = here.to("questions", page=page.page.key) + f"#a-{question.answer.key}"
            found.append((words.label, gettext(problem.message, **problem.params), address))
    return tuple(found)


def issue_view(
    issue: IssueRow,
    here: Addresses,
    *,
    newest: int | None,
    failure: FailureView | None,
    editable: bool = False,
) -> IssueView:
    """Put one issued version into words; ``newest``: the version that is to be printed."""
    ready = issue.state is IssueState.READY
    return IssueView(
        id=issue.id,
        number=issue.number,
        version=issue.version,
        state=issue.state.value,
        pages=issue.pages,
        sha256=issue.sha256,
        issued_at=issue.issued_at,
        by=issue.issued_by_name,
        href=here.to("issued_file", issue_id=issue.id) if ready else "",
        check_href=f"{CHECK_PATH}{issue.check_token}",
        editable_href=here.to("editable_file", issue_id=issue.id) if ready and editable else "",
        official=issue.official,
        earlier=issue.id != newest,
        failure=failure if issue.state is IssueState.FAILED else None,
    )


def scan_view(scan: ScanRow, here: Addresses, *, newest: int | None) -> ScanView:
    """Put one scan into words; ``newest``: the version that scans should be of."""
    of_earlier = scan.issue_id is not None and scan.issue_id != newest
    return ScanView(
        name=scan.name,
        about=about_scan(scan),
        href=here.to("scan", scan_id=scan.id),
        remove_action=here.still("remove_scan", scan_id=scan.id),
        # Nothing of ours is on a paper made elsewhere.
        verdict=_verdict(scan, of_earlier=of_earlier),
        verdict_tone="warn" if of_earlier else CODE_TONES.get(scan.code, "warn"),
        move_action=here.still("move_scan", scan_id=scan.id),
        shape_href=here.still("shape_scan", scan_id=scan.id),
    )


def _verdict(scan: ScanRow, *, of_earlier: bool) -> str:
    if of_earlier:
        # What its code was found to be was said of the version before.
        return gettext("earlier version")
    return code_words(scan.code, scan.code_number, scan.numbers) if scan.issue_id else ""


def about_scan(scan: ScanRow) -> str:
    """Say how big a scan is."""
    size = max(scan.size_bytes // SIZE_STEP, 1)
    return gettext(N_("{pages} p., {size} KB"), pages=scan.pages, size=size)


def doubt_view(standing: Standing, refusal: MandatError | None) -> DoubtView | None:
    """Say what is asked about before the scans are sent; None when they fit."""
    if not standing.is_doubtful:
        return None
    asked = isinstance(refusal, Refused) and refusal.field == "anyway"
    return DoubtView(
        wrong=tuple(
            (scan.name, code_words(scan.code, scan.code_number)) for scan in standing.wrong_scans
        ),
        asked=say(refusal) if refusal and asked else "",
    )


def pages_view(standing: Standing) -> tuple[str, ...]:
    """Say which pages of the newest version have not come, and which came more than once."""
    if standing.newest is None:
        return ()
    return pages_told(current_language(), standing.arrived, issued=standing.newest.pages)


def file_errors(refusal: MandatError | None) -> tuple[str, ...]:
    """Say beside the field for files what was refused about them."""
    if not isinstance(refusal, Refused) or refusal.field != "file":
        return ()
    return (say(refusal),)


def sealed_changes(work: Work, standing: Standing) -> frozenset[str]:
    """Give the sealed answers that the issued paper has otherwise."""
    answers = work.documents.answers
    return frozenset(
        change.key
        for change in standing.changed
        if change.key in answers and answers[change.key].seal
    )


def difference_views(
    work: Work, standing: Standing, saved: Mapping[str, datetime]
) -> tuple[DifferenceView, ...]:
    """Say which answers the issued paper has otherwise; of sealed ones only that they changed.

    ``saved``: when sealed answers were saved, by key.
    """
    asked = {question.answer.key: question for question in work.interview.questions}
    said = [
        _difference_view(work, asked[change.key], change, saved.get(change.key))
        for change in standing.changed
        if change.key in asked
    ]
    rows = [_row_view(work, change) for change in standing.rows_changed if change.key in asked]
    return (*said, *rows)


def _difference_view(
    work: Work, asked: Asked, change: Difference, saved: datetime | None
) -> DifferenceView:
    label = work.documents.answer_words(change.key, current_language()).label
    if asked.answer.seal and not asked.answer.is_table:
        became = _became(change.before, change.after)
        return DifferenceView(label=label, before="", after="", became=became, at=saved)
    return DifferenceView(
        label=label,
        before=readable(asked, change.before, work.documents),
        after=readable(asked, change.after, work.documents),
    )


def _became(before: object, after: object) -> str:
    """Say that something hidden changed: dots beside other dots would tell nothing."""
    if not after:
        return gettext(N_("taken away since"))
    return gettext(N_("changed since")) if before else gettext(N_("filled in since"))


def _row_view(work: Work, change: RowChange) -> DifferenceView:
    """Say what became of one row: all of it when it came or went, else what reads otherwise."""
    answer = work.documents.answers[change.key]
    words = work.documents.answer_words(change.key, current_language())
    columns = [column for column in answer.column if column.key in change.columns]

    def said(values: Mapping[str, str] | None) -> str:
        texts = (
            (words.column[column.key].label, cell_text(answer, column, words, values or {}))
            for column in columns
        )
        return "; ".join(f"{label}: {text}" for label, text in texts if text)

    label = f"{words.label}: {words.one} {change.number}"
    if answer.seal:
        became = _became(change.before, change.after)
        places = ", ".join(words.column[column.key].label for column in columns)
        partly = change.before and change.after
        became = f"{became}: {places}" if partly else became
        return DifferenceView(label=label, before="", after="", became=became)
    return DifferenceView(
        label=label,
        before=said(change.before),
        after=said(change.after),
    )


def opened_answers(standing: Standing) -> Mapping[str, str]:
    """Give the answers on the newest version that is open to who only reads; none without one."""
    issue = next(iter(standing.issues), None)
    if issue is None:
        return {}
    return Snapshot.from_json(part(PaperworkDesk).seal.open(issue.snapshot)).answers


def phrase_words(work: Work, phrase: Phrase, printed: Mapping[str, str]) -> str:
    """Give fixed wording as it is printed with these answers; what is missing or sealed is named.

    Answers that are not issued yet are for those who work on them: ``opened_answers``.
    """

    def said(key: str) -> str:
        answer = work.documents.answers[key]
        text = "" if answer.seal else spoken(answer, printed.get(key, ""), kind=work.kind)
        return text or f"[{work.kind.label[key]}]"

    return SLOT.sub(lambda slot: said(slot[1]), phrase.text)


def refusal_words(work: Work, refusal: MandatError) -> str:
    """Say a refusal with the name of the answer it is about."""
    if not isinstance(refusal, Refused):
        return say(refusal)
    if refusal.field and refusal.field in work.documents.answers:
        label = work.documents.answer_words(refusal.field, current_language()).label
        return f"{label}: {say(refusal)}"
    return say(refusal)

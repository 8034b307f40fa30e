"""The findings of a page under their papers, and the one to begin with."""

from __future__ import annotations

from collections.abc import Iterable

from app.texts import N_
from app.web.language import gettext
from documents.clerk.describing import Telling, finding_view
from documents.clerk.examining import Examined
from documents.clerk.pages import FindingView, NextView, PaperFindings
from documents.clerk.reading import known_mark, open_about
from documents.clerk.rules.arranging import OPEN_AT_FIRST, OfPaper, by_paper, next_of
from documents.clerk.rules.case import Finding


def papers_with(
    findings: Iterable[Finding],
    telling: Telling,
    *,
    at: str,
    later: Iterable[Finding] = (),
    most_open: int = OPEN_AT_FIRST,
) -> tuple[PaperFindings, ...]:
    """Put findings into words under their papers; that which ``at`` names lies open.

    Those of ``later`` stand under their papers too; a paper with nothing else comes last, folded.
    """
    examined = telling.examined
    now = by_paper(findings, examined.case, most_open=most_open)
    waiting = {group.kind: group for group in by_paper(later, examined.case, most_open=0)}
    begun = {group.kind for group in now}
    return (
        *(_paper(group, waiting.get(group.kind), telling, at) for group in now),
        *(_paper(each, None, telling, at) for key, each in waiting.items() if key not in begun),
    )


def _paper(group: OfPaper, waiting: OfPaper | None, telling: Telling, at: str) -> PaperFindings:
    findings = (*group.findings, *(waiting.findings if waiting else ()))
    views = tuple(finding_view(each, telling) for each in findings)
    count = sum(not view.is_later for view in views)
    is_meant = group.kind == _looked_at(telling.examined, at) or any(view.problem for view in views)
    return PaperFindings(
        key=group.kind,
        title=telling.paper(group.kind) or gettext(N_("Several papers")),
        count=count,
        findings=views,
        is_open=group.is_open or is_meant,
        opened_by="" if count else views[0].href,
    )


def next_view(telling: Telling, *, at: str) -> NextView | None:
    """Give what to do now: what ``at`` means while it is there, then what follows it."""
    examined = telling.examined
    stopping, warnings = examined.stopping, examined.open_warnings
    mark = known_mark(examined.clerk, at)
    still = next(open_about(examined, mark), None) if mark else None
    groups = (*by_paper(stopping, examined.case), *by_paper(warnings, examined.case))
    found = still or next_of(groups, examined.clerk.rules, kind=_looked_at(examined, at))
    if found is None:
        return None
    return NextView(
        finding=finding_view(found, telling), stopping=len(stopping), warnings=len(warnings)
    )


def settled(telling: Telling) -> tuple[FindingView, ...]:
    """Put into words what somebody has compared and confirmed."""
    return tuple(finding_view(each, telling) for each in telling.examined.confirmed_warnings)


def _looked_at(examined: Examined, at: str) -> str:
    """Give the paper that an address names by itself or by a mark; empty when it names none."""
    mark = known_mark(examined.clerk, at)
    if mark is not None:
        return mark.paper or examined.case.places.get(mark.answer, ("", ""))[0]
    return at if at in examined.case.papers else ""

"""What is looked at in every paper by itself: whether it is there, whole, signed and of today."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from documents.clerk.rules.case import Case, Finding, Looked, Pair, Param, Seen, found
from documents.clerk.shape import Deadline, Excludes, Needs, OfPaper, PaperCheck, Tell
from documents.paperwork.rules.interview import Asked
from documents.paperwork.rules.scans import CodeVerdict, pages_missing
from documents.paperwork.rules.standing import IssueState, State

_WRONG_CODES = frozenset({CodeVerdict.OLDER, CodeVerdict.OTHER, CodeVerdict.FOREIGN})


def check_paper(rule: OfPaper, case: Case) -> Looked:
    """Look at one thing in each paper that has to be there."""
    if rule.looks in _OF_ANSWERS:
        yield from _answers(rule, case, _OF_ANSWERS[rule.looks])
        return
    look = _OF_PAPERS[rule.looks]
    for seen in case.among(rule.kinds):
        yield from look(rule, seen, case)


def check_needs(rule: Needs, case: Case) -> Looked:
    """Look whether a paper is there that the answers ask for."""
    seen = case.papers.get(rule.paper)
    telling = [key for key in rule.answered if case.text(key) or case.table(key).rows]
    if seen is None or (rule.answered and not telling):
        return
    there = bool(seen.signed) or (seen.kind.is_printed and seen.is_issued)
    yield None if there else found(rule, kind=rule.paper, answers=tuple(telling))


def check_excludes(rule: Excludes, case: Case) -> Looked:
    """Look whether papers stand beside one another that contradict one another."""
    begun = [
        key
        for key in rule.kinds
        if (seen := case.papers.get(key)) and (seen.issue is not None or seen.scans)
    ]
    if begun:
        both = len(begun) > 1
        yield found(rule, kind=begun[-1], params={"other": begun[0]}) if both else None


def check_tell(rule: Tell, case: Case) -> Looked:
    """Say what only a person can compare, as soon as there is something to compare."""
    there = tuple(key for key in rule.answers if case.text(key) or case.table(key).rows)
    if there:
        yield found(rule, answers=there, more=tuple(map(case.substance, there)))


def check_deadline(rule: Deadline, case: Case) -> Looked:
    """Look whether papers were accepted before the day by which they have to be handed in."""
    day = case.days.get(rule.day)
    if day is None:
        return
    for seen in case.among(rule.kinds):
        late = case.today > day and seen.state is not State.ACCEPTED
        yield found(rule, kind=seen.kind.key, params={"day": day}) if late else None


def _answers(rule: OfPaper, case: Case, wrong: Callable[[Asked], bool]) -> Looked:
    """Look at the answers page by page: a page is where they are mended."""
    pages: dict[tuple[str, str], list[str]] = {}
    for key, asked in case.asked.items():
        members = pages.setdefault(case.places[key], [])
        if wrong(asked):
            members.append(key)
    for (kind, _page), members in pages.items():
        if not rule.kinds or kind in rule.kinds:
            told: dict[str, Param] = {"count": len(members)}
            about = tuple(members)
            yield found(rule, kind=kind, answers=about, params=told) if members else None


def _is_unanswered(asked: Asked) -> bool:
    return asked.is_in_the_way and not asked.given.unknown


def _is_unknown(asked: Asked) -> bool:
    return asked.given.unknown and not asked.is_there


def _unissued(rule: OfPaper, seen: Seen, _case: Case) -> Looked:
    # While answers are missing, they are what stops; the paper follows by itself.
    if seen.kind.is_printed and not seen.interview.in_the_way:
        yield found(rule, kind=seen.kind.key) if seen.issue is None else None


def _unmade(rule: OfPaper, seen: Seen, _case: Case) -> Looked:
    if seen.issue is not None:
        made = seen.issue is IssueState.READY
        yield None if made else found(rule, kind=seen.kind.key, params={"number": seen.number})


def _stale(rule: OfPaper, seen: Seen, _case: Case) -> Looked:
    if seen.issue is None:
        return
    pairs = tuple(
        Pair(key=each.key, one=each.before, other=each.after, kind=seen.kind.key)
        for each in seen.changed
    )
    rows = tuple(dict.fromkeys(change.key for change in seen.rows_changed))
    told: dict[str, Param] = {"number": seen.number}
    yield (
        found(rule, kind=seen.kind.key, answers=rows, pairs=pairs, params=told)
        if seen.stale
        else None
    )


def _unsigned(rule: OfPaper, seen: Seen, _case: Case) -> Looked:
    # What is out of date is issued again first: nobody should sign the old sheet meanwhile.
    if seen.kind.is_printed and seen.is_issued and not seen.stale:
        yield None if seen.signed else found(rule, kind=seen.kind.key)


def _unbrought(rule: OfPaper, seen: Seen, _case: Case) -> Looked:
    if not seen.kind.is_printed:
        yield None if seen.scans else found(rule, kind=seen.kind.key)


def _pages(rule: OfPaper, seen: Seen, _case: Case) -> Looked:
    if not seen.kind.is_printed or not seen.signed or not seen.pages:
        return
    lacking = pages_missing(issued=seen.pages, came=seen.signed)
    told: dict[str, Param] = {"count": seen.pages - lacking, "most": seen.pages}
    yield found(rule, kind=seen.kind.key, params=told) if lacking else None


def _code(rule: OfPaper, seen: Seen, _case: Case) -> Looked:
    if seen.kind.is_printed and seen.signed:
        wrong = any(scan.code in _WRONG_CODES for scan in seen.signed)
        yield found(rule, kind=seen.kind.key) if wrong else None


def _returned(rule: OfPaper, seen: Seen, _case: Case) -> Looked:
    if seen.scans:
        back = seen.state is State.RETURNED
        yield found(rule, kind=seen.kind.key) if back else None


def _unchecked(rule: OfPaper, seen: Seen, _case: Case) -> Looked:
    if seen.signed and seen.state is not State.RETURNED:
        done = seen.state is State.ACCEPTED
        yield None if done else found(rule, kind=seen.kind.key)


def _draft(rule: OfPaper, seen: Seen, _case: Case) -> Looked:
    if seen.issue is not None:
        told: dict[str, Param] = {"number": seen.number}
        yield None if seen.official else found(rule, kind=seen.kind.key, params=told)


def _undated(rule: OfPaper, seen: Seen, _case: Case) -> Looked:
    if seen.signed:
        for place in seen.date_places:
            untold = place not in seen.dates
            yield found(rule, kind=seen.kind.key, more=(place,)) if untold else None


def _early(rule: OfPaper, seen: Seen, _case: Case) -> Looked:
    if seen.issued_on is None:
        return
    for day in _written(seen):
        early = day < seen.issued_on
        told: dict[str, Param] = {"day": day, "other": seen.issued_on}
        yield found(rule, kind=seen.kind.key, params=told) if early else None


def _ahead(rule: OfPaper, seen: Seen, case: Case) -> Looked:
    for day in _written(seen):
        ahead = day > case.today
        yield found(rule, kind=seen.kind.key, params={"day": day}) if ahead else None


def _written(seen: Seen) -> Iterator[date]:
    return (seen.dates[key] for key in sorted(seen.dates))


Look = Callable[[OfPaper, Seen, Case], Iterator[Finding | None]]
_OF_ANSWERS: Mapping[PaperCheck, Callable[[Asked], bool]] = {
    PaperCheck.UNANSWERED: _is_unanswered,
    PaperCheck.UNKNOWN: _is_unknown,
}
_OF_PAPERS: Mapping[PaperCheck, Look] = {
    PaperCheck.UNISSUED: _unissued,
    PaperCheck.UNMADE: _unmade,
    PaperCheck.STALE: _stale,
    PaperCheck.UNSIGNED: _unsigned,
    PaperCheck.UNBROUGHT: _unbrought,
    PaperCheck.PAGES: _pages,
    PaperCheck.CODE: _code,
    PaperCheck.RETURNED: _returned,
    PaperCheck.UNCHECKED: _unchecked,
    PaperCheck.DRAFT: _draft,
    PaperCheck.UNDATED: _undated,
    PaperCheck.EARLY: _early,
    PaperCheck.AHEAD: _ahead,
}

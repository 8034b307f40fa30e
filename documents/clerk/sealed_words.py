"""Two sealed answers that do not agree, put into words without telling what is sealed.

Dots beside other dots would tell nothing. Said is which places differ, and of numbers the last
two digits, which is what the mask of the answer shows anyway.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.texts import N_
from app.web.language import gettext
from documents.clerk.rules.case import Finding, Pair
from documents.clerk.shape import Across, ClerkRule, OfPaper, Same
from documents.paperwork.describing import hidden
from documents.paperwork.shape import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The sentences for one sort of comparison; ``{one}`` and ``{other}`` are its places."""

    ends: str
    before_end: str
    hidden: str
    only_one: str
    only_other: str


_PLACES = _Words(
    ends=N_("“{one}” has {first}, “{other}” has {second}."),
    before_end=N_("“{one}” and “{other}” both have {first}, but they differ before that."),
    hidden=N_("“{one}” and “{other}” do not say the same."),
    only_one=N_("“{one}” says something here, “{other}” says nothing."),
    only_other=N_("“{other}” says something here, “{one}” says nothing."),
)
_SINCE = _Words(
    ends=N_("The issued paper has {first}, your answer now has {second}."),
    before_end=N_(
        "Both the issued paper and your answer have {first}, but they differ before that."
    ),
    hidden=N_("The answer was changed after the paper was issued."),
    only_one=N_("The answer was taken away after the paper was issued."),
    only_other=N_("The answer was given after the paper was issued."),
)


def sealed_words(
    pair: Pair,
    finding: Finding,
    rule: ClerkRule,
    answer: Answer,
    *,
    paper: Callable[[str], str],
    label: Callable[[str], str],
) -> str:
    """Say where two sealed texts stand and that they differ; empty where nothing can be said.

    ``paper`` and ``label`` give what a kind of paper and an answer are called.
    """
    match rule:
        case Across():
            one, other = paper(str(finding.params.get("other", ""))), paper(pair.kind)
            words = _PLACES
        case Same():
            one, other = (label(key) for key in (rule.left[0], rule.right[0]))
            words = _PLACES
        case OfPaper():
            one, other, words = "", "", _SINCE
        case _:
            return ""
    first, second = end_of(answer, pair.one), end_of(answer, pair.other)
    # Of a table a pair only says whether there is nothing to list.
    said = words.hidden if answer.is_table else _which(words, pair, first, second)
    return gettext(said, one=one, other=other, first=first, second=second)


def end_of(answer: Answer, text: str) -> str:
    """Give the end of a sealed number behind dots, as its mask shows it; empty for all else."""
    shown = hidden(answer, text)
    return shown if shown[-2:].isdigit() else ""


def _which(words: _Words, pair: Pair, first: str, second: str) -> str:
    if not pair.one:
        return words.only_other
    if not pair.other:
        return words.only_one
    if not first or not second:
        return words.hidden
    return words.before_end if first == second else words.ends

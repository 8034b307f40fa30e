"""Why a file of a paper could not be made and what to do, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.texts import N_
from app.web.language import current_language, gettext, ngettext
from documents.paperwork.paper_pages import FailureView
from documents.paperwork.views.section import Work
from documents.paperwork.views.telling import Addresses
from documents.press.errors import (
    BROKE_OFF,
    DIED,
    PICTURE_MISSING,
    SEAL_CHANGED,
    TOO_HEAVY,
)
from documents.press.tries import MOST_TRIES

MOST_NAMED = 3
LONG_TEXT = 300
"""A shorter text is hardly what makes a paper too long."""
TELL = N_(
    "Try again in a few minutes. If it fails again, tell whoever runs this portal which paper it "
    "is and at what time you tried."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    why: str
    do: str
    passes: bool = False
    """Whether the same version may well be made the next time."""


WORDS: Mapping[str, _Words] = {
    TOO_HEAVY: _Words(
        why=N_("The paper is too long: making it takes more time or memory than one paper gets."),
        do=N_(
            "Shorten the longest answers and issue a new version. What can’t be shorter may go on "
            "a sheet of your own that you hand in with the paper; ask those who take the papers "
            "beforehand whether they accept that."
        ),
    ),
    DIED: _Words(
        why=N_("The press broke off every time. Mandat’s tries: at least {tries}."),
        do=TELL,
        passes=True,
    ),
    BROKE_OFF: _Words(
        why=N_(
            "Something failed around the press, such as a full disk. Mandat’s tries: "
            "at least {tries}."
        ),
        do=TELL,
        passes=True,
    ),
    SEAL_CHANGED: _Words(
        why=N_("What was to be printed can’t be read: the key of this portal has changed."),
        do=N_("Tell whoever runs this portal. They need the key that was in use before."),
    ),
    PICTURE_MISSING: _Words(
        why=N_("A picture that belongs on the paper is not on the disk."),
        do=N_("Tell whoever runs this portal: files are missing, and a backup may have them."),
    ),
}
OTHER = _Words(
    why=N_("The press can’t set something in this paper, and would most likely fail again."),
    do=N_(
        "Look at what was typed last, above all at unusual signs; once it is changed, issue a new "
        "version. If that fails too, tell whoever runs this portal which paper it is and at what "
        "time you tried."
    ),
)


def failure_view(code: str, work: Work, here: Addresses) -> FailureView:
    """Say why the press has failed and what to do; a code nobody foresaw is owned up to."""
    words = WORDS.get(code, OTHER)
    return FailureView(
        why=gettext(words.why, tries=MOST_TRIES),
        do=gettext(words.do),
        places=_longest(work, here) if code == TOO_HEAVY else (),
        again=words.passes,
    )


def _longest(work: Work, here: Addresses) -> tuple[tuple[str, str, str], ...]:
    """Give what takes most room on the paper as it would be issued now, the longest first."""
    found = sorted(_lengths(work), reverse=True)[:MOST_NAMED]
    pages = {key: page.key for page in work.kind.page for key in page.fields}
    return tuple(
        (
            work.documents.answer_words(key, current_language()).label,
            here.to("questions", page=pages[key]) + f"#a-{key}",
            ngettext("{num} entry", "{num} entries", rows)
            if rows
            else ngettext("{num} character", "{num} characters", length),
        )
        for length, key, rows in found
        if key in pages
    )


def _lengths(work: Work) -> Iterator[tuple[int, str, int]]:
    """Give how long each table and each long text is: signs, answer, rows."""
    for key, table in work.interview.printed_tables().items():
        if table.rows:
            signs = sum(len(text) for row in table.rows for text in row.values.values())
            yield signs, key, len(table.rows)
    for key, text in work.interview.printed().items():
        if len(text) >= LONG_TEXT:
            yield len(text), key, 0

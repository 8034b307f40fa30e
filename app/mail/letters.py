"""Letters that commands record; a hook writes them to the outbox in the same transaction.

Sentences are English msgids; ``{params}`` are the letter's own fields. ``{link}`` becomes the
portal's address followed by ``path``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import ClassVar

from sqlalchemy.orm import Session

from app import clock
from app.db import Hook, recorded
from app.mail.commands import send_letter
from app.texts import N_
from app.web.language import translate

HELLO = N_("Hello, {name}")
SIGNATURE = N_("Mandat")
NOT_WORDS = frozenset({"to", "language", "path"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter to one address, in its reader's language.

    Fields named in ``translated`` are themselves msgids.
    """

    subject: ClassVar[str]
    lines: ClassVar[tuple[str, ...]]
    translated: ClassVar[frozenset[str]] = frozenset()
    to: str
    language: str
    name: str
    path: str


def letter_text(letter: Letter, base_url: str) -> tuple[str, str]:
    """Give subject and text of a letter in its reader's language."""
    params: dict[str, object] = {
        field.name: _shown(letter, field.name)
        for field in fields(letter)
        if field.name not in NOT_WORDS
    }
    params["link"] = base_url + letter.path
    said = _sayer(letter.language, params)
    lines = [said(HELLO), *(said(line) for line in letter.lines), said(SIGNATURE)]
    return said(letter.subject), "\n\n".join(lines) + "\n"


def letters_hook(base_url: str) -> Hook:
    """Give the hook for ``database.before_commit`` that writes every recorded letter."""

    def write(session: Session) -> None:
        for letter in [event for event in recorded(session) if isinstance(event, Letter)]:
            subject, text = letter_text(letter, base_url)
            send_letter(
                session,
                to=letter.to,
                language=letter.language,
                subject=subject,
                text=text,
                now=clock.now(),
            )

    return write


def _shown(letter: Letter, name: str) -> str:
    value = str(getattr(letter, name))
    return translate(letter.language, value) if name in letter.translated else value


def _sayer(language: str, params: dict[str, object]) -> Callable[[str], str]:
    return lambda sentence: translate(language, sentence, **params)

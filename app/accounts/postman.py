"""Turns recorded letters into rows of the outbox, in the transaction that recorded them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

from sqlalchemy.orm import Session

from app import clock
from app.accounts.letters import HELLO, Letter
from app.db import Hook, recorded
from app.mail.commands import send_letter
from app.texts import N_
from app.web.language import translate

TRANSLATED = frozenset({"role"})
SIGNATURE = N_("Mandat")


def letter_text(letter: Letter, base_url: str) -> tuple[str, str]:
    """Give subject and text of a letter in its reader's language."""
    params: dict[str, object] = {
        field.name: _shown(letter, field.name)
        for field in fields(letter)
        if field.name not in ("to", "language", "path")
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
    return translate(letter.language, value) if name in TRANSLATED else value


def _sayer(language: str, params: dict[str, object]) -> Callable[[str], str]:
    return lambda sentence: translate(language, sentence, **params)

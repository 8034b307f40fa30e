"""The pages of the demo's mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.mail.queries import MailboxRow
from app.mail.rules import Part
from app.web.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxPage(Page):
    """The list of letters."""

    template: ClassVar[str] = "mail/mailbox.html"

    letters: tuple[MailboxRow, ...]
    to: str
    older_than: int | None
    """The number of the last letter shown, when there may be older ones."""
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPage(Page):
    """One letter as its recipient would read it."""

    template: ClassVar[str] = "mail/letter.html"

    letter: MailboxRow
    parts: tuple[Part, ...]

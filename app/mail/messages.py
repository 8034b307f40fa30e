"""A stored letter as a message for the wire; the same bytes at every attempt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A letter with everything its message needs."""

    id: int
    token: str
    to_address: str
    language: str
    subject: str
    text: str
    html: str | None
    created_at: datetime


def compose(letter: Outgoing, *, sender: str, domain: str) -> EmailMessage:
    """Give the message of a letter.

    ``sender`` looks like ``Name <name@example.org>``. Raises ValueError when a header would
    break its line.
    """
    name, address = parseaddr(sender)
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(display_name=name, addr_spec=address)
    message["To"] = Address(addr_spec=letter.to_address)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = f"<{letter.token}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["Content-Language"] = letter.language
    message.set_content(letter.text, cte="quoted-printable" if letter.text.isascii() else "base64")
    if letter.html is not None:
        message.add_alternative(letter.html, subtype="html", cte="base64")
        if message.is_multipart():
            # Python would choose a random boundary; an attempt must equal the one before it.
            message.set_boundary(f"=={letter.token}==")
    return message

"""What an address and a letter must look like before anything is stored."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from app.errors import Refused
from app.texts import N_

LONGEST_ADDRESS = 254
LONGEST_SUBJECT = 250
_LINK = re.compile(r"https?://[^\s<>\"«»]+[^\s<>\"«».,;:!?)]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a letter's text; ``href`` is set where it is a link."""

    text: str
    href: str | None = None


def clean_address(entered: str, *, field: str | None = "email") -> str:
    """Give the address in the ASCII form mail servers take.

    Checks the form only and asks no network. Raises Refused for ``field``.
    """
    address = entered.strip()
    if not address or len(address) > LONGEST_ADDRESS or not _is_one_line(address):
        raise Refused(field, N_("This is not an email address."))
    try:
        checked = validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        raise Refused(field, N_("This is not an email address.")) from None
    if checked.ascii_email is None:
        raise Refused(
            field,
            N_("Mail servers don’t reliably take such an address; use one in Latin letters."),
        )
    return checked.ascii_email


def is_address(entered: str) -> bool:
    """Say whether mail servers take this address."""
    try:
        clean_address(entered)
    except Refused:
        return False
    return True


def address_hash(address: str) -> str:
    """Give the hash by which an address is recognised without being kept."""
    folded = unicodedata.normalize("NFKC", address.strip()).casefold()
    return hashlib.sha256(folded.encode()).hexdigest()


def clean_subject(subject: str) -> str:
    """Give the subject, cut to what a mail server takes.

    Raises Refused for an empty one and for one that could smuggle a header in.
    """
    if not _is_one_line(subject) or not subject.strip():
        raise Refused(None, N_("The subject of a letter must be one line of text."))
    return subject if len(subject) <= LONGEST_SUBJECT else subject[: LONGEST_SUBJECT - 1] + "…"


def parts_of(text: str) -> tuple[Part, ...]:
    """Split a letter's text into plain stretches and links, in order."""
    parts: list[Part] = []
    end = 0
    for found in _LINK.finditer(text):
        if found.start() > end:
            parts.append(Part(text=text[end : found.start()]))
        parts.append(Part(text=found.group(), href=found.group()))
        end = found.end()
    if end < len(text):
        parts.append(Part(text=text[end:]))
    return tuple(parts)


def domain_of(base_url: str) -> str:
    """Give the host that names this portal in Message-ID and HELO."""
    return urlsplit(base_url).hostname or "localhost"


def _is_one_line(text: str) -> bool:
    return not any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in text)

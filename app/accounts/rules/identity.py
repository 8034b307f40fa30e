"""Names of people, logins, passwords and phones: what they must look like."""

from __future__ import annotations

import re
import unicodedata

from app.accounts.errors import (
    name_missing,
    password_is_login,
    password_too_long,
    password_too_short,
    phone_unreadable,
)

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
LONGEST_NAME = 120
_PHONE = re.compile(r"\+?[0-9]{5,15}")
_PHONE_SEPARATORS = re.compile(r"[\s()\-.\u2010-\u2015]+")


def login_of(email: str) -> str:
    """Give the form in which an address is compared and unique: NFKC and casefolded."""
    return unicodedata.normalize("NFKC", email.strip()).casefold()


def check_password(password: str, *, login: str | None = None) -> None:
    """Refuse a password that is too short, too long to hash, or the login itself.

    The length is checked before any hashing, so that nobody can make the server work on megabytes.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise password_too_short(SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        raise password_too_long(LONGEST_PASSWORD)
    if login is not None and login_of(password) == login:
        raise password_is_login()


def clean_name(entered: str) -> str:
    """Give a person's name with single spaces.

    Raises Refused("name") when nothing but spaces and signs was entered.
    """
    name = " ".join(unicodedata.normalize("NFC", entered).split())
    if not any(letter.isalpha() for letter in name) or len(name) > LONGEST_NAME:
        raise name_missing(LONGEST_NAME)
    return name


def clean_phone(entered: str | None) -> str | None:
    """Give a phone number as digits with an optional plus, None for an empty one.

    Raises Refused("phone") for what nobody could call.
    """
    digits = _PHONE_SEPARATORS.sub("", entered or "")
    if not digits:
        return None
    if not _PHONE.fullmatch(digits):
        raise phone_unreadable()
    return digits

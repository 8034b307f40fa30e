"""Numbers that prove themselves by their last digits."""

from __future__ import annotations

import re

_TEN = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_ELEVENTH = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_TWELFTH = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b", re.IGNORECASE)


def is_inn(text: str) -> bool:
    """Say whether this is a Russian taxpayer's number whose check digits agree."""
    # Nothing but zeros agrees with itself and is nobody's number.
    if not (text.isascii() and text.isdigit() and text.strip("0")):
        return False
    digits = [int(sign) for sign in text]
    if len(digits) == 10:
        return digits[9] == _check(digits, _TEN)
    if len(digits) == 12:
        return digits[10] == _check(digits, _ELEVENTH) and digits[11] == _check(digits, _TWELFTH)
    return False


def has_postcode(text: str) -> bool:
    """Say whether a British postcode stands somewhere in an address."""
    return _POSTCODE.search(text) is not None


def _check(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights)) % 11 % 10

"""Numbers as people type them and as they are kept: money, shares, accounts and their keys.

Every function is pure; texts come in tidied (no double or invisible spaces). What can't be
understood is given back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction

import phonenumbers

from documents.paperwork.shape import SUMMED, AnswerType

MOST_DIGITS = 15
"""Before the decimal sign: more than any fund, income or area has."""
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
_MARKS = re.compile(r"(?:руб(?:лей|ля|ль)?\.?|р\.|₽|£|GBP|RUB)", re.IGNORECASE)
_WHOLE_GROUPS = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*")
_DECIMAL = re.compile(r"\d{1,15}(?:\.\d{1,4})?")
_SUM = re.compile(r"\d{1,40}(?:\.\d{1,4})?", re.ASCII)
"""A number as long as sums of many others may come to be."""
_SHARE = re.compile(r"(\d{1,9})/(\d{1,9})")
_ACCOUNT_WEIGHTS = (7, 1, 3)
_FIRST_CHECKED_SNILS = 1_001_998
"""Numbers up to 001-001-998 were given out before there were check digits."""
CORRESPONDENT = "30101"
CENTRAL_BANK = frozenset({"000", "001", "002"})
"""The end of the code of a cash centre, where an account counts as one at the central bank."""
BANK_CODE = "04"


def plain_number(text: str) -> str:
    """Give a number with a point and without groups: ``1 234,56`` is ``1234.56``."""
    bare = _SPACES.sub("", _MARKS.sub("", text)).replace("−", "-")
    if "," in bare and "." in bare:
        grouping = "," if bare.rindex(".") > bare.rindex(",") else "."
        bare = bare.replace(grouping, "")
    elif _WHOLE_GROUPS.fullmatch(bare) and bare.count(",") + bare.count(".") > 1:
        bare = bare.replace(",", "").replace(".", "")
    plain = bare.replace(",", ".")
    return plain if _DECIMAL.fullmatch(plain) else text


def plain_money(text: str) -> str:
    """Give a sum in major units with two digits after the point: ``1234.50``."""
    # One group of three after a comma is a thousand: no currency here has mills.
    bare = _SPACES.sub("", _MARKS.sub("", text))
    joined = bare.replace(",", "") if _WHOLE_GROUPS.fullmatch(bare) and "," in bare else text
    plain = plain_number(joined)
    found = _decimal(plain)
    if found is None or -int(found.as_tuple().exponent) > 2:
        return text
    return f"{found:.2f}"


def plain_whole(text: str) -> str:
    """Give a whole number without groups."""
    bare = _SPACES.sub("", text)
    return bare if _is_digits(bare) else text


def plain_percent(text: str) -> str:
    """Give a percentage without its sign."""
    return plain_number(text.removesuffix("%").rstrip())


def plain_share(text: str) -> str:
    """Give a share as a fraction or with its sign of per cent: ``1/3``, ``50%``."""
    bare = _SPACES.sub("", text).replace("\u2044", "/")
    if bare.endswith("%"):
        return plain_number(bare[:-1]) + "%"
    return bare if _SHARE.fullmatch(bare) else text


def plain_digits(text: str) -> str:
    """Give digits without what people put between them."""
    bare = re.sub(r"[\s.-]", "", text)
    return bare if _is_digits(bare) else text


def plain_snils(text: str) -> str:
    """Give an insurance number as it stands on the card: ``112-233-445 95``."""
    bare = plain_digits(text)
    if len(bare) != 11 or not _is_digits(bare):
        return text
    return f"{bare[:3]}-{bare[3:6]}-{bare[6:9]} {bare[9:]}"


def plain_phone(text: str, region: str) -> str:
    """Give a telephone number with its country: ``+7 921 555-01-23``."""
    found = _phone(text, region)
    if found is None:
        return text
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def is_phone(text: str, region: str) -> bool:
    """Say whether there can be such a telephone number."""
    found = _phone(text, region)
    return found is not None and phonenumbers.is_possible_number(found)


def amount_of(kind: AnswerType, text: str) -> Fraction | None:
    """Give what a kept number is worth, so that it can be summed; None when it is none."""
    if kind not in SUMMED:
        return None
    if kind is AnswerType.SHARE:
        return share_of(text)
    found = _decimal(text)
    return None if found is None else Fraction(found)


def share_of(text: str) -> Fraction | None:
    """Give a share as a fraction of the whole; None when it is none."""
    parts = _SHARE.fullmatch(text)
    if parts:
        return Fraction(int(parts[1]), int(parts[2])) if int(parts[2]) else None
    if not text.endswith("%"):
        return None
    found = _decimal(text[:-1])
    return None if found is None else Fraction(found) / 100


def amount_text(kind: AnswerType, amount: Fraction) -> str:
    """Give a sum in the notation in which numbers of this kind are kept."""
    if kind is AnswerType.SHARE:
        whole = amount.denominator == 1
        return f"{amount * 100}%" if whole else f"{amount.numerator}/{amount.denominator}"
    value = Decimal(amount.numerator) / Decimal(amount.denominator)
    if kind is AnswerType.MONEY:
        return f"{value:.2f}"
    return f"{value.normalize():f}"


def is_within(kind: AnswerType, text: str) -> bool:
    """Say whether a kept text is a number of its kind, within what it can be."""
    if kind is AnswerType.NUMBER:
        return _is_digits(text) and len(text) <= MOST_DIGITS
    if kind is AnswerType.MONEY:
        return re.fullmatch(r"\d{1,15}\.\d{2}", text, re.ASCII) is not None
    amount = amount_of(kind, text)
    if amount is None:
        return False
    return _LIMITS.get(kind, _any)(amount, text)


def snils_fits(text: str) -> bool:
    """Say whether the check digits of an insurance number fit, where it has any.

    Source: shared facts of the pack ru-spb-municipal, section 6 (vector 112-233-445 95).
    """
    digits = plain_digits(text)
    number = int(digits[:9])
    if number < _FIRST_CHECKED_SNILS:
        return True
    total = sum(int(digit) * (9 - place) for place, digit in enumerate(digits[:9]))
    return total % 101 % 100 == int(digits[9:])


def account_fits(account: str, bic: str) -> bool | None:
    """Say whether the key of a bank account fits the code of its bank.

    ``account``: 20 digits, ``bic``: 9 digits. None: there is no rule for such a bank, or one of
    the two is not a number of its kind. Source: Bank of Russia No. 515 of 08.09.1997.
    """
    known = _is_digits(account) and len(account) == 20 and _is_digits(bic) and len(bic) == 9
    if not known or not bic.startswith(BANK_CODE):
        return None
    at_central_bank = account.startswith(CORRESPONDENT) or bic[6:] in CENTRAL_BANK
    prefix = f"0{bic[4:6]}" if at_central_bank else bic[6:]
    weighed = zip(prefix + account, _ACCOUNT_WEIGHTS * 8, strict=False)
    return sum(int(digit) * weight % 10 for digit, weight in weighed) % 10 == 0


def grouped(kind: AnswerType, text: str, language: str) -> str:
    """Give a kept number as documents of a language write it: ``1 234,56``, ``1,234.56``."""
    if kind is AnswerType.SHARE:
        return text.replace("%", "\u00a0%") if language == "ru" else text
    if text.startswith("-"):
        return "–" + grouped(kind, text[1:], language)
    if not _SUM.fullmatch(text):
        return text
    whole, _, rest = text.partition(".")
    mark, comma = ("\u00a0", ",") if language == "ru" else (",", ".")
    grouped_whole = f"{int(whole):,}".replace(",", mark)
    return f"{grouped_whole}{comma}{rest}" if rest else grouped_whole


def _any(amount: Fraction, text: str) -> bool:
    return True


def _is_percent(amount: Fraction, text: str) -> bool:
    return amount <= 100 and re.fullmatch(r"\d+(?:\.\d{1,2})?", text) is not None


def _is_share(amount: Fraction, text: str) -> bool:
    return 0 < amount <= 1


_LIMITS: Mapping[AnswerType, Callable[[Fraction, str], bool]] = {
    AnswerType.PERCENT: _is_percent,
    AnswerType.SHARE: _is_share,
}


def _decimal(text: str) -> Decimal | None:
    if not _DECIMAL.fullmatch(text) or not text.isascii():
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _phone(text: str, region: str) -> phonenumbers.PhoneNumber | None:
    # A long text is no number, and the library would take its time over it.
    if len(text) > 40:
        return None
    try:
        return phonenumbers.parse(text, region or None)
    except phonenumbers.NumberParseException:
        return None

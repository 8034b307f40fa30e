"""Checking what was typed into a step's form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from app.errors import Param, Refused
from quests.evidence import errors
from quests.route.shape import FieldType, FormField

LONGEST_LINE = 300
LONGEST_TEXT = 5_000
LONGEST_DRAFT = 20_000
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
LEAST_PHONE_DIGITS, MOST_PHONE_DIGITS = 5, 15
CHOSEN = (FieldType.YESNO, FieldType.CHOICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerProblem:
    """Why one answer can't be taken; ``message`` is a sentence with named params."""

    message: str
    params: Mapping[str, Param]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedAnswers:
    """A form looked through: clean values, problems by field, and answers that stop or warn."""

    values: Mapping[str, str]
    problems: Mapping[str, AnswerProblem]
    stops: tuple[str, ...]
    warns: tuple[str, ...]

    @property
    def are_complete(self) -> bool:
        """Say whether every answer can be taken."""
        return not self.problems

    @property
    def prove(self) -> bool:
        """Say whether the form proves its step: complete, and nothing in it stops."""
        return self.are_complete and not self.stops


def tidy(typed: str, field: FormField) -> str:
    """Give typed text without stray spaces, in one normal form of letters."""
    text = unicodedata.normalize("NFC", typed).replace("\r\n", "\n").strip()
    return text if field.type is FieldType.LONGTEXT else " ".join(text.split())


def keep_typed(fields: tuple[FormField, ...], typed: Mapping[str, str]) -> dict[str, str]:
    """Give what a draft keeps: everything typed into known fields, unchecked but storable."""
    kept = {}
    for field in fields:
        text = tidy(typed.get(field.key, "").replace("\x00", ""), field)
        text = "".join(ch for ch in text if not 0xD800 <= ord(ch) <= 0xDFFF)
        kept[field.key] = text[:LONGEST_DRAFT]
    return kept


def check_answers(fields: tuple[FormField, ...], typed: Mapping[str, str]) -> CheckedAnswers:
    """Check every answer; nothing is thrown away, problems are listed beside the values."""
    values: dict[str, str] = {}
    problems: dict[str, AnswerProblem] = {}
    for field in fields:
        text = tidy(typed.get(field.key, ""), field)
        try:
            values[field.key] = check_answer(field, text)
        except Refused as refusal:
            values[field.key] = text
            problems[field.key] = AnswerProblem(message=refusal.message, params=refusal.params)
    return CheckedAnswers(
        values=values,
        problems=problems,
        stops=tuple(f.key for f in fields if values[f.key] in f.stop),
        warns=tuple(f.key for f in fields if values[f.key] in f.warn),
    )


def check_answer(field: FormField, text: str) -> str:
    """Give the clean answer. Raises Refused with the field's key."""
    if not text:
        if field.required:
            message = errors.ANSWER_NEEDED if field.type in CHOSEN else errors.FILL_IN
            raise Refused(field.key, message)
        return ""
    if any(ch in "\x00\ufffe\uffff" or 0xD800 <= ord(ch) <= 0xDFFF for ch in text):
        raise Refused(field.key, errors.NOT_STORABLE)
    match field.type:
        case FieldType.YESNO | FieldType.CHOICE:
            return _choice(field, text)
        case FieldType.DATE:
            return _date(field, text)
        case FieldType.NUMBER:
            return _number(field, text)
        case FieldType.PHONE:
            return _phone(field, text)
        case FieldType.EMAIL:
            return _email(field, text)
        case FieldType.URL:
            return _url(field, text)
        case FieldType.TEXT | FieldType.LONGTEXT:
            return _text(field, text)


def _choice(field: FormField, text: str) -> str:
    if text not in field.choices:
        raise Refused(field.key, errors.CHOOSE_OFFERED)
    return text


def _text(field: FormField, text: str) -> str:
    usual = LONGEST_TEXT if field.type is FieldType.LONGTEXT else LONGEST_LINE
    longest = field.max or usual
    if len(text) > longest:
        raise Refused(field.key, errors.TOO_LONG, longest=longest)
    if field.min is not None and len(text) < field.min:
        raise Refused(field.key, errors.TOO_SHORT, least=field.min)
    return text


def _date(field: FormField, text: str) -> str:
    found = _read_date(text)
    if found is None or not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
        raise Refused(field.key, errors.NOT_A_DATE)
    return found.isoformat()


def _read_date(text: str) -> date | None:
    """Read 2026-06-24, as browsers send it, or 24.06.2026 and 24/06/2026, as people type it."""
    people = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", text, re.ASCII)
    try:
        if people:
            day, month, year = (int(part) for part in people.groups())
            return date(year, month, day)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        return None
    return None


def _number(field: FormField, text: str) -> str:
    digits = re.sub(r"[\s\u00a0\u202f]", "", text)
    if not re.fullmatch(r"-?\d{1,12}", digits, re.ASCII):
        raise Refused(field.key, errors.NOT_A_NUMBER)
    value = int(digits)
    if field.min is not None and value < field.min:
        raise Refused(field.key, errors.NUMBER_TOO_SMALL, least=field.min)
    if field.max is not None and value > field.max:
        raise Refused(field.key, errors.NUMBER_TOO_LARGE, most=field.max)
    return str(value)


def _phone(field: FormField, text: str) -> str:
    digits = re.sub(r"[\s()\u00a0.\-–]", "", text)
    if not re.fullmatch(rf"\+?\d{{{LEAST_PHONE_DIGITS},{MOST_PHONE_DIGITS}}}", digits, re.ASCII):
        raise Refused(field.key, errors.NOT_A_PHONE)
    return text


def _email(field: FormField, text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        raise Refused(field.key, errors.NOT_AN_EMAIL) from None


def _url(field: FormField, text: str) -> str:
    address = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        raise Refused(field.key, errors.NOT_AN_ADDRESS) from None
    if parts.scheme not in ("http", "https") or "." not in host or " " in address:
        raise Refused(field.key, errors.NOT_AN_ADDRESS)
    return _text(field, address)

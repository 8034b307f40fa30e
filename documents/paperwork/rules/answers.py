"""Whether an answer can stand on a form: what is wrong with it, and what is merely odd."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from stdnum.exceptions import ValidationError as NumberError
from stdnum.ru import inn as inn_digits

from app.errors import Param
from documents.paperwork import errors
from documents.paperwork.rules.texts import kept, unprintable
from documents.paperwork.shape import Answer, AnswerType, FormField

OLDEST_YEAR = 1900
_NAME_RU = re.compile(r"[А-ЯЁа-яё]+(?:[ -][А-ЯЁа-яё]+)*")
_NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]+[^\W\d_]+)*\.?")
_CASED = re.compile(r"[^\W\d_]+")
_UNIT = re.compile(r"(\d{3})[ -]?(\d{3})")
_DATES = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence about an answer, with what fills it."""

    message: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What there is to say about one answer."""

    problem: Said | None = None
    """Why the form can't be issued with it."""
    advice: tuple[Said, ...] = ()
    """What to look at again; it stops nothing."""
    warned: tuple[str, ...] = ()
    """Keys of the pack's own warnings that apply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer as it is stored, opened."""

    text: str = ""
    unknown: bool = False
    version: int = 0
    """0: nobody has answered."""


FINE = Verdict()
NOTHING = Given()


def clean(answer: Answer, typed: str) -> str:
    """Give what is stored of what was typed: tidy, and numbers in one notation.

    What can't be understood stays as it was typed: nothing that was entered is thrown away.
    """
    text = kept(typed, lines=answer.type is AnswerType.TEXT)
    normal = _NORMAL.get(answer.type)
    return normal(text) if normal and text else text


def _plain_date(text: str) -> str:
    found = read_date(text)
    return found.isoformat() if found else text


def _plain_passport(text: str) -> str:
    digits = re.sub(r"[\s№-]", "", text)
    return f"{digits[:2]} {digits[2:4]} {digits[4:]}" if _is_digits(digits, 10) else text


def _plain_unit(text: str) -> str:
    found = _UNIT.fullmatch(text)
    return f"{found[1]}-{found[2]}" if found else text


def _plain_inn(text: str) -> str:
    digits = re.sub(r"[\s-]", "", text)
    return digits if digits.isdecimal() else text


_NORMAL: Mapping[AnswerType, Callable[[str], str]] = {
    AnswerType.DATE: _plain_date,
    AnswerType.PASSPORT: _plain_passport,
    AnswerType.UNIT_CODE: _plain_unit,
    AnswerType.INN: _plain_inn,
}


def read_date(text: str) -> date | None:
    """Give the day a text means, None when it means none."""
    for notation in _DATES:
        try:
            return datetime.strptime(text, notation).date()
        except ValueError:
            continue
    return None


def check_answer(answer: Answer, text: str, *, today: date) -> Verdict:
    """Say what is wrong or odd with an answer that is there."""
    sign = unprintable(text)
    if sign:
        return _wrong(errors.NOT_PRINTABLE, sign=sign)
    if len(text) > answer.longest:
        return _wrong(errors.TOO_LONG, longest=answer.longest)
    checked = _CHECKS.get(answer.type, _check_nothing)(answer, text, today)
    warned = tuple(
        warning.key
        for warning in answer.warn
        if bool(re.search(warning.pattern, text)) is warning.matches
    )
    return Verdict(problem=checked.problem, advice=checked.advice, warned=warned)


def check_given(answer: Answer, place: FormField, given: Given, *, today: date) -> Verdict:
    """Say what stands between an answer, there or not, and the issued form."""
    if given.text:
        return check_answer(answer, given.text, today=today)
    if not place.required:
        return FINE
    if given.unknown:
        return _wrong(errors.UNKNOWN_YET)
    return _wrong(errors.CHOOSE_ONE if answer.options else errors.FILL_IN)


def is_asked(place: FormField, given: Mapping[str, Given]) -> bool:
    """Say whether the form asks this of somebody who has answered so."""
    if place.when is None:
        return True
    return given.get(place.when.answer, NOTHING).text in place.when.among


def age_on(birth: date, day: date) -> int:
    """Give somebody's age in whole years on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _wrong(message: str, **params: Param) -> Verdict:
    return Verdict(problem=Said(message=message, params=params))


def _check_nothing(answer: Answer, text: str, today: date) -> Verdict:
    return FINE


def _check_choice(answer: Answer, text: str, today: date) -> Verdict:
    return FINE if text in answer.options else _wrong(errors.CHOOSE_ONE)


def _check_name(answer: Answer, text: str, today: date) -> Verdict:
    pattern = _NAME_RU if answer.type is AnswerType.NAME_RU else _NAME
    if not pattern.fullmatch(text):
        return _wrong(errors.FORMAT_PROBLEMS[answer.type.value])
    plain = all(part[0].isupper() and not part.isupper() for part in _CASED.findall(text) if part)
    short = all(len(part) == 1 for part in _CASED.findall(text))
    return FINE if plain or short else Verdict(advice=(Said(message=errors.NAME_CASE),))


def _check_date(answer: Answer, text: str, today: date) -> Verdict:
    found = read_date(text)
    if found is None:
        return _wrong(errors.FORMAT_PROBLEMS["date"])
    if found > today and not answer.future:
        return _wrong(errors.DATE_AHEAD)
    return _wrong(errors.DATE_TOO_OLD) if found.year < OLDEST_YEAR else FINE


def _check_passport(answer: Answer, text: str, today: date) -> Verdict:
    good = re.fullmatch(r"\d{2} \d{2} \d{6}", text, re.ASCII)
    return FINE if good else _wrong(errors.FORMAT_PROBLEMS["passport"])


def _check_unit(answer: Answer, text: str, today: date) -> Verdict:
    good = re.fullmatch(r"\d{3}-\d{3}", text, re.ASCII)
    return FINE if good else _wrong(errors.FORMAT_PROBLEMS["unit_code"])


def _check_inn(answer: Answer, text: str, today: date) -> Verdict:
    if not _is_digits(text, 12):
        return _wrong(errors.FORMAT_PROBLEMS["inn"])
    try:
        inn_digits.validate(text)
    except NumberError:
        # Advice and no refusal: the digits are the tax office's, and the portal may be wrong.
        return Verdict(advice=(Said(message=errors.INN_DIGITS),))
    return FINE


def _is_digits(text: str, count: int) -> bool:
    return len(text) == count and text.isascii() and text.isdigit()


_CHECKS: Mapping[AnswerType, Callable[[Answer, str, date], Verdict]] = {
    AnswerType.CHOICE: _check_choice,
    AnswerType.NAME: _check_name,
    AnswerType.NAME_RU: _check_name,
    AnswerType.DATE: _check_date,
    AnswerType.PASSPORT: _check_passport,
    AnswerType.UNIT_CODE: _check_unit,
    AnswerType.INN: _check_inn,
}

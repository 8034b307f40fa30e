"""Whether an answer can stand on a form: what is wrong with it, and what is merely odd."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from email_validator import EmailNotValidError, validate_email
from stdnum.exceptions import ValidationError as NumberError
from stdnum.ru import inn as inn_digits

from app.errors import Param
from documents.paperwork import errors
from documents.paperwork.rules import numbers
from documents.paperwork.rules.texts import kept, unprintable
from documents.paperwork.shape import NONE, SOME, Answer, AnswerType, FormField, Value, When

OLDEST_YEAR = 1900
_NAME_RU = re.compile(r"[А-ЯЁа-яё]+(?:[ -][А-ЯЁа-яё]+)*")
_NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]+[^\W\d_]+)*\.?")
_CASED = re.compile(r"[^\W\d_]+")
_UNIT = re.compile(r"(\d{3})[ -]?(\d{3})")
_DATES = tuple(
    re.compile(notation)
    for notation in (
        r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)",
        r"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{4})",
        r"(?P<day>\d\d?)/(?P<month>\d\d?)/(?P<year>\d{4})",
    )
)


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
class Row:
    """One row of a table as it is stored, opened; ``values`` by column."""

    id: str
    """Made by whoever began the row, so that sending it twice keeps it once."""
    values: Mapping[str, str]
    version: int = 1
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer as it is stored, opened."""

    text: str = ""
    unknown: bool = False
    version: int = 0
    """0: nobody has answered."""
    rows: tuple[Row, ...] = ()
    """Of a table, in order."""

    @property
    def none(self) -> bool:
        """Say whether it was answered that there is nothing to list in this table."""
        return not self.rows and self.text == NONE

    @property
    def counts_as(self) -> str:
        """The text on which other questions depend; of a table whether it has rows."""
        return SOME if self.rows else self.text


FINE = Verdict()
NOTHING = Given()
ALONE: Mapping[str, str] = {}


def clean(answer: Value, typed: str) -> str:
    """Give what is stored of what was typed: tidy, and numbers in one notation.

    What can't be understood stays as it was typed: nothing that was entered is thrown away.
    """
    text = kept(typed, lines=answer.type is AnswerType.TEXT)
    if answer.type is AnswerType.TABLE:
        return NONE if text == NONE else ""
    if answer.type is AnswerType.PHONE:
        return numbers.plain_phone(text, answer.region)
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
    AnswerType.SNILS: numbers.plain_snils,
    AnswerType.MONEY: numbers.plain_money,
    AnswerType.NUMBER: numbers.plain_whole,
    AnswerType.DECIMAL: numbers.plain_number,
    AnswerType.PERCENT: numbers.plain_percent,
    AnswerType.SHARE: numbers.plain_share,
    AnswerType.YEAR: numbers.plain_whole,
    AnswerType.BIC: numbers.plain_digits,
    AnswerType.ACCOUNT: numbers.plain_digits,
}


def read_date(text: str) -> date | None:
    """Give the day a text means, None when it means none."""
    for notation in _DATES:
        # Not strptime: a page of the interview reads some dozens of answers.
        found = notation.fullmatch(text)
        if found is not None:
            return _day(int(found["year"]), int(found["month"]), int(found["day"]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def check_answer(
    answer: Value, text: str, *, today: date, beside: Mapping[str, str] = ALONE
) -> Verdict:
    """Say what is wrong or odd with an answer that is there.

    ``beside``: the answers it depends on, such as the code of an account's bank, by key.
    """
    sign = unprintable(text)
    if sign:
        return wrong(errors.NOT_PRINTABLE, sign=sign)
    if len(text) > answer.longest:
        return wrong(errors.TOO_LONG, longest=answer.longest)
    if answer.type is AnswerType.ACCOUNT:
        checked = _check_account(text, beside.get(answer.bic, ""))
    else:
        checked = _CHECKS.get(answer.type, _check_nothing)(answer, text, today)
    # Most answers have no warnings of the pack, and an interview checks dozens.
    if not answer.warn:
        return checked
    warned = tuple(
        warning.key
        for warning in answer.warn
        if bool(re.search(warning.pattern, text)) is warning.matches
    )
    return replace(checked, warned=warned)


def check_given(
    answer: Answer,
    place: FormField,
    given: Given,
    *,
    today: date,
    beside: Mapping[str, str] = ALONE,
) -> Verdict:
    """Say what stands between an answer of one text, there or not, and the issued form."""
    if given.text:
        return check_answer(answer, given.text, today=today, beside=beside)
    if not place.required:
        return FINE
    if given.unknown:
        return wrong(errors.UNKNOWN_YET)
    return wrong(errors.CHOOSE_ONE if answer.choices else errors.FILL_IN)


def is_asked(place: FormField, given: Mapping[str, Given]) -> bool:
    """Say whether the form asks this of somebody who has answered so."""
    return holds(place.when, given)


def holds(when: When | None, given: Mapping[str, Given]) -> bool:
    """Say whether a condition on another answer holds; without a condition it does."""
    return when is None or given.get(when.answer, NOTHING).counts_as in when.among


def age_on(birth: date, day: date) -> int:
    """Give somebody's age in whole years on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def wrong(message: str, **params: Param) -> Verdict:
    """Give the verdict that an answer can't stand on the form as it is."""
    return Verdict(problem=Said(message=message, params=params))


def _check_nothing(answer: Value, text: str, today: date) -> Verdict:
    return FINE


def _check_choice(answer: Value, text: str, today: date) -> Verdict:
    return FINE if text in answer.choices else wrong(errors.CHOOSE_ONE)


def _check_name(answer: Value, text: str, today: date) -> Verdict:
    pattern = _NAME_RU if answer.type is AnswerType.NAME_RU else _NAME
    if not pattern.fullmatch(text):
        return wrong(
            errors.FORMAT_PROBLEMS["name_ru" if answer.type is AnswerType.NAME_RU else "name"]
        )
    plain = all(part[0].isupper() and not part.isupper() for part in _CASED.findall(text) if part)
    short = all(len(part) == 1 for part in _CASED.findall(text))
    return FINE if plain or short else Verdict(advice=(Said(message=errors.NAME_CASE),))


def _check_date(answer: Value, text: str, today: date) -> Verdict:
    found = read_date(text)
    if found is None:
        return wrong(errors.FORMAT_PROBLEMS["date"])
    if found > today and not answer.future:
        return wrong(errors.DATE_AHEAD)
    return wrong(errors.DATE_TOO_OLD) if found.year < OLDEST_YEAR else FINE


def _check_passport(answer: Value, text: str, today: date) -> Verdict:
    good = re.fullmatch(r"\d{2} \d{2} \d{6}", text, re.ASCII)
    return FINE if good else wrong(errors.FORMAT_PROBLEMS["passport"])


def _check_unit(answer: Value, text: str, today: date) -> Verdict:
    good = re.fullmatch(r"\d{3}-\d{3}", text, re.ASCII)
    return FINE if good else wrong(errors.FORMAT_PROBLEMS["unit_code"])


def _check_inn(answer: Value, text: str, today: date) -> Verdict:
    if not _is_digits(text, 12):
        return wrong(errors.FORMAT_PROBLEMS["inn"])
    try:
        inn_digits.validate(text)
    except NumberError:
        # Advice and no refusal: the digits are the tax office's, and the portal may be wrong.
        return Verdict(advice=(Said(message=errors.INN_DIGITS),))
    return FINE


def _check_snils(answer: Value, text: str, today: date) -> Verdict:
    if not re.fullmatch(r"\d{3}-\d{3}-\d{3} \d{2}", text, re.ASCII):
        return wrong(errors.FORMAT_PROBLEMS["snils"])
    if numbers.snils_fits(text):
        return FINE
    return Verdict(advice=(Said(message=errors.SNILS_DIGITS),))


def _check_number(answer: Value, text: str, today: date) -> Verdict:
    good = numbers.is_within(answer.type, text)
    return FINE if good else wrong(errors.FORMAT_PROBLEMS[answer.type.value])


def _check_year(answer: Value, text: str, today: date) -> Verdict:
    if not _is_digits(text, 4) or int(text) < OLDEST_YEAR:
        return wrong(errors.FORMAT_PROBLEMS["year"])
    ahead = int(text) > today.year and not answer.future
    return wrong(errors.YEAR_AHEAD) if ahead else FINE


def _check_phone(answer: Value, text: str, today: date) -> Verdict:
    good = numbers.is_phone(text, answer.region)
    return FINE if good else wrong(errors.FORMAT_PROBLEMS["phone"])


def _check_email(answer: Value, text: str, today: date) -> Verdict:
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return wrong(errors.FORMAT_PROBLEMS["email"])
    return FINE


def _check_bic(answer: Value, text: str, today: date) -> Verdict:
    if not _is_digits(text, 9):
        return wrong(errors.FORMAT_PROBLEMS["bic"])
    # A treasury has another beginning; banks are what is asked for nearly always.
    bank = text.startswith(numbers.BANK_CODE)
    return FINE if bank else Verdict(advice=(Said(message=errors.BIC_NO_BANK),))


def _check_account(text: str, bic: str) -> Verdict:
    if not _is_digits(text, 20):
        return wrong(errors.FORMAT_PROBLEMS["account"])
    return wrong(errors.ACCOUNT_KEY) if numbers.account_fits(text, bic) is False else FINE


def _check_fio(answer: Value, text: str, today: date) -> Verdict:
    if len(text.split()) < 2:
        return wrong(errors.FORMAT_PROBLEMS["fio"])
    return _check_name(answer, text, today)


def _is_digits(text: str, count: int) -> bool:
    return len(text) == count and text.isascii() and text.isdigit()


_CHECKS: Mapping[AnswerType, Callable[[Value, str, date], Verdict]] = {
    AnswerType.CHOICE: _check_choice,
    AnswerType.NAME: _check_name,
    AnswerType.NAME_RU: _check_name,
    AnswerType.DATE: _check_date,
    AnswerType.PASSPORT: _check_passport,
    AnswerType.UNIT_CODE: _check_unit,
    AnswerType.INN: _check_inn,
    AnswerType.SNILS: _check_snils,
    AnswerType.MONEY: _check_number,
    AnswerType.NUMBER: _check_number,
    AnswerType.DECIMAL: _check_number,
    AnswerType.PERCENT: _check_number,
    AnswerType.SHARE: _check_number,
    AnswerType.YEAR: _check_year,
    AnswerType.PHONE: _check_phone,
    AnswerType.EMAIL: _check_email,
    AnswerType.BIC: _check_bic,
    AnswerType.FIO: _check_fio,
    AnswerType.YESNO: _check_choice,
}

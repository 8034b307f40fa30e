"""How dates, times, money and counts are written for people, in a given language."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal

from app.web.language import translate, translate_plural

LOCALES = {"ru": "ru", "en": "en_GB"}
NBSP = "\u00a0"
SECONDS_PER_MINUTE = 60
SECONDS_PER_HOUR = 3600
SECONDS_PER_DAY = 86_400
HOURS_SHOWN_UP_TO = 48
NUMBER_AND_WORD = re.compile(r"(\d) (\w)")
CODE_AND_NUMBER = re.compile(r"([^\W\d_])(\d)")


@lru_cache(maxsize=4096)
def day(value: date, language: str, *, this_year: int) -> str:
    """Give "12 июля, суббота" or "Saturday 12 July", with the year when it is another one."""
    year = "" if value.year == this_year else " y"
    if language == "ru":
        text = format_date(value, f"d MMMM{year and ' y'}, EEEE", locale="ru")
    else:
        text = format_date(value, f"EEEE d MMMM{year}", locale="en_GB")
    return _together(text)


@lru_cache(maxsize=4096)
def day_short(value: date, language: str) -> str:
    """Give "12 июля" or "12 July"."""
    return format_date(value, "d MMMM", locale=LOCALES[language]).replace(" ", NBSP)


@lru_cache(maxsize=4096)
def day_of_year(value: date, language: str) -> str:
    """Give "12 июля 2026" or "12 July 2026", as a day stands in papers."""
    return f"{day_short(value, language)}{NBSP}{value.year}"


def clock_time(value: datetime, language: str, zone: str) -> str:
    """Give "18:00" in the zone."""
    return format_time(value.astimezone(ZoneInfo(zone)), "HH:mm", locale=LOCALES[language])


def moment(value: datetime, language: str, zone: str, *, this_year: int) -> str:
    """Give "12 июля, 18:00" in the zone, with the year when it is another one."""
    local = value.astimezone(ZoneInfo(zone))
    text = day_short(local.date(), language)
    if local.year != this_year:
        text += f"{NBSP}{local.year}"
    return f"{text}, {local:%H:%M}"


@lru_cache(maxsize=4096)
def money(amount_minor: int, currency: str, language: str) -> str:
    """Give minor units as money with its sign or code; whole sums without the decimals."""
    amount, locale = Decimal(amount_minor) / 100, LOCALES[language]
    if amount_minor % 100:
        text = format_currency(amount, currency, locale=locale)
    else:
        text = format_currency(
            amount, currency, _whole_sums(locale), locale=locale, currency_digits=False
        )
    # A currency without a sign of its own is written as a code, which CLDR sets apart from the
    # number and Babel does not.
    return CODE_AND_NUMBER.sub(rf"\1{NBSP}\2", text.replace("-", "−"))


@cache
def _whole_sums(locale: str) -> str:
    """Give the locale's pattern of money without decimals."""
    pattern = str(Locale.parse(locale).currency_formats["standard"].pattern)
    return pattern.replace(".00", "")


@lru_cache(maxsize=4096)
def number(value: int | float, language: str) -> str:
    """Give a number with the language's group separator."""
    return format_decimal(value, locale=LOCALES[language])


def span(length: timedelta, language: str) -> str:
    """Give a length of time as a person would say it: "5 ч", "3 days"."""
    seconds = max(int(length.total_seconds()), 0)
    if seconds < SECONDS_PER_MINUTE:
        return translate(language, "less than a minute")
    if seconds < SECONDS_PER_HOUR:
        minutes = seconds // SECONDS_PER_MINUTE
        return _together(translate_plural(language, "%(num)s min", "%(num)s min", minutes))
    hours = seconds // SECONDS_PER_HOUR
    if hours < HOURS_SHOWN_UP_TO:
        return _hours(hours, language)
    return days(seconds // SECONDS_PER_DAY, language)


@lru_cache(maxsize=256)
def _hours(count: int, language: str) -> str:
    return _together(translate_plural(language, "%(num)s hour", "%(num)s hours", count))


@lru_cache(maxsize=4096)
def days(count: int, language: str) -> str:
    """Give "1 день", "2 дня", "5 дней"."""
    return _together(translate_plural(language, "%(num)s day", "%(num)s days", count))


@lru_cache(maxsize=4096)
def days_left(value: date, today: date, language: str) -> str:
    """Give "осталось 3 дня", "сегодня", "2 дня назад"."""
    distance = (value - today).days
    if distance == 0:
        return translate(language, "today")
    if distance == 1:
        return translate(language, "tomorrow")
    if distance > 0:
        left = translate_plural(language, "%(num)s day left", "%(num)s days left", distance)
        return _together(left)
    return _together(translate_plural(language, "%(num)s day ago", "%(num)s days ago", -distance))


def _together(text: str) -> str:
    """Keep a number and the word it counts on one line."""
    return NUMBER_AND_WORD.sub(rf"\1{NBSP}\2", text)

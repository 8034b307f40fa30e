"""Plausible answers to a step's form: the plot's own, else something that fits the field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from app.demo.plot import Moment, Plot, Said
from quests.route.shape import FieldType, FormField, Step

PERCENT_WITH_WARNING = 8
WORDS = {"ru": "по документам штаба", "en": "as in our papers"}


def answers_to(plot: Plot, step: Step, moment: Moment) -> dict[str, str]:
    """Give an answer to every field; none of them stops the step."""
    own = plot.answers.get(step.key, {})
    said: dict[str, str] = {}
    for field in step.field:
        here = Moment(day=moment.day, random=moment.random, said={**moment.said, **said})
        said[field.key] = _answer(field, own, here, plot.language)
    return said


def _answer(field: FormField, own: Mapping[str, Said], moment: Moment, language: str) -> str:
    given = own.get(field.key)
    if given is None:
        return _fitting(field, moment, language)
    if isinstance(given, str):
        return given
    return moment.random.choice(given) if isinstance(given, tuple) else given(moment)


def _fitting(field: FormField, moment: Moment, language: str) -> str:
    match field.type:
        case FieldType.YESNO | FieldType.CHOICE:
            return _choice(field, moment)
        case _ if not field.required:
            return ""
        case FieldType.DATE:
            return moment.day.isoformat()
        case FieldType.NUMBER:
            least = field.min or 0
            return str(min(least + moment.random.randint(1, 9), field.max or 1_000_000))
        case FieldType.PHONE:
            return "+7 812 000-00-00" if language == "ru" else "01632 960000"
        case FieldType.EMAIL:
            return "office@example.org"
        case FieldType.URL:
            return "https://example.org"
        case FieldType.TEXT | FieldType.LONGTEXT:
            return WORDS[language]


def _choice(field: FormField, moment: Moment) -> str:
    good = [one for one in field.choices if one not in field.stop and one not in field.warn]
    doubtful = [one for one in field.choices if one in field.warn and one not in field.stop]
    if doubtful and (not good or moment.random.randrange(100) < PERCENT_WITH_WARNING):
        return moment.random.choice(doubtful)
    return good[0] if field.type is FieldType.YESNO else moment.random.choice(good)


def days(offset: int) -> Said:
    """An answer: the day it is given, plus so many days."""
    return lambda moment: (moment.day + timedelta(days=offset)).isoformat()


def between(least: int, most: int) -> Said:
    """An answer: a number of this range."""
    return lambda moment: str(moment.random.randint(least, most))


def mostly(usual: str, *others: str, percent: int = 90) -> Said:
    """An answer: the usual one, or now and then another."""
    return lambda moment: (
        usual if moment.random.randrange(100) < percent else moment.random.choice(others)
    )

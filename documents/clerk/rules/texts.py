"""What is read: the same words everywhere, the right words, and nothing strange in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from babel.dates import format_date

from documents.clerk.rules.case import Case, Looked, Pair, Seen, found
from documents.clerk.rules.differences import (
    names_any,
    same_but_endings,
    says_in_full,
    untidy,
    without_yo,
)
from documents.clerk.shape import (
    Across,
    Blank,
    Contains,
    Differs,
    Known,
    Pattern,
    Same,
    Spelled,
    Tidy,
    Words,
)
from documents.paperwork.rules.answers import read_date
from documents.paperwork.shape import AnswerType

_READ = frozenset(
    {AnswerType.LINE, AnswerType.TEXT, AnswerType.NAME, AnswerType.NAME_RU, AnswerType.FIO}
)
_LONG_DAY = "d MMMM y"
_SHORT_DAYS = ("%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d")
_WORD = re.compile(r"[^\W\d_]+")
SHORTEST_NAME = 3
"""Shorter names are words of their own too often."""


def check_same(rule: Same, case: Case) -> Looked:
    """Look whether two places say the same letter for letter."""
    one, other = case.joined(rule.left), case.joined(rule.right)
    if not one or not other:
        return
    pair = Pair(key=rule.left[0], one=one, other=other)
    about = (rule.left[0], rule.right[0])
    yield None if one == other else found(rule, answers=about, pairs=(pair,))


def check_differs(rule: Differs, case: Case) -> Looked:
    """Look whether two places that must not say the same do so all the same."""
    one, other = case.joined(rule.left), case.joined(rule.right)
    if not one or not other:
        return
    alike = _plain(one) == _plain(other)
    about = (rule.left[0], rule.right[0])
    yield found(rule, answers=about, more=(one,)) if alike else None


def check_across(rule: Across, case: Case) -> Looked:
    """Look whether every issued paper says the same where it says it at all."""
    for key in rule.answers:
        saying = [
            (seen.kind.key, seen.said[key]) for seen in case.among(rule.kinds) if seen.said.get(key)
        ]
        if len(saying) < 2:
            continue
        first, text = saying[0]
        others = [(kind, said) for kind, said in saying[1:] if said != text]
        pairs = tuple(Pair(key=key, one=text, other=said, kind=kind) for kind, said in others)
        yield (
            found(rule, kind=others[0][0], answers=(key,), pairs=pairs, params={"other": first})
            if others
            else None
        )


def check_known(rule: Known, case: Case) -> Looked:
    """Look whether answers say what the portal knows."""
    known, said = case.known.get(rule.known, ""), case.joined(rule.answers)
    if not known or not said:
        return
    if rule.any_order:
        alike = sorted(known.split()) == sorted(said.split())
    else:
        alike = same_but_endings(known, said) if rule.inflected else known == said
        alike = alike or _is_full_name(rule, known, said)
    pair = Pair(key=rule.answers[0], one=known, other=said)
    yield None if alike else found(rule, answers=rule.answers, pairs=(pair,))


def _is_full_name(rule: Known, known: str, said: str) -> bool:
    """Say whether the short name the portal knows was answered as the full one of the same."""
    if not rule.beside or names_any(known, rule.whole):
        return False
    return says_in_full(known, said, rule.beside)


def check_contains(rule: Contains, case: Case) -> Looked:
    """Look whether the issued sheets have the wording that must be there."""
    for seen in case.among(rule.kinds):
        for text in rule.texts if seen.is_issued else ():
            there = text in seen.sheet
            yield None if there else found(rule, kind=seen.kind.key, params={"text": text})


def check_blank(rule: Blank, case: Case) -> Looked:
    """Look whether a day is printed that a hand has to write."""
    for seen in case.among(rule.kinds):
        if not seen.is_issued or not seen.date_places:
            continue
        day = next((day for day in _own_days(seen) if _is_printed(day, seen)), None)
        yield found(rule, kind=seen.kind.key, params={"day": day}) if day else None


def check_pattern(rule: Pattern, case: Case) -> Looked:
    """Look whether answers have the form they must have, or have one they must not have."""
    pattern = re.compile(rule.pattern)
    for key, text in _texts(rule.answers, case):
        fits = bool(pattern.search(text)) is rule.must
        answer = key.partition(".")[0]
        yield None if fits else found(rule, answers=(answer,), more=(key, text))


def check_words(rule: Words, case: Case) -> Looked:
    """Look whether answers are short enough."""
    for key, text in _texts(rule.answers, case):
        count = len(text.split())
        told = {"count": count, "most": rule.most}
        about = (key.partition(".")[0],)
        yield found(rule, answers=about, params=told) if count > rule.most else None


def check_tidy(rule: Tidy, case: Case) -> Looked:
    """Look whether something in an answer is strange by itself."""
    for key in case.asked:
        answer = case.answers[key]
        texts = [case.text(key)] if answer.type in _READ else []
        for column in answer.column:
            if column.type in _READ:
                texts += [row.values.get(column.key, "") for row in case.table(key).rows]
        sorts = tuple(dict.fromkeys(sort for text in texts for sort in untidy(text)))
        if any(texts):
            yield (
                found(rule, answers=(key,), params={"sort": sorts[0]}, more=tuple(texts))
                if sorts
                else None
            )


def check_spelled(rule: Spelled, case: Case) -> Looked:
    """Look whether a name stands in another answer with other letters е and ё."""
    names = {
        without_yo(word): word
        for key in rule.answers
        for word in _WORD.findall(case.text(key))
        if len(word) >= SHORTEST_NAME
    }
    for key, asked in case.asked.items():
        answer = asked.answer
        if key in rule.answers or answer.type not in _READ or answer.decline or not names:
            continue
        for word in _WORD.findall(asked.given.text):
            meant = names.get(without_yo(word))
            if meant is None:
                continue
            pair = Pair(key=key, one=meant, other=word)
            yield None if word == meant else found(rule, answers=(key,), pairs=(pair,))


def _texts(keys: tuple[str, ...], case: Case) -> Iterator[tuple[str, str]]:
    """Give the answered texts of answers, and of columns named ``table.column``."""
    for key in keys:
        table, _dot, column = key.partition(".")
        texts = (
            [row.values.get(column, "") for row in case.table(table).rows]
            if column
            else [case.text(key)]
        )
        yield from ((key, text) for text in texts if text)


def _own_days(seen: Seen) -> Iterator[date]:
    """Give the days that belong into a hand's place and nowhere else on this sheet."""
    said = {read_date(text) for text in seen.said.values()}
    days = {seen.issued_on, *seen.dates.values()}
    return (day for day in sorted(filter(None, days)) if day not in said)


def _is_printed(day: date, seen: Seen) -> bool:
    long = format_date(day, _LONG_DAY, locale=seen.kind.language)
    return long in seen.sheet or any(day.strftime(short) in seen.sheet for short in _SHORT_DAYS)


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(without_yo(text).casefold())) + re.sub(r"\D", "", text)

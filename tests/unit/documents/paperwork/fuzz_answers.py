"""Answers of every sort for any kind of paper: lawful, too long, hostile, and whole tables of them.

Everything is built from the pack's own data, so a new kind or answer is fuzzed without a word here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from hypothesis import strategies as st

from documents.paperwork.pack import PackDocuments
from documents.paperwork.rules.interview import reads
from documents.paperwork.shape import NONE, Answer, AnswerType, Value
from tests.paperwork_world import DAYS, Typed

Text = st.SearchStrategy[str]
ENDLESS = 10_000
MOST_ROWS = 200
SEATS = 20
"""Marks that the places of one table may use up."""
BANK, ACCOUNT = "044525225", "40702810138250123017"
"""A bank's code and an account of it whose key fits."""
HOSTILE = (
    "<script>alert(1)</script>",
    "</td></tr></table><p class='mark'>",
    "<!--",
    "]]>&amp;&#0;&#x202e;",
    "{{ 7*7 }}{% include '/etc/passwd' %}",
    "</style><style>*{display:none}</style>",
    "<img src='file:///etc/passwd'>",
    "<link rel=attachment href=file:///etc/passwd>",
    "url(http://example.org/x)",
    "\\",
    "'\"`",
    "A\u202eB\u202cC",
    "ш\u0300\u0301\u0302\u0303",
    "e\u200b\u0301",
    "\u0646\u0635 \u05d0\u05d1",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\ud800",
    "\udfff\ud83d",
    "\x00\x01\x1b[31m\x7f\x85",
    "\ufeff\ufffe\uffff\U0010ffff",
    "\u2028\u2029\x0b\x0c",
    "\u00a0\u00ad\u2011",
    "١٢٣",
    "１２３",
    "1e999",
    "-0",
    "NaN",
    "1/0",
    "0/0",
    "9" * 400,
    "0000-00-00",
    "9999-12-31",
    "31.02.2026",
    "=1+1",
    "none",
    "yes",
    "%(x)s %s {x} {0}",
)
WHOLE_WORDS = "улица Долгоречинская, дом № 5-бис; “Flat & Sons” — «У моста» <b>1</b> {{ x }} £€‰…"
EDGES = (
    date(1900, 1, 1),
    date(1904, 2, 29),
    date(1970, 1, 1),
    date(2000, 2, 29),
    DAYS.today - timedelta(days=1),
    DAYS.today,
)
AHEAD = (DAYS.polling_day, date(2028, 2, 29), date(9999, 12, 31))
SUMS = ("0", "0.01", "1 234,50", "999 999 999.99", "9" * 15, "9" * 15 + ".99")


class Mood(StrEnum):
    """How somebody fills in a whole paper: as one should, to the brim, or to break it."""

    LAWFUL = "lawful"
    LONG = "long"
    HOSTILE = "hostile"


def answers_of(
    documents: PackDocuments, kind: str, mood: Mood, *, most_rows: int = MOST_ROWS
) -> st.SearchStrategy[Typed]:
    """Give everything that one kind of paper asks, or looks at, typed in one mood."""
    keys = sorted(reads(documents.kinds[kind], documents.answers))
    asked: dict[str, st.SearchStrategy[str | Sequence[Mapping[str, str]]]] = {}
    for seat, key in enumerate(keys, 1):
        answer = documents.answers[key]
        if answer.is_table:
            most = most_rows if mood is Mood.HOSTILE else min(most_rows, answer.most)
            asked[key] = _rows(answer, mood, seat * SEATS, most)
        else:
            asked[key] = _typed(answer, mood, mark_of(seat * SEATS))
    return st.fixed_dictionaries(asked)


def _rows(
    answer: Answer, mood: Mood, seat: int, most: int
) -> st.SearchStrategy[str | Sequence[Mapping[str, str]]]:
    row = st.fixed_dictionaries(
        {
            column.key: _typed(column, mood, mark_of(seat + place), endless=False)
            for place, column in enumerate(answer.column, 1)
        }
    )
    some = st.lists(row, min_size=1, max_size=2)
    times = st.sampled_from((1, 1, 1, most // 3 or 1))
    return st.one_of(
        st.just(NONE),
        st.builds(lambda rows, often: (rows * often)[:most], some, times),
        st.builds(lambda rows: rows * (most // len(rows)), some),
    )


def _typed(value: Value, mood: Mood, mark: str, *, endless: bool = True) -> Text:
    lawful = lawful_text(value, mark)
    if mood is Mood.LAWFUL or (value.choices and mood is Mood.LONG):
        return lawful
    if mood is Mood.LONG:
        lengths = (value.longest, value.longest * 2 // 3)
        texts = value.type is not AnswerType.DATE and value.type not in _MADE
        return filled(value, mark, lengths) if texts else lawful
    beyond = filled(value, mark, (value.longest + 1, value.longest * 2))
    return st.one_of(lawful, hostile_text(), beyond, *[endless_text()] * endless)


def hostile_text() -> Text:
    """Give what no form expects: marks, other alphabets, code."""
    noise = st.text(
        st.characters(min_codepoint=0, max_codepoint=0x10FFFF, exclude_categories=()), max_size=12
    )
    parts = st.lists(st.one_of(st.sampled_from(HOSTILE), noise), min_size=1, max_size=4)
    return st.builds("".join, parts)


def endless_text() -> Text:
    """Give texts of ten thousand signs, with and without places to break a line."""
    units = ("я", "W", "а б", "\n", "<", "\u0301", "1")
    return st.builds(lambda unit: (unit * ENDLESS)[:ENDLESS], st.sampled_from(units))


def filled(value: Value, mark: str, lengths: tuple[int, ...]) -> Text:
    """Give texts of these lengths, of wide or narrow signs, with or without places to break."""
    return st.builds(
        lambda unit, length: (mark + unit * length)[:length].strip(" -"),
        st.sampled_from(_unit(value)),
        st.sampled_from(lengths),
    )


def _unit(value: Value) -> tuple[str, ...]:
    if value.type in (AnswerType.NAME_RU, AnswerType.FIO):
        return ("щ", " Ю", "ов-Ж", "а я")
    if value.type is AnswerType.NAME:
        return ("w", " W", "o-W", "a y")
    return ("Ш", "W", "i", " Ш", "1", "Ъ-", "<b>", "Слово ", "длиннейшее-слово ", "a\n")


def lawful_text(value: Value, mark: str) -> Text:
    """Give what the place takes; texts begin with their mark, by which they are found again."""
    if value.choices:
        return st.sampled_from(value.choices)
    if value.type is AnswerType.DATE:
        days = (*EDGES, *AHEAD) if value.future else EDGES
        return st.sampled_from([day.isoformat() for day in days])
    made = _MADE.get(value.type)
    if made is not None:
        return made
    if value.type is AnswerType.FIO:
        return st.builds(lambda name: f"{mark} {name}", _of_units(("Щука", "Ёж-Ёж", "Юрьевна"), 3))
    if value.type in (AnswerType.NAME, AnswerType.NAME_RU):
        units = ("Щука", "Ёж-Ёж") if value.type is AnswerType.NAME_RU else ("Willow", "O'Moo-Wyn")
        return st.builds(
            lambda name, length: (mark + name)[:length].rstrip(" -'"),
            _of_units(units, 8),
            st.sampled_from((len(mark) + 4, 60, value.longest)),
        )
    return _line(value, mark)


def _line(value: Value, mark: str) -> Text:
    return st.builds(
        lambda text, length: (mark + text)[:length].strip(),
        st.one_of(
            st.sampled_from(("", " ", "Ж" * 600, "W" * 600, WHOLE_WORDS * 30, "i " * 900)),
            st.text(st.sampled_from(WHOLE_WORDS), max_size=40),
            st.just("\nстрока" * 200),
        ),
        st.sampled_from((min(8, value.longest), min(60, value.longest), value.longest)),
    )


def _of_units(units: tuple[str, ...], most: int) -> Text:
    return st.lists(st.sampled_from(units), min_size=1, max_size=most).map(" ".join)


def mark_of(number: int) -> str:
    """Give a word of Russian letters that stands in one place of a paper only."""
    letters = "АВЕКМНОРСТУХ"
    places = [number // len(letters) ** power % len(letters) for power in range(3, -1, -1)]
    return f"Я{''.join(letters[place] for place in places)}ь"


def _sums(*more: str) -> Text:
    return st.sampled_from((*SUMS, *more))


_MADE: Mapping[AnswerType, Text] = {
    AnswerType.PASSPORT: st.just("40 05 123456"),
    AnswerType.UNIT_CODE: st.just("780-001"),
    AnswerType.INN: st.sampled_from(("500100732259", "500100732258")),
    AnswerType.SNILS: st.just("112-233-445 95"),
    AnswerType.MONEY: _sums("12,00 руб.", "£1,250.00"),
    AnswerType.NUMBER: st.sampled_from(("0", "1", "12", "9999", "999999")),
    AnswerType.DECIMAL: _sums("54,3", "0,0001", "12345678.9999"),
    AnswerType.PERCENT: st.sampled_from(("0", "100", "33,33")),
    AnswerType.SHARE: st.sampled_from(("1/3", "50%", "123456789/987654321")),
    AnswerType.YEAR: st.sampled_from(("1900", "2025", "2026")),
    AnswerType.PHONE: st.sampled_from(("+7 921 555-01-23", "+44 1632 960123", "+1 202 555 0100")),
    AnswerType.EMAIL: st.sampled_from(
        ("a@example.org", "w" * 60 + "@" + "w" * 60 + ".example.org", "o'neil+x@example.org")
    ),
    AnswerType.BIC: st.just(BANK),
    AnswerType.ACCOUNT: st.just(ACCOUNT),
}

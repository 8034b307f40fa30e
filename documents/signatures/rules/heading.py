"""The head of a signature sheet: which answers it needs and what it says."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

SIZES = (11, 10, 9, 8)
"""Points in which the sentence may be printed; one too long for the last of them is refused."""
PLAIN = SIZES[0]
"""Points of the lines above the sentence, and of the name below the table."""
ROOM_MM = 52.0
"""Height for those lines and the sentence on a sheet of one side, which has the least of it."""
LINE_MM, NAME_MM = 267.0, 101.0
MOST_NAME_LINES = 5
A_POINT_MM = 25.4 / 72
LEADING = 1.22
_SPACE, _USUAL, _WIDE, _WIDEST = 0.25, 0.56, 0.79, 1.05
"""How wide letters of the typeface are at most, in ems; a test compares them with the file."""
_WIDE_SIGNS = frozenset("+<=>¬×µmwæďŉœŵмтфыюљњ")
_WIDEST_SIGNS = frozenset("%&@©®¼½¾MWÆĲŒŴЂЉЊЋЖМФШЩЫЮжшщ—―…‰№")


class Gender(StrEnum):
    """What the words about the candidate agree with."""

    MALE = "male"
    FEMALE = "female"


class Condition(Protocol):
    """Holds when an answer is among some."""

    @property
    def answer(self) -> str:
        """The answer looked at."""
        ...

    @property
    def among(self) -> Sequence[str]:
        """What it has to be among."""
        ...


class Wanted(Protocol):
    """An answer that the head is filled from."""

    @property
    def answer(self) -> str:
        """Its key."""
        ...

    @property
    def required(self) -> bool:
        """Whether the head can do without."""
        ...

    @property
    def when(self) -> Condition | None:
        """When it is asked for at all."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What only a person can confirm: the name in its case, and what the words agree with."""

    name: str
    """In the genitive, as it stands after «гражданина Российской Федерации»."""
    gender: Gender


def gender_of(patronymic: str) -> Gender | None:
    """Give what a Russian patronymic says; None when it says nothing."""
    text = patronymic.casefold()
    if text.endswith(("ич", "оглы", "улы")):
        return Gender.MALE
    if text.endswith(("вна", "чна", "шна", "кызы")):
        return Gender.FEMALE
    return None


def missing_answers(needs: Sequence[Wanted], given: Mapping[str, str]) -> tuple[str, ...]:
    """Give the keys of the answers without which the head can't be printed."""
    return tuple(
        need.answer
        for need in needs
        if need.required and _is_asked(need, given) and not given.get(need.answer)
    )


def asked_answers(needs: Sequence[Wanted], given: Mapping[str, str]) -> dict[str, str]:
    """Give the answers that the head says; one that is not asked for is empty."""
    return {
        need.answer: given.get(need.answer, "") if _is_asked(need, given) else "" for need in needs
    }


def size_of(lines: Sequence[str], sentence: str, name: str) -> int | None:
    """Give the points in which a sentence fits below these lines, None when it fits in none.

    ``name``: of the candidate, below the table. Widths are the most that letters can take, so
    that a sheet never runs over onto another page.
    """
    if is_too_long(name):
        return None
    return next((size for size in SIZES if _height(lines, sentence, name, size) <= ROOM_MM), None)


def is_too_long(name: str) -> bool:
    """Say whether a name takes more lines below the table than there is room for."""
    return lines_of(name, NAME_MM, PLAIN) > MOST_NAME_LINES


def letters_over(lines: Sequence[str], sentence: str, name: str) -> int:
    """Give about how many letters are too many even in the smallest size."""
    over = _height(lines, sentence, name, SIZES[-1]) - ROOM_MM
    too_many = math.ceil(max(over, 0.1) / _line(SIZES[-1]))
    return too_many * int(LINE_MM / (SIZES[-1] * A_POINT_MM * _USUAL))


def lines_of(text: str, width_mm: float, points: int) -> int:
    """Give how many lines a text takes at most: a word goes on the next line, or over several."""
    room = width_mm / (points * A_POINT_MM)
    count = 0
    for paragraph in text.split("\n"):
        count, left = count + 1, room
        for word in paragraph.split(" "):
            wide = width_of(word)
            if wide <= left:
                left -= wide + _SPACE
                continue
            begun = left < room
            filled = math.ceil(wide / room)
            count += filled if begun else filled - 1
            left = filled * room - wide - _SPACE
    return count


def width_of(text: str) -> float:
    """Give how wide a text is at most, in ems."""
    return sum(map(_width, text))


def _width(sign: str) -> float:
    if sign in _WIDEST_SIGNS:
        return _WIDEST
    return _WIDE if sign.isupper() or sign in _WIDE_SIGNS else _USUAL


def _height(lines: Sequence[str], sentence: str, name: str, size: int) -> float:
    above = sum(lines_of(line, LINE_MM, PLAIN) for line in lines)
    below = lines_of(name, NAME_MM, PLAIN) - 1
    own = lines_of(sentence, LINE_MM, size)
    return (above + below) * _line(PLAIN) + own * _line(size)


def _line(points: int) -> float:
    return points * A_POINT_MM * LEADING


def _is_asked(need: Wanted, given: Mapping[str, str]) -> bool:
    return need.when is None or given.get(need.when.answer, "") in need.when.among

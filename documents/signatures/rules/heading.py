"""The head of a signature sheet: which answers it needs and what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

SIZES = ((700, 11), (900, 10), (1150, 9), (1500, 8))
"""Letters of the sentence up to which it is printed in so many points; a longer one is refused."""
LONGEST_SENTENCE = SIZES[-1][0]


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


def size_of(sentence: str) -> int | None:
    """Give the points in which a sentence fits its place, None when it is too long for all."""
    return next((size for longest, size in SIZES if len(sentence) <= longest), None)


def _is_asked(need: Wanted, given: Mapping[str, str]) -> bool:
    return need.when is None or given.get(need.when.answer, "") in need.when.among

"""How two texts differ, so that a person sees it: which letters, and of what sort."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

LONGEST = 2000
"""Longer texts are marked as a whole: comparing them letter by letter costs too much."""
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_SPACES = re.compile(r"\s+")
_YO = str.maketrans("ёЁ", "еЕ")
# Capital and small letters that look alike in both alphabets.
_LOOKALIKES = str.maketrans("АВЕКМНОРСТУХаеорсух", "ABEKMHOPCTYXaeopcyx")


class Sort(StrEnum):
    """What sort of difference it is; the first that explains all of it."""

    SPACES = "spaces"
    HYPHENS = "hyphens"
    CASE = "case"
    YO = "yo"
    ALPHABET = "alphabet"
    """Letters of another alphabet that look the same."""
    LETTERS = "letters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a text; ``marked`` when the other text has something else there."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDifference:
    """Two texts side by side with what differs marked, and the sort of it."""

    sort: Sort
    one: tuple[Piece, ...]
    other: tuple[Piece, ...]


def difference(one: str, other: str) -> TextDifference | None:
    """Give how two texts differ; None when they are equal letter for letter."""
    if one == other:
        return None
    if max(len(one), len(other)) > LONGEST:
        whole = Piece(text=one, marked=True), Piece(text=other, marked=True)
        return TextDifference(sort=_sort(one, other), one=whole[:1], other=whole[1:])
    left, right = [], []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        marked = tag != "equal"
        left.append(Piece(text=one[a:b], marked=marked))
        right.append(Piece(text=other[c:d], marked=marked))
    return TextDifference(sort=_sort(one, other), one=_told(left), other=_told(right))


def untidy(text: str) -> Iterator[Sort]:
    """Give what is strange in a text by itself: spaces, hyphens, two alphabets in one word."""
    if "  " in text or text != text.strip():
        yield Sort.SPACES
    if any(sign in text for sign in "‐‑‒−"):
        yield Sort.HYPHENS
    if any(_is_mixed(word) for word in re.findall(r"[^\W\d_]+", text)):
        yield Sort.ALPHABET


def same_but_endings(one: str, other: str) -> bool:
    """Say whether two names differ by nothing but the endings of their words."""
    left, right = (_words(text.casefold()) for text in (one, other))
    return len(left) == len(right) and all(map(_same_stem, left, right))


def names_any(text: str, words: Iterable[str]) -> bool:
    """Say whether one of these words is in a text, whatever its ending."""
    told = _words(text.casefold())
    return any(_same_stem(word.casefold(), one) for word in words for one in told)


def says_in_full(short: str, full: str, beside: Iterable[str]) -> bool:
    """Say whether a text is a name with nothing around it but words that may stand beside it.

    Endings may differ. ``beside``: such words, as that of a body is around its place; of the name
    itself all is there in its order, but for a shortening in capitals that is one of them.
    """
    around = [word.casefold() for word in beside]
    name = [
        word.casefold()
        for word in _words(short)
        if not (word.isupper() and word.casefold() in around)
    ]
    told = 0
    for word in _words(full.casefold()):
        if told < len(name) and _same_stem(name[told], word):
            told += 1
        elif not any(_same_stem(one, word) for one in around):
            return False
    return bool(name) and told == len(name)


def without_yo(text: str) -> str:
    """Give a text with е for each ё."""
    return text.translate(_YO)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _same_stem(one: str, other: str) -> bool:
    if one == other:
        return True
    if one.isdigit() or other.isdigit():
        return False
    shorter = min(len(one), len(other))
    common = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    return common >= max(2, shorter - 2) and max(len(one), len(other)) - common <= 4


def _told(pieces: list[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.text)


def _sort(one: str, other: str) -> Sort:
    for sort, plain in _PLAIN:
        one, other = plain(one), plain(other)
        if one == other:
            return sort
    return Sort.LETTERS


def _is_mixed(word: str) -> bool:
    latin = any("a" <= letter <= "z" for letter in word.lower())
    return latin and any("а" <= letter <= "я" or letter == "ё" for letter in word.lower())


_PLAIN = (
    (Sort.SPACES, lambda text: _SPACES.sub(" ", text).strip()),
    (Sort.HYPHENS, lambda text: text.translate(_HYPHENS)),
    (Sort.YO, without_yo),
    # Before capitals: most small letters of the two alphabets do not look alike.
    (Sort.ALPHABET, lambda text: text.translate(_LOOKALIKES)),
    (Sort.CASE, str.lower),
)

"""How a district is found by what a person types: council, number or street."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORDS = re.compile(r"[^\w]+", re.UNICODE)
_STREET_WORDS = {
    "ул": "улица",
    "пр": "проспект",
    "просп": "проспект",
    "пер": "переулок",
    "наб": "набережная",
    "пл": "площадь",
    "бул": "бульвар",
    "ш": "шоссе",
}
# A house number narrows nothing here: places are listed by street.
_IGNORED = frozenset({"дом", "д", "кв", "квартира", "корп", "к", "округ", "ward", "district"})
SHORTEST_QUERY = 1
MOST_WORDS = 8


def folded(text: str) -> str:
    """Give text as it is compared: case, ё and punctuation do not count."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    words = (_STREET_WORDS.get(word, word) for word in _NOT_WORDS.split(plain) if word)
    return " ".join(words)


def searched_words(query: str) -> tuple[str, ...]:
    """Give the words of a query that a district must contain, at most eight."""
    words = [word for word in folded(query).split() if word not in _IGNORED]
    return tuple(words[:MOST_WORDS])


def search_text(council: str, number: str, name: str, places: str) -> str:
    """Give the text in which a district is searched; it begins and ends with a space."""
    return f" {folded(' '.join((council, number, name, places)))} "

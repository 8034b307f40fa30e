"""Words reduced to stems, so that a search finds other forms of the same word."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_CYRILLIC = re.compile(r"[а-я]")
MOST_QUERY_WORDS = 12
SHORTEST_STEM = 2
SIGNATURE_LIKE = "пись"


@lru_cache(maxsize=2)
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(language)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Give the stem of one word, Russian or English by its letters; case and ё do not count."""
    folded = word.casefold().replace("ё", "е")
    if folded.endswith(SIGNATURE_LIKE):
        # The stemmer takes "подпись", "запись", "опись" for reflexive verbs and cuts too much.
        folded = folded[:-1] + "и"
    language = "russian" if _CYRILLIC.search(folded) else "english"
    return str(_stemmer(language).stemWord(folded))


def stems(text: str) -> tuple[str, ...]:
    """Give the distinct stems of a text in order."""
    # A phone may send "й" as two signs, and the second would end the word.
    whole = unicodedata.normalize("NFC", text)
    return tuple(dict.fromkeys(stem(word) for word in _WORD.findall(whole)))


def stem_line(*texts: str) -> str:
    """Give stems as one stored line, with a space before and after each."""
    return f" {' '.join(dict.fromkeys(s for text in texts for s in stems(text)))} "


def query_stems(query: str) -> tuple[str, ...]:
    """Give the stems a search looks for, at most twelve."""
    return tuple(s for s in stems(query) if len(s) >= SHORTEST_STEM)[:MOST_QUERY_WORDS]

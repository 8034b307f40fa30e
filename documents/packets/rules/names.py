"""Names of the files in a packet's archive: sortable, readable, safe on every system."""

from __future__ import annotations

import unicodedata

LONGEST = 80
_LETTERS = "а:a б:b в:v г:g д:d е:e ё:e ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u"
_MORE = "ф:f х:kh ц:ts ч:ch ш:sh щ:shch ъ: ы:y ь: э:e ю:yu я:ya"
_LATIN = str.maketrans(dict(pair.split(":") for pair in f"{_LETTERS} {_MORE}".split(" ")))


def file_name(number: int, title: str, ending: str) -> str:
    """Give "03-zayavlenie-o-soglasii.pdf": old unpackers show no other letters than these."""
    return f"{number:02d}-{plain(title) or 'paper'}{ending}"


def plain(title: str) -> str:
    """Give a title in small Latin letters and hyphens."""
    latin = title.lower().translate(_LATIN)
    bare = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    words = "".join(letter if letter.isalnum() else " " for letter in bare).split()
    return "-".join(words)[:LONGEST].strip("-")

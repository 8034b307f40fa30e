"""On which line each key of a TOML text stands, since the standard parser does not say."""

from __future__ import annotations

import re
from collections.abc import Mapping

TomlPath = tuple[str | int, ...]

_KEY = re.compile(
    r"""\s*((?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*="""
)
_HEADER = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+)""")
_TOKEN = re.compile(r'''"""|\'\'\'|"(?:\\.|[^"\\])*"|'[^']*'|#.*|[\[\]{}]''')


def line_index(text: str) -> Mapping[TomlPath, int]:
    """Line number, from 1, of every table and key; elements of arrays of tables by position.

    `text` must already have been accepted by tomllib: nothing is checked again here.
    """
    return _Scanner().scan(text)


class _Scanner:
    """Walks over the lines knowing only which table it is in and whether a value is still open."""

    def __init__(self) -> None:
        self.lines: dict[TomlPath, int] = {}
        self.sizes: dict[TomlPath, int] = {}
        self.table: TomlPath = ()
        self.depth = 0
        self.quote = ""
        self.value: TomlPath = ()
        self.element = 0
        self.is_array = False
        self.number = 1

    def scan(self, text: str) -> Mapping[TomlPath, int]:
        for number, line in enumerate(text.splitlines(), start=1):
            rest = line
            self.number = number
            if not self.quote and self.depth == 0:
                rest = self._begin(line, number)
            self._follow(rest)
        return self.lines

    def _begin(self, line: str, number: int) -> str:
        """Note the table or key this line begins; give what is left to follow for open quotes."""
        header = _HEADER.match(line)
        if header:
            self._enter(_parts(header[2]), is_array=header[1] == "[[", number=number)
            return ""
        key = _KEY.match(line)
        if not key:
            return line
        path = self.table
        for part in _parts(key[1]):
            path = (*path, part)
            self.lines.setdefault(path, number)
        self.value, self.element = path, 0
        rest = line[key.end() :]
        self.is_array = rest.lstrip().startswith("[")
        return rest

    def _enter(self, parts: tuple[str, ...], *, is_array: bool, number: int) -> None:
        path: TomlPath = ()
        for position, part in enumerate(parts):
            path = (*path, part)
            self.lines.setdefault(path, number)
            is_last = position == len(parts) - 1
            if is_last and is_array:
                self.sizes[path] = self.sizes.get(path, 0) + 1
            if path in self.sizes:
                path = (*path, self.sizes[path] - 1)
        self.lines.setdefault(path, number)
        self.table = path

    def _follow(self, rest: str) -> None:
        """Keep count of brackets and long quotes left open at the end of the line."""
        while rest:
            if self.quote:
                _, found, rest = rest.partition(self.quote)
                if not found:
                    return
                self.quote = ""
                continue
            token = _TOKEN.search(rest)
            if not token:
                return
            rest = rest[token.end() :]
            if token[0] in ('"""', "'''"):
                self.quote = token[0]
            elif token[0] in "[{":
                self._open()
            elif token[0] in "]}":
                self.depth -= 1
            elif token[0].startswith("#"):
                return

    def _open(self) -> None:
        """Go one bracket deeper; remember where each element of an inline array begins."""
        if self.is_array and self.depth == 1:
            self.lines.setdefault((*self.value, self.element), self.number)
            self.element += 1
        self.depth += 1


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(a or b or c for a, b, c in _PART.findall(dotted))

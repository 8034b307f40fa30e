"""How a pack's sources are said to people: one notation in the rules, words in every language.

A rule names its source in a short notation, the same in every language: `67-FZ art. 33 p.2; our
advice`. The file sources.<language>.toml holds what each of its pieces is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field, field_validator

from app.packs import PackRules, Problem, TomlFile, read_toml, shaped

_NOTE = re.compile(r"^(?P<rest>.+?) \((?P<note>[^()]{4,})\)$")
_PLACE = re.compile(
    r"(?:,\s*|\s+)(?P<kind>[A-Za-z]+)(?:\.\s?|\s)"
    r"(?P<number>[0-9IVX][0-9A-Za-z()./–-]*(?:, (?:[0-9]|\()[0-9A-Za-z()./–-]*)*)"
)
_BETWEEN = "; "


class _SourceShape(PackRules):
    """The whole of sources.<language>.toml."""

    law: Mapping[str, str] = Field(default_factory=dict)
    place: Mapping[str, str] = Field(default_factory=dict)
    note: Mapping[str, str] = Field(default_factory=dict)
    words: Mapping[str, str] = Field(default_factory=dict)
    reference: Mapping[str, str] = Field(default_factory=dict)

    @field_validator("place")
    @classmethod
    def _has_room(cls, places: Mapping[str, str]) -> Mapping[str, str]:
        for kind, said in places.items():
            if said.count("{}") != 1:
                raise ValueError(f"{kind} needs one {{}} where the number goes")
        return places


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaid:
    """A piece of a source that has no words: where they belong and what is missing."""

    table: str
    piece: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A part of a source in words, the entries it used and those it lacks."""

    text: str
    used: tuple[tuple[str, str], ...] = ()
    unsaid: tuple[Unsaid, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class SourceWords:
    """What the pieces of sources are called in one language."""

    file: TomlFile = field(default_factory=lambda: TomlFile(name="", data={}))
    law: Mapping[str, str] = field(default_factory=dict)
    place: Mapping[str, str] = field(default_factory=dict)
    note: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    reference: Mapping[str, str] = field(default_factory=dict)
    """References of pack.toml that this language writes otherwise, by key."""

    def say(self, source: str) -> str:
        """Give a source in words; a piece without any stays as it is written."""
        said = _BETWEEN.join(part.text for part in self._parts(source))
        return said[:1].upper() + said[1:]

    def unsaid(self, source: str) -> tuple[Unsaid, ...]:
        """Give the pieces of a source that have no words."""
        return tuple(piece for part in self._parts(source) for piece in part.unsaid)

    def superfluous(self, sources: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Give table and key of every entry that none of the sources needs."""
        used = {entry for source in sources for part in self._parts(source) for entry in part.used}
        tables = {"law": self.law, "place": self.place, "note": self.note, "words": self.words}
        known = ((table, key) for table, entries in tables.items() for key in entries)
        return tuple(entry for entry in known if entry not in used)

    def _parts(self, source: str) -> Iterator[_Said]:
        for part in filter(None, source.split(_BETWEEN)):
            yield self._part(part)

    def _part(self, part: str) -> _Said:
        if part in self.words:
            return _Said(text=self.words[part], used=(("words", part),))
        noted = _NOTE.match(part)
        if noted is None:
            return self._citation(part)
        note, bare = noted["note"], self._part(noted["rest"])
        if note not in self.note:
            return _Said(text=part, used=bare.used, unsaid=(*bare.unsaid, _no("note", note)))
        return _Said(
            text=f"{bare.text} ({self.note[note]})",
            used=(*bare.used, ("note", note)),
            unsaid=bare.unsaid,
        )

    def _citation(self, part: str) -> _Said:
        names = [name for name in self.law if f"{part} ".startswith(f"{name} ")]
        if not names:
            return _Said(text=part, unsaid=(_no("words", part),))
        name = max(names, key=len)
        said, used, at = self.law[name], [("law", name)], len(name)
        while at < len(part):
            found = _PLACE.match(part, at)
            kind = found["kind"] if found else part[at:].strip(" ,")
            if found is None or kind not in self.place:
                return _Said(text=part, used=tuple(used), unsaid=(_no("place", kind),))
            said += self.place[kind].replace("{}", found["number"])
            used.append(("place", kind))
            at = found.end()
        return _Said(text=said, used=tuple(used))


def read_sources(folder: Path, language: str, problems: list[Problem]) -> SourceWords:
    """Read what sources are called in a language; what is wrong is added to `problems`."""
    file = read_toml(folder, f"sources.{language}.toml", problems)
    shape = shaped(file, _SourceShape, problems)
    if shape is None:
        return SourceWords(file=file)
    return SourceWords(
        file=file,
        law=shape.law,
        place=shape.place,
        note=shape.note,
        words=shape.words,
        reference=shape.reference,
    )


def unsaid_problems(
    words: SourceWords, source: str, *, file: str, line: int, name: str
) -> Iterator[Problem]:
    """Give a problem for each piece of the source that this language has no words for.

    `file` and `line` are where the source stands, `name` is the rule that names it. A language
    whose file can't be read has been complained of already.
    """
    for missing in words.unsaid(source) if words.file.data else ():
        table = f"[{missing.table}]" if missing.table != "words" else "[words], or its law to [law]"
        yield Problem(
            file=file,
            line=line,
            message=f"{name}: the source “{source}” has no words in {words.file.name}",
            remedy=f"add “{missing.piece}” to {table} there",
        )


def superfluous_problems(words: SourceWords, sources: Iterable[str]) -> Iterator[Problem]:
    """Give a problem for each entry that no source needs."""
    for table, key in words.superfluous(sources):
        yield words.file.problem(
            (table, key), f"no source needs the {table} “{key}”", "correct or remove it"
        )


def _no(table: str, piece: str) -> Unsaid:
    return Unsaid(table=table, piece=piece)

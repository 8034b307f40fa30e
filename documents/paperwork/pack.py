"""A pack's document kinds as the program reads them: checked, with words in every language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from pydantic import BaseModel

from app.packs import Pack, PackError, Problem, TomlFile, read_toml, shaped
from app.sources import SourceWords, read_sources, unsaid_problems
from documents.paperwork.checking import (
    kind_problems,
    kinds_problems,
    layout_problems,
    words_problems,
)
from documents.paperwork.checking_answers import answers_problems
from documents.paperwork.layout import Layout
from documents.paperwork.rules.interview import reads
from documents.paperwork.shape import (
    Answer,
    AnswersShape,
    AnswerType,
    AnswerWords,
    DocumentKind,
    DocumentWords,
    FormVersion,
    KindWords,
    Sourced,
)

T = TypeVar("T", bound=BaseModel)
FOLDER = "documents"
ANSWERS_FILE = "answers.toml"
NO_KINDS = frozenset({"answers", "clerk", "packets"})
"""Files of the folder that belong to the answers, and to other readers."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PackDocuments:
    """The answers and document kinds of one pack."""

    pack: Pack
    answers: Mapping[str, Answer]
    kinds: Mapping[str, DocumentKind]
    words: Mapping[str, DocumentWords]
    layouts: Mapping[str, Layout]
    sources: Mapping[str, SourceWords]
    groups: tuple[str, ...] = ()
    """The headings of the list of papers, in order."""

    def words_in(self, language: str) -> DocumentWords:
        """Give all words in a language, or in the pack's default one."""
        return self.words.get(language) or self.words[self.pack.header.default_language]

    def kind_words(self, kind: str, language: str) -> KindWords:
        """Give the words of a kind of paper."""
        return self.words_in(language).kind[kind]

    def answer_words(self, answer: str, language: str) -> AnswerWords:
        """Give the words of an answer."""
        return self.words_in(language).answer[answer]

    def sources_in(self, language: str) -> SourceWords:
        """Give what sources are called in a language, or in the default one."""
        return self.sources.get(language) or self.sources[self.pack.header.default_language]

    def reference(self, keys: tuple[str, ...], language: str) -> str:
        """Give where the sources of these keys can be read."""
        refs = self._references[language if language in self.sources else self._default]
        return "; ".join(refs[key] for key in keys if key in refs)

    @property
    def _default(self) -> str:
        return self.pack.header.default_language

    @cached_property
    def _references(self) -> Mapping[str, Mapping[str, str]]:
        """By language: where each source can be read; every question asks for its own."""
        given = self.pack.header.source_refs
        return {language: {**given, **said.reference} for language, said in self.sources.items()}

    @cached_property
    def listed(self) -> Mapping[str, DocumentKind]:
        """The kinds that are papers of their own, in the order they are listed."""
        return {key: kind for key, kind in self.kinds.items() if kind.is_listed}

    @cached_property
    def certifying(self) -> DocumentKind | None:
        """The sheet with the lines that certify the pages of a copy."""
        return next((kind for kind in self.kinds.values() if not kind.is_listed), None)

    @cached_property
    def read_by(self) -> Mapping[str, frozenset[str]]:
        """The answers that the interview of each kind looks at."""
        return {key: reads(kind, self.answers) for key, kind in self.kinds.items()}

    @cached_property
    def tables_read_by(self) -> Mapping[str, frozenset[str]]:
        """Those of these answers that are tables; most kinds have none."""
        tables = {key for key, answer in self.answers.items() if answer.is_table}
        return {kind: keys & tables for kind, keys in self.read_by.items()}

    @cached_property
    def sealed(self) -> frozenset[str]:
        """The answers that do not lie open in the database."""
        return frozenset(key for key, answer in self.answers.items() if answer.seal)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKinds:
    """The documents of every pack by its id; a part of the program."""

    packs: Mapping[str, PackDocuments]

    def __getitem__(self, pack_id: str) -> PackDocuments:
        return self.packs[pack_id]

    def find(self, pack_id: str) -> PackDocuments | None:
        """Give the documents of a pack, None for a pack without any."""
        return self.packs.get(pack_id)


def version_on(kind: DocumentKind, day: date) -> FormVersion:
    """Give the edition of a form that applies on a day; the newest when none is known to.

    Raises LookupError for a paper that is not printed here.
    """
    for version in reversed(kind.version):
        begun = version.applies_from is None or version.applies_from <= day
        if begun and (version.applies_to is None or day <= version.applies_to):
            return version
    if not kind.version:
        raise LookupError(kind.key)
    return kind.version[-1]


def load_documents(pack: Pack) -> PackDocuments:
    """Give the documents of a pack. Raises PackError with every problem found."""
    problems: list[Problem] = []
    shape = _read(pack, ANSWERS_FILE, AnswersShape, problems)
    groups = shape.groups if shape else ()
    answers = _load_answers(pack, shape, problems) if shape else {}
    files: dict[str, TomlFile] = {}
    kinds: dict[str, DocumentKind] = {}
    layouts: dict[str, Layout] = {}
    for path in sorted((pack.folder / FOLDER).glob("*.toml")):
        if not is_kind_file(path.name):
            continue
        kind = _read(pack, path.name, DocumentKind, problems)
        if kind is None:
            continue
        kinds[kind.key] = kind
        file = files[kind.key] = _toml(pack, path.name, [])
        problems.extend(kind_problems(file, kind, answers, pack.header))
        problems.extend(_load_layouts(pack, file, kind, layouts, answers))
    problems.extend(kinds_problems(files, kinds, groups))
    kinds = _in_order(kinds, groups)
    words = _load_words(pack, answers, kinds, groups, problems)
    sources = {
        language: read_sources(pack.folder, language, problems)
        for language in pack.header.languages
    }
    for kind in kinds.values():
        problems.extend(_unsaid(kind, sources))
    problems.extend(_unsaid_beside(words, sources))
    if problems:
        raise PackError(pack.folder, problems)
    return PackDocuments(
        pack=pack,
        answers=answers,
        kinds=kinds,
        words=words,
        layouts=layouts,
        sources=sources,
        groups=groups,
    )


def load_all_documents(packs: Mapping[str, Pack]) -> DocumentKinds:
    """Give the documents of every pack that has any. Raises PackError."""
    return DocumentKinds(
        packs={
            pack_id: load_documents(pack)
            for pack_id, pack in packs.items()
            if (pack.folder / FOLDER).is_dir()
        }
    )


def is_kind_file(name: str) -> bool:
    """Say whether a file of the folder is a kind of paper: not the answers, rules or texts."""
    stem = name.removesuffix(".toml")
    return name.endswith(".toml") and "." not in stem and stem not in NO_KINDS


def _load_answers(pack: Pack, shape: AnswersShape, problems: list[Problem]) -> dict[str, Answer]:
    problems.extend(answers_problems(_toml(pack, ANSWERS_FILE, []), shape))
    return {answer.key: _at_home(answer, pack.header.country) for answer in shape.answer}


def _at_home(answer: Answer, country: str) -> Answer:
    """Give the answer with the pack's country where telephones are written without one."""
    columns = tuple(
        column.model_copy(update={"region": column.region or country})
        if column.type is AnswerType.PHONE
        else column
        for column in answer.column
    )
    region = answer.region or (country if answer.type is AnswerType.PHONE else "")
    return answer.model_copy(update={"column": columns, "region": region})


def _in_order(
    kinds: Mapping[str, DocumentKind], groups: tuple[str, ...]
) -> dict[str, DocumentKind]:
    place = {group: number for number, group in enumerate(groups)}

    def rank(kind: DocumentKind) -> tuple[int, int, str]:
        return place.get(kind.group, len(place)), kind.order, kind.key

    return {kind.key: kind for kind in sorted(kinds.values(), key=rank)}


def _load_layouts(
    pack: Pack,
    file: TomlFile,
    kind: DocumentKind,
    layouts: dict[str, Layout],
    answers: Mapping[str, Answer],
) -> list[Problem]:
    problems: list[Problem] = []
    for number, version in enumerate(kind.version):
        path = pack.folder / FOLDER / version.layout
        if not path.is_file():
            problems.append(
                file.problem(
                    ("version", number, "layout"),
                    f"the layout {version.layout} is missing",
                    "add it beside this file",
                )
            )
            continue
        layout = Layout(
            name=version.layout, source=path.read_text(encoding="utf-8"), parts=_parts(pack)
        )
        problems.extend(layout_problems(layout, kind, answers))
        layouts[version.layout] = layout
    return problems


def _parts(pack: Pack) -> tuple[tuple[str, str], ...]:
    """Give what the layouts of a pack share."""
    paths = sorted((pack.folder / FOLDER).glob("_*.html"))
    return tuple((path.name, path.read_text(encoding="utf-8")) for path in paths)


def _load_words(
    pack: Pack,
    answers: Mapping[str, Answer],
    kinds: Mapping[str, DocumentKind],
    groups: tuple[str, ...],
    problems: list[Problem],
) -> dict[str, DocumentWords]:
    words: dict[str, DocumentWords] = {}
    for language in pack.header.languages:
        name = f"texts.{language}.toml"
        said = _read(pack, name, DocumentWords, problems)
        if said is not None:
            words[language] = said
            file = _toml(pack, name, [])
            problems.extend(words_problems(file, said, answers, kinds, groups))
    return words


def _unsaid(kind: DocumentKind, sources: Mapping[str, SourceWords]) -> Iterator[Problem]:
    pieces = (*kind.field, *kind.phrase, *kind.hand, *kind.age)
    yield from _unsaid_of(pieces, sources, file=f"{FOLDER}/{kind.key}.toml", name=kind.key)


def _unsaid_beside(
    words: Mapping[str, DocumentWords], sources: Mapping[str, SourceWords]
) -> Iterator[Problem]:
    for language, said in words.items():
        for key, answer in said.answer.items():
            name = f"{FOLDER}/texts.{language}.toml"
            yield from _unsaid_of(answer.asked, sources, file=name, name=key)


def _unsaid_of(
    pieces: Sequence[Sourced], sources: Mapping[str, SourceWords], *, file: str, name: str
) -> Iterator[Problem]:
    for source in dict.fromkeys(piece.source for piece in pieces):
        for words in sources.values():
            yield from unsaid_problems(words, source, file=file, line=1, name=name)


def _toml(pack: Pack, name: str, problems: list[Problem]) -> TomlFile:
    return read_toml(pack.folder, f"{FOLDER}/{name}", problems)


def _read(pack: Pack, name: str, shape: type[T], problems: list[Problem]) -> T | None:
    return shaped(_toml(pack, name, problems), shape, problems)
